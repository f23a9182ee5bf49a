"""The loss on validation data."""

import keras
from keras import ops

from segcourse.training.losses.segmentation_loss import label_maps


class ValidationLoss(keras.metrics.Mean):
    """A loss over all batches, each weighted by its pixels that are not void.

    Of the pixelwise loss, and of the focal loss without class weights, it is the mean over all
    pixels, exact whatever the batches are. (Keras' own `loss` of an evaluation is the mean over
    the images of their batch's loss: there a pixel of a batch with much void counts more than one
    of another batch.) Dice and Lovász-softmax are of a batch as a whole, and this is the mean over
    the batches.

    Example:

    >>> import numpy as np
    >>> from segcourse.training import PixelwiseLogisticLoss
    >>> metric = ValidationLoss(PixelwiseLogisticLoss())
    >>> metric.update_state(np.array([[[0, 255]]]), np.array([[[[0.0, 0.0], [5.0, -5.0]]]]))
    >>> metric.update_state(np.array([[[0, 0]]]), np.array([[[[99.0, 0.0], [99.0, 0.0]]]]))
    >>> round(float(metric.result()), 4)  # log 2, over three pixels
    0.231

    Args:
        loss: a loss of the course.
    """

    def __init__(self, loss):
        super().__init__(name="val_loss", dtype="float32")
        self.loss = loss

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Add one batch of labels and logits."""
        logits = ops.convert_to_tensor(y_pred, dtype="float32")
        labels = ops.convert_to_tensor(y_true)
        counted = ops.not_equal(label_maps(labels, logits), self.loss.void)
        pixels = ops.sum(ops.cast(counted, "float32"))
        super().update_state(self.loss(labels, logits), sample_weight=pixels)
