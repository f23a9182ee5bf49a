"""Exercise 3.1: Convolution as a matrix."""

import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.exercises.week3._cases import distinct, side_by_side
from segcourse.texts import N_


def _cases(rng):
    # At least two outputs a side: with one, a wrong step would not be seen.
    pairs = ((3, 4), (2, int(rng.integers(4, 6))), (3, int(rng.integers(5, 7))))
    return [(distinct(rng, k, k), size) for k, size in pairs]


conv_matrix = Exercise(
    id="3.1",
    title=N_("Convolution as a matrix"),
    function="conv_matrix",
    hints=(
        N_(
            "One row of the matrix belongs to one output. It holds the weights with which this "
            "output sums up all pixels of the input; most of them are 0."
        ),
        N_(
            "Output (y, x) lies in row y * out + x, where out = size - k + 1. Its weight "
            "kernel[i, j] meets the pixel (y + i, x + j)."
        ),
        N_(
            "Pixel (row, column) lies in column row * size + column of the matrix. Four loops, "
            "over y, x, i and j, and one assignment are enough."
        ),
    ),
    cases=_cases,
    compare=exact(),
    picture=side_by_side,
    points=2,
)


@conv_matrix.reference
def conv_matrix(kernel, size):
    """Write a convolution as a matrix.

    The convolution has no padding and stride 1, and does not flip its kernel.
    Input and output are read row by row into vectors.

    Args:
        kernel: array [k, k].
        size: int, side length of the input; the input is [size, size].

    Returns:
        Float array [outputs, inputs] = [(size - k + 1)**2, size**2]. Matrix @ input
        vector = output vector.

    Example: kernel = [[1, 2], [3, 4]], size 3. The output is 2 by 2.
        First row (output at the top left):  [1, 2, 0, 3, 4, 0, 0, 0, 0]
        Last row (output at the bottom right): [0, 0, 0, 0, 1, 2, 0, 3, 4]
    """
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size))
    for y in range(out):
        for x in range(out):
            for i in range(k):
                start = (y + i) * size + x
                matrix[y * out + x, start : start + k] = kernel[i]
    return matrix


@conv_matrix.mistake(
    "kernel flipped",
    "You turned the kernel by 180 degrees. The convolution of a network does not flip: "
    "kernel[0, 0] meets the pixel at the top left.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size))
    for y in range(out):
        for x in range(out):
            for i in range(k):
                for j in range(k):
                    matrix[y * out + x, (y + i) * size + x + j] = kernel[k - 1 - i, k - 1 - j]
    return matrix


@conv_matrix.mistake(
    "matrix transposed",
    "Your matrix has one row for each input. That is the transpose: here each row belongs to one "
    "output, each column to one input.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((size * size, out * out))
    for y in range(out):
        for x in range(out):
            for i in range(k):
                for j in range(k):
                    matrix[(y + i) * size + x + j, y * out + x] = kernel[i, j]
    return matrix


@conv_matrix.mistake(
    "kernel transposed",
    "You exchanged the axes of the kernel. kernel[i, j] lies i rows down and j columns to the "
    "right, so it meets the pixel (y + i, x + j).",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size))
    for y in range(out):
        for x in range(out):
            for i in range(k):
                for j in range(k):
                    matrix[y * out + x, (y + i) * size + x + j] = kernel[j, i]
    return matrix


@conv_matrix.mistake(
    "kernel without gaps",
    "You wrote the whole kernel without gaps. Between two kernel rows the input goes on to its "
    "next row, so size - k zeros lie between them.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size))
    for y in range(out):
        for x in range(out):
            start = y * size + x
            matrix[y * out + x, start : start + k * k] = kernel.reshape(-1)
    return matrix


@conv_matrix.mistake(
    "one step for each output",
    "Your kernel moves one pixel for each output, also at the end of a row. The first place of the "
    "next row begins at pixel (y, 0), which is y * size, not y * out.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size))
    for output in range(out * out):
        for i in range(k):
            start = output + i * size
            matrix[output, start : start + k] = kernel[i]
    return matrix


@conv_matrix.mistake(
    "kernel rows as far apart as output rows",
    "The rows of your kernel lie one output row apart. They are laid on the input, so one kernel "
    "row further down is `size` entries further on.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size))
    for y in range(out):
        for x in range(out):
            for i in range(k):
                for j in range(k):
                    matrix[y * out + x, y * size + x + i * out + j] = kernel[i, j]
    return matrix


@conv_matrix.mistake(
    "outputs column by column",
    "Your rows are in the wrong order: you read the output column by column. Row by row, output "
    "(y, x) has the number y * out + x.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size))
    for y in range(out):
        for x in range(out):
            for i in range(k):
                for j in range(k):
                    matrix[x * out + y, (y + i) * size + x + j] = kernel[i, j]
    return matrix


@conv_matrix.mistake(
    "inputs column by column",
    "Your columns are in the wrong order: you read the input column by column. Row by row, pixel "
    "(row, column) has the number row * size + column.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size))
    for y in range(out):
        for x in range(out):
            for i in range(k):
                for j in range(k):
                    matrix[y * out + x, (x + j) * size + y + i] = kernel[i, j]
    return matrix


@conv_matrix.mistake(
    "one output too few",
    "You have size - k outputs a side. Count the places where the kernel fits: the first one "
    "counts too, so there are size - k + 1.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k
    matrix = np.zeros((out * out, size * size))
    for y in range(out):
        for x in range(out):
            for i in range(k):
                start = (y + i) * size + x
                matrix[y * out + x, start : start + k] = kernel[i]
    return matrix


@conv_matrix.mistake(
    "as many outputs as inputs",
    "Your matrix is square, as for a padded convolution. Without padding the kernel has only "
    "(size - k + 1)**2 places.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    matrix = np.zeros((size * size, size * size))
    for y in range(size):
        for x in range(size):
            for i in range(k):
                for j in range(k):
                    if y + i < size and x + j < size:
                        matrix[y * size + x, (y + i) * size + x + j] = kernel[i, j]
    return matrix


@conv_matrix.also_right
def conv_matrix(kernel, size):
    # Column n is the output for an input that is 1 at pixel n and 0 elsewhere.
    k = kernel.shape[0]
    inputs = np.eye(size * size).reshape(-1, size, size)
    windows = np.lib.stride_tricks.sliding_window_view(inputs, (k, k), axis=(1, 2))
    return np.einsum("nyxij,ij->yxn", windows, kernel).reshape(-1, size * size)


@conv_matrix.also_right
def conv_matrix(kernel, size):
    images = np.eye(size * size, dtype="float32").reshape(-1, size, size, 1)
    outputs = ops.conv(images, kernel[:, :, None, None].astype("float32"))
    return np.transpose(ops.convert_to_numpy(outputs).reshape(size * size, -1))
