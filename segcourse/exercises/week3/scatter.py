"""Exercise 3.2: Transposed convolution by scattering."""

import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.exercises.week3._cases import anything, distinct, side_by_side, signed
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
    # Below zero and no whole numbers; one column; a kernel of one weight.
    cases.append((signed(rng, 2, 3), signed(rng, 3, 3), 1))
    cases.append((signed(rng, rows, 1), distinct(rng, 3, 3), 2))
    cases.append((distinct(rng, 3, 2), signed(rng, 1, 1), 2))
    cases.append((300 * signed(rng, 2, 22), signed(rng, 6, 6), 9))
    cases.append((np.zeros((2, 3)), distinct(rng, 2, 2), 1))
    return cases


def _space(rng):
    rows, columns, k = (int(n) for n in rng.integers(1, 5, size=3))
    whole = bool(rng.integers(2))  # both or none: ints and floats mixed would be a trap in +=
    y, kernel = anything(rng, rows, columns), anything(rng, k, k)
    if whole:
        y, kernel = np.trunc(8 * y).astype(int), np.trunc(8 * kernel).astype(int)
    return Case(y, kernel, int(rng.integers(1, 5)))


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
    space=_space,
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
        Float array [(rows - 1) * stride + k, (columns - 1) * stride + k], also for ints.

    Example:

    >>> scatter(np.array([[1, 2]]), np.array([[1, 2], [3, 4]]), 1)
    array([[ 1.,  4.,  4.],
           [ 3., 10.,  8.]])

    The kernels overlap in the middle column: 2 + 2 * 1 and 4 + 2 * 3. With stride 2
    they do not: [[1, 2, 2, 4], [3, 4, 6, 8]].
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
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i, j in np.ndindex(rows, columns):
        result[i * stride : i * stride + k, j * stride : j * stride + k] = y[i, j] * kernel
    return result


@scatter.mistake(
    "kernel flipped",
    "You turned the kernel by 180 degrees before you put it down. When you scatter, the kernel is "
    "used as it is. (It is flipped only when you write the same thing as a convolution.)",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i, j in np.ndindex(rows, columns):
        piece = y[i, j] * kernel[::-1, ::-1]
        result[i * stride : i * stride + k, j * stride : j * stride + k] += piece
    return result


@scatter.mistake(
    "stride ignored",
    "Your kernels always lie one pixel apart. In the output, neighbours are `stride` pixels apart: "
    "input (i, j) begins at row i * stride and column j * stride.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros((rows - 1 + k, columns - 1 + k))
    for i, j in np.ndindex(rows, columns):
        result[i : i + k, j : j + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "stride only in the size",
    "The size of your result is right, but the kernels lie one pixel apart, so the rest stays 0. "
    "Input (i, j) begins at row i * stride and column j * stride.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i, j in np.ndindex(rows, columns):
        result[i : i + k, j : j + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "output one stride too large",
    "Your result has `stride` rows and columns of zeros too many at its end. The first kernel "
    "begins at 0, so the last one begins at (rows - 1) * stride, not at rows * stride.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros((rows * stride + k, columns * stride + k))
    for i, j in np.ndindex(rows, columns):
        result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "output one row and column too large",
    "Your result has one row and one column of zeros too many. The last kernel begins at "
    "(rows - 1) * stride and has k rows, so the result has (rows - 1) * stride + k rows.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k + 1, (columns - 1) * stride + k + 1))
    for i, j in np.ndindex(rows, columns):
        result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "result too small for the last kernel",
    "Your result has rows * stride rows, and the last kernel does not fit into it. It begins at "
    "(rows - 1) * stride and has k rows of its own.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros((rows * stride, columns * stride))
    for i, j in np.ndindex(rows, columns):
        result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "cut to rows * stride",
    "You kept rows * stride rows and as many columns as `stride` times the input's. Without "
    "padding nothing is cut away: the last kernel stands whole in the result.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros((rows * stride + k, columns * stride + k))
    for i, j in np.ndindex(rows, columns):
        result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel
    return result[: rows * stride, : columns * stride]


@scatter.mistake(
    "x and y swapped",
    "You put input (i, j) at row j and column i, so the map is mirrored at its diagonal. The row i "
    "decides the row of the window, the column j its column.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i, j in np.ndindex(rows, columns):
        result[j * stride : j * stride + k, i * stride : i * stride + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "largest in place of sum",
    "Where kernels overlap you keep the largest value. A transposed convolution is a sum: "
    "overlaps add up.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i, j in np.ndindex(rows, columns):
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
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    count = np.zeros(result.shape)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        result[top : top + k, left : left + k] += y[i, j] * kernel
        count[top : top + k, left : left + k] += 1
    return result / np.maximum(count, 1)


@scatter.mistake(
    "kernel not scaled",
    "You added the kernel as it is. Each input value scales its copy: y[i, j] * kernel.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i, j in np.ndindex(rows, columns):
        result[i * stride : i * stride + k, j * stride : j * stride + k] += kernel
    return result


@scatter.mistake(
    "input added, not multiplied",
    "You added the input value to the kernel. It scales the kernel: y[i, j] * kernel.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i, j in np.ndindex(rows, columns):
        result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] + kernel
    return result


@scatter.mistake(
    "integer zeros",
    "Your result has ints. Weights and inputs can be fractions, so it is to have floats: "
    "np.zeros(...) without a dtype.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k), dtype=int)
    for i, j in np.ndindex(rows, columns):
        result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "the dtype of the input taken over",
    "The numbers are right, but for an input of ints your result has ints. It is to have floats: "
    "np.zeros(...) without a dtype makes them.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    shape = ((rows - 1) * stride + k, (columns - 1) * stride + k)
    result = np.zeros(shape, dtype=y.dtype)
    for i, j in np.ndindex(rows, columns):
        result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "kernel scaled in place",
    "You scaled the kernel itself: `piece = kernel` is another name for it, not a copy. The next "
    "input value then scales what is already scaled. Write piece = y[i, j] * kernel.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        piece = kernel
        piece *= y[i, j]
        result[top : top + k, left : left + k] += piece
    return result


@scatter.mistake(
    "return in the inner loop",
    "You return after the first input value: the `return` stands in the loops. Put it behind both, "
    "as far to the left as the first `for`.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i in range(rows):
        for j in range(columns):
            result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel
            return result


@scatter.mistake(
    "return in the outer loop",
    "You return after the first row of the input: the `return` stands in the outer loop. Put it "
    "behind both loops, as far to the left as the first `for`.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i in range(rows):
        for j in range(columns):
            result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel
        return result


@scatter.mistake(
    "rows for both sides",
    "You made the result square, with the number of rows for both sides. The columns of the input "
    "decide how wide it is: (columns - 1) * stride + k.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    side = (len(y) - 1) * stride + k
    result = np.zeros((side, side))
    for i, j in np.ndindex(rows, columns):
        result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "a square input only",
    "You took the number of rows for the columns, too. The input need not be square: "
    "rows, columns = y.shape.",
)
def scatter(y, kernel, stride):
    n = len(y)
    k = len(kernel)
    result = np.zeros(((n - 1) * stride + k, (n - 1) * stride + k))
    for i, j in np.ndindex(n, n):
        result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "result as small as the input",
    "Your result is as small as the input, so no kernel fits into it. It needs "
    "(rows - 1) * stride + k rows, and as many columns in the same way.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(y.shape)
    for i, j in np.ndindex(rows, columns):
        result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "gathers",
    "You gather: you multiply a window of the input by the kernel, as a convolution does. Go over "
    "the input instead, and add y[i, j] * kernel to a window of the result.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i in range(len(result)):
        for j in range(len(result[0])):
            window = y[i * stride : i * stride + k, j * stride : j * stride + k]
            result[i, j] = (window * kernel).sum()
    return result


@scatter.mistake(
    "the ordinary convolution",
    "This is the ordinary convolution, which makes the map smaller. Here each input value puts a "
    "whole kernel into a larger map.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    height, width = (rows - k) // stride + 1, (columns - k) // stride + 1
    result = np.zeros((height, width))
    for i, j in np.ndindex(height, width):
        result[i, j] = (y[i * stride : i * stride + k, j * stride : j * stride + k] * kernel).sum()
    return result


@scatter.mistake(
    "padding same",
    'This is padding="same", which cuts the result to rows * stride rows. Without padding nothing '
    "is cut away: the result has (rows - 1) * stride + k rows.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros((rows * stride + k, columns * stride + k))
    for i, j in np.ndindex(rows, columns):
        result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel
    cut = max(k - stride, 0) // 2
    return result[cut : cut + rows * stride, cut : cut + columns * stride]


@scatter.mistake(
    "gap kept after the last kernel",
    "Where the stride is larger than the kernel, you keep a gap of zeros after the last kernel, as "
    "Keras does. The result ends with the last kernel: (rows - 1) * stride + k rows.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    step = max(stride, k)
    result = np.zeros(((rows - 1) * stride + step, (columns - 1) * stride + step))
    for i, j in np.ndindex(rows, columns):
        result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel
    return result


@scatter.mistake(
    "kernel transposed",
    "You exchanged the axes of the kernel. 'Transposed' is the large matrix of the convolution, "
    "not the kernel: use it as it is.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros(((rows - 1) * stride + k, (columns - 1) * stride + k))
    for i, j in np.ndindex(rows, columns):
        result[i * stride : i * stride + k, j * stride : j * stride + k] += y[i, j] * kernel.T
    return result


@scatter.mistake(
    "kernels side by side",
    "You put the kernels `k` pixels apart, so none of them overlap. Neighbours lie `stride` pixels "
    "apart: input (i, j) begins at row i * stride.",
)
def scatter(y, kernel, stride):
    (rows, columns), k = y.shape, len(kernel)
    result = np.zeros((rows * k, columns * k))
    for i, j in np.ndindex(rows, columns):
        result[i * k : i * k + k, j * k : j * k + k] += y[i, j] * kernel
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
    whole = ops.conv_transpose(images, weights, strides=stride, padding="valid")
    # Keras keeps the gap after the last kernel, where there is one.
    height, width = ((n - 1) * stride + len(kernel) for n in y.shape)
    return ops.convert_to_numpy(whole)[0, :height, :width, 0]


@scatter.also_right
def scatter(y, kernel, stride):
    # The stretched input, convolved with the kernel wherever the two meet.
    from scipy.signal import convolve2d

    stretched = np.kron(y, np.eye(1, stride**2).reshape(stride, stride)).astype("float32")
    rows, columns = ((n - 1) * stride + 1 for n in y.shape)
    return convolve2d(stretched[:rows, :columns], kernel)
