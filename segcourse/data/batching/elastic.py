"""The formula of elastic deformation, for Keras tensors and for those of the input pipeline.

Every function takes the namespace it computes in: `keras.ops`, or `tensorflow`.
"""

import numpy as np

GRID = 3


def spline_weights(places, xp, points=GRID):
    """Weights with which the values at `points` grid points make a cubic spline at `places`.

    The spline goes through the values and has slope 0 at both ends (the values are mirrored
    there). Places are in grid steps, from 0 to `points - 1`; beyond, the end is continued.

    Args:
        places: float32 [...].
        xp: namespace.

    Returns: float32 [..., points].
    """
    places = xp.minimum(xp.maximum(places, 0.0), points - 1.0)
    knots = np.arange(-1, points + 1, dtype="float32")
    away = xp.abs(places[..., None] - knots)
    basis = (xp.maximum(2.0 - away, 0.0) ** 3 - 4.0 * xp.maximum(1.0 - away, 0.0) ** 3) / 6.0
    return xp.matmul(basis, xp.cast(_coefficients(points), "float32"))


def displacements(vectors, rows, columns, xp):
    """Bicubic interpolation of the vectors of a coarse grid.

    Args:
        vectors: float32 [batch, 2, 3, 3], along the height and along the width.
        rows, columns: float32 [batch or 1, height] and [batch or 1, width], in grid steps.
        xp: namespace.

    Returns: float32 [batch, 2, height, width].
    """
    down, across = spline_weights(rows, xp)[:, None], spline_weights(columns, xp)[:, None]
    return xp.matmul(xp.matmul(down, vectors), xp.transpose(across, (0, 1, 3, 2)))


def bilinear(images, rows, columns, xp):
    """Read images between their pixels; beyond the border they are mirrored.

    Args:
        images: float [batch, height, width, channels].
        rows, columns: float32 [batch, h, w], in pixels.
        xp: namespace.

    Returns: float [batch, h, w, channels].
    """
    top, left = xp.floor(rows), xp.floor(columns)
    down = xp.cast(rows - top, images.dtype)[..., None]
    across = xp.cast(columns - left, images.dtype)[..., None]
    top, left = xp.cast(top, "int32"), xp.cast(left, "int32")

    def at(i, j):
        return _read(images, _mirrored(i, xp.shape(images)[1], xp),
                     _mirrored(j, xp.shape(images)[2], xp), xp)  # fmt: skip

    upper = at(top, left) * (1 - across) + at(top, left + 1) * across
    lower = at(top + 1, left) * (1 - across) + at(top + 1, left + 1) * across
    return upper * (1 - down) + lower * down


def nearest(maps, rows, columns, fill, xp):
    """Read maps at the nearest pixel; `fill` where that lies beyond the border.

    Args:
        maps: [batch, height, width], any dtype.
        rows, columns: float32 [batch, h, w], in pixels.
        fill: a number.
        xp: namespace.

    Returns: [batch, h, w], dtype of `maps`.
    """
    height, width = xp.shape(maps)[1], xp.shape(maps)[2]
    i, j = (xp.cast(xp.floor(places + 0.5), "int32") for places in (rows, columns))
    inside = (i >= 0) & (i < height) & (j >= 0) & (j < width)
    i = xp.minimum(xp.maximum(i, 0), height - 1)
    j = xp.minimum(xp.maximum(j, 0), width - 1)
    return xp.where(inside, _read(maps, i, j, xp), xp.cast(fill, maps.dtype))


def _coefficients(points):
    """What the values at the grid points become as B-spline coefficients, mirrored at the ends."""
    values = np.zeros((points, points))
    mirrored = [abs(knot) for knot in range(-1, points)] + [points - 2]
    for point in range(points):
        for knot, weight in ((point, 1), (point + 1, 4), (point + 2, 1)):
            values[point, mirrored[knot]] += weight / 6
    return np.linalg.inv(values)[mirrored]


def _mirrored(index, size, xp):
    """Indices of any distance beyond the border, reflected without repeating the edge pixel."""
    period = xp.maximum(2 * (size - 1), 1)
    index = index % period
    return xp.minimum(index, period - index)


def _read(maps, i, j, xp):
    """`maps[b, i[b], j[b]]`."""
    shape = xp.shape(maps)
    batch, height, width = shape[0], shape[1], shape[2]
    first = xp.reshape(xp.arange(batch) if hasattr(xp, "arange") else xp.range(batch), (-1, 1, 1))
    places = (first * height + i) * width + j
    flat = xp.reshape(maps, (batch * height * width, *maps.shape[3:]))
    return xp.gather(flat, places) if hasattr(xp, "gather") else xp.take(flat, places, axis=0)
