"""The loss of segmentation: multinomial logistic loss at every pixel that is not void."""

import keras
from keras import ops

from segcourse.metrics import VOID


@keras.saving.register_keras_serializable(package="segcourse")
class PixelwiseLogisticLoss(keras.losses.Loss):
    """Mean of `-log softmax(logits)[label]` over the pixels of a batch that are not void.

    Computed in float32 whatever the precision policy. A batch that is all void has loss 0.

    Example:

    >>> import numpy as np
    >>> loss = PixelwiseLogisticLoss()
    >>> labels = np.array([[[0, 255]]])
    >>> logits = np.array([[[[0.0, 0.0], [5.0, -5.0]]]])
    >>> round(float(loss(labels, logits)), 4)
    0.6931

    Args:
        void: label of the pixels that do not count.
        name: name of the loss.

    Call arguments:
        y_true: label maps `[batch, height, width]`; a last axis of 1 is allowed.
        y_pred: logits `[batch, height, width, classes]`, no softmax.
        sample_weight: must be None. Mark pixels as void to leave them out.

    Raises:
        ValueError: for a sample weight, or shapes that do not belong together.

    Reference: Long, Shelhamer, Darrell, "Fully convolutional networks for semantic
    segmentation" (2015), section 4.
    """

    def __init__(self, void=VOID, name="pixelwise_logistic_loss", dtype="float32", **kwargs):
        # `call` returns the mean already; Keras' own reduction of a scalar leaves it as it is.
        super().__init__(name=name, dtype=dtype, **kwargs)
        self.void = int(void)

    def __call__(self, y_true, y_pred, sample_weight=None):
        if sample_weight is not None:
            raise ValueError(
                "`sample_weight` must be None: set labels to "
                f"void={self.void} to leave pixels out. Received: a sample weight"
            )
        return super().__call__(y_true, y_pred)

    def call(self, y_true, y_pred):
        labels = ops.cast(y_true, "int32")
        if len(labels.shape) == len(y_pred.shape) and labels.shape[-1] == 1:
            labels = ops.squeeze(labels, axis=-1)
        if len(labels.shape) + 1 != len(y_pred.shape):
            raise ValueError(
                "`y_true` must be label maps [batch, height, width] and `y_pred` logits "
                "[batch, height, width, classes]. Received: "
                f"y_true.shape={tuple(labels.shape)}, y_pred.shape={tuple(y_pred.shape)}"
            )
        valid = ops.not_equal(labels, self.void)
        # Void is replaced by class 0 before the lookup: index 255 does not exist.
        safe = ops.where(valid, labels, 0)
        losses = keras.losses.sparse_categorical_crossentropy(safe, y_pred, from_logits=True)
        total = ops.sum(ops.where(valid, losses, 0.0))
        return total / ops.maximum(ops.sum(ops.cast(valid, "float32")), 1.0)

    def get_config(self):
        return {**super().get_config(), "void": self.void}
