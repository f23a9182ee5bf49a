"""Exercise B.1: Dilate a kernel."""

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    cases = []
    for shape, rate in (((3, 3), 2), ((2, 4), 3), ((4, 2), 2), ((3, 2), 1), ((2, 3), 4)):
        values = 1 + rng.permutation(shape[0] * shape[1])
        cases.append((values.reshape(shape).astype("float32"), rate))
    # Below zero and no whole numbers, small and large; a row; one weight.
    cases.append((_weights(rng, 3, 4), 2))
    cases.append((300 * _weights(rng, 9, 6), 9))
    cases.append((np.zeros((2, 3)), 2))
    cases.append((_weights(rng, 1, 3), 3))
    cases.append((_weights(rng, 1, 1), 2))
    return cases


def _weights(rng, *shape):
    """Different weights above and below zero, none of them whole, that float32 holds exactly."""
    odd = 2 * rng.permutation(shape[0] * shape[1]).reshape(shape) + 1
    return odd * rng.choice([-0.125, 0.125], shape)


def _space(rng):
    height, width, rate = (int(n) for n in rng.integers(1, 6, size=3))
    kernel = _weights(rng, height, width)
    if rng.integers(2):  # some weights are 0 or the same
        kernel = np.round(kernel)
    return Case(kernel.astype(rng.choice(["float32", "float64"])), rate)


def _picture(case, got, expected):
    """Both kernels with their numbers, the weights marked."""
    import matplotlib.pyplot as plt

    from segcourse import plots

    results = [np.asarray(plain(result)) for result in (got, expected)]
    titles = ["yours", "expected"]
    if np.array_equal(*results):  # only the kind of the numbers differs
        titles = [f"{title}, {result.dtype}" for title, result in zip(titles, results, strict=True)]
    figure, axes = plt.subplots(1, 2, figsize=(9, 4))
    for ax, title, result in zip(axes, titles, results, strict=True):
        plots.numbers(result, ax=ax, title=title, highlight=result != 0)
    return figure


dilate_kernel = Exercise(
    id="B.1",
    title=N_("Dilate a kernel"),
    function="dilate_kernel",
    hints=(
        N_(
            "Write down the row [1, 2, 3] with rate 2. How many numbers has it now, and where does "
            "each weight stand?"
        ),
        N_(
            "Weight number i stands at place i * rate. So the last one stands at (k - 1) * rate, "
            "and the result has (k - 1) * rate + 1 places: no zeros follow the last weight."
        ),
        N_("Make an array of zeros of the right size; then result[::rate, ::rate] = kernel."),
    ),
    cases=_cases,
    space=_space,
    compare=exact(),
    picture=_picture,
    points=2,
)


@dilate_kernel.reference
def dilate_kernel(kernel, rate):
    """Insert zeros between the weights of a kernel.

    An ordinary convolution with the result does what a convolution with
    `kernel` and dilation_rate=rate does.

    Args:
        kernel: float array [height, width].
        rate: int, the distance between two weights that were neighbours.
            With rate 1 nothing changes.

    Returns:
        Float array [(height - 1) * rate + 1, (width - 1) * rate + 1]: the weights,
        with rate - 1 zeros between neighbours and none around them.

    Example:

    >>> dilate_kernel(np.array([[1.0, 2.0], [3.0, 4.0]]), 2)
    array([[1., 0., 2.],
           [0., 0., 0.],
           [3., 0., 4.]])
    """
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, (width - 1) * rate + 1))
    result[::rate, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "zeros at the end",
    "You also put zeros after the last row and the last column. Zeros stand between two weights "
    "only: the side is (k - 1) * rate + 1, not k * rate.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    result = np.zeros((height * rate, width * rate))
    result[::rate, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "rate zeros in between",
    "You put `rate` zeros between two weights. Their distance is `rate`, so there are rate - 1 "
    "zeros between them; with rate 1 there is none.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    step = rate + 1
    result = np.zeros(((height - 1) * step + 1, (width - 1) * step + 1))
    result[::step, ::step] = kernel
    return result


@dilate_kernel.mistake(
    "columns only",
    "You spread the columns only. A kernel is dilated along both axes: rows get zeros between "
    "them, too.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    result = np.zeros((height, (width - 1) * rate + 1))
    result[:, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "rows only",
    "You spread the rows only. A kernel is dilated along both axes: columns get zeros between "
    "them, too.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, width))
    result[::rate] = kernel
    return result


@dilate_kernel.mistake(
    "weights repeated",
    "You repeated the weights in place of inserting zeros. A dilated kernel has no new weights: "
    "what lies between two of them counts zero.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    repeated = kernel.repeat(rate, axis=0).repeat(rate, axis=1)
    return repeated[: (height - 1) * rate + 1, : (width - 1) * rate + 1]


@dilate_kernel.mistake(
    "zeros around the kernel",
    "The size is right, but you put the zeros around the kernel. Its weights still touch each "
    "other; the zeros belong between them.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    rows, columns = (height - 1) * (rate - 1), (width - 1) * (rate - 1)
    sides = ((rows // 2, rows - rows // 2), (columns // 2, columns - columns // 2))
    return np.pad(kernel, sides)


@dilate_kernel.mistake(
    "kernel flipped",
    "The zeros are right, but you turned the kernel by 180 degrees. Every weight keeps its order: "
    "the weight at (0, 0) stays at (0, 0).",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, (width - 1) * rate + 1))
    result[::rate, ::rate] = kernel[::-1, ::-1]
    return result


@dilate_kernel.mistake(
    "height and width swapped",
    "You swapped height and width: the result stands on its side. Rows stay rows.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    result = np.zeros(((width - 1) * rate + 1, (height - 1) * rate + 1))
    result[::rate, ::rate] = kernel.T
    return result


@dilate_kernel.mistake(
    "weights scaled",
    "You multiplied the weights by rate * rate, as if the zeros had to be made up for. The sum of "
    "the weights does not change: no weight is lost.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, (width - 1) * rate + 1))
    result[::rate, ::rate] = kernel * rate**2
    return result


@dilate_kernel.mistake(
    "all weights repeated",
    "You repeated every weight: np.repeat fills the new places with copies. A dilated kernel has "
    "zeros there, and none after the last weight.",
)
def dilate_kernel(kernel, rate):
    return kernel.repeat(rate, axis=0).repeat(rate, axis=1)


@dilate_kernel.mistake(
    "`rate` zeros around",
    "You put zeros around the kernel. They belong between its weights: the first and the last "
    "weight stay at the corners.",
)
def dilate_kernel(kernel, rate):
    return np.pad(kernel, rate)


@dilate_kernel.mistake(
    "rate - 1 zeros around",
    "You put rate - 1 zeros around the kernel. The number is right, the place is not: they stand "
    "between two neighbours, and none stands around the kernel.",
)
def dilate_kernel(kernel, rate):
    return np.pad(kernel, rate - 1)


@dilate_kernel.mistake(
    "height for both sides",
    "You made a square, with the height for both sides. A kernel need not be square: height, width "
    "= kernel.shape.",
)
def dilate_kernel(kernel, rate):
    side = (len(kernel) - 1) * rate + 1
    result = np.zeros((side, side))
    result[::rate, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "a square kernel only",
    "You took the height for the width, too, and lost or missed columns. A kernel need not be "
    "square: height, width = kernel.shape.",
)
def dilate_kernel(kernel, rate):
    k = len(kernel)
    result = np.zeros(((k - 1) * rate + 1, (k - 1) * rate + 1))
    for y in range(k):
        for x in range(k):
            result[y * rate, x * rate] = kernel[y, x]
    return result


@dilate_kernel.mistake(
    "rate 2 typed in",
    "You put exactly one zero between neighbours, as for rate 2. The rate is an argument: there "
    "are rate - 1 zeros.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    result = np.zeros((2 * height - 1, 2 * width - 1))
    result[::2, ::2] = kernel
    return result


@dilate_kernel.mistake(
    "step 2 typed in",
    "The size is right, but your slices always go in steps of 2. The weights lie `rate` apart: "
    "result[::rate, ::rate].",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, (width - 1) * rate + 1))
    result[::2, ::2] = kernel
    return result


@dilate_kernel.mistake(
    "integer zeros",
    "Your result has ints, and ints lose what stands after the point. Make it of floats: "
    "np.zeros(...) without a dtype.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, (width - 1) * rate + 1), dtype=int)
    result[::rate, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "shape not in a tuple",
    "np.zeros takes the shape as one tuple: np.zeros((rows, columns)), with two brackets. A second "
    "number would be the dtype.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    result = np.zeros((height - 1) * rate + 1, (width - 1) * rate + 1)
    result[::rate, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "as large as before",
    "Your result is as large as the kernel, so the spread weights do not fit. It has (height - 1) "
    "* rate + 1 rows, and as many columns in the same way.",
)
def dilate_kernel(kernel, rate):
    result = np.zeros(kernel.shape)
    result[::rate, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "one place too few",
    "Your result is one place too small. The last weight stands at (k - 1) * rate, counted from 0, "
    "so there are (k - 1) * rate + 1 places.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate, (width - 1) * rate))
    result[::rate, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "one gap only",
    "You made room for one gap. Each of the height - 1 gaps gets rate - 1 zeros: (height - 1) * "
    "rate + 1 rows.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    result = np.zeros((height + rate - 1, width + rate - 1))
    result[::rate, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "weights not spread",
    "The size is right, but the weights stand side by side at the top left. They lie `rate` apart: "
    "result[::rate, ::rate] = kernel.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, (width - 1) * rate + 1))
    result[:height, :width] = kernel
    return result


@dilate_kernel.mistake(
    "sum kept by dividing",
    "You divided the weights by rate * rate. They keep their values: no weight is added or lost.",
)
def dilate_kernel(kernel, rate):
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, (width - 1) * rate + 1))
    result[::rate, ::rate] = kernel / rate**2
    return result


@dilate_kernel.also_right
def dilate_kernel(kernel, rate):
    height, width = len(kernel), len(kernel[0])
    result = np.zeros((rate * (height - 1) + 1, rate * (width - 1) + 1), "float32")
    for y in range(height):
        for x in range(width):
            result[rate * y, rate * x] = kernel[y][x]
    return result


@dilate_kernel.also_right
def dilate_kernel(kernel, rate):
    hole = np.eye(1, rate**2).reshape(rate, rate)
    spread = np.kron(kernel, hole).astype("float32")
    cut = rate - 1
    return spread[: len(spread) - cut, : spread.shape[1] - cut]


@dilate_kernel.also_right
def dilate_kernel(kernel, rate):
    # With the dtype of the kernel.
    height, width = kernel.shape
    shape = (height + (height - 1) * (rate - 1), width + (width - 1) * (rate - 1))
    result = np.zeros(shape, kernel.dtype)
    result[::rate, ::rate] = kernel
    return result


@dilate_kernel.also_right
def dilate_kernel(kernel, rate):
    for axis in (0, 1):
        between = np.repeat(np.arange(1, kernel.shape[axis]), rate - 1)
        kernel = np.insert(kernel, between, 0, axis=axis)
    return kernel
