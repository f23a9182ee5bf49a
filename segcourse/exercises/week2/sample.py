"""Exercise 2.2: Sample an image between its pixels."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.exercises.week2._cases import some_values
from segcourse.texts import N_


def _sample_image(rng, channels=None):
    # Height and width differ; whole numbers, no two alike, and none is 0.
    height = int(rng.integers(4, 7))
    width = height + int(rng.integers(1, 4))
    shape = (height, width) if channels is None else (height, width, channels)
    return (1 + rng.permutation(int(np.prod(shape)))).reshape(shape).astype("float32")


def _cases(rng):
    # One fraction below a half and one above it, so that rounding and swapping both show.
    def low():
        return round(rng.uniform(0.15, 0.4), 2)

    def high():
        return round(rng.uniform(0.6, 0.85), 2)

    image, color = _sample_image(rng), _sample_image(rng, 3)
    height, width = image.shape
    y, x = (int(rng.integers(0, n - 2)) for n in image.shape)
    long = rng.uniform(size=(300, 2))
    return [
        (image, y + low(), width - 2 + high()),
        (100 * image, y + 1 + high(), x + low()),
        (100 * color, 1 + low(), 2 + high()),
        # On a pixel, also on one with the value 0, and far from the first one.
        (image, 1, 1),
        (image - image[1, 1], 1, 1),
        (long, 270 + low(), high()),
        (long.T.copy(), low(), 270 + high()),
        # Outside by less than a pixel, and by more.
        (image, -low(), x + high()),
        (image, -1 - high(), x + low()),
        (image, y + high(), -low()),
        (image, y + low(), -1 - high()),
        # In the last row or column, behind it by less than a pixel, and by more.
        (image, height - 1, x + low()),
        (image, height - 1 + high(), x + low()),
        (image, height + 1 + low(), x + high()),
        (image, y + high(), width - 1),
        (image, y + low(), width - 1 + high()),
        (image, y + high(), width + 1 + low()),
    ]


def _space(rng):
    height, width = (int(n) for n in rng.choice([1, 2, 3, 5, 8], 2))
    channels = [(), (), (1,), (3,), (5,)][rng.integers(5)]
    image = some_values(rng, height, width, *channels)

    def place(size):
        inside, outside = rng.uniform(0, size - 1), rng.uniform(-3, size + 2)
        whole = rng.integers(-2, size + 2)
        kind = rng.integers(5)
        if kind == 0:
            return int(whole)
        if kind == 1:
            return np.float64(inside)
        return float([inside, outside, whole][kind - 2])

    return Case(image, place(height), place(width))


sample = Exercise(
    id="2.2",
    title=N_("Sample an image between its pixels"),
    function="sample",
    hints=(
        N_(
            "First bring y and x back to the edge where they lie outside. Then find the row above "
            "the point and the column left of it: both are whole numbers."
        ),
        N_(
            "With top = int(y): h1 = y - top and h2 = 1 - h1, so alpha = h1 and beta = h2. In the "
            "same way p and q come from x. In the last row there is no row below: use the last row "
            "again."
        ),
        N_(
            "A = image[top, left], B = image[bottom, left], C = image[bottom, right], "
            "D = image[top, right]; then P = q * (beta * A + alpha * B) + p * (beta * D + alpha * "
            "C)."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=close(1e-4),
    points=2,
)


@sample.reference
def sample(image, y, x):
    """Read an image at a place between its pixels, by bilinear interpolation.

    The centre of the pixel in row i and column j is at y = i, x = j. Outside the
    centres the edge goes on: y below 0 counts as 0, y above height - 1 counts as
    height - 1, and the same for x.

    Args:
        image: float array [height, width] or [height, width, channels].
        y, x: real numbers, row and column of the place, in pixels; whole ones, too.

    Returns:
        The value there: a float, or an array [channels].

    Example:

    >>> image = np.array([[10.0, 20.0], [30.0, 40.0]])
    >>> sample(image, 0.25, 0.5)
    20.0
    >>> sample(image, -3, 0.5)
    15.0

    A = 10, B = 30, C = 40, D = 20: 0.5 * (0.75 * 10 + 0.25 * 30)
    + 0.5 * (0.75 * 20 + 0.25 * 40) = 20. Row -3 counts as row 0.
    """
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    beta, q = 1 - alpha, 1 - p
    left_side = beta * image[top, left] + alpha * image[bottom, left]
    right_side = beta * image[top, right] + alpha * image[bottom, right]
    return q * left_side + p * right_side


@sample.mistake(
    "x and y swapped",
    "You used x for the row and y for the column. An array is indexed image[row, column], so y "
    "comes first.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y, x = min(max(x, 0), height - 1), min(max(y, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "weights swapped",
    "You gave the farther neighbours the larger weights. Close to the row above, h1 is small; "
    "then alpha = h1 belongs to the row BELOW and beta to the row above.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = alpha * image[top, left] + (1 - alpha) * image[bottom, left]
    right_side = alpha * image[top, right] + (1 - alpha) * image[bottom, right]
    return p * left_side + (1 - p) * right_side


@sample.mistake(
    "nearest pixel",
    "You rounded y and x and returned one pixel. Bilinear interpolation mixes the four pixels "
    "around the place.",
)
def sample(image, y, x):
    i = min(max(round(y), 0), image.shape[0] - 1)
    j = min(max(round(x), 0), image.shape[1] - 1)
    return image[i, j]


@sample.mistake(
    "fraction cut off",
    "You returned the pixel above and to the left. The fractions of y and x say how much of the "
    "three other neighbours to mix in.",
)
def sample(image, y, x):
    i = min(max(int(y), 0), image.shape[0] - 1)
    j = min(max(int(x), 0), image.shape[1] - 1)
    return image[i, j]


@sample.mistake(
    "only between rows",
    "You interpolated between the two rows and cut the fraction of x off. Do the same once more "
    "between the two columns.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    top, left = int(y), int(min(max(x, 0), width - 1))
    bottom, alpha = min(top + 1, height - 1), y - top
    return (1 - alpha) * image[top, left] + alpha * image[bottom, left]


@sample.mistake(
    "only between columns",
    "You interpolated between the two columns and cut the fraction of y off. Do the same once "
    "more between the two rows.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    x = min(max(x, 0), width - 1)
    top, left = int(min(max(y, 0), height - 1)), int(x)
    right, p = min(left + 1, width - 1), x - left
    return (1 - p) * image[top, left] + p * image[top, right]


@sample.mistake(
    "B and D exchanged",
    "B and D are exchanged, or, which is the same, alpha and p. B is below A, so its weight comes "
    "from y (alpha); D is to the right of A, so its weight comes from x (p).",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[top, right]
    right_side = (1 - alpha) * image[bottom, left] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "alpha and beta exchanged",
    "You gave the farther row the larger weight. Close to the row above, h1 is small: beta = 1 - "
    "h1 belongs to the row above, and alpha = h1 to the row below.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = alpha * image[top, left] + (1 - alpha) * image[bottom, left]
    right_side = alpha * image[top, right] + (1 - alpha) * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "p and q exchanged",
    "You gave the farther column the larger weight. Close to the left column, w1 is small: q = 1 - "
    "w1 belongs to the left column, and p = w1 to the right one.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return p * left_side + (1 - p) * right_side


@sample.mistake(
    "neighbours from round",
    "You found the row above with `round`, which may give the row below: then the fraction is "
    "negative. Use `int(y)` after the clamping.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = round(y), round(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "distance from round",
    "You rounded y and x, which may give the row below, and took the distances without their sign. "
    "Use `int(y)` after the clamping: then y - top is never negative.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = round(y), round(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = abs(y - top), abs(x - left)
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.also_right
def sample(image, y, x):
    height, width = image.shape[:2]
    top, left = int(np.floor(y)), int(np.floor(x))
    rows = np.clip([top, top + 1], 0, height - 1)
    columns = np.clip([left, left + 1], 0, width - 1)
    between = image[rows[0]] + (y - top) * (image[rows[1]] - image[rows[0]])
    return between[columns[0]] + (x - left) * (between[columns[1]] - between[columns[0]])


@sample.also_right
def sample(image, y, x):
    height, width = image.shape[:2]
    y, x = np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)
    row_weights = np.maximum(0, 1 - np.abs(np.arange(height) - y))
    column_weights = np.maximum(0, 1 - np.abs(np.arange(width) - x))
    return np.einsum("i,j,ij...->...", row_weights, column_weights, image)


@sample.also_right
def sample(image, y, x):
    from scipy import ndimage

    if image.ndim == 3:
        channels = range(image.shape[2])
        return np.array([sample(image[..., c], y, x) for c in channels])
    return ndimage.map_coordinates(image, [[y], [x]], order=1, mode="nearest")[0]


@sample.also_right
def sample(image, y, x):
    y = min(max(y, 0), image.shape[0] - 1)
    x = min(max(x, 0), image.shape[1] - 1)
    padded = np.pad(image, ((0, 1), (0, 1)) + ((0, 0),) * (image.ndim - 2), mode="edge")
    top, left = int(np.floor(y)), int(np.floor(x))
    h1, w1 = y - top, x - left
    upper = (1 - w1) * padded[top, left] + w1 * padded[top, left + 1]
    lower = (1 - w1) * padded[top + 1, left] + w1 * padded[top + 1, left + 1]
    return (1 - h1) * upper + h1 * lower


# More wrong answers hang themselves on the exercise.
from segcourse.exercises.week2 import _sample_edges, _sample_formula  # noqa: E402, F401
