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
        (distinct(rng, n, n + 3), 2),
        (distinct(rng, n + 1, n), 3),
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
    "no zeros after the last value",
    "Your result is too small: the blocks of the last row and column end with zeros as well. Each "
    "side is exactly `size` times as long.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    shape = ((height - 1) * size + 1, (width - 1) * size + 1, *x.shape[2:])
    result = np.zeros(shape, x.dtype)
    result[::size, ::size] = x
    return result


@bed_of_nails.mistake(
    "size zeros between",
    "You put `size` zeros between two values. A block is `size` cells long, and one of them is "
    "the value: size - 1 zeros stand between.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * (size + 1), width * (size + 1), *x.shape[2:]), x.dtype)
    result[:: size + 1, :: size + 1] = x
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
    "channels forgotten in the sizes",
    "`x.shape` has three numbers when x has channels. Take the first two, `x.shape[:2]`, and give "
    "the zeros the channels too.",
)
def bed_of_nails(x, size):
    height, width = x.shape
    result = np.zeros((height * size, width * size), x.dtype)
    result[::size, ::size] = x
    return result


@bed_of_nails.mistake(
    "channels forgotten in the zeros",
    "Your zeros have no channels. Append the rest of the shape of x: `(*sizes, *x.shape[2:])`.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size), x.dtype)
    result[::size, ::size] = x
    return result


@bed_of_nails.mistake(
    "zeros as small as x",
    "`np.zeros_like(x)` is as small as x. The result is `size` times as high and as wide.",
)
def bed_of_nails(x, size):
    result = np.zeros_like(x)
    result[::size, ::size] = x
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
    block = np.eye(size).reshape((size, size) + (1,) * (x.ndim - 2))
    return np.kron(x, block)


@bed_of_nails.mistake(
    "one repeat without an axis",
    "`repeat` without an axis makes one long row. Besides, a bed of nails repeats nothing: make "
    "zeros, and put each value at row size * i and column size * j.",
)
def bed_of_nails(x, size):
    return x.repeat(size)


@bed_of_nails.mistake(
    "size 2 typed in",
    "You typed in 2. The sides become `size` times as long, and `size` may be another number.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * 2, width * 2, *x.shape[2:]), x.dtype)
    result[::2, ::2] = x
    return result


@bed_of_nails.mistake(
    "step 2 typed in",
    "The size of your result is right, but the step in your slices is always 2. Write "
    "result[::size, ::size].",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[::2, ::2] = x
    return result


@bed_of_nails.mistake(
    "factor 2 typed in",
    "The size of your result is right, but you multiply the row and the column by 2. Value (i, j) "
    "goes to row size * i and column size * j.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    for i in range(height):
        for j in range(width):
            result[2 * i, 2 * j] = x[i, j]
    return result


@bed_of_nails.mistake(
    "height for the width",
    "You took the height for both sides. The second number of the shape is the width: a map need "
    "not be square.",
)
def bed_of_nails(x, size):
    height = width = x.shape[0]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[::size, ::size] = x
    return result


@bed_of_nails.mistake(
    "height for the width, in loops",
    "Your result is square. Its width is x.shape[1] * size: a map need not be as wide as it is "
    "high.",
)
def bed_of_nails(x, size):
    height = width = x.shape[0]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    for i in range(min(x.shape[0], height)):
        for j in range(min(x.shape[1], width)):
            result[i * size, j * size] = x[i, j]
    return result


@bed_of_nails.mistake(
    "height for the width, too narrow",
    "Your zeros are square, and the last values find no column. The width of the result is "
    "x.shape[1] * size.",
)
def bed_of_nails(x, size):
    result = np.zeros((len(x) * size, len(x) * size, *x.shape[2:]), x.dtype)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i * size, j * size] = x[i, j]
    return result


@bed_of_nails.mistake(
    "height and width swapped",
    "Your zeros are [width * size, height * size]. The rows come first: height * size.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((width * size, height * size, *x.shape[2:]), x.dtype)
    result[::size, ::size] = x
    return result


@bed_of_nails.mistake(
    "channels taken for granted",
    "A map without channels has a shape of two numbers only. Take the first two, `x.shape[:2]`, "
    "which every map has.",
)
def bed_of_nails(x, size):
    height, width, channels = x.shape
    result = np.zeros((height * size, width * size, channels), x.dtype)
    result[::size, ::size] = x
    return result


@bed_of_nails.mistake(
    "channels forgotten in the zeros, with a loop",
    "Your zeros have one number in each cell, and x may have several channels there. Append the "
    "rest of the shape of x: `(*sizes, *x.shape[2:])`.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size))
    for i in range(height):
        for j in range(width):
            result[i * size, j * size] = x[i, j]
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


@bed_of_nails.mistake(
    "zeros as small as x, with a loop",
    "Your zeros are as small as x, so row size * i does not exist in them. The result is `size` "
    "times as high and as wide.",
)
def bed_of_nails(x, size):
    result = np.zeros_like(x)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i * size, j * size] = x[i, j]
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
