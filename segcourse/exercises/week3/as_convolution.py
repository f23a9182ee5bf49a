"""Exercise 3.4: Transposed convolution as a convolution."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.exercises.week3._cases import distinct, side_by_side
from segcourse.texts import N_


def _cases(rng):
    rows = int(rng.integers(2, 4))
    cases = []
    for (height, width), k, stride, padding in (
        ((2, 2), 3, 1, 0),
        ((rows, rows + 1), 3, 2, 1),
        ((rows + 1, rows), 4, 2, 1),
        ((2, 3), int(rng.integers(4, 6)), 3, 2),
    ):
        cases.append((distinct(rng, height, width), distinct(rng, k, k), stride, padding))
    return cases


def _picture(case, got, expected):
    """The two prepared inputs beside each other."""
    first = [value[0] if isinstance(value, (tuple, list)) else value for value in (got, expected)]
    return side_by_side(case, *first)


as_convolution = Exercise(
    id="3.4",
    title=N_("Transposed convolution as a convolution"),
    function="as_convolution",
    hints=(
        N_(
            "Take a 1-D input a, b with stride 2 and put one zero between: a, 0, b. How many zeros "
            "lie between two values for stride 3?"
        ),
        N_(
            "A stretched side has (rows - 1) * stride + 1 pixels. Make zeros of this size and "
            "write y into stretched[::stride, ::stride]."
        ),
        N_(
            "np.pad(stretched, k - 1 - padding) adds the border, kernel[::-1, ::-1] turns the "
            "kernel by 180 degrees."
        ),
    ),
    cases=_cases,
    compare=exact(),
    picture=_picture,
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
