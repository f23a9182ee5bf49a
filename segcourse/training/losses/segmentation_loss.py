"""What the losses of the course have in common: void, weights, and what they are given."""

import json

import keras
from keras import ops

from segcourse.checks.label_tensors import known_to_differ, label_tensor, of_the_same_size
from segcourse.checks.sizes import class_weights as checked_weights
from segcourse.checks.sizes import integer
from segcourse.metrics import VOID
from segcourse.training.losses.sum_of_losses import Combining

# Settings that say nothing about the loss's value.
_OF_KERAS = ("name", "reduction", "dtype")


class SegmentationLoss(Combining, keras.losses.Loss):
    """A loss between label maps and logits, from which void pixels are left out.

    A subclass has `value(labels, logits, weights)`, which gives the loss as a scalar. Two losses of
    the same class and settings are equal.

    Args:
        void: label of the pixels that do not count.
        class_weights: a weight for every class, or None.
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
    """

    def __init__(self, void=VOID, class_weights=None, name=None, dtype="float32", **kwargs):
        # `call` returns the mean already; Keras' own reduction of a scalar leaves it as it is.
        super().__init__(name=name, dtype=dtype, **kwargs)
        self.void = integer("void", void)
        self.class_weights = checked_weights("class_weights", class_weights)

    def __call__(self, y_true, y_pred, sample_weight=None):
        # Keras would make the labels floats first, and 1.5 and 1 could not be told any more.
        with keras.name_scope(self.name):
            logits = ops.convert_to_tensor(y_pred, dtype=self.dtype)
            labels = label_maps(y_true, logits)
            weights = pixel_weights(sample_weight, labels, labels != self.void)
            return self.value(labels, logits, weights)

    def call(self, y_true, y_pred):
        return self(y_true, y_pred)

    def value(self, labels, logits, weights):
        """The loss.

        Args:
            labels: int32 `[batch, height, width]`.
            logits: float32 `[batch, height, width, classes]`.
            weights: float32 `[batch, height, width]`, 0 at void pixels.
        """
        raise NotImplementedError

    def nan_for_unknown(self, labels, num_classes):
        """0, or NaN where a label is neither a class nor void: a graph cannot raise an error."""
        known = ops.logical_and(labels >= 0, labels < num_classes)
        all_known = ops.all(ops.logical_or(known, ops.equal(labels, self.void)))
        return ops.where(all_known, 0.0, float("nan"))

    def weights_of_classes(self, num_classes):
        """float32 `[num_classes]`: the class weights, or ones.

        Raises:
            ValueError: if there is another number of weights.
        """
        if self.class_weights is None:
            return ops.ones((num_classes,), "float32")
        if len(self.class_weights) != num_classes:
            raise ValueError(
                f"`class_weights` must be a weight for each of the {num_classes} classes. "
                f"Received: {len(self.class_weights)} weights"
            )
        return ops.convert_to_tensor(self.class_weights, dtype="float32")

    def without_class_weights(self):
        """The same loss with `class_weights=None`, as the validation has it."""
        return type(self).from_config({**self.get_config(), "class_weights": None})

    def get_config(self):
        config = {"void": self.void, "class_weights": self.class_weights}
        return {**super().get_config(), **config}

    def __repr__(self):
        kept = {k: v for k, v in self.get_config().items() if k not in _OF_KERAS}
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in kept.items())})"

    def __eq__(self, other):
        return type(self) is type(other) and self.get_config() == other.get_config()

    def __hash__(self):
        return hash(json.dumps(self.get_config(), sort_keys=True, default=str))


def label_maps(y_true, logits):
    """Label maps `[batch, height, width]` as int32; a ValueError unless the logits' sizes fit."""
    labels = label_tensor("y_true", y_true)
    if len(labels.shape) == len(logits.shape) and labels.shape[-1] == 1:
        labels = ops.squeeze(labels, axis=-1)
    if len(labels.shape) + 1 != len(logits.shape) or known_to_differ(
        labels.shape, logits.shape[:-1]
    ):
        raise ValueError(
            "`y_true` must be label maps [batch, height, width] and `y_pred` logits "
            "[batch, height, width, classes]. Received: "
            f"y_true.shape={tuple(labels.shape)}, y_pred.shape={tuple(logits.shape)}"
        )
    return of_the_same_size(labels, ops.shape(logits)[:-1])


def pixel_weights(sample_weight, labels, valid):
    """The weight of each pixel as float32, 1 by default, and 0 where it is not `valid`."""
    if sample_weight is None:
        return ops.cast(valid, "float32")
    weights = ops.convert_to_tensor(sample_weight, dtype="float32")
    known = zip(weights.shape, labels.shape, strict=False)
    if len(weights.shape) != 3 or any(a != b for a, b in known if None not in (a, b)):
        raise ValueError(
            "`sample_weight` must have a weight for every pixel, [batch, height, width]. "
            f"Received: shape={tuple(weights.shape)} for labels {tuple(labels.shape)}"
        )
    # Not multiplied: at a void pixel NaN may stand.
    return ops.where(valid, weights, 0.0)
