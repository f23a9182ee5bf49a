"""The soft Dice loss."""

import keras
from keras import ops

from segcourse.checks.sizes import number_from_zero
from segcourse.metrics import VOID
from segcourse.training.devices.distribute import sum_over_replicas
from segcourse.training.losses.class_means import mean_over_classes
from segcourse.training.losses.segmentation_loss import SegmentationLoss

_LEAST = 1e-7  # keeps 0 / 0 away, where no pixel has weight


@keras.saving.register_keras_serializable(package="segcourse")
class DiceLoss(SegmentationLoss):
    """1 - the Dice score of each class, from probabilities, and the mean over the classes.

    With `p = softmax(logits)`, `t` 1 where the label is the class and 0 elsewhere, `w` the weight
    of a pixel, and sums over the pixels of the batch that are not void, a class has

        1 - (Σ w p t + smooth) / (½ Σ w (p + t) + smooth)

    A class without a true pixel in the batch has loss 0, and counts in the mean; so do batches that
    are all void. A class with few pixels counts as much as one with many. Numbers are those of
    `segmentation_models_pytorch` 0.6.0 with `mode="multiclass"`. Computed in float32.

    A label that is neither a class id nor `void` makes the loss NaN.

    Example: the probabilities are one half everywhere. Class 0 has 3 of 4 pixels and
    1 - 1.5 / ½(2 + 3) = 0.4, class 1 has 1 - 0.5 / ½(2 + 1) = 0.6667.

    >>> import numpy as np
    >>> labels = np.array([[[0, 0, 0, 1, 255]]])
    >>> round(float(DiceLoss()(labels, np.zeros((1, 1, 5, 2)))), 4)
    0.5333

    Args:
        void: label of the pixels that do not count.
        class_weights: a weight for every class, that of its loss in the mean, or None.
        smooth: a number of at least 0, added to numerator and denominator.
        name: name of the loss.

    Call arguments:
        y_true: integer label maps `[batch, height, width]`; a last axis of 1 is allowed.
        y_pred: logits `[batch, height, width, classes]`, no softmax.
        sample_weight: float `[batch, height, width]`, a weight of at least 0 for every pixel, or
            None. That of a void pixel does not count.

    Raises:
        ValueError: as `PixelwiseLogisticLoss`, and if `smooth` is no number of at least 0.

    Reference: Milletari, Navab, Ahmadi, "V-Net" (2016), section 3, whose denominator has squares;
    Sudre and others, "Generalised Dice overlap as a deep learning loss function" (2017),
    section 2.1, without.
    """

    def __init__(self, void=VOID, class_weights=None, smooth=0.0, name="dice_loss", **kwargs):
        super().__init__(void, class_weights, name, **kwargs)
        self.smooth = number_from_zero("smooth", smooth)

    def value(self, labels, logits, weights):
        num_classes = logits.shape[-1]
        common, predicted, true = map(sum_over_replicas, _sums(labels, logits, weights))
        sizes = ops.maximum(0.5 * (predicted + true) + self.smooth, _LEAST)
        losses = ops.where(true > 0, 1.0 - (common + self.smooth) / sizes, 0.0)
        mean = mean_over_classes(losses, self.weights_of_classes(num_classes))
        return mean + self.nan_for_unknown(labels, num_classes)

    def get_config(self):
        return {**super().get_config(), "smooth": self.smooth}


def _sums(labels, logits, weights):
    """Σ w p t, Σ w p and Σ w t of every class; three float32 `[classes]`."""
    num_classes = logits.shape[-1]
    weights, labels = ops.reshape(weights, (-1,)), ops.reshape(labels, (-1,))
    probabilities = ops.softmax(ops.reshape(logits, (-1, num_classes)))
    # What is no class has weight 0, or makes the loss NaN.
    labels = ops.clip(labels, 0, num_classes - 1)
    # Gathered one by one and added by label: quicker than a map of zeros and ones for each class.
    places = ops.arange(ops.shape(labels)[0], dtype="int32") * num_classes + labels
    of_label = ops.take(ops.reshape(probabilities, (-1,)), places)
    common = ops.segment_sum(weights * of_label, labels, num_classes)
    true = ops.segment_sum(weights, labels, num_classes)
    # A product of matrices is the quickest sum over the pixels.
    return common, ops.matmul(weights[None], probabilities)[0], true
