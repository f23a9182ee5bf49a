"""Boundary IoU: the IoU of the two bands along the inside of two outlines."""

import numpy as np
from scipy import ndimage

from segcourse.checks.sizes import positive_integer
from segcourse.metrics.boundaries.outlines import regions
from segcourse.metrics.confusion import VOID

# Of the diagonal of the picture.
_SHARE = 0.02


def boundary_iou(labels, predictions, width=None, void=VOID):
    """The IoU of the bands along the inside of a true and a predicted outline.

    The band of a region is made of its pixels that are at most `width` steps away from a pixel
    outside of it, a step going to one of the eight neighbours; around the picture is outside, too.
    The IoU of two large regions hardly sees their outline, that of their bands sees nothing else.
    Where a region is thinner than two bands, all of it counts, and the score is its IoU.

    Example: a square of 6 × 6 pixels, and one that is a pixel to the right. A band of one pixel
    has 20 pixels, and 10 of them are in both.

    >>> import numpy as np
    >>> labels = np.zeros((10, 10), int)
    >>> labels[2:8, 2:8] = 1
    >>> predictions = np.roll(labels, 1, axis=1)
    >>> round(boundary_iou(labels, predictions, width=1), 3)
    0.333
    >>> round(boundary_iou(labels, predictions, width=3), 3)  # the IoU of the squares
    0.714

    Args:
        labels: integer or bool array `[height, width]`: 1 in the region, 0 elsewhere, and `void`.
            Of a label map: `np.where(labels == 255, 255, labels == 3)`.
        predictions: integer or bool array of the same shape, of 0 and 1.
        width: of the band, a whole number of pixels above 0; `None` is the paper's 2 % of the
            picture's diagonal, rounded, and at least 1.
        void: label of the pixels that do not count. They belong to no region.

    Returns:
        The score, from 0 to 1; NaN if both regions are empty, 0 if one of them is.

    Raises:
        ValueError: for two shapes, other values than 0, 1 and `void`, and a width below 1.

    Reference: Cheng, Girshick, Dollár, Berg, Kirillov, "Boundary IoU: Improving object-centric
    image segmentation evaluation" (2021), section 5.
    """
    both = regions(labels, predictions, void)
    if width is None:
        width = max(1, round(_SHARE * float(np.hypot(*both[0].shape))))
    width = positive_integer("width", width)
    true, predicted = (_band(region, width) for region in both)
    union = np.count_nonzero(true | predicted)
    return float(np.count_nonzero(true & predicted) / union) if union else float("nan")


def _band(region, width):
    inside = ndimage.distance_transform_cdt(np.pad(region, 1), metric="chessboard")[1:-1, 1:-1]
    return region & (inside <= width)
