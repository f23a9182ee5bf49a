"""Exercise 2.7: Max unpooling."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    def case(rows, columns, extra, dtype):
        # One position in every 2 × 2 window, but never the upper left cell everywhere.
        height, width = 2 * rows + extra, 2 * columns + extra
        inside = rng.permutation(np.arange(rows * columns) % 4).reshape(rows, columns)
        row = 2 * np.arange(rows)[:, None] + inside // 2
        column = 2 * np.arange(columns) + inside % 2
        pooled = (2 + rng.permutation(rows * columns)).reshape(rows, columns).astype(dtype)
        return pooled, row * width + column, (height, width)

    n = int(rng.integers(2, 4))
    return [
        case(n, n + 2, 0, "float32"),
        case(n + 2, n, 1, "float32"),
        case(n, n + 1, 0, "int64"),
        case(1, n + 2, 0, "float32"),
    ]


max_unpool = Exercise(
    id="2.7",
    title=N_("Max unpooling"),
    function="max_unpool",
    hints=(
        N_("Begin with zeros of the asked shape and of the dtype of `pooled`."),
        N_(
            "A position counts the cells row by row. `result.reshape(-1)` is the same memory as "
            "one long row, in which the position is the index."
        ),
        N_(
            "flat = np.zeros(height * width, pooled.dtype); flat[positions] = pooled; then reshape "
            "to `shape`."
        ),
    ),
    cases=_cases,
    compare=exact(),
    points=1,
)


@max_unpool.reference
def max_unpool(pooled, positions, shape):
    """Put pooled values back to where max pooling found them; zeros elsewhere.

    Args:
        pooled: array [rows, columns] of values.
        positions: integer array [rows, columns]: row * width + column of each value in
            the result. No position occurs twice.
        shape: (height, width) of the result.

    Returns:
        Array [height, width] of the dtype of `pooled`.

    Example: max_unpool([[5, 8]], [[1, 6]], (2, 4)) is
        [[0, 5, 0, 0],
         [0, 0, 8, 0]]
        6 = 1 * 4 + 2: row 1, column 2.
    """
    result = np.zeros(shape, pooled.dtype)
    result.reshape(-1)[positions] = pooled
    return result


@max_unpool.mistake(
    "positions not used",
    "You put each value into the upper left cell of its window: that is bed of nails. Max "
    "unpooling puts it back to the position that pooling remembered.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    step = shape[0] // pooled.shape[0]
    result[: step * pooled.shape[0] : step, : step * pooled.shape[1] : step] = pooled
    return result


@max_unpool.mistake(
    "window filled",
    "You filled the whole window with the value. Only the cell of the maximum gets it; the other "
    "cells are 0.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    step = shape[0] // pooled.shape[0]
    filled = pooled.repeat(step, axis=0).repeat(step, axis=1)
    result[: filled.shape[0], : filled.shape[1]] = filled
    return result


@max_unpool.mistake(
    "read column by column",
    "You read the positions column by column. They count row by row: the row is position // "
    "width, the column is position % width.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    columns, rows = np.divmod(positions, shape[0])
    result[rows, columns] = pooled
    return result


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
    "written into a copy",
    "Everything is 0: `flatten` gives a copy, and you wrote the values into that copy. Use "
    "`reshape(-1)`, which is the same memory, or flatten first and reshape at the end.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    result.flatten()[positions] = pooled
    return result


@max_unpool.mistake(
    "ones in place of the values",
    "You marked the positions with 1. Put the pooled value there.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    result.reshape(-1)[positions] = 1
    return result


@max_unpool.mistake(
    "positions written",
    "You wrote the positions into the map. They say where; what is written is the pooled value.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    result.reshape(-1)[positions] = positions
    return result


@max_unpool.mistake(
    "values in sorted order",
    "You sorted the positions, so they no longer belong to their values. Position [i, j] belongs "
    "to value [i, j].",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    result.reshape(-1)[np.sort(positions, axis=None)] = pooled.reshape(-1)
    return result


@max_unpool.mistake(
    "counted from 1",
    "You subtracted 1 from the positions. They count from 0, as indices in Python do.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    result.reshape(-1)[positions - 1] = pooled
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
    "float zeros",
    "The values are right, but `np.zeros` gives float64 unless you tell it a dtype: pass "
    "`pooled.dtype`.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape)
    result.reshape(-1)[positions] = pooled
    return result


@max_unpool.mistake(
    "positions used as rows",
    "`result[positions]` takes each position for a row. Let it index the map as one long row: "
    "`result.reshape(-1)[positions]`.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    result[positions] = pooled
    return result


@max_unpool.mistake(
    "row and column swapped",
    "position // width is the row and comes first in the index; position % width is the column.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    for position, value in zip(positions.flat, pooled.flat, strict=True):
        result[position % shape[1], position // shape[1]] = value
    return result


@max_unpool.also_right
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    rows, columns = np.unravel_index(positions, shape)
    result[rows, columns] = pooled
    return result


@max_unpool.also_right
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    for i in range(pooled.shape[0]):
        for j in range(pooled.shape[1]):
            row, column = divmod(int(positions[i, j]), shape[1])
            result[row, column] = pooled[i, j]
    return result
