"""Exercise 3.2: Transposed convolution by scattering."""

import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.exercises.week3._cases import distinct, side_by_side
from segcourse.texts import N_


def _cases(rng):
    rows = int(rng.integers(2, 4))
    cases = []
    for (height, width), k, stride in (
        ((2, 2), 3, 2),
        ((rows, rows + 1), 3, 1),
        ((rows + 1, rows), 4, 2),
        ((rows, rows), 2, 3),  # a stride above the kernel leaves gaps
        ((2, 3), int(rng.integers(3, 6)), 2),
    ):
        cases.append((distinct(rng, height, width), distinct(rng, k, k), stride))
    return cases


scatter = Exercise(
    id="3.2",
    title=N_("Transposed convolution by scattering"),
    function="scatter",
    hints=(
        N_(
            "Begin with a result full of zeros. How many rows does it need? The last input row "
            "puts its kernel at row (rows - 1) * stride, and the kernel is k rows high."
        ),
        N_(
            "Input (i, j) adds y[i, j] * kernel to the k by k window that begins at row i * stride "
            "and column j * stride."
        ),
        N_("result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel"),
    ),
    cases=_cases,
    compare=exact(),
    picture=side_by_side,
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
