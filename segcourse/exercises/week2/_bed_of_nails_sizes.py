"""Wrong answers of exercise 2.5 about sizes and channels. `bed_of_nails.py` brings them in."""

import numpy as np

from segcourse.exercises.week2.bed_of_nails import bed_of_nails


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
    "kron without the channels",
    "A map without channels is right. With channels, `np.kron` needs a block with an axis of "
    "length 1 for them: shape (size, size, 1).",
)
def bed_of_nails(x, size):
    block = np.zeros((size, size))
    block[0, 0] = 1
    return np.kron(x, block)


@bed_of_nails.mistake(
    "size added to the sides",
    "Your zeros are height + size rows high. Each side becomes `size` TIMES as long: height * "
    "size.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height + size, width + size, *x.shape[2:]), x.dtype)
    result[::size, ::size] = x
    return result


@bed_of_nails.mistake(
    "two sizes without brackets",
    "`np.zeros(a, b)` takes b for the dtype. Both sides go into one pair of brackets: np.zeros((a, "
    "b)).",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros(height * size, width * size)
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
