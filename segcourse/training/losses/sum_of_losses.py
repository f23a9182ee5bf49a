"""Losses added up, each with a weight."""

import keras

from segcourse.checks.sizes import is_number, number_from_zero


class Combining:
    """Gives a loss `+` and `*`: `DiceLoss() + 0.5 * FocalLoss()` is a `SumOfLosses`."""

    def __add__(self, other):
        if not isinstance(other, keras.losses.Loss):
            return NotImplemented
        return SumOfLosses([self, other])

    def __radd__(self, other):
        # `sum` begins with 0.
        return self if isinstance(other, int) and other == 0 else NotImplemented

    def __mul__(self, factor):
        if not is_number(factor) or factor < 0:
            raise ValueError(
                f"A loss must be multiplied by a number of at least 0. Received: {factor!r}"
            )
        return SumOfLosses([self], [factor])

    __rmul__ = __mul__


@keras.saving.register_keras_serializable(package="segcourse")
class SumOfLosses(Combining, keras.losses.Loss):
    """`weights[0] * losses[0] + weights[1] * losses[1] + …`

    `+` between two losses of the course, and `*` with a number, make one. What is a sum itself is
    taken apart, so `(a + b) + c` equals `a + (b + c)`.

    Example:

    >>> import numpy as np
    >>> from segcourse.training import DiceLoss, PixelwiseLogisticLoss
    >>> loss = PixelwiseLogisticLoss() + 0.5 * DiceLoss()
    >>> labels, logits = np.array([[[0, 1, 255]]]), np.zeros((1, 1, 3, 2))
    >>> round(float(loss(labels, logits)), 4)  # log 2 + 0.5 * 0.5
    0.9431
    >>> loss.weights
    (1.0, 0.5)

    Args:
        losses: losses of the course, one or more, with one label for void.
        weights: a number of at least 0 for each; by default 1.
        name: name of the loss.

    Call arguments:
        those of the losses; each gets `sample_weight`.

    Raises:
        ValueError: if `losses` are no losses of the course or differ in `void`, or `weights` are
            not a number for each.
    """

    def __init__(self, losses, weights=None, name="sum_of_losses", dtype="float32", **kwargs):
        super().__init__(name=name, dtype=dtype, **kwargs)
        losses = _checked(losses)
        weights = _checked_weights(weights, losses)
        terms = [
            (weight * inner, term)
            for weight, loss in zip(weights, losses, strict=True)
            for inner, term in _terms(loss)
        ]
        self.weights = tuple(weight for weight, _ in terms)
        self.losses = tuple(loss for _, loss in terms)
        self.void = self.losses[0].void

    def __call__(self, y_true, y_pred, sample_weight=None):
        with keras.name_scope(self.name):
            terms = zip(self.weights, self.losses, strict=True)
            return sum(weight * loss(y_true, y_pred, sample_weight) for weight, loss in terms)

    def call(self, y_true, y_pred):
        return self(y_true, y_pred)

    def without_class_weights(self):
        """The same sum of losses with `class_weights=None`."""
        return SumOfLosses([one.without_class_weights() for one in self.losses], self.weights)

    def get_config(self):
        losses = [keras.losses.serialize(one) for one in self.losses]
        return {**super().get_config(), "losses": losses, "weights": self.weights}

    @classmethod
    def from_config(cls, config):
        losses = [keras.losses.deserialize(one) for one in config["losses"]]
        return cls(**{**config, "losses": losses})

    def __repr__(self):
        terms = zip(self.weights, self.losses, strict=True)
        return " + ".join(f"{weight:g} * {loss!r}" for weight, loss in terms)

    def __eq__(self, other):
        if not isinstance(other, SumOfLosses):
            return False
        return (self.losses, self.weights) == (other.losses, other.weights)

    def __hash__(self):
        return hash((self.losses, self.weights))


def _terms(loss):
    """(weight, loss) pairs of what is added up."""
    if isinstance(loss, SumOfLosses):
        return zip(loss.weights, loss.losses, strict=True)
    return [(1.0, loss)]


def _checked(losses):
    losses = list(losses) if isinstance(losses, list | tuple) else [losses]
    if not losses or not all(isinstance(one, Combining) for one in losses):
        raise ValueError(
            "`losses` must be losses of segcourse.training in a list. "
            f"Received: {[type(one).__name__ for one in losses]}"
        )
    voids = {one.void for one in losses}
    if len(voids) > 1:
        raise ValueError(
            f"`losses` must have the same `void`. Received: void={', '.join(map(str, voids))}"
        )
    return losses


def _checked_weights(weights, losses):
    if weights is None:
        return [1.0] * len(losses)
    weights = [number_from_zero("weights", one) for one in weights]
    if len(weights) != len(losses):
        raise ValueError(
            f"`weights` must be a number for each of the {len(losses)} losses. "
            f"Received: {len(weights)} weights"
        )
    return weights
