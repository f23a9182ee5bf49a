"""Exercise 2.5: Bed of nails."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.exercises.week2._cases import distinct, some_values, three_maps
from segcourse.texts import N_


def _cases(rng):
    n = int(rng.integers(2, 5))
    return [
        (distinct(rng, n, n + 1).astype("float32"), 2),
        (distinct(rng, n + 2, n, 2).astype("float32"), 3),
        (100 * distinct(rng, n, n + 3), 2),
        (distinct(rng, n + 1, n), 3),
        (distinct(rng, n, n + 2), 1),
    ]


def _space(rng):
    height, width = (int(n) for n in rng.choice([1, 1, 2, 3, 6], 2))
    channels = [(), (1,), (2,), (5,)][rng.integers(4)]
    return Case(some_values(rng, height, width, *channels), int(rng.integers(1, 7)))


bed_of_nails = Exercise(
    id="2.5",
    title=N_("Bed of nails"),
    function="bed_of_nails",
    hints=(
        N_("How many rows and columns has the result? Begin with zeros of that size."),
        N_(
            "The values go to every `size`-th row and every `size`-th column, beginning with 0. A "
            "slice with a step addresses all of them at once."
        ),
        N_("result[::size, ::size] = x"),
    ),
    cases=_cases,
    space=_space,
    compare=close(1e-6),
    picture=three_maps,
    points=1,
)


@bed_of_nails.reference
def bed_of_nails(x, size):
    """Enlarge a map by bed of nails: each value, and zeros around it.

    Each value becomes a block of size × size cells. It stands in the upper left cell of
    the block; the other cells are 0.

    Args:
        x: float array [height, width] or [height, width, channels].
        size: int, how many times larger each side becomes.

    Returns:
        Float array [height * size, width * size] (and channels).

    Example:

    >>> bed_of_nails(np.array([[1.5, 2.0], [3.0, 4.0]]), 2)
    array([[1.5, 0, 2, 0],
           [0, 0, 0, 0],
           [3, 0, 4, 0],
           [0, 0, 0, 0]])
    """
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[::size, ::size] = x
    return result


@bed_of_nails.mistake(
    "nearest neighbour",
    "You filled the whole block with the value: that is nearest neighbour. A bed of nails has one "
    "value in each block and zeros around it.",
)
def bed_of_nails(x, size):
    return x.repeat(size, axis=0).repeat(size, axis=1)


@bed_of_nails.mistake(
    "lower right cell",
    "The value stands in the lower right cell of its block. It belongs in the upper left one.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[size - 1 :: size, size - 1 :: size] = x
    return result


@bed_of_nails.mistake(
    "rows only",
    "You put zeros between the rows and repeated each value along its row. Zeros belong between "
    "the columns, too.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[::size] = x.repeat(size, axis=1)
    return result


@bed_of_nails.mistake(
    "all values in one corner",
    "You put the whole map into the corner of the zeros. Spread it: value (i, j) goes to row "
    "size * i and column size * j.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[:height, :width] = x
    return result


@bed_of_nails.mistake(
    "map repeated",
    "`np.tile` puts copies of the whole map next to each other. Here each value gets its own "
    "block.",
)
def bed_of_nails(x, size):
    return np.tile(x, (size, size) + (1,) * (x.ndim - 2))


@bed_of_nails.mistake(
    "values made larger",
    "You multiplied the values by size * size, so that the mean stays the same. A bed of nails "
    "copies the values as they are.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[::size, ::size] = x * size * size
    return result


@bed_of_nails.mistake(
    "middle cell",
    "Your values begin in the middle of their blocks, or at row and column 1. They belong in the "
    "upper left cells: begin at 0.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[size // 2 :: size, size // 2 :: size] = x
    return result


@bed_of_nails.mistake(
    "middle cell, rounded down",
    "The value stands in the middle of its block wherever the block has one. It belongs in the "
    "upper left cell.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[(size - 1) // 2 :: size, (size - 1) // 2 :: size] = x
    return result


@bed_of_nails.mistake(
    "columns only",
    "You put zeros between the columns and repeated each value down its block. Zeros belong "
    "between the rows, too.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[:, ::size] = x.repeat(size, axis=0)
    return result


@bed_of_nails.mistake(
    "diagonal filled",
    "You put the value on the whole diagonal of its block (np.eye). It stands in the upper left "
    "cell only.",
)
def bed_of_nails(x, size):
    return np.kron(x, np.eye(size))


@bed_of_nails.mistake(
    "one repeat without an axis",
    "`repeat` without an axis makes one long row. Besides, a bed of nails repeats nothing: make "
    "zeros, and put each value at row size * i and column size * j.",
)
def bed_of_nails(x, size):
    return x.repeat(size)


@bed_of_nails.mistake(
    "kron with ones",
    "`np.kron` with ones fills the whole block with the value: that is nearest neighbour. A bed of "
    "nails has one value in each block and zeros around it.",
)
def bed_of_nails(x, size):
    return np.kron(x, np.ones((size, size)))


@bed_of_nails.mistake(
    "moved by size",
    "You put value (i, j) at row i + size and column j + size. Multiply: row i * size, column j * "
    "size.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    for i in range(height):
        for j in range(width):
            result[i + size, j + size] = x[i, j]
    return result


@bed_of_nails.mistake(
    "row and column exchanged",
    "You put value (i, j) at row j * size and column i * size. The row i decides the row: result[i "
    "* size, j * size].",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    for i in range(height):
        for j in range(width):
            result[j * size, i * size] = x[i, j]
    return result


@bed_of_nails.mistake(
    "only the first row",
    "You returned after the first row of x. Write `return` below the outer loop.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    for i in range(height):
        for j in range(width):
            result[i * size, j * size] = x[i, j]
        return result


@bed_of_nails.mistake(
    "only the first value",
    "You returned after the first value. `return` ends the function at once: write it below the "
    "loops.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    for i in range(height):
        for j in range(width):
            result[i * size, j * size] = x[i, j]
            return result


@bed_of_nails.mistake(
    "ones around",
    "You put ones around the values. The other cells are 0: begin with np.zeros.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.ones((height * size, width * size, *x.shape[2:]), x.dtype)
    result[::size, ::size] = x
    return result


@bed_of_nails.mistake(
    "whole-number zeros",
    "Your zeros are whole numbers, so each value loses its fraction when it is put in. "
    "`np.zeros(...)` without a dtype gives floats.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), int)
    result[::size, ::size] = x
    return result


@bed_of_nails.also_right
def bed_of_nails(x, size):
    nail = np.zeros((size, size) + (1,) * (x.ndim - 2), x.dtype)
    nail[0, 0] = 1
    return np.kron(x, nail)


@bed_of_nails.also_right
def bed_of_nails(x, size):
    result = x.repeat(size, axis=0).repeat(size, axis=1)
    rows, columns = np.indices(result.shape[:2])
    result[(rows % size != 0) | (columns % size != 0)] = 0
    return result


@bed_of_nails.also_right
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size) + x.shape[2:])
    for i in range(height):
        for j in range(width):
            result[i * size, j * size] = x[i, j]
    return result


@bed_of_nails.also_right
def bed_of_nails(x, size):
    height, width, *channels = x.shape
    blocks = np.zeros((height, size, width, size, *channels), "float32")
    blocks[:, 0, :, 0] = x
    return blocks.reshape(height * size, width * size, *channels)


# The wrong answers about sizes and channels hang themselves on the exercise, too.
from segcourse.exercises.week2 import _bed_of_nails_sizes  # noqa: E402, F401
