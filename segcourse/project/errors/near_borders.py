"""How many pixels are right beside the borders of the truth."""

import numpy as np
from scipy import ndimage

from segcourse.checks.sizes import integer, positive_integer
from segcourse.data import without_void
from segcourse.data.split import VOID
from segcourse.project.errors.maps import both_maps


def near_borders(labels, predictions, widths=(1, 2, 4, 8), void=VOID):
    """The pixel accuracy in narrow bands along the borders of the truth, week 7's trimap.

    A pixel beside a border has a distance of 1 from it. Void is filled with the nearest class
    first, so that its outline is no border, and counts nowhere.

    Example: the border is between the fourth and the fifth pixel, and the fifth is wrong.

    >>> labels = [[[0, 0, 0, 0, 1, 1, 1, 1]]]
    >>> predictions = [[[0, 0, 0, 0, 0, 1, 1, 1]]]
    >>> near_borders(labels, predictions, widths=(1, 2, 4))
    {1: 0.5, 2: 0.75, 4: 0.875}

    Args:
        labels: integer array `[n, height, width]`, class ids and `void`.
        predictions: integer array of the same shape, class ids.
        widths: largest distances from a border, pixels.
        void: label of the pixels that do not count.

    Returns:
        dict from a width to the accuracy, 0 to 1; NaN where no pixel is so near to a border.

    Raises:
        ValueError: for what holds no integers, for two shapes, and for widths that are no positive
            integers.

    Reference: Krähenbühl, Koltun, "Efficient inference in fully connected CRFs with Gaussian edge
    potentials" (2011), section 4: the accuracy within a trimap.
    """
    labels, predictions = both_maps(labels, predictions)
    widths, void = _widths(widths), integer("void", void)
    right, all_pixels = np.zeros(len(widths), np.int64), np.zeros(len(widths), np.int64)
    for true, predicted in zip(labels, predictions, strict=True):
        counted = true != void
        if not counted.any():
            continue
        distance = _distance(without_void(np.where(counted, true, VOID)))
        for place, width in enumerate(widths):
            near = counted & (distance <= width)
            all_pixels[place] += np.count_nonzero(near)
            right[place] += np.count_nonzero(near & (true == predicted))
    shares = np.divide(right, all_pixels, out=np.full(len(widths), np.nan), where=all_pixels > 0)
    return dict(zip(widths, shares.tolist(), strict=True))


def _widths(widths):
    if isinstance(widths, str) or not hasattr(widths, "__iter__") or not len(list(widths)):
        raise ValueError(
            f"`widths` must be a sequence of positive integers. Received: widths={widths!r}"
        )
    return [positive_integer("widths", width) for width in widths]


def _distance(labels):
    """Of each pixel, how far it is from a border: 1 beside it; infinite where there is none."""
    border = np.zeros(labels.shape, bool)
    across, down = labels[:, 1:] != labels[:, :-1], labels[1:] != labels[:-1]
    border[:, 1:] |= across
    border[:, :-1] |= across
    border[1:] |= down
    border[:-1] |= down
    if not border.any():
        return np.full(labels.shape, np.inf)
    return 1 + ndimage.distance_transform_edt(~border)
