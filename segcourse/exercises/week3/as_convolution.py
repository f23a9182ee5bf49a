"""Exercise 3.4: Transposed convolution as a convolution."""

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.exercises.week3._cases import anything, distinct, side_by_side, signed
from segcourse.texts import N_


def _cases(rng):
    rows = int(rng.integers(2, 4))
    cases = []
    for (height, width), k, stride, padding in (
        ((2, 2), 3, 1, 0),
        ((rows, rows + 1), 3, 2, 1),
        ((rows + 1, rows), 4, 2, 1),
        ((2, 3), int(rng.integers(4, 6)), 3, 2),
        ((3, 1), 2, 2, 0),
    ):
        cases.append((distinct(rng, height, width), distinct(rng, k, k), stride, padding))
    # Below zero and no whole numbers, small and large; and a padding that leaves no border.
    cases.append((signed(rng, 2, 3), signed(rng, 3, 3), 2, 0))
    cases.append((300 * signed(rng, 2, 22), 300 * signed(rng, 10, 10), 9, 0))
    cases.append((distinct(rng, 3, 2), distinct(rng, 3, 3), 2, 2))
    cases.append((np.array([[2.5]]), np.array([[-1.5]]), 1, 0))
    return cases


def _space(rng):
    rows, columns, k, stride = (int(n) for n in rng.integers(1, 5, size=4))
    padding = int(rng.integers(0, k))
    return Case(anything(rng, rows, columns), anything(rng, k, k), stride, padding)


def _picture(case, got, expected):
    """The part that is wrong, as it came and as it should be: the input, or else the kernel."""
    if not isinstance(got, (tuple, list)) or len(got) != len(expected):
        if np.array_equal(plain(got), expected[0]):
            return side_by_side(case, got, expected[1], ("yours", "missing: the turned kernel"))
        return side_by_side(case, got, expected[0])
    pairs = [(plain(one), other) for one, other in zip(got, expected, strict=True)]
    wrong = [pair for pair in pairs if not np.array_equal(*pair)]
    return side_by_side(case, *(wrong or pairs)[0])


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
    space=_space,
    compare=exact(parts=(N_("the stretched input"), N_("the turned kernel"))),
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
        y: float array [rows, columns], the input of the transposed convolution.
        kernel: float array [k, k].
        stride, padding: ints, of the transposed convolution; padding is below k.

    Returns:
        Tuple of float arrays (the stretched input with its border, the turned kernel).

    Example:

    >>> y, kernel = np.array([[7.0, 8.0]]), np.array([[1.0, 2.0], [3.0, 4.0]])
    >>> stretched, turned = as_convolution(y, kernel, 2, 0)
    >>> stretched
    array([[0., 0., 0., 0., 0.],
           [0., 7., 0., 8., 0.],
           [0., 0., 0., 0., 0.]])
    >>> turned
    array([[4., 3.],
           [2., 1.]])

    One zero between the neighbours, and a border of 2 - 1 - 0 = 1 zero.
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
    "You added the padding to the border. It is subtracted: the more padding the convolution had, "
    "the smaller the border of its transpose.",
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


@as_convolution.mistake(
    "kernel flipped left to right",
    "You turned the columns of the kernel round and left the rows. Turn both: kernel[::-1, ::-1].",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - 1 - padding), kernel[:, ::-1]


@as_convolution.mistake(
    "kernel flattened",
    "You returned the kernel as one row of numbers. It keeps its shape [k, k]: kernel[::-1, ::-1] "
    "turns it.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - 1 - padding), kernel.ravel()[::-1]


@as_convolution.mistake(
    "kernel not returned",
    "You returned the stretched input alone. Return both: first the input, then the turned kernel.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - 1 - padding)


@as_convolution.mistake(
    "border of copies",
    "Your border has copies of the outermost values. It is to have zeros: np.pad does so if you "
    "name no mode.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    border = len(kernel) - 1 - padding
    return np.pad(stretched, border, mode="edge"), kernel[::-1, ::-1]


@as_convolution.mistake(
    "border at the sides only",
    "Your border stands at the left and at the right only. All four sides get one: rows of zeros "
    "above and below, too.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    border = len(kernel) - 1 - padding
    return np.pad(stretched, ((0, 0), (border, border))), kernel[::-1, ::-1]


@as_convolution.mistake(
    "border above and below only",
    "Your border stands above and below only. All four sides get one: columns of zeros at the left "
    "and at the right, too.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    border = len(kernel) - 1 - padding
    return np.pad(stretched, ((border, border), (0, 0))), kernel[::-1, ::-1]


@as_convolution.mistake(
    "border at the top left only",
    "Your border stands above and at the left only. The last values must meet every weight, too: "
    "all four sides get a border.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y
    border = len(kernel) - 1 - padding
    return np.pad(stretched, ((border, 0), (border, 0))), kernel[::-1, ::-1]


@as_convolution.mistake(
    "only the columns stretched",
    "You put zeros between the columns only. Rows are `stride` apart, too: stretched[::stride, "
    "::stride] = y.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros((rows, (columns - 1) * stride + 1))
    stretched[:, ::stride] = y
    return np.pad(stretched, len(kernel) - 1 - padding), kernel[::-1, ::-1]


@as_convolution.mistake(
    "only the rows stretched",
    "You put zeros between the rows only. Columns are `stride` apart, too: stretched[::stride, "
    "::stride] = y.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, columns))
    stretched[::stride] = y
    return np.pad(stretched, len(kernel) - 1 - padding), kernel[::-1, ::-1]


@as_convolution.mistake(
    "one zero, whatever the stride",
    "You put one zero between neighbours whatever the stride is. There are stride - 1 zeros; with "
    "stride 1 there is none.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros((2 * rows - 1, 2 * columns - 1))
    stretched[::2, ::2] = y
    return np.pad(stretched, len(kernel) - 1 - padding), kernel[::-1, ::-1]


@as_convolution.mistake(
    "height for both sides",
    "You made a square, with the number of rows for both sides. The input need not be square: "
    "rows, columns = y.shape.",
)
def as_convolution(y, kernel, stride, padding):
    side = (len(y) - 1) * stride + 1
    stretched = np.zeros((side, side))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - 1 - padding), kernel[::-1, ::-1]


@as_convolution.mistake(
    "stretched one too short",
    "Your array of zeros is too small for its last value. (rows - 1) * stride is the place of the "
    "last row, so there are (rows - 1) * stride + 1 rows.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride, (columns - 1) * stride))
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - 1 - padding), kernel[::-1, ::-1]


@as_convolution.mistake(
    "integer zeros",
    "Your array has ints, and ints lose what stands after the point. Make it of floats: "
    "np.zeros(...) without a dtype.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    shape = ((rows - 1) * stride + 1, (columns - 1) * stride + 1)
    stretched = np.zeros(shape, dtype=int)
    stretched[::stride, ::stride] = y
    return np.pad(stretched, len(kernel) - 1 - padding), kernel[::-1, ::-1]


@as_convolution.mistake(
    "input turned too",
    "You turned the input by 180 degrees, too. Only the kernel is turned; the values of the input "
    "keep their places.",
)
def as_convolution(y, kernel, stride, padding):
    rows, columns = y.shape
    stretched = np.zeros(((rows - 1) * stride + 1, (columns - 1) * stride + 1))
    stretched[::stride, ::stride] = y[::-1, ::-1]
    return np.pad(stretched, len(kernel) - 1 - padding), kernel[::-1, ::-1]


@as_convolution.also_right
def as_convolution(y, kernel, stride, padding):
    cell = np.eye(1, stride**2).reshape(stride, stride)
    rows, columns = ((n - 1) * stride + 1 for n in y.shape)
    stretched = np.kron(y, cell)[:rows, :columns]
    return np.pad(stretched, len(kernel) - 1 - padding), np.rot90(kernel, 2)


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


@as_convolution.also_right
def as_convolution(y, kernel, stride, padding):
    # Zeros put in between, and a kernel that is filled weight by weight.
    for axis in (0, 1):
        places = np.repeat(np.arange(1, y.shape[axis]), stride - 1)
        y = np.insert(y, places, 0, axis=axis)
    turned = np.zeros(kernel.shape)
    for i, j in np.ndindex(kernel.shape):
        turned[-1 - i, -1 - j] = kernel[i, j]
    return [np.pad(y, len(kernel) - 1 - padding), turned]
