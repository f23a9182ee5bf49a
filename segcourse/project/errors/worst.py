"""The images on which a network is worst."""

import numpy as np

from segcourse.checks.sizes import integer, positive_integer
from segcourse.metrics import VOID
from segcourse.project.errors.maps import both_maps


def worst(labels, predictions, count=4, void=VOID):
    """The images with the lowest mean IoU, the worst first.

    The mean goes over the classes that the true label map of the image holds. An image that is all
    void has no score and is left out.

    Example:

    >>> labels = [[[0, 0, 1, 1]], [[0, 0, 0, 0]]]
    >>> predictions = [[[0, 0, 0, 0]], [[0, 0, 0, 0]]]
    >>> indices, scores = worst(labels, predictions, count=2)
    >>> indices.tolist(), scores.tolist()  # IoU 2/4 and 0, so 1/4
    ([0, 1], [0.25, 1.0])

    Args:
        labels: integer array `[n, height, width]`, class ids and `void`.
        predictions: integer array of the same shape, class ids.
        count: how many images; all of them where there are fewer.
        void: label of the pixels that do not count.

    Returns:
        Two arrays of at most `count` entries: int64 indices of images, and float64 scores.

    Raises:
        ValueError: for what holds no integers, for two shapes, and for a count below 1.
    """
    labels, predictions = both_maps(labels, predictions)
    count, void = positive_integer("count", count), integer("void", void)
    scores = np.array([_score(*pair, void) for pair in zip(labels, predictions, strict=True)])
    order = np.argsort(scores, kind="stable")  # NaN comes last
    order = order[: min(count, np.count_nonzero(~np.isnan(scores)))]
    return order, scores[order]


def _score(labels, predictions, void):
    """Mean IoU of the classes that one label map holds; NaN where it is all void."""
    counted = labels != void
    labels, predictions = labels[counted], predictions[counted]
    found = [_iou(labels == one, predictions == one) for one in np.unique(labels)]
    return np.mean(found) if found else np.nan


def _iou(true, predicted):
    return np.count_nonzero(true & predicted) / np.count_nonzero(true | predicted)
