"""The boundary F-score: which share of two outlines lies near the other one."""

import numpy as np

from segcourse.checks.sizes import number_from_zero
from segcourse.metrics.boundaries.outlines import distances
from segcourse.metrics.confusion import VOID


def boundary_f_score(labels, predictions, tolerance=2.0, void=VOID, spacing=1.0):
    """The harmonic mean of precision and recall of a predicted outline (BF score).

    The precision is the share of the points of the predicted outline that lie within `tolerance` of
    the true outline; the recall is the share of the points of the true outline that lie within
    `tolerance` of the predicted one. The outline is made of the pixels of a region that share an
    edge with a pixel outside of it, or lie at the edge of the picture. Void pixels belong to no
    region. The paper takes the score of each class and each picture, and the mean of these, with
    0.75 % of the picture's diagonal as the tolerance.

    Example: a square of 3 × 3 pixels, and one that is a pixel to the right.

    >>> import numpy as np
    >>> labels = np.zeros((7, 9), int)
    >>> labels[2:5, 2:5] = 1
    >>> boundary_f_score(labels, np.roll(labels, 1, axis=1), tolerance=1)
    1.0
    >>> boundary_f_score(labels, np.roll(labels, 1, axis=1), tolerance=0)
    0.5

    Args:
        labels: integer or bool array `[height, width]`: 1 in the region, 0 elsewhere, and `void`.
            Of a label map: `np.where(labels == 255, 255, labels == 3)`.
        predictions: integer or bool array of the same shape, of 0 and 1.
        tolerance: a distance of at least 0, in the unit of `spacing`.
        void: label of the pixels that do not count.
        spacing: the side of a pixel, or its height and its width.

    Returns:
        The score, from 0 to 1; NaN if both regions are empty, 0 if one of them is.

    Raises:
        ValueError: for two shapes, other values than 0, 1 and `void`, and numbers out of range.

    Reference: Csurka, Larlus, Perronnin, "What is a good evaluation measure for semantic
    segmentation?" (2013), section 3.
    """
    tolerance = number_from_zero("tolerance", tolerance)
    from_true, from_predicted = distances(labels, predictions, void, spacing)
    if not len(from_true) and not len(from_predicted):
        return float("nan")
    recall, precision = map(_share, (from_true <= tolerance, from_predicted <= tolerance))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _share(near):
    return float(np.mean(near)) if len(near) else 0.0
