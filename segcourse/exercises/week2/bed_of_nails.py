"""Exercise 2.5: Bed of nails."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    def values(*shape):
        return (1 + rng.permutation(int(np.prod(shape)))).reshape(shape)

    n = int(rng.integers(2, 5))
    return [
        (values(n, n + 1).astype("float32"), 2),
        (values(n + 2, n, 2).astype("float32"), 3),
        (values(n, n + 3), 2),
    ]


bed_of_nails = Exercise(
    id="2.5",
    title=N_("Bed of nails"),
    function="bed_of_nails",
    hints=(
        N_(
            "How many rows and columns has the result? Begin with zeros of that size, and of the "
            "dtype of x."
        ),
        N_(
            "The values go to every `size`-th row and every `size`-th column, beginning with 0. A "
            "slice with a step addresses all of them at once."
        ),
        N_("result[::size, ::size] = x"),
    ),
    cases=_cases,
    compare=exact(),
    points=1,
)


@bed_of_nails.reference
def bed_of_nails(x, size):
    """Enlarge a map by bed of nails: each value, and zeros around it.

    Each value becomes a block of size × size cells. It stands in the upper left cell of
    the block; the other cells are 0.

    Args:
        x: array [height, width] or [height, width, channels].
        size: int, how many times larger each side becomes.

    Returns:
        Array [height * size, width * size] (and channels), of the dtype of x.

    Example: bed_of_nails([[1, 2], [3, 4]], 2) is
        [[1, 0, 2, 0],
         [0, 0, 0, 0],
         [3, 0, 4, 0],
         [0, 0, 0, 0]]
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
    "The value stands in the lower right cell of its block. It belongs into the upper left one.",
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
    "float zeros",
    "The values are right, but `np.zeros` gives float64 unless you tell it a dtype: pass "
    "`x.dtype`.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]))
    result[::size, ::size] = x
    return result


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
