"""The outlines of two regions, and how far their points are from each other."""

import warnings

import numpy as np
from scipy import ndimage

from segcourse.checks.arrays import as_array
from segcourse.checks.sizes import integer, is_number

# Neighbours share an edge.
_EDGES = ndimage.generate_binary_structure(2, 1)


def regions(labels, predictions, void):
    """The true and the predicted region, as two bool arrays `[height, width]`.

    What lies at void pixels of `labels` is in neither.

    Warns:
        UserWarning: for a true mask that looks like one of black and white, whose white is `void`.

    Raises:
        ValueError: unless both are maps of one size, of 0 and 1 or bool, and `void` in `labels`;
            for a `void` that is no integer, or 0 or 1.
    """
    labels, predictions = as_array("`labels`", labels), as_array("`predictions`", predictions)
    if labels.ndim != 2 or labels.size == 0:
        raise ValueError(
            "`labels` must be [height, width] with at least one pixel. "
            f"Received: labels.shape={labels.shape}"
        )
    if predictions.shape != labels.shape:
        raise ValueError(
            f"`predictions` must have the shape of `labels`, {labels.shape}. "
            f"Received: predictions.shape={predictions.shape}"
        )
    void = integer("void", void)
    if void in (0, 1):
        raise ValueError(f"`void` must be another label than 0 and 1. Received: void={void}")
    _check_ids("labels", labels, {0, 1, void})
    _check_ids("predictions", predictions, {0, 1})
    true, predicted, valid = labels == 1, predictions == 1, labels != void
    if not true.any() and np.count_nonzero(predicted & ~valid) > np.count_nonzero(predicted) / 2:
        warnings.warn(
            f"`labels` hold no 1, and most of the predicted region is void ({void}) there. A mask "
            'of black and white? Then make white 1: (labels > 0).astype("uint8")',
            stacklevel=3,
        )
    return true, predicted & valid


def outline(region):
    """The pixels of a region that have a neighbour outside of it, or lie at the picture's edge."""
    return region & ~ndimage.binary_erosion(region, _EDGES)


def distances(labels, predictions, void, spacing):
    """How far the points of each outline are from the other one.

    Returns:
        Two float arrays: a distance for each point of the true outline, and one for each point of
        the predicted one. inf where there is no other outline.
    """
    true, predicted = map(outline, regions(labels, predictions, void))
    sides = _spacing(spacing)
    return _to(predicted, sides)[true], _to(true, sides)[predicted]


def _to(points, sides):
    """The distance from every pixel to the nearest of some points."""
    if not points.any():
        return np.full(points.shape, np.inf)
    return ndimage.distance_transform_edt(~points, sampling=sides)


def _check_ids(name, values, allowed):
    if values.dtype.kind not in "biu" or not set(np.unique(values).tolist()) <= allowed:
        found = np.unique(values)[:5].tolist() if values.dtype.kind in "biu" else values.dtype
        raise ValueError(
            f"`{name}` must be 1 in the region and 0 elsewhere"
            + (", or void" if name == "labels" else "")
            + f": compare a label map with a class, labels == 3. Received: {found}"
        )


def _spacing(spacing):
    sides = spacing if isinstance(spacing, list | tuple) else (spacing, spacing)
    if len(sides) != 2 or not all(is_number(one) and one > 0 for one in sides):
        raise ValueError(
            "`spacing` must be a number above 0, or two: height and width of a pixel. "
            f"Received: spacing={spacing!r}"
        )
    return tuple(map(float, sides))
