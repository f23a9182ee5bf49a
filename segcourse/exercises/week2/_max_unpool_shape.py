"""Wrong answers of exercise 2.7 about the shape. `max_unpool.py` brings them in."""

import numpy as np

from segcourse.exercises.week2.max_unpool import max_unpool


@max_unpool.mistake(
    "divided by the height",
    "You divided by the height. A row has `width` cells, so row = position // width and column = "
    "position % width.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    for position, value in zip(positions.flat, pooled.flat, strict=True):
        result[position // shape[0], position % shape[0]] = value
    return result


@max_unpool.mistake(
    "one dimension",
    "Your result is one long row. Give it the asked shape with `reshape(shape)`.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape[0] * shape[1], pooled.dtype)
    result[positions] = pooled
    return result


@max_unpool.mistake(
    "height and width swapped",
    "Your result is [width, height]. `shape` is (height, width), in the order that NumPy uses.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros((shape[1], shape[0]), pooled.dtype)
    result.reshape(-1)[positions] = pooled
    return result


@max_unpool.mistake(
    "width of pooled",
    "You divided by the width of `pooled`. The positions count in the result: divide by its width, "
    "shape[1].",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    row, column = np.divmod(positions, pooled.shape[1])
    result[row, column] = pooled
    return result


@max_unpool.mistake(
    "height for the width",
    "Your zeros have shape[0] rows and as many columns. The width is shape[1]: the result need not "
    "be square.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros((shape[0], shape[0]), pooled.dtype)
    result.reshape(-1)[positions] = pooled
    return result


@max_unpool.mistake(
    "height for the width, by row and column",
    "You used shape[0] for both sides. The width, by which the positions are divided, is shape[1].",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros((shape[0], shape[0]), pooled.dtype)
    for position, value in zip(positions.flat, pooled.flat, strict=True):
        result[position // shape[0], position % shape[0]] = value
    return result


@max_unpool.mistake(
    "shape ignored",
    "You computed the sides from those of `pooled`. Pooling may have cut off a last row or column: "
    "take `shape` as it is given.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros((2 * pooled.shape[0], 2 * pooled.shape[1]), pooled.dtype)
    result.reshape(-1)[positions] = pooled
    return result


@max_unpool.mistake(
    "shape ignored, by row and column",
    "You made the result twice as high and wide as `pooled`. It has the shape that is given, and "
    "its width divides the positions.",
)
def max_unpool(pooled, positions, shape):
    height, width = 2 * pooled.shape[0], 2 * pooled.shape[1]
    result = np.zeros((height, width), pooled.dtype)
    result[positions // width, positions % width] = pooled
    return result


@max_unpool.mistake(
    "as small as pooled",
    "`np.zeros_like(pooled)` is as small as `pooled`. The result has the shape that is given in "
    "`shape`.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros_like(pooled)
    result.reshape(-1)[positions] = pooled
    return result


@max_unpool.mistake(
    "two sizes without brackets",
    "`np.zeros(a, b)` takes b for the dtype. Both sides go into one pair of brackets: np.zeros((a, "
    "b)), or np.zeros(shape).",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape[0], shape[1])
    result.reshape(-1)[positions] = pooled
    return result
