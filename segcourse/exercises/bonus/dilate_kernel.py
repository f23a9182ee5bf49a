"""Exercise B.1: Dilate a kernel."""

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    cases = []
    for shape, rate in (((3, 3), 2), ((2, 4), 3), ((4, 2), 2), ((3, 2), 1), ((2, 3), 4)):
        values = 1 + rng.permutation(shape[0] * shape[1])
        cases.append((values.reshape(shape).astype("float32"), rate))
    return cases


def _picture(case, got, expected):
    """Both kernels with their numbers, the weights marked."""
    import matplotlib.pyplot as plt

    from segcourse import plots

    figure, axes = plt.subplots(1, 2, figsize=(9, 4))
    for ax, title, result in zip(axes, ("yours", "expected"), (got, expected), strict=True):
        result = plain(result)
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
        kernel: array [height, width].
        rate: int, the distance between two weights that were neighbours.
            With rate 1 nothing changes.

    Returns:
        Array [(height - 1) * rate + 1, (width - 1) * rate + 1]: the weights,
        with rate - 1 zeros between neighbours and none around them.

    Example: dilate_kernel([[1, 2], [3, 4]], 2) is
        [[1, 0, 2],
         [0, 0, 0],
         [3, 0, 4]]
    """
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, (width - 1) * rate + 1), kernel.dtype)
    result[::rate, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "zeros at the end",
    "You also put zeros after the last row and the last column. Zeros stand between two weights "
    "only: the side is (k - 1) * rate + 1, not k * rate.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    result = np.zeros((height * rate, width * rate), kernel.dtype)
    result[::rate, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "rate zeros in between",
    "You put `rate` zeros between two weights. Their distance is `rate`, so there are rate - 1 "
    "zeros between them; with rate 1 there is none.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    step = rate + 1
    result = np.zeros(((height - 1) * step + 1, (width - 1) * step + 1), kernel.dtype)
    result[::step, ::step] = kernel
    return result


@dilate_kernel.mistake(
    "columns only",
    "You spread the columns only. A kernel is dilated along both axes: rows get zeros between "
    "them, too.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    result = np.zeros((height, (width - 1) * rate + 1), kernel.dtype)
    result[:, ::rate] = kernel
    return result


@dilate_kernel.mistake(
    "rows only",
    "You spread the rows only. A kernel is dilated along both axes: columns get zeros between "
    "them, too.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, width), kernel.dtype)
    result[::rate] = kernel
    return result


@dilate_kernel.mistake(
    "weights repeated",
    "You repeated the weights in place of inserting zeros. A dilated kernel has no new weights: "
    "what lies between two of them counts zero.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    repeated = kernel.repeat(rate, axis=0).repeat(rate, axis=1)
    return repeated[: (height - 1) * rate + 1, : (width - 1) * rate + 1]


@dilate_kernel.mistake(
    "zeros around the kernel",
    "The size is right, but you put the zeros around the kernel. Its weights still touch each "
    "other; the zeros belong between them.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
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
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, (width - 1) * rate + 1), kernel.dtype)
    result[::rate, ::rate] = kernel[::-1, ::-1]
    return result


@dilate_kernel.mistake(
    "height and width swapped",
    "You swapped height and width: the result stands on its side. Rows stay rows.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    result = np.zeros(((width - 1) * rate + 1, (height - 1) * rate + 1), kernel.dtype)
    result[::rate, ::rate] = kernel.T
    return result


@dilate_kernel.mistake(
    "weights scaled",
    "You multiplied the weights by rate * rate, as if the zeros had to be made up for. The sum "
    "of the weights does not change: no weight is lost.",
)
def dilate_kernel(kernel, rate):
    kernel = np.asarray(kernel)
    height, width = kernel.shape
    result = np.zeros(((height - 1) * rate + 1, (width - 1) * rate + 1), kernel.dtype)
    result[::rate, ::rate] = kernel * rate**2
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
    hole = np.zeros((rate, rate), "float32")
    hole[0, 0] = 1
    spread = np.kron(kernel, hole).astype("float32")
    cut = rate - 1
    return spread[: len(spread) - cut, : spread.shape[1] - cut]
