"""Exercise 3.1: Convolution as a matrix."""

import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.exercises.week3._cases import anything, distinct, side_by_side, signed
from segcourse.texts import N_


def _cases(rng):
    # At least two outputs a side: with one, a wrong step would not be seen.
    pairs = ((3, 4), (2, int(rng.integers(4, 6))), (3, int(rng.integers(5, 7))))
    cases = [(distinct(rng, k, k), size) for k, size in pairs]
    cases += [
        (signed(rng, 3, 3), 5),
        (distinct(rng, 2, 2), 2),
        (distinct(rng, 1, 1), 3),
        (signed(rng, 1, 1), 1),
    ]
    return [*cases, (300 * signed(rng, 6, 6), 8), (distinct(rng, 3, 3), 21)]


def _space(rng):
    k = int(rng.integers(1, 5))
    return Case(anything(rng, k, k, whole=True), k + int(rng.integers(0, 5)))


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
    space=_space,
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
        Float array [outputs, inputs] = [(size - k + 1)**2, size**2], also for a kernel
        of ints. Matrix @ input vector = output vector.

    Example:

    >>> conv_matrix(np.array([[1, 2], [3, 4]]), 3)
    array([[1., 2., 0., 3., 4., 0., 0., 0., 0.],
           [0., 1., 2., 0., 3., 4., 0., 0., 0.],
           [0., 0., 0., 1., 2., 0., 3., 4., 0.],
           [0., 0., 0., 0., 1., 2., 0., 3., 4.]])

    The output is 2 by 2. The first row belongs to its top left, the last to its
    bottom right.
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


@conv_matrix.mistake(
    "pixels numbered with the width of the output",
    "You numbered the pixels with the width of the output. The matrix has a column for each pixel "
    "of the input: pixel (row, column) has the number row * size + column.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size))
    for y in range(out):
        for x in range(out):
            for i in range(k):
                for j in range(k):
                    matrix[y * out + x, (y + i) * out + (x + j)] = kernel[i, j]
    return matrix


@conv_matrix.mistake(
    "outputs numbered with the width of the input",
    "You numbered the outputs with the width of the input. The output has only size - k + 1 "
    "columns: output (y, x) lies in row y * (size - k + 1) + x of the matrix.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size))
    for y in range(out):
        for x in range(out):
            for i in range(k):
                for j in range(k):
                    matrix[y * size + x, (y + i) * size + x + j] = kernel[i, j]
    return matrix


@conv_matrix.mistake(
    "rows and columns of the entry exchanged",
    "You wrote matrix[pixel, output], so the row number became too large. The first number is the "
    "row, and a row belongs to an output: matrix[output, pixel].",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size))
    for y in range(out):
        for x in range(out):
            for i in range(k):
                for j in range(k):
                    matrix[(y + i) * size + x + j, y * out + x] = kernel[i, j]
    return matrix


@conv_matrix.mistake(
    "padded and centred",
    "You put the centre of the kernel on each pixel, as a padded convolution does. Here the kernel "
    "never leaves the input: it has (size - k + 1)**2 places.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    matrix = np.zeros((size * size, size * size))
    for y in range(size):
        for x in range(size):
            for i in range(k):
                for j in range(k):
                    row, column = y + i - k // 2, x + j - k // 2
                    if 0 <= row < size and 0 <= column < size:
                        matrix[y * size + x, row * size + column] = kernel[i, j]
    return matrix


@conv_matrix.mistake(
    "kernel size typed in",
    "You typed in 3 for the size of the kernel. It can have any size: k = len(kernel).",
)
def conv_matrix(kernel, size):
    out = size - 2
    matrix = np.zeros((out * out, size * size))
    for y in range(out):
        for x in range(out):
            for i in range(3):
                for j in range(3):
                    matrix[y * out + x, (y + i) * size + x + j] = kernel[i, j]
    return matrix


@conv_matrix.mistake(
    "the dtype of the kernel taken over",
    "The numbers are right, but for a kernel of ints your matrix has ints. It is to have floats: "
    "np.zeros(...) without a dtype makes them.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size), kernel.dtype)
    for y in range(out):
        for x in range(out):
            for i in range(k):
                start = (y + i) * size + x
                matrix[y * out + x, start : start + k] = kernel[i]
    return matrix


@conv_matrix.mistake(
    "integer zeros",
    "Your matrix has ints, and ints lose what stands after the point. Make it of floats: "
    "np.zeros(...) without a dtype.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size), dtype=int)
    for y in range(out):
        for x in range(out):
            for i in range(k):
                start = (y + i) * size + x
                matrix[y * out + x, start : start + k] = kernel[i]
    return matrix


@conv_matrix.mistake(
    "shape not in a tuple",
    "np.zeros takes the shape as one tuple: np.zeros((rows, columns)), with two brackets.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros(out * out, size * size)
    for y in range(out):
        for x in range(out):
            for i in range(k):
                start = (y + i) * size + x
                matrix[y * out + x, start : start + k] = kernel[i]
    return matrix


@conv_matrix.mistake(
    "first output only",
    "You filled the first row and left the others 0: the kernel stays at the top left. Every "
    "output has its own row, with the kernel at its own place.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size))
    for i in range(k):
        matrix[0, i * size : i * size + k] = kernel[i]
    return matrix


@conv_matrix.mistake(
    "the same row for every output",
    "All your rows are the same. Output (y, x) sees the window that begins at pixel (y, x), so its "
    "weights lie y * size + x columns further to the right.",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out * out, size * size))
    for output in range(out * out):
        for i in range(k):
            matrix[output, i * size : i * size + k] = kernel[i]
    return matrix


@conv_matrix.mistake(
    "four axes",
    "Your weights stand at the right places, but the array has four axes. Read output and input "
    "as vectors: reshape it to (outputs, inputs).",
)
def conv_matrix(kernel, size):
    k = len(kernel)
    out = size - k + 1
    matrix = np.zeros((out, out, size, size))
    for y in range(out):
        for x in range(out):
            matrix[y, x, y : y + k, x : x + k] = kernel
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


@conv_matrix.also_right
def conv_matrix(kernel, size):
    # The window of each output on a map of its own, and the map read row by row.
    k = len(kernel)
    rows = []
    for y in range(size - k + 1):
        for x in range(size - k + 1):
            seen = np.zeros((size, size), "float32")
            seen[y : y + k, x : x + k] = kernel
            rows.append(seen.ravel())
    return np.array(rows)
