"""Pooling and unpooling written out with loops, to hold the layers against."""

import numpy as np

# Names and arguments of poolings: apart, overlapping, with gaps, oblong, at the border.
POOLINGS = [
    {"pool_size": (2, 2)},
    {"pool_size": (3, 3), "strides": (2, 2)},
    {"pool_size": (3, 2), "strides": (2, 1)},
    {"pool_size": (1, 2), "strides": (2, 3)},
]
POOLINGS = [{**pooling, "padding": word} for pooling in POOLINGS for word in ("valid", "same")]
SIZES = [(7, 9), (6, 8)]


def pool(x, pool_size, strides=None, padding="valid"):
    """Return the maxima and the flat indices of the first of them in each window."""
    places = [
        [list(window) for window in windows(side, size, stride, padding)]
        for side, size, stride in zip(x.shape[1:3], pool_size, strides or pool_size, strict=True)
    ]
    pooled = np.empty((len(x), len(places[0]), len(places[1]), x.shape[3]), x.dtype)
    indices = np.empty(pooled.shape, "int32")
    for b, i, j, c in np.ndindex(pooled.shape):
        inside = [(row, column) for row in places[0][i] for column in places[1][j]]
        row, column = max(inside, key=lambda place: x[b, *place, c])  # the first of equal ones
        pooled[b, i, j, c], indices[b, i, j, c] = x[b, row, column, c], row * x.shape[2] + column
    return pooled, indices


def unpool(pooled, indices, size):
    """Write every value to its place, the last first, so that the first stays."""
    batch, _, _, channels = pooled.shape
    output = np.zeros((batch, size[0] * size[1], channels), pooled.dtype)
    for b, i, j, c in list(np.ndindex(pooled.shape))[::-1]:
        output[b, indices[b, i, j, c], c] = pooled[b, i, j, c]
    return output.reshape(batch, *size, channels)


def windows(side, size, stride, padding):
    """Return the range of pixels in each window along an axis."""
    if padding == "valid":
        return [range(start, start + size) for start in range(0, side - size + 1, stride)]
    count = -(-side // stride)
    first = -(max((count - 1) * stride + size - side, 0) // 2)
    starts = [first + i * stride for i in range(count)]
    return [range(max(start, 0), min(start + size, side)) for start in starts]
