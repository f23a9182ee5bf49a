"""Exercise 2.2: Sample an image between its pixels."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, close
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
    return [
        (image, y + low(), x + 1 + high()),
        (image, y + 1 + high(), x + low()),
        (color, 1 + low(), 2 + high()),
        (image, -low(), x + high()),
        (image, y + low(), -1 - high()),
        (image, height - 1, x + low()),
        (image, height - 1 + high(), x + low()),
        (image, y + high(), width - 1),
        (image, y + high(), width + low()),
    ]


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
        y, x: real numbers, row and column of the place, in pixels.

    Returns:
        The value there: a float, or an array [channels].

    Example: image = [[10, 20], [30, 40]]: A = 10, B = 30, C = 40, D = 20.
        sample(image, 0.25, 0.5) = 0.5 * (0.75 * 10 + 0.25 * 30)
            + 0.5 * (0.75 * 20 + 0.25 * 40) = 20.
        sample(image, -3, 0.5) = sample(image, 0, 0.5) = 15.
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
    "no clamp",
    "You did not bring the place back to the edge. Above row 0 the index -1 means the LAST row "
    "in Python, and below the last row there is nothing to read: clamp y and x first.",
)
def sample(image, y, x):
    top, left = int(np.floor(y)), int(np.floor(x))
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[top + 1, left]
    right_side = (1 - alpha) * image[top, left + 1] + alpha * image[top + 1, left + 1]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "int() of a negative number",
    "`int(-0.3)` is 0, not -1, so alpha becomes negative and the value leaves the range of its "
    "neighbours. Clamp y and x before you take the whole part.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    top, left = int(y), int(x)
    alpha, p = y - top, x - left
    rows = [min(max(top, 0), height - 1), min(max(top + 1, 0), height - 1)]
    columns = [min(max(left, 0), width - 1), min(max(left + 1, 0), width - 1)]
    left_side = (1 - alpha) * image[rows[0], columns[0]] + alpha * image[rows[1], columns[0]]
    right_side = (1 - alpha) * image[rows[0], columns[1]] + alpha * image[rows[1], columns[1]]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "no neighbour after the last",
    "You clamped y and x, but at y = height - 1 the row `top + 1` does not exist. Clamp the "
    "second row and the second column, too.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[top + 1, left]
    right_side = (1 - alpha) * image[top, left + 1] + alpha * image[top + 1, left + 1]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "wrapped around",
    "With % the picture begins again on the other side: the first row mixes with the last one. "
    "Here the edge goes on: clamp with min and max.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    top, left = int(np.floor(y)), int(np.floor(x))
    alpha, p = y - top, x - left
    top, bottom = top % height, (top + 1) % height
    left, right = left % width, (left + 1) % width
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "zeros outside",
    "You read zeros outside the picture, which darkens its edge. Here the edge goes on: a place "
    "outside gets the value of the nearest place inside.",
)
def sample(image, y, x):
    top, left = int(np.floor(y)), int(np.floor(x))
    total = 0 * image[0, 0]
    for i in (top, top + 1):
        for j in (left, left + 1):
            if 0 <= i < image.shape[0] and 0 <= j < image.shape[1]:
                total = total + (1 - abs(y - i)) * (1 - abs(x - j)) * image[i, j]
    return total


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
    "mean of the four",
    "You took the mean of the four neighbours. The nearer a neighbour, the larger its weight: use "
    "the fractions of y and x.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    top, left = int(min(max(y, 0), height - 1)), int(min(max(x, 0), width - 1))
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    above = image[top, left] + image[top, right]
    return (above + image[bottom, left] + image[bottom, right]) / 4


@sample.mistake(
    "half a pixel off",
    "You subtracted 0.5 from y and x. Here the centre of the first pixel is at 0, so the place "
    "(1, 2) is exactly the pixel image[1, 2].",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y - 0.5, 0), height - 1)
    x = min(max(x - 0.5, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "no clamp, with int()",
    "Nothing keeps the place inside the image: below 0 your fraction is negative, and after the "
    "last pixel there is nothing to read. Clamp y and x first.",
)
def sample(image, y, x):
    top, left = int(y), int(x)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[top + 1, left]
    right_side = (1 - alpha) * image[top, left + 1] + alpha * image[top + 1, left + 1]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "distances to floor and ceil",
    "On a whole number, `ceil(y)` is y itself: both distances are 0, and so is your value. Let "
    "h2 = 1 - h1, or take the row below as top + 1.",
)
def sample(image, y, x):
    height, width = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(np.floor(y)), int(np.floor(x))
    bottom, right = int(np.ceil(y)), int(np.ceil(x))
    alpha, beta, p, q = y - top, bottom - y, x - left, right - x
    left_side = beta * image[top, left] + alpha * image[bottom, left]
    right_side = beta * image[top, right] + alpha * image[bottom, right]
    return q * left_side + p * right_side


@sample.mistake(
    "width before height",
    "You read `image.shape` as width, height, so each coordinate is clamped to the wrong side. "
    "The first number of the shape is the height.",
)
def sample(image, y, x):
    width, height = image.shape[:2]
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@sample.mistake(
    "colour forgotten",
    "`image.shape` has three numbers when the image has channels. Take the first two: "
    "`image.shape[:2]`.",
)
def sample(image, y, x):
    height, width = image.shape
    y = min(max(y, 0), height - 1)
    x = min(max(x, 0), width - 1)
    top, left = int(y), int(x)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    alpha, p = y - top, x - left
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
