"""Exercise 2.7: Max unpooling."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.exercises.week2._cases import distinct, some_values, three_maps
from segcourse.texts import N_


def _cases(rng):
    def case(rows, columns, extra, dtype, size=2):
        # One position in every window, but never the upper left cell everywhere.
        height, width = size * rows + extra, size * columns + extra
        inside = rng.permutation(np.arange(rows * columns) % size**2).reshape(rows, columns)
        row = size * np.arange(rows)[:, None] + inside // size
        column = size * np.arange(columns) + inside % size
        pooled = distinct(rng, rows, columns).astype(dtype)
        return pooled, row * width + column, (height, width)

    n = int(rng.integers(2, 4))
    return [
        case(n, n + 2, 0, "float32"),
        case(n + 2, n, 1, "float32"),
        case(n, n + 1, 0, "float64"),
        case(1, n + 2, 0, "float32"),
        case(n + 1, n, 1, "float32", size=3),
    ]


def _space(rng):
    height, width = (int(n) for n in rng.choice([1, 2, 3, 7, 12], 2))
    rows, columns = int(rng.integers(1, height + 1)), int(rng.integers(1, width + 1))
    # Anywhere, as if the windows were not of one size: the text promises no more.
    positions = rng.permutation(height * width)[: rows * columns].reshape(rows, columns)
    if rng.integers(2):
        positions = positions.astype("int32")
    return Case(some_values(rng, rows, columns), positions, (height, width))


max_unpool = Exercise(
    id="2.7",
    title=N_("Max unpooling"),
    function="max_unpool",
    hints=(
        N_("Begin with zeros of the asked shape."),
        N_(
            "A position counts the cells row by row. `result.reshape(-1)` is the same memory as "
            "one long row, in which the position is the index."
        ),
        N_("flat = np.zeros(height * width); flat[positions] = pooled; then reshape to `shape`."),
    ),
    cases=_cases,
    space=_space,
    compare=close(1e-6),
    picture=three_maps,
    points=1,
)


@max_unpool.reference
def max_unpool(pooled, positions, shape):
    """Put pooled values back to where max pooling found them; zeros elsewhere.

    Args:
        pooled: float array [rows, columns] of values.
        positions: integer array [rows, columns]: row * width + column of each value in
            the result. No position occurs twice.
        shape: tuple (height, width) of the result.

    Returns:
        Float array [height, width].

    Example:

    >>> max_unpool(np.array([[5.5, 8.0]]), np.array([[1, 6]]), (2, 4))
    array([[0, 5.5, 0, 0],
           [0, 0, 8, 0]])

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
    for i in range(pooled.shape[0]):
        for j in range(pooled.shape[1]):
            result[2 * i, 2 * j] = pooled[i, j]
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


@max_unpool.mistake(
    "positions not used, with a slice",
    "result[::2, ::2] puts each value into the upper left cell of its window: that is bed of "
    "nails. Use the positions that pooling remembered.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    result[::2, ::2] = pooled
    return result


@max_unpool.mistake(
    "values repeated",
    "`repeat` fills the whole window with the value. Only the cell at the remembered position gets "
    "it; the other cells are 0.",
)
def max_unpool(pooled, positions, shape):
    return pooled.repeat(2, axis=0).repeat(2, axis=1)


@max_unpool.mistake(
    "position taken for the column",
    "You used the row of `pooled` and took the position for a column. The position counts all "
    "cells of the result: row = position // width, column = position % width.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    for i in range(pooled.shape[0]):
        for j in range(pooled.shape[1]):
            result[i, positions[i, j]] = pooled[i, j]
    return result


@max_unpool.mistake(
    "position used as a row",
    "result[position] takes the position for a row, and so does result[position, position]. It is "
    "one number for both: row = position // width, column = position % width.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    for i in range(pooled.shape[0]):
        for j in range(pooled.shape[1]):
            result[positions[i, j]] = pooled[i, j]
    return result


@max_unpool.mistake(
    "value of a window of 2",
    "You took the value for cell (i, j) from pooled[i // 2, j // 2]. The windows may have another "
    "size: position [i, j] belongs to value [i, j], so go through `positions`.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    for i in range(shape[0]):
        for j in range(shape[1]):
            if i * shape[1] + j in positions:
                result[i, j] = pooled[i // 2, j // 2]
    return result


@max_unpool.mistake(
    "ones around",
    "You put ones around the values. The other cells are 0: begin with np.zeros.",
)
def max_unpool(pooled, positions, shape):
    result = np.ones(shape, pooled.dtype)
    result.reshape(-1)[positions] = pooled
    return result


@max_unpool.mistake(
    "row twice",
    "You used position // width for the row and for the column. The column is what is left over, "
    "position % width.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    rows = positions // shape[1]
    result[rows, positions // shape[1]] = pooled
    return result


@max_unpool.mistake(
    "whole-number zeros",
    "Your zeros are whole numbers, so each value loses its fraction when it is put in. "
    "`np.zeros(shape)` without a dtype gives floats.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, int)
    result.reshape(-1)[positions] = pooled
    return result


@max_unpool.mistake(
    "only the first value",
    "You returned after the first value. `return` ends the function at once: write it below the "
    "loops, not inside.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    for i in range(pooled.shape[0]):
        for j in range(pooled.shape[1]):
            row, column = divmod(int(positions[i, j]), shape[1])
            result[row, column] = pooled[i, j]
            return result


@max_unpool.mistake(
    "only the first row",
    "You returned after the first row of `pooled`. Write `return` below the outer loop.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    for i in range(pooled.shape[0]):
        for j in range(pooled.shape[1]):
            row, column = divmod(int(positions[i, j]), shape[1])
            result[row, column] = pooled[i, j]
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


@max_unpool.also_right
def max_unpool(pooled, positions, shape):
    flat = np.zeros(shape[0] * shape[1])
    for position, value in zip(positions.flatten(), pooled.flatten(), strict=True):
        flat[position] = value
    return flat.reshape(shape)


@max_unpool.also_right
def max_unpool(pooled, positions, shape):
    height, width = shape
    result = np.zeros((height, width), "float32")
    np.put(result, positions, pooled)
    return result


@max_unpool.also_right
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape)
    result[positions // shape[1], positions % shape[1]] += pooled
    return result


# The wrong answers about the shape hang themselves on the exercise, too.
from segcourse.exercises.week2 import _max_unpool_shape  # noqa: E402, F401
