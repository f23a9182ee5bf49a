"""The loss of segmentation: multinomial logistic loss at every pixel that is not void."""

import keras
from keras import ops

from segcourse.metrics import VOID
from segcourse.training.devices.distribute import sum_over_replicas
from segcourse.training.losses.segmentation_loss import (
    SegmentationLoss,
    label_maps,
    pixel_weights,
)


@keras.saving.register_keras_serializable(package="segcourse")
class PixelwiseLogisticLoss(SegmentationLoss):
    """Mean of `-log softmax(logits)[label]` over the pixels of a batch that are not void.

    With weights it is the weighted mean: the sum of weight times loss, divided by the sum of the
    weights. So weights that are all twice as large change nothing. (The U-Net paper, equation 1,
    leaves it at the sum.) A batch that is all void, or has only weights of 0, has loss 0. Computed
    in float32 whatever the precision policy.

    A label that is neither a class id nor `void` cannot raise an error inside a compiled graph:
    the loss is then NaN.

    Example:

    >>> import numpy as np
    >>> loss = PixelwiseLogisticLoss()
    >>> labels = np.array([[[0, 255]]])
    >>> logits = np.array([[[[0.0, 0.0], [5.0, -5.0]]]])
    >>> round(float(loss(labels, logits)), 4)
    0.6931

    Args:
        void: label of the pixels that do not count.
        class_weights: a weight for every class, that of the pixels with its label, or None. It is
            multiplied with the pixel's own weight where there is one.
        name: name of the loss.

    Call arguments:
        y_true: integer label maps `[batch, height, width]`; a last axis of 1 is allowed.
        y_pred: logits `[batch, height, width, classes]`, no softmax.
        sample_weight: float `[batch, height, width]`, a weight of at least 0 for every pixel, or
            None. That of a void pixel does not count.

    Raises:
        ValueError: if `void` is no integer, or `class_weights` are no numbers of at least 0 in a
            sequence; for labels that are no integers, or shapes that do not belong together. In a
            graph of TensorFlow whose sizes are open the graph fails for those.

    Reference: Long, Shelhamer, Darrell, "Fully convolutional networks for semantic
    segmentation" (2015), section 4; Ronneberger, Fischer, Brox, "U-Net" (2015), section 3.
    """

    def __init__(self, void=VOID, class_weights=None, name="pixelwise_logistic_loss", **kwargs):
        super().__init__(void, class_weights, name, **kwargs)

    def value(self, labels, logits, weights):
        total, weights = self._total(labels, logits, weights)
        # On several devices each has a part of the batch: the mean is over all of it.
        weights = sum_over_replicas(weights)
        return total / ops.where(weights > 0, weights, 1.0)

    def total(self, y_true, y_pred, sample_weight=None):
        """The weighted sum over the pixels that are not void, and the sum of their weights.

        Two float32 scalars. Without weights the second is the number of pixels.
        """
        labels = label_maps(y_true, y_pred)
        return self._total(
            labels, y_pred, pixel_weights(sample_weight, labels, ops.not_equal(labels, self.void))
        )

    def _total(self, labels, logits, weights):
        num_classes = logits.shape[-1]
        valid = ops.not_equal(labels, self.void)
        known = ops.logical_and(labels >= 0, labels < num_classes)
        losses = ops.where(known, _logistic_losses(labels, logits), float("nan"))
        if self.class_weights is not None:
            # What is no class is replaced by class 0 before the lookup: index 255 does not exist.
            safe = ops.where(known, labels, 0)
            weights = weights * ops.take(self.weights_of_classes(num_classes), safe)
        return ops.sum(ops.where(valid, losses * weights, 0.0)), ops.sum(weights)


def _logistic_losses(labels, logits):
    """`-log softmax(logits)[label]` at every pixel; what is no class has a number without meaning.

    On a CPU this is quicker than TensorFlow's own operation for labels, and gives the same numbers.
    """
    shifted = logits - ops.stop_gradient(ops.max(logits, axis=-1, keepdims=True))
    is_label = ops.equal(labels[..., None], ops.arange(logits.shape[-1], dtype=labels.dtype))
    chosen = ops.sum(ops.where(is_label, shifted, 0.0), axis=-1)
    return ops.log(ops.sum(ops.exp(shifted), axis=-1)) - chosen
