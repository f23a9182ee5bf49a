"""Outlines filled: the pixels whose middle lies inside a polygon."""

import numpy as np


def fill(mask, points, value):
    """Paints the inside of a polygon into a label map.

    Pixel (row, column) covers x from column to column + 1 and y from row to row + 1, as in COCO's
    JSON. It is inside where its middle is. Where a polygon crosses itself, the even-odd rule holds.

    Args:
        mask: integer array [h, w], changed in place.
        points: [n, 2] of x and y, n at least 3, or the same numbers in one row.
        value: what to paint.

    Raises:
        ValueError: fewer than three points, an odd number of numbers, or one that is not finite.

    Example:

    >>> import numpy as np
    >>> from segcourse.data.own.annotations.polygons import fill
    >>> mask = np.zeros((3, 4), "uint8")
    >>> fill(mask, [1, 0, 3, 0, 3, 2, 1, 2], 7)
    >>> mask.tolist()
    [[0, 7, 7, 0], [0, 7, 7, 0], [0, 0, 0, 0]]
    """
    points = _points(points)
    height, width = mask.shape
    top, bottom = _range(points[:, 1], height)
    left, right = _range(points[:, 0], width)
    if top >= bottom or left >= right:
        return
    flips = _crossings(points, top, bottom, left, right)
    inside = np.cumsum(flips, axis=1)[:, :-1] % 2 == 1
    mask[top:bottom, left:right][inside] = value


def _points(points):
    try:
        array = np.asarray(points, "float64").reshape(-1, 2)
    except (TypeError, ValueError):
        array = np.zeros((0, 2))
    if len(array) < 3 or not np.isfinite(array).all():
        raise ValueError(
            "A polygon must be three or more points of two finite numbers, x1, y1, x2, y2, …. "
            f"Received: {str(points)[:60]}"
        )
    return array


def _range(numbers, limit):
    """First and last + 1 of the pixels whose middles lie between the numbers, within the limit."""
    first, last = np.ceil(np.clip([numbers.min(), numbers.max()], 0, limit) - 0.5)
    return max(int(first), 0), min(int(last), limit)


def _crossings(points, top, bottom, left, right):
    """How often the outline crosses the middle line of each row, left of each pixel's middle."""
    x0, y0 = points.T
    x1, y1 = np.roll(points, -1, axis=0).T
    low, high = np.minimum(y0, y1), np.maximum(y0, y1)
    first = np.clip(np.ceil(low - 0.5), top, bottom).astype(int)
    last = np.clip(np.ceil(high - 0.5), top, bottom).astype(int)
    counts = np.maximum(last - first, 0)
    edges = np.repeat(np.arange(len(points)), counts)
    starts = np.cumsum(counts) - counts
    rows = np.arange(counts.sum()) - starts[edges] + first[edges]
    slope = (rows + 0.5 - y0[edges]) / (y1 - y0)[edges]
    x = x0[edges] + slope * (x1 - x0)[edges]
    columns = np.clip(np.ceil(x - 0.5), left, right).astype(int)
    flips = np.zeros((bottom - top, right - left + 1), "int32")
    np.add.at(flips, (rows - top, columns - left), 1)
    return flips
