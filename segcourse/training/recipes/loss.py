"""The loss of segmentation: multinomial logistic loss at every pixel that is not void."""

import keras
from keras import ops

from segcourse.checks.label_tensors import known_to_differ, label_tensor, of_the_same_size
from segcourse.checks.sizes import class_weights as checked_weights
from segcourse.checks.sizes import integer
from segcourse.metrics import VOID
from segcourse.training.devices.distribute import sum_over_replicas


@keras.saving.register_keras_serializable(package="segcourse")
class PixelwiseLogisticLoss(keras.losses.Loss):
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

    def __init__(
        self,
        void=VOID,
        class_weights=None,
        name="pixelwise_logistic_loss",
        dtype="float32",
        **kwargs,
    ):
        # `call` returns the mean already; Keras' own reduction of a scalar leaves it as it is.
        super().__init__(name=name, dtype=dtype, **kwargs)
        self.void = integer("void", void)
        self.class_weights = checked_weights("class_weights", class_weights)

    def __call__(self, y_true, y_pred, sample_weight=None):
        # Keras would make the labels floats first, and 1.5 and 1 could not be told any more.
        with keras.name_scope(self.name):
            logits = ops.convert_to_tensor(y_pred, dtype=self.dtype)
            total, weights = self.total(y_true, logits, sample_weight)
            # On several devices each has a part of the batch: the mean is over all of it.
            weights = sum_over_replicas(weights)
            return total / ops.where(weights > 0, weights, 1.0)

    def call(self, y_true, y_pred):
        return self(y_true, y_pred)

    def total(self, y_true, y_pred, sample_weight=None):
        """The weighted sum over the pixels that are not void, and the sum of their weights.

        Two float32 scalars. Without weights the second is the number of pixels.
        """
        labels = self._label_maps(y_true, y_pred)
        valid = ops.not_equal(labels, self.void)
        known = ops.logical_and(labels >= 0, labels < y_pred.shape[-1])
        losses = ops.where(known, _logistic_losses(labels, y_pred), float("nan"))
        weights = self._weight_maps(sample_weight, labels)
        if self.class_weights is not None:
            # What is no class is replaced by class 0 before the lookup: index 255 does not exist.
            safe = ops.where(ops.logical_and(valid, known), labels, 0)
            weights = weights * self._weights_of(safe, y_pred.shape[-1])
        total = ops.sum(ops.where(valid, losses * weights, 0.0))
        return total, ops.sum(ops.where(valid, weights, 0.0))

    def _weight_maps(self, sample_weight, labels):
        if sample_weight is None:
            return ops.ones((), "float32")
        weights = ops.convert_to_tensor(sample_weight, dtype="float32")
        known = zip(weights.shape, labels.shape, strict=False)
        if len(weights.shape) != 3 or any(a != b for a, b in known if None not in (a, b)):
            raise ValueError(
                "`sample_weight` must have a weight for every pixel, [batch, height, width]. "
                f"Received: shape={tuple(weights.shape)} for labels {tuple(labels.shape)}"
            )
        return weights

    def _weights_of(self, labels, num_classes):
        if len(self.class_weights) != num_classes:
            raise ValueError(
                f"`class_weights` must be a weight for each of the {num_classes} classes. "
                f"Received: {len(self.class_weights)} weights"
            )
        return ops.take(ops.convert_to_tensor(self.class_weights, dtype="float32"), labels)

    def _label_maps(self, y_true, y_pred):
        labels = label_tensor("y_true", y_true)
        if len(labels.shape) == len(y_pred.shape) and labels.shape[-1] == 1:
            labels = ops.squeeze(labels, axis=-1)
        if len(labels.shape) + 1 != len(y_pred.shape) or known_to_differ(
            labels.shape, y_pred.shape[:-1]
        ):
            raise ValueError(
                "`y_true` must be label maps [batch, height, width] and `y_pred` logits "
                "[batch, height, width, classes]. Received: "
                f"y_true.shape={tuple(labels.shape)}, y_pred.shape={tuple(y_pred.shape)}"
            )
        return of_the_same_size(labels, ops.shape(y_pred)[:-1])

    def get_config(self):
        config = {"void": self.void, "class_weights": self.class_weights}
        return {**super().get_config(), **config}


def _logistic_losses(labels, logits):
    """`-log softmax(logits)[label]` at every pixel; what is no class has a number without meaning.

    On a CPU this is quicker than TensorFlow's own operation for labels, and gives the same numbers.
    """
    shifted = logits - ops.stop_gradient(ops.max(logits, axis=-1, keepdims=True))
    is_label = ops.equal(labels[..., None], ops.arange(logits.shape[-1], dtype=labels.dtype))
    chosen = ops.sum(ops.where(is_label, shifted, 0.0), axis=-1)
    return ops.log(ops.sum(ops.exp(shifted), axis=-1)) - chosen
