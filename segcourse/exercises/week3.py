"""Week 3 · Transposed convolution: the exercises, each with its reference and the wrong answers.

A reference's docstring is the text of the notebook's exercise cell. Its body runs in a notebook
that has `import numpy as np`, `import keras` and `from keras import ops`. Each wrong answer is
complete, and the cases are built so that no two answers of one exercise agree on all of them.
"""

import numpy as np
from keras import ops

from segcourse.exercises.compare import plain
from segcourse.exercises.exercise import Case, Exercise, close, exact


def _side_by_side(case, got, expected):
    """What came and what was expected, as two small maps."""
    import matplotlib.pyplot as plt

    from segcourse import plots  # not needed, and slow to import, until an answer is wrong

    figure, axes = plt.subplots(1, 2, figsize=(9, 4))
    for ax, title, result in zip(axes, ("yours", "expected"), (got, expected), strict=True):
        result = np.asarray(plain(result), "float64")
        if result.ndim == 2 and 0 < result.size and max(result.shape) <= 32:
            plots.numbers(result, ax=ax, title=title)
        else:
            ax.set_title(f"{title}: shape {result.shape}")
            ax.axis("off")
    return figure


def _distinct(rng, *shape):
    """Different whole numbers from 1 on, as floats, so that each says where it comes from."""
    return 1.0 + rng.permutation(int(np.prod(shape))).reshape(shape)


# 3.1 ---------------------------------------------------------------------------------------------


def _conv_matrix_cases(rng):
    # At least two outputs a side: with one, a wrong step would not be seen.
    pairs = ((3, 4), (2, int(rng.integers(4, 6))), (3, int(rng.integers(5, 7))))
    return [(_distinct(rng, k, k), size) for k, size in pairs]


conv_matrix = Exercise(
    id="3.1",
    title="Convolution as a matrix",
    function="conv_matrix",
    hints=(
        "One row of the matrix belongs to one output. It holds the weights with which this output "
        "sums up all pixels of the input; most of them are 0.",
        "Output (y, x) lies in row y * out + x, where out = size - k + 1. Its weight "
        "kernel[i, j] meets the pixel (y + i, x + j).",
        "Pixel (row, column) lies in column row * size + column of the matrix. Four loops, over "
        "y, x, i and j, and one assignment are enough.",
    ),
    cases=_conv_matrix_cases,
    compare=exact(),
    picture=_side_by_side,
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


# 3.2 ---------------------------------------------------------------------------------------------


def _scatter_cases(rng):
    rows = int(rng.integers(2, 4))
    cases = []
    for (height, width), k, stride in (
        ((2, 2), 3, 2),
        ((rows, rows + 1), 3, 1),
        ((rows + 1, rows), 4, 2),
        ((rows, rows), 2, 3),  # a stride above the kernel leaves gaps
        ((2, 3), int(rng.integers(3, 6)), 2),
    ):
        cases.append((_distinct(rng, height, width), _distinct(rng, k, k), stride))
    return cases


scatter = Exercise(
    id="3.2",
    title="Transposed convolution by scattering",
    function="scatter",
    hints=(
        "Begin with a result full of zeros. How many rows does it need? The last input row puts "
        "its kernel at row (rows - 1) * stride, and the kernel is k rows high.",
        "Input (i, j) adds y[i, j] * kernel to the k by k window that begins at row i * stride "
        "and column j * stride.",
        "result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel",
    ),
    cases=_scatter_cases,
    compare=exact(),
    picture=_side_by_side,
    points=2,
)


@scatter.reference
def scatter(y, kernel, stride):
    """Compute a transposed convolution by scattering.

    Every input value scales the kernel and puts it into the output. Neighbours are
    `stride` pixels apart. Where two of them overlap, the values add up. No padding.

    Args:
        y: array [rows, columns], the input.
        kernel: array [k, k].
        stride: int.

    Returns:
        Float array [(rows - 1) * stride + k, (columns - 1) * stride + k].

    Example: y = [[1, 2]], kernel = [[1, 2], [3, 4]].
        stride 2: [[1, 2, 2, 4], [3, 4, 6, 8]]
        stride 1: [[1, 4, 4], [3, 10, 8]]; the middle column is 2 + 2*1 and 4 + 2*3.
    """
    rows, columns = y.shape
    k = len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            result[top : top + k, left : left + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "overlaps overwritten",
    "Where two kernels overlap, the later one replaces the earlier one. Overlaps add up: use += "
    "in place of =.",
)
def scatter(y, kernel, stride):
    rows, columns = y.shape
    k = len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            result[top : top + k, left : left + k] = y[i, j] * kernel
    return result


@scatter.mistake(
    "kernel flipped",
    "You turned the kernel by 180 degrees before you put it down. When you scatter, the kernel is "
    "used as it is. (It is flipped only when you write the same thing as a convolution.)",
)
def scatter(y, kernel, stride):
    rows, columns = y.shape
    k = len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            result[top : top + k, left : left + k] += y[i, j] * kernel[::-1, ::-1]
    return result


@scatter.mistake(
    "stride ignored",
    "Your kernels always lie one pixel apart. In the output, neighbours are `stride` pixels apart: "
    "input (i, j) begins at row i * stride and column j * stride.",
)
def scatter(y, kernel, stride):
    rows, columns = y.shape
    k = len(kernel)
    result = np.zeros((rows - 1 + k, columns - 1 + k))
    for i in range(rows):
        for j in range(columns):
            result[i : i + k, j : j + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "stride only in the size",
    "The size of your result is right, but the kernels lie one pixel apart, so the rest stays 0. "
    "Input (i, j) begins at row i * stride and column j * stride.",
)
def scatter(y, kernel, stride):
    rows, columns = y.shape
    k = len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i in range(rows):
        for j in range(columns):
            result[i : i + k, j : j + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "output one stride too large",
    "Your result has `stride` rows and columns of zeros too many at its end. The first kernel "
    "begins at 0, so the last one begins at (rows - 1) * stride, not at rows * stride.",
)
def scatter(y, kernel, stride):
    rows, columns = y.shape
    k = len(kernel)
    result = np.zeros((rows * stride + k, columns * stride + k))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            result[top : top + k, left : left + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "output one row and column too large",
    "Your result has one row and one column of zeros too many. The last kernel begins at "
    "(rows - 1) * stride and has k rows, so the result has (rows - 1) * stride + k rows.",
)
def scatter(y, kernel, stride):
    rows, columns = y.shape
    k = len(kernel)
    result = np.zeros(((rows - 1) * stride + k + 1, (columns - 1) * stride + k + 1))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            result[top : top + k, left : left + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "result too small for the last kernel",
    "Your result has rows * stride rows, and the last kernel does not fit into it. It begins at "
    "(rows - 1) * stride and has k rows of its own.",
)
def scatter(y, kernel, stride):
    rows, columns = y.shape
    k = len(kernel)
    result = np.zeros((rows * stride, columns * stride))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            result[top : top + k, left : left + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "cut to rows * stride",
    "You kept rows * stride rows and as many columns as `stride` times the input's. Without "
    "padding nothing is cut away: the last kernel stands whole in the result.",
)
def scatter(y, kernel, stride):
    rows, columns = y.shape
    k = len(kernel)
    result = np.zeros((rows * stride + k, columns * stride + k))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            result[top : top + k, left : left + k] += y[i, j] * kernel
    return result[: rows * stride, : columns * stride]


@scatter.mistake(
    "x and y swapped",
    "You put input (i, j) at row j and column i, so the map is mirrored at its diagonal. The row i "
    "decides the row of the window, the column j its column.",
)
def scatter(y, kernel, stride):
    rows, columns = y.shape
    k = len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i in range(rows):
        for j in range(columns):
            top, left = j * stride, i * stride
            result[top : top + k, left : left + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "largest in place of sum",
    "Where kernels overlap you keep the largest value. A transposed convolution is a sum: "
    "overlaps add up.",
)
def scatter(y, kernel, stride):
    rows, columns = y.shape
    k = len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = result[top : top + k, left : left + k]
            result[top : top + k, left : left + k] = np.maximum(window, y[i, j] * kernel)
    return result


@scatter.mistake(
    "mean in place of sum",
    "You divided by the number of kernels that overlap. A transposed convolution adds them and "
    "divides by nothing.",
)
def scatter(y, kernel, stride):
    rows, columns = y.shape
    k = len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    count = np.zeros(result.shape)
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            result[top : top + k, left : left + k] += y[i, j] * kernel
            count[top : top + k, left : left + k] += 1
    return result / np.maximum(count, 1)


@scatter.mistake(
    "kernel not scaled",
    "You added the kernel as it is. Each input value scales its copy: y[i, j] * kernel.",
)
def scatter(y, kernel, stride):
    rows, columns = y.shape
    k = len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            result[top : top + k, left : left + k] += kernel
    return result


@scatter.mistake(
    "input added, not multiplied",
    "You added the input value to the kernel. It scales the kernel: y[i, j] * kernel.",
)
def scatter(y, kernel, stride):
    rows, columns = y.shape
    k = len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            result[top : top + k, left : left + k] += y[i, j] + kernel
    return result


@scatter.also_right
def scatter(y, kernel, stride):
    # The other way round: every weight of the kernel moves the whole input.
    rows, columns = y.shape
    k = kernel.shape[0]
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i in range(k):
        for j in range(k):
            bottom, right = i + (rows - 1) * stride + 1, j + (columns - 1) * stride + 1
            result[i:bottom:stride, j:right:stride] += kernel[i, j] * y
    return result


@scatter.also_right
def scatter(y, kernel, stride):
    images = np.asarray(y, "float32")[None, :, :, None]
    weights = np.asarray(kernel, "float32")[:, :, None, None]
    k = kernel.shape[0]
    result = np.zeros(((len(y) - 1) * stride + k, (len(y[0]) - 1) * stride + k), "float32")
    inner = ops.conv_transpose(images, weights, strides=stride, padding="valid")
    inner = ops.convert_to_numpy(inner)[0, : len(result), : result.shape[1], 0]
    result[: len(inner), : inner.shape[1]] = inner
    return result


# 3.3 ---------------------------------------------------------------------------------------------


def _transposed_output_size_cases(rng):
    n = int(rng.integers(4, 12))
    return [
        Case(2, 3, 1, 0),
        Case(n, 3, 2, 1),
        Case(n + 1, 5, 3, 1, 1),
        Case(n, 4, 2, 1),
        Case(int(rng.integers(10, 30)), int(rng.integers(7, 10)), 4, 3, 2),
        Case(n + 2, 6, 4, 2, output_padding=1),
    ]


transposed_output_size = Exercise(
    id="3.3",
    title="Output size of a transposed convolution",
    function="transposed_output_size",
    hints=(
        "Scatter in one dimension. Where does the last kernel begin, and where does it end?",
        "The last kernel begins at (size - 1) * stride, and is `kernel` pixels long. That is the "
        "result without padding.",
        "Padding cuts `padding` pixels away at both ends. `output_padding` puts that many back at "
        "one end.",
    ),
    cases=_transposed_output_size_cases,
    compare=exact(),
    points=2,
)


@transposed_output_size.reference
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    """Give the side length of the output of a transposed convolution.

    Without padding every input value puts down a kernel, `stride` pixels apart.
    Then `padding` pixels are cut away at both ends, and `output_padding` pixels
    are added at the far end only.

    Args:
        size: int, side length of the input.
        kernel, stride, padding, output_padding: ints, the same in both directions.

    Returns:
        int, side length of the output.

    Example: transposed_output_size(3, 3, 2, 1) is 5.
        Kernels begin at 0, 2 and 4; the last one ends before 7. Cut one pixel at
        both ends: 5. With output_padding 1 it is 6.
    """
    return (size - 1) * stride + kernel - 2 * padding + output_padding


@transposed_output_size.mistake(
    "formula of the convolution",
    "This is the output size of a convolution. The transposed convolution goes the other way: it "
    "enlarges its input.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size + 2 * padding - kernel) // stride + 1 + output_padding


@transposed_output_size.mistake(
    "forgot the - 1",
    "Your size is one stride too large. The first kernel begins at 0, so the last one begins at "
    "(size - 1) * stride.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return size * stride + kernel - 2 * padding + output_padding


@transposed_output_size.mistake(
    "padding once",
    "You took the padding away once. It is cut at both ends, so the side loses 2 * padding.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - padding + output_padding


@transposed_output_size.mistake(
    "padding added",
    "Your padding makes the output larger. In a transposed convolution padding works the other "
    "way round: it is cut away from the output.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel + 2 * padding + output_padding


@transposed_output_size.mistake(
    "padding left out",
    "You did not use the padding. It is cut away from both ends of the output.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel + output_padding


@transposed_output_size.mistake(
    "output padding left out",
    "You did not use `output_padding`. It is added at one end, after the padding was cut away.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 2 * padding


@transposed_output_size.mistake(
    "output padding twice",
    "You added `output_padding` at both ends. It is added at the far end only, so it counts once.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 2 * padding + 2 * output_padding


@transposed_output_size.mistake(
    "output padding taken away",
    "You subtracted `output_padding`. It is added: it gives back pixels that a rounded-down "
    "convolution did not reach.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 2 * padding - output_padding


@transposed_output_size.mistake(
    "kernel and stride mixed up",
    "You exchanged kernel and stride. The kernels begin `stride` pixels apart; each is `kernel` "
    "pixels long.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * kernel + stride - 2 * padding + output_padding


@transposed_output_size.mistake(
    "one too many",
    "Your size is one too large. The + 1 belongs to the convolution's formula, which counts "
    "places. Here you count pixels: the last kernel ends at (size - 1) * stride + kernel.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 2 * padding + output_padding + 1


@transposed_output_size.mistake(
    "one too few",
    "Your size is one too small. The last kernel is `kernel` pixels long, not kernel - 1: its "
    "first pixel counts too.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 1 - 2 * padding + output_padding


@transposed_output_size.mistake(
    "size * stride",
    "size * stride is the output with padding='same' in Keras. In general kernel and padding "
    "count too.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return size * stride


@transposed_output_size.also_right
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    # The smallest input from which the convolution makes `size`, and then output_padding more.
    n = 0
    while n + 2 * padding < kernel or (n + 2 * padding - kernel) // stride + 1 < size:
        n += 1
    return n + output_padding


@transposed_output_size.also_right
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    touched = set()
    for i in range(size):
        touched.update(range(i * stride, i * stride + kernel))
    return max(touched) + 1 - padding - padding + output_padding


# 3.4 ---------------------------------------------------------------------------------------------


def _as_convolution_cases(rng):
    rows = int(rng.integers(2, 4))
    cases = []
    for (height, width), k, stride, padding in (
        ((2, 2), 3, 1, 0),
        ((rows, rows + 1), 3, 2, 1),
        ((rows + 1, rows), 4, 2, 1),
        ((2, 3), int(rng.integers(4, 6)), 3, 2),
    ):
        cases.append((_distinct(rng, height, width), _distinct(rng, k, k), stride, padding))
    return cases


def _as_convolution_picture(case, got, expected):
    """The two prepared inputs beside each other."""
    first = [value[0] if isinstance(value, (tuple, list)) else value for value in (got, expected)]
    return _side_by_side(case, *first)


as_convolution = Exercise(
    id="3.4",
    title="Transposed convolution as a convolution",
    function="as_convolution",
    hints=(
        "Take a 1-D input a, b with stride 2 and put one zero between: a, 0, b. How many zeros lie "
        "between two values for stride 3?",
        "A stretched side has (rows - 1) * stride + 1 pixels. Make zeros of this size and write "
        "y into stretched[::stride, ::stride].",
        "np.pad(stretched, k - 1 - padding) adds the border, kernel[::-1, ::-1] turns the kernel "
        "by 180 degrees.",
    ),
    cases=_as_convolution_cases,
    compare=exact(),
    picture=_as_convolution_picture,
    points=2,
)


@as_convolution.reference
def as_convolution(y, kernel, stride, padding):
    """Prepare a transposed convolution as an ordinary convolution.

    Three steps: put stride - 1 zeros between neighbours; add a border of
    k - 1 - padding zeros on every side; turn the kernel by 180 degrees. A convolution
    with stride 1 and no padding of what you return is the transposed convolution.

    Args:
        y: array [rows, columns], the input of the transposed convolution.
        kernel: array [k, k].
        stride, padding: ints, of the transposed convolution; padding is below k.

    Returns:
        Tuple (the stretched input with its border, the turned kernel).

    Example: y = [[7, 8]], kernel = [[1, 2], [3, 4]], stride 2, padding 0.
        Stretched: [[7, 0, 8]]. The border has 2 - 1 - 0 = 1 zero:
        [[0, 0, 0, 0, 0], [0, 7, 0, 8, 0], [0, 0, 0, 0, 0]]
        Turned kernel: [[4, 3], [2, 1]]
    """
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - 1 - padding), kernel[::-1, ::-1]


@as_convolution.mistake(
    "kernel not flipped",
    "You returned the kernel as it is. A convolution collects where the scatter spreads, so the "
    "kernel has to be turned by 180 degrees.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - 1 - padding), kernel


@as_convolution.mistake(
    "kernel flipped in one direction",
    "You turned the rows of the kernel round and left the columns. Turn both: kernel[::-1, ::-1].",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - 1 - padding), kernel[::-1]


@as_convolution.mistake(
    "kernel transposed",
    "You exchanged the axes of the kernel. 'Transposed' is the large matrix of the convolution, "
    "not the kernel. Turn the kernel by 180 degrees.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - 1 - padding), kernel.T


@as_convolution.mistake(
    "kernel rotated by 90 degrees",
    "You rotated the kernel by 90 degrees. It has to be turned by 180: its first weight becomes "
    "the last one.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - 1 - padding), np.rot90(kernel)


@as_convolution.mistake(
    "one zero too many between neighbours",
    "You put `stride` zeros between neighbours. They are to lie `stride` apart, so stride - 1 "
    "zeros stand between them; with stride 1 there is none.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    step = stride + 1
    stretched = np.zeros(((rows - 1) * step + 1, (columns - 1) * step + 1))
    stretched[::step, ::step] = y
    return np.pad(stretched, len(kernel) - 1 - padding), kernel[::-1, ::-1]


@as_convolution.mistake(
    "zeros after the last value",
    "You put zeros after the last row and column too. Zeros stand only *between* neighbours: the "
    "side has (rows - 1) * stride + 1 pixels.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros((rows * stride, columns * stride))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - 1 - padding), kernel[::-1, ::-1]


@as_convolution.mistake(
    "not stretched",
    "You did not use the stride. The input is stretched first: stride - 1 zeros stand between "
    "neighbours.",
)
def as_convolution(y, kernel, stride, padding):
    return np.pad(y, len(kernel) - 1 - padding), kernel[::-1, ::-1]


@as_convolution.mistake(
    "values repeated",
    "You filled the new places with copies of the values. They are to be 0; the kernel does the "
    "filling.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    repeated = y.repeat(stride, axis=0).repeat(stride, axis=1)
    repeated = repeated[: (rows - 1) * stride + 1, : (columns - 1) * stride + 1]
    return np.pad(repeated, len(kernel) - 1 - padding), kernel[::-1, ::-1]


@as_convolution.mistake(
    "no border",
    "You added no border, so the convolution makes the map smaller. Every value must meet every "
    "weight of the kernel: that takes k - 1 zeros on every side, less the padding.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return stretched, kernel[::-1, ::-1]


@as_convolution.mistake(
    "border of `padding`",
    "Your border is `padding` wide. The padding of a transposed convolution is taken away: the "
    "border has k - 1 - padding zeros.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, padding), kernel[::-1, ::-1]


@as_convolution.mistake(
    "padding not taken away",
    "Your border is always k - 1 wide. The padding of a transposed convolution makes it narrower: "
    "k - 1 - padding.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - 1), kernel[::-1, ::-1]


@as_convolution.mistake(
    "padding added",
    "You added the padding to the border. It is subtracted: the more padding the convolution "
    "had, the smaller the border of its transpose.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - 1 + padding), kernel[::-1, ::-1]


@as_convolution.mistake(
    "border one too wide",
    "Your border is one pixel too wide. With a border of k zeros the first window of the kernel "
    "sees nothing but zeros: k - 1 - padding is enough.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - padding), kernel[::-1, ::-1]


@as_convolution.mistake(
    "border before stretching",
    "You added the border first and stretched it too, so it has become wider. Stretch first, then "
    "add the border.",
)
def as_convolution(y, kernel, stride, padding):
    y = np.pad(y, len(kernel) - 1 - padding)
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return stretched, kernel[::-1, ::-1]


@as_convolution.mistake(
    "kernel first",
    "You returned the kernel first. The text asks for the input first, then the kernel.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return kernel[::-1, ::-1], np.pad(stretched, len(kernel) - 1 - padding)


@as_convolution.also_right
def as_convolution(y, kernel, stride, padding):
    cell = np.zeros((stride, stride))
    cell[0, 0] = 1
    stretched = np.kron(y, cell)
    if stride > 1:
        stretched = stretched[: 1 - stride, : 1 - stride]
    border = kernel.shape[0] - 1 - padding
    return np.pad(stretched, border, mode="constant"), np.rot90(kernel, 2)


@as_convolution.also_right
def as_convolution(y, kernel, stride, padding):
    k = len(kernel)
    border = k - 1 - padding
    height = (y.shape[0] - 1) * stride + 1 + 2 * border
    width = (y.shape[1] - 1) * stride + 1 + 2 * border
    result = [[0.0] * width for _ in range(height)]
    for i, row in enumerate(y):
        for j, value in enumerate(row):
            result[border + i * stride][border + j * stride] = value
    turned = [[kernel[k - 1 - i][k - 1 - j] for j in range(k)] for i in range(k)]
    return np.array(result), np.array(turned)


# 3.5 ---------------------------------------------------------------------------------------------


def _bilinear_kernel_cases(rng):
    half = int(rng.integers(3, 7))
    sizes = [3, 4, 2 * half, 2 * half + 1, 2 * int(rng.integers(3, 7)) - 1]
    return [(size,) for size in sizes]


bilinear_kernel = Exercise(
    id="3.5",
    title="The bilinear kernel",
    function="bilinear_kernel",
    hints=(
        "Begin with one dimension. The weights fall in a straight line from the centre to both "
        "sides, like a tent: 1 - distance / factor.",
        "The factor is (size + 1) // 2, also for odd sizes. The centre of the positions 0 to "
        "size - 1 is (size - 1) / 2; for even sizes it lies between two positions.",
        "In two dimensions a weight is the product of the weight of its row and the weight of its "
        "column: np.outer.",
    ),
    cases=_bilinear_kernel_cases,
    compare=close(1e-6),
    picture=_side_by_side,
    points=2,
)


@bilinear_kernel.reference
def bilinear_kernel(size):
    """Build the kernel with which a transposed convolution interpolates bilinearly.

    In one dimension the weight of position i is 1 - abs(i - centre) / factor, with
    factor = (size + 1) // 2 and the centre in the middle of the positions 0 to size - 1.
    In two dimensions the weight of (i, j) is the weight of i times the weight of j.

    Args:
        size: int, 3 or more, odd or even.

    Returns:
        Float array [size, size].

    Example: bilinear_kernel(3): factor 2, centre 1. In one dimension 0.5, 1, 0.5.
        [[0.25, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 0.25]]
        bilinear_kernel(4): factor 2, centre 1.5. In one dimension 0.25, 0.75, 0.75, 0.25.
        Its first row is [0.0625, 0.1875, 0.1875, 0.0625].
    """
    factor = (size + 1) // 2
    centre = (size - 1) / 2
    tent = 1 - np.abs(np.arange(size) - centre) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "one dimension only",
    "You returned the tent of one dimension. The kernel is [size, size]: multiply the weight of "
    "the row by the weight of the column.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    return 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor


@bilinear_kernel.mistake(
    "factor too small for odd sizes",
    "Your kernel is wrong for odd sizes: there size // 2 is one too small, so the outer weights "
    "become 0. The factor is (size + 1) // 2.",
)
def bilinear_kernel(size):
    factor = size // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "factor size / 2",
    "Your kernel is right for even sizes, not for odd ones: the factor must be a whole number "
    "there too. It is (size + 1) // 2.",
)
def bilinear_kernel(size):
    factor = size / 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "factor too large for even sizes",
    "Your kernel is right for odd sizes, not for even ones: (size + 1) / 2 is half a pixel too "
    "much there. Round the factor down: (size + 1) // 2.",
)
def bilinear_kernel(size):
    factor = (size + 1) / 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "centre on a pixel for even sizes",
    "For an even size your kernel is not symmetric: its centre lies on a pixel. It must lie "
    "between the two middle positions, at (size - 1) / 2.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    centre = factor - 1
    tent = 1 - np.abs(np.arange(size) - centre) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "centre at size // 2",
    "Your centre size // 2 is half a pixel too far for even sizes. The positions begin at 0, so "
    "their middle is (size - 1) / 2.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - size // 2) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "centre at size / 2",
    "Your centre is half a pixel too far to the bottom right. The positions begin at 0, so their "
    "middle is (size - 1) / 2.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - size / 2) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "sum made 1",
    "You divided by the sum. A kernel that blurs sums to 1; this one sums to factor²: every "
    "input has to fill factor² outputs.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    kernel = np.outer(tent, tent)
    return kernel / kernel.sum()


@bilinear_kernel.mistake(
    "largest weight made 1",
    "You divided by the largest weight. For an even size no output lies exactly on an input, so no "
    "weight is 1.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    kernel = np.outer(tent, tent)
    return kernel / kernel.max()


@bilinear_kernel.mistake(
    "cone",
    "You used the distance from the centre in a straight line, which gives a cone. Bilinear means "
    "linear in each direction: the weight of the row times the weight of the column.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    d = np.arange(size) - (size - 1) / 2
    distance = np.sqrt(d[:, None] ** 2 + d[None, :] ** 2)
    return np.maximum(1 - distance / factor, 0)


@bilinear_kernel.mistake(
    "pyramid",
    "You took the smaller of both weights, which gives a pyramid. Multiply the weight of the row "
    "by the weight of the column.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    return np.minimum(tent[:, None], tent[None, :])


@bilinear_kernel.mistake(
    "mean of both weights",
    "You took the mean of the weight of the row and the weight of the column. Multiply them.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    return (tent[:, None] + tent[None, :]) / 2


@bilinear_kernel.mistake(
    "distance in place of weight",
    "Your weights grow with the distance from the centre. A near input counts more: the weight is "
    "1 - distance / factor.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    distance = np.abs(np.arange(size) - (size - 1) / 2) / factor
    return np.outer(distance, distance)


@bilinear_kernel.also_right
def bilinear_kernel(size):
    # Two boxes convolved give a tent; for an even size its samples move by half a pixel.
    factor = (size + 1) // 2
    tent = np.convolve(np.ones(factor), np.ones(factor)) / factor
    if size % 2 == 0:
        tent = np.convolve(tent, [0.5, 0.5])
    return tent[:, None] * tent


@bilinear_kernel.also_right
def bilinear_kernel(size):
    factor = (size + 1) // 2
    centre = factor - 1 if size % 2 == 1 else factor - 0.5
    kernel = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            kernel[i, j] = (1 - abs(i - centre) / factor) * (1 - abs(j - centre) / factor)
    return kernel


# 3.6 ---------------------------------------------------------------------------------------------


def _overlap_count_cases(rng):
    n = int(rng.integers(4, 8))
    return [
        (3, 3, 2),
        (n, 4, 2),
        (n + 1, 5, 3),
        (n, 2, 3),  # a stride above the kernel: some outputs are reached by nobody
        (n + 2, int(rng.integers(6, 9)), int(rng.integers(2, 5))),
    ]


overlap_count = Exercise(
    id="3.6",
    title="How many kernels reach each output",
    function="overlap_count",
    hints=(
        "This is scatter in one dimension: with which input and which kernel does the result "
        "count the kernels?",
        "Kernel number i covers the outputs from i * stride up to, but not including, "
        "i * stride + kernel. Each of them gets one more.",
        "count = np.zeros((size - 1) * stride + kernel, dtype=int), then in a loop "
        "count[i * stride : i * stride + kernel] += 1.",
    ),
    cases=_overlap_count_cases,
    compare=exact(),
    points=1,
)


@overlap_count.reference
def overlap_count(size, kernel, stride):
    """Count, in one dimension, how many kernels reach each output.

    A transposed convolution puts down one kernel for each input, `stride` pixels
    apart. No padding.

    Args:
        size: int, number of inputs.
        kernel: int, length of the kernel.
        stride: int.

    Returns:
        Integer array [(size - 1) * stride + kernel].

    Example: overlap_count(3, 3, 2) is [1, 1, 2, 1, 2, 1, 1].
        Kernels cover the outputs 0 to 2, 2 to 4 and 4 to 6; they meet at 2 and at 4.
    """
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "set to 1",
    "You wrote a 1 wherever a kernel reaches. Two kernels count two: use += 1 in place of = 1.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] = 1
    return count


@overlap_count.mistake(
    "floats in place of ints",
    "The counts are right, but they are floats: np.zeros makes floats unless you say dtype=int.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "stride ignored",
    "Your kernels begin one pixel apart. Kernel number i begins at i * stride.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros(size - 1 + kernel, dtype=int)
    for i in range(size):
        count[i : i + kernel] += 1
    return count


@overlap_count.mistake(
    "kernel and stride mixed up",
    "You exchanged kernel and stride. The kernels begin `stride` pixels apart, and each covers "
    "`kernel` outputs.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * kernel + stride, dtype=int)
    for i in range(size):
        count[i * kernel : i * kernel + stride] += 1
    return count


@overlap_count.mistake(
    "one pixel of each kernel missed",
    "Each of your kernels covers one output too few. A slice ends before its second number, so "
    "write i * stride + kernel there, without - 1.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel - 1] += 1
    return count


@overlap_count.mistake(
    "one stride too long",
    "Your array is one stride too long, and its end is 0. The last kernel begins at "
    "(size - 1) * stride.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros(size * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "size * stride outputs",
    "Your array has size * stride places, so a part of the last kernel is lost, or there are "
    "places that no kernel can reach. Without padding there are (size - 1) * stride + kernel.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros(size * stride, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "the same everywhere",
    "You gave every output the same count. Only if the stride divides the kernel are the counts "
    "equal, and even then not at the two ends.",
)
def overlap_count(size, kernel, stride):
    return np.full((size - 1) * stride + kernel, -(-kernel // stride))


@overlap_count.mistake(
    "the first kernel not counted",
    "You counted only the additional kernels. An output that one kernel reaches has the count 1.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count - 1


@overlap_count.mistake(
    "two dimensions",
    "You counted for a square map. Here one dimension is asked; the map of a square is the "
    "product of the counts of its rows and its columns.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return np.outer(count, count)


@overlap_count.also_right
def overlap_count(size, kernel, stride):
    starts = np.zeros((size - 1) * stride + 1, dtype=int)
    starts[::stride] = 1
    return np.convolve(starts, np.ones(kernel, dtype=int))


@overlap_count.also_right
def overlap_count(size, kernel, stride):
    length = (size - 1) * stride + kernel
    starts = range(0, size * stride, stride)
    return [sum(start <= x < start + kernel for start in starts) for x in range(length)]
