"""The Lovász-softmax loss."""

import keras
from keras import ops

from segcourse.metrics import VOID
from segcourse.training.losses.class_means import mean_over_classes
from segcourse.training.losses.segmentation_loss import SegmentationLoss


@keras.saving.register_keras_serializable(package="segcourse")
class LovaszSoftmaxLoss(SegmentationLoss):
    """1 - the IoU of each class, made continuous, and the mean over the classes that are there.

    The error of a pixel for a class is `1 - p` at the class's own pixels and `p` at the others,
    `p = softmax(logits)`. Sort the pixels by their error, the largest first, and call the k first
    of them wrong: `J(k)` is 1 - IoU then. The loss of the class is

        Σ_k error_k (J(k) - J(k - 1))

    which is 1 - IoU itself where every error is 0 or 1. Pixels that have weights count so much in
    the intersection and the union. Void pixels are left out, and so are, in the mean, classes
    without a true pixel in the batch. Numbers are those of `segmentation_models_pytorch` 0.6.0 with
    `mode="multiclass"`. Computed in float32. All pixels are sorted once for each class, so this
    loss takes longer than the others: see benchmarks/README.md. On several devices with TensorFlow
    each sorts the pixels it has, and the loss is the mean over the devices.

    A label that is neither a class id nor `void` makes the loss NaN.

    Example: of two pixels the second is wrong with certainty. Class 0 has IoU 1/2, class 1 IoU 0.

    >>> import numpy as np
    >>> labels = np.array([[[0, 1, 255]]])
    >>> logits = np.array([[[[99.0, 0.0], [99.0, 0.0], [0.0, 99.0]]]])
    >>> float(LovaszSoftmaxLoss()(labels, logits))
    0.75

    Args:
        void: label of the pixels that do not count.
        class_weights: a weight for every class, that of its loss in the mean, or None.
        name: name of the loss.

    Call arguments:
        y_true: integer label maps `[batch, height, width]`; a last axis of 1 is allowed.
        y_pred: logits `[batch, height, width, classes]`, no softmax.
        sample_weight: float `[batch, height, width]`, a weight of at least 0 for every pixel, or
            None. That of a void pixel does not count.

    Raises:
        ValueError: as `PixelwiseLogisticLoss`.

    Reference: Berman, Rannen Triki, Blaschko, "The Lovász-softmax loss" (2018), sections 2.2 and
    3.2, algorithm 1.
    """

    def __init__(self, void=VOID, class_weights=None, name="lovasz_softmax_loss", **kwargs):
        super().__init__(void, class_weights, name, **kwargs)

    def value(self, labels, logits, weights):
        num_classes = logits.shape[-1]
        # A row for each class, a column for each pixel.
        chances = ops.transpose(ops.reshape(ops.softmax(logits), (-1, num_classes)))
        classes = ops.arange(num_classes, dtype="int32")[:, None]
        is_own = ops.equal(ops.reshape(labels, (1, -1)), classes)
        weights = ops.reshape(weights, (-1,))
        own = ops.where(is_own, weights, 0.0)
        losses = _extension(ops.where(is_own, 1.0 - chances, chances), own, weights)
        there = ops.cast(ops.any(own > 0, axis=1), "float32")
        mean = mean_over_classes(losses, there * self.weights_of_classes(num_classes))
        return mean + self.nan_for_unknown(labels, num_classes)


def _extension(errors, own, weights):
    """The Lovász extension of 1 - IoU, a number for each row.

    Args:
        errors: float32 `[classes, pixels]`.
        own: the weights of the class's own pixels, 0 at the others; of the same shape.
        weights: those of all pixels, `[pixels]`.
    """
    order = ops.argsort(-ops.stop_gradient(errors), axis=1)
    # From one flat array: TensorFlow gathers row by row much more slowly.
    rows = ops.arange(errors.shape[0], dtype="int32")[:, None] * ops.shape(errors)[1]
    places = rows + ops.cast(order, "int32")
    errors, own = (ops.take(ops.reshape(one, (-1,)), places) for one in (errors, own))
    others = ops.take(weights, order) - own
    all_own = ops.sum(own, axis=1, keepdims=True)
    union = all_own + ops.cumsum(others, axis=1)
    loss = 1.0 - (all_own - ops.cumsum(own, axis=1)) / ops.where(union > 0, union, 1.0)
    steps = ops.concatenate([loss[:, :1], loss[:, 1:] - loss[:, :-1]], axis=1)
    return ops.sum(errors * steps, axis=1)
