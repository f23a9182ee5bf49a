"""What the errors of the membrane challenge are given: two classes, and thresholds to try."""

import numpy as np

from segcourse.checks.arrays import as_array, is_floating

# The challenge tried 0.0, 0.1, … up to 1; above 0.9 hardly any pixel is left.
CHALLENGE_THRESHOLDS = tuple(tenth / 10 for tenth in range(10))


def binary_pair(labels, predictions, thresholds):
    """The true foreground, and the predicted one at each threshold.

    Args:
        labels: integer (or bool) array `[height, width]` or `[n, height, width]` of 0 and 1.
        predictions: the same, or float probabilities of class 1 in the same shape.
        thresholds: number or sequence of numbers, at least 0 and below 1. A pixel is foreground
            where its probability is above it. Label maps need none.

    Returns:
        bool array `[n, height, width]`, and a list of such arrays, one a threshold; one in all
        for label maps.
    """
    labels, predictions = as_array("`labels`", labels), as_array("`predictions`", predictions)
    if labels.ndim not in (2, 3) or labels.size == 0:
        raise ValueError(
            "`labels` must be [height, width] or [n, height, width] with at least one pixel. "
            f"Received: labels.shape={labels.shape}"
        )
    if predictions.shape != labels.shape:
        hint = ""
        if predictions.shape[:-1] == labels.shape:
            hint = " Take the probability of class 1, softmax(logits)[..., 1], or the argmax."
        raise ValueError(
            f"`predictions` must have the shape of `labels`, {labels.shape}.{hint} "
            f"Received: predictions.shape={predictions.shape}"
        )
    shape = (-1, *labels.shape[-2:])
    truth = _two_classes(labels, "labels").reshape(shape)
    if not is_floating(predictions):
        return truth, [_two_classes(predictions, "predictions").reshape(shape)]
    predictions = predictions.astype("float64" if predictions.itemsize == 8 else "float32")
    low, high = float(predictions.min()), float(predictions.max())
    if not (low >= 0.0 and high <= 1.0):  # also catches NaN
        raise ValueError(
            "`predictions` must be probabilities from 0 to 1 where they are float. "
            f"Received: from {low:g} to {high:g}"
        )
    predictions = predictions.reshape(shape)
    return truth, [predictions > threshold for threshold in _thresholds(thresholds)]


def check_foreground(truth):
    """Raise a ValueError if a picture has no foreground."""
    empty = np.flatnonzero(~truth.any(axis=(1, 2)))
    if empty.size:
        raise ValueError(
            "`labels` must have foreground, label 1, in every picture. "
            f"Received: none in picture {empty[0]} of {len(truth)}"
        )


def check_choice(argument, value, choices):
    """Raise a ValueError unless `value` is one of `choices`."""
    if value not in choices:
        raise ValueError(
            f"`{argument}` must be one of {', '.join(map(repr, choices))}. "
            f"Received: {argument}={value!r}"
        )


def _two_classes(values, argument):
    if values.dtype.kind not in "biu":
        raise ValueError(f"`{argument}` must be integers, 0 or 1. Received: dtype={values.dtype}")
    low, high = int(values.min()), int(values.max())
    if low < 0 or high > 1:
        raise ValueError(f"`{argument}` must be 0 or 1. Received: from {low} to {high}")
    return values == 1


def _thresholds(thresholds):
    try:
        values = np.atleast_1d(np.asarray(thresholds, "float64"))
    except (TypeError, ValueError):
        values = np.empty(0)
    if values.ndim != 1 or not values.size or not ((values >= 0) & (values < 1)).all():
        raise ValueError(
            "`thresholds` must be a number from 0 to below 1, or several. "
            f"Received: thresholds={thresholds!r}"
        )
    return values.tolist()
