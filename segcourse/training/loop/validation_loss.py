"""The loss on validation data, exact whatever the batches are."""

import keras
from keras import ops

from segcourse.training.recipes.loss import PixelwiseLogisticLoss


class ValidationLoss(keras.metrics.Mean):
    """Mean of the pixelwise loss over all pixels of all batches that are not void.

    Keras' own `loss` of an evaluation is the mean over the images of their batch's loss: there a
    pixel of a batch with much void counts more than one of another batch.

    Example:

    >>> import numpy as np
    >>> metric = ValidationLoss(void=255)
    >>> metric.update_state(np.array([[[0, 255]]]), np.array([[[[0.0, 0.0], [5.0, -5.0]]]]))
    >>> metric.update_state(np.array([[[0, 0]]]), np.array([[[[99.0, 0.0], [99.0, 0.0]]]]))
    >>> round(float(metric.result()), 4)  # log 2, over three pixels
    0.231

    Args:
        void: label of the pixels that do not count.
    """

    def __init__(self, void):
        super().__init__(name="val_loss", dtype="float32")
        self.pixelwise = PixelwiseLogisticLoss(void)

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Add one batch of labels and logits."""
        logits = ops.convert_to_tensor(y_pred, dtype="float32")
        total, pixels = self.pixelwise.total(ops.convert_to_tensor(y_true), logits)
        super().update_state(total / ops.maximum(pixels, 1.0), sample_weight=pixels)
