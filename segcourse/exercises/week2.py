"""Week 2 · Bilinear interpolation and unpooling: the exercises, with the wrong answers people give.

A reference's docstring is the text of the notebook's exercise cell. Its body runs in a notebook
that has `import numpy as np`, `import keras` and `from keras import ops`. Each wrong answer is
complete, and the cases are built so that no two answers of one exercise agree on all of them.
"""

import keras
import numpy as np

from segcourse.exercises.exercise import Exercise, close, exact

# 2.1 ---------------------------------------------------------------------------------------------


def _linear_cases(rng):
    # The nearer neighbour changes sides, the distances never sum to 1, and one of them is 0.
    def distances():
        near = round(rng.uniform(0.5, 0.9), 2)
        return near, round(near * rng.uniform(2.2, 3.5), 2)

    low, high = (float(n) for n in np.sort(rng.choice(np.arange(5, 100), 2, replace=False)))
    near, far = distances()
    other_near, other_far = distances()
    colors = rng.permutation(np.arange(1, 30))[:6].reshape(2, 3).astype("float32")
    return [
        (low, high, near, far),
        (high + 0.5, low, other_far, other_near),
        (colors[0], colors[1], other_near, other_far),
        (low, high, 0.0, far),
        (high, low, near, 0.0),
    ]


linear = Exercise(
    id="2.1",
    title="Linear interpolation",
    function="linear",
    hints=(
        "Put the point on the first neighbour: d1 is 0. Which value must come out, and which "
        "weight must f1 then have?",
        "The weight of a neighbour grows with the distance of the OTHER one, and the two weights "
        "sum to 1.",
        "The weights are d2 / (d1 + d2) for f1 and d1 / (d1 + d2) for f2.",
    ),
    cases=_linear_cases,
    compare=close(1e-5),
    points=1,
)


@linear.reference
def linear(f1, f2, d1, d2):
    """Interpolate linearly between two neighbours.

    Args:
        f1, f2: values of the two neighbours, numbers or arrays of one shape.
        d1, d2: floats, distances from the point to the first and to the second
            neighbour. One of them may be 0, never both.

    Returns:
        The value at the point, a number or an array of the shape of f1.

    Example: linear(10, 20, 1, 3) is 12.5.
        The point is 1 away from the first neighbour and 3 from the second. The
        weights are 3/4 and 1/4, and 3/4 * 10 + 1/4 * 20 = 12.5.
    """
    return (d2 * f1 + d1 * f2) / (d1 + d2)


@linear.mistake(
    "weights swapped",
    "You gave the farther neighbour the larger weight. A neighbour counts more the nearer it is: "
    "the weight of f1 is d2 / (d1 + d2).",
)
def linear(f1, f2, d1, d2):
    return (d1 * f1 + d2 * f2) / (d1 + d2)


@linear.mistake(
    "not normalised",
    "Your weights sum to d1 + d2 and not to 1, so between two equal values another value comes "
    "out. Divide by d1 + d2.",
)
def linear(f1, f2, d1, d2):
    return d2 * f1 + d1 * f2


@linear.mistake(
    "distances taken as shares",
    "Your weights are 1 - d1 and d1. That is right only when the neighbours are 1 apart: divide "
    "the distance by d1 + d2 first.",
)
def linear(f1, f2, d1, d2):
    return (1 - d1) * f1 + d1 * f2


@linear.mistake(
    "share of the other distance",
    "You went the share d1 / d2 of the way. The whole way from one neighbour to the other is "
    "d1 + d2 long.",
)
def linear(f1, f2, d1, d2):
    if d2 == 0:
        return f2
    return f1 + (f2 - f1) * d1 / d2


@linear.mistake(
    "mean of the two",
    "You took the mean of the two values. It is right only in the middle; the distances must "
    "decide the weights.",
)
def linear(f1, f2, d1, d2):
    return (f1 + f2) / 2


@linear.mistake(
    "nearest neighbour",
    "You returned the value of the nearer neighbour. Interpolation mixes both: the value changes "
    "evenly on the way from one to the other.",
)
def linear(f1, f2, d1, d2):
    return f1 if d1 <= d2 else f2


@linear.mistake(
    "divided by a distance",
    "Weights 1 / d1 and 1 / d2 give the right values, but not on a neighbour: there a distance is "
    "0. Use d2 / (d1 + d2) and d1 / (d1 + d2), which never divide by 0.",
)
def linear(f1, f2, d1, d2):
    return (f1 / d1 + f2 / d2) / (1 / d1 + 1 / d2)


@linear.mistake(
    "whole-number division",
    "`//` cuts the fraction off. Divide with `/`.",
)
def linear(f1, f2, d1, d2):
    return (d2 * f1 + d1 * f2) // (d1 + d2)


@linear.mistake(
    "wrong direction",
    "You walked away from the second neighbour: the sign of the change is wrong. The value moves "
    "from f1 towards f2, by (f2 - f1) times the share of the way.",
)
def linear(f1, f2, d1, d2):
    return f1 - (f2 - f1) * d1 / (d1 + d2)


@linear.mistake(
    "each with its own distance",
    "You multiplied each value by its own distance, so the farther neighbour counts more, and the "
    "weights do not sum to 1. Weigh f1 with d2 and f2 with d1, and divide by d1 + d2.",
)
def linear(f1, f2, d1, d2):
    return d1 * f1 + d2 * f2


@linear.mistake(
    "one over the distance",
    "The weights 1 / d1 and 1 / d2 do not sum to 1, and on a neighbour you divide by 0. Use "
    "d2 / (d1 + d2) and d1 / (d1 + d2).",
)
def linear(f1, f2, d1, d2):
    return f1 / d1 + f2 / d2


@linear.also_right
def linear(f1, f2, d1, d2):
    return f1 + (f2 - f1) * (d1 / (d1 + d2))


@linear.also_right
def linear(f1, f2, d1, d2):
    weights = np.array([d2, d1]) / (d1 + d2)
    return np.tensordot(weights, np.stack([f1, f2]), axes=1)


# 2.2 ---------------------------------------------------------------------------------------------


def _sample_image(rng, channels=None):
    # Height and width differ; whole numbers, no two alike, and none is 0.
    height = int(rng.integers(4, 7))
    width = height + int(rng.integers(1, 4))
    shape = (height, width) if channels is None else (height, width, channels)
    return (1 + rng.permutation(int(np.prod(shape)))).reshape(shape).astype("float32")


def _sample_cases(rng):
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
    title="Sample an image between its pixels",
    function="sample",
    hints=(
        "First bring y and x back to the edge where they lie outside. Then find the row above the "
        "point and the column left of it: both are whole numbers.",
        "With top = int(y): h1 = y - top and h2 = 1 - h1, so alpha = h1 and beta = h2. In the "
        "same way p and q come from x. In the last row there is no row below: use the last row "
        "again.",
        "A = image[top, left], B = image[bottom, left], C = image[bottom, right], "
        "D = image[top, right]; then P = q * (beta * A + alpha * B) + p * (beta * D + alpha * C).",
    ),
    cases=_sample_cases,
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


# 2.3 ---------------------------------------------------------------------------------------------


def _resize_cases(rng):
    def image(height, width):
        return rng.permutation(height * width * 2).reshape(height, width, 2).astype("float32")

    # Up, down, one axis each way; the last one is too large for a loop over its pixels.
    n = int(rng.integers(4, 7))
    return [
        (image(n, n + 2), 2 * n, 3 * n + 1),
        (image(2 * n + 1, 3 * n), n, n + 1),
        (image(n, 3 * n), n + 3, n + 1),
        (image(n, n + 1), 600 + n, 500),
    ]


resize = Exercise(
    id="2.3",
    title="Resize a whole image",
    function="resize",
    hints=(
        "Begin with the rows: for each of the `height` new rows, compute where its centre lies in "
        "the old image. `np.arange(height)` gives all of them at once.",
        "y = (np.arange(height) + 0.5) * image.shape[0] / height - 0.5, then clamp with "
        "`np.clip`. The rows above and below are arrays too: image[top] takes all of them.",
        "image[top][:, left] is A for every new pixel at once. Give the fractions the shapes "
        "[height, 1, 1] and [width, 1]; NumPy then repeats them for every pixel and channel.",
    ),
    cases=_resize_cases,
    compare=close(1e-3),
    points=3,
    seconds=0.7,  # Keras on JAX compiles for 0.3 s at the first call
)


@resize.reference
def resize(image, height, width):
    """Resize an image by bilinear interpolation on half-pixel centres.

    Pixel i covers the length from i to i + 1, so its centre is at i + 0.5. The centre
    of new row i lies in the old image at row y = (i + 0.5) * old / height - 0.5. Where
    y is below 0 or above old - 1, the edge goes on. The columns in the same way.

    Use arrays, and no Python loop over the pixels: it takes a hundred times as long.

    Args:
        image: float array [old height, old width, channels].
        height, width: int, the new size.

    Returns:
        Float array [height, width, channels].

    Example: resize([[[0], [10]]], 1, 4) is [[[0], [2.5], [7.5], [10]]]
        New column 1: x = (1 + 0.5) * 2 / 4 - 0.5 = 0.25, a quarter of the way.
        New column 0: x = -0.25, clamped to 0.
    """
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom = np.minimum(top + 1, old_height - 1)
    right = np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * image[top][:, left] + alpha * image[bottom][:, left]
    right_side = (1 - alpha) * image[top][:, right] + alpha * image[bottom][:, right]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "align corners",
    "You placed the first and the last centre of the new image on those of the old one. That is "
    "the align-corners grid; here the half-pixel grid is asked for.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y, x = np.linspace(0, old_height - 1, height), np.linspace(0, old_width - 1, width)
    top, left = y.astype(int), x.astype(int)
    bottom = np.minimum(top + 1, old_height - 1)
    right = np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * image[top][:, left] + alpha * image[bottom][:, left]
    right_side = (1 - alpha) * image[top][:, right] + alpha * image[bottom][:, right]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "no - 0.5",
    "You forgot - 0.5 at the end, so the picture moves by half an old pixel. Index 0 is the "
    "centre of the first pixel, which lies at 0.5.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom = np.minimum(top + 1, old_height - 1)
    right = np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * image[top][:, left] + alpha * image[bottom][:, left]
    right_side = (1 - alpha) * image[top][:, right] + alpha * image[bottom][:, right]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "corners for centres",
    "You used y = i * old / height, which maps the upper left corner of a pixel. Map its centre: "
    "add 0.5 before you scale and subtract 0.5 after it.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip(np.arange(height) * old_height / height, 0, old_height - 1)
    x = np.clip(np.arange(width) * old_width / width, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom = np.minimum(top + 1, old_height - 1)
    right = np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * image[top][:, left] + alpha * image[bottom][:, left]
    right_side = (1 - alpha) * image[top][:, right] + alpha * image[bottom][:, right]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "scale inverted",
    "You multiplied by new / old. To find a NEW pixel in the OLD image, multiply by old / new: an "
    "image that doubles makes steps of half an old pixel.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * height / old_height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * width / old_width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom = np.minimum(top + 1, old_height - 1)
    right = np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * image[top][:, left] + alpha * image[bottom][:, left]
    right_side = (1 - alpha) * image[top][:, right] + alpha * image[bottom][:, right]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "height and width swapped",
    "Your result is [width, height, channels]. An image array is [height, width, channels]: the "
    "rows come first.",
)
def resize(image, height, width):
    height, width = width, height
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom = np.minimum(top + 1, old_height - 1)
    right = np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * image[top][:, left] + alpha * image[bottom][:, left]
    right_side = (1 - alpha) * image[top][:, right] + alpha * image[bottom][:, right]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "no edge clamp",
    "At the edge you ask for a row or column that does not exist. Clamp y to 0 … old - 1, and the "
    "second neighbour to old - 1 as well.",
)
def resize(image, height, width):
    y = (np.arange(height) + 0.5) * image.shape[0] / height - 0.5
    x = (np.arange(width) + 0.5) * image.shape[1] / width - 0.5
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * image[top][:, left] + alpha * image[top + 1][:, left]
    right_side = (1 - alpha) * image[top][:, left + 1] + alpha * image[top + 1][:, left + 1]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "wrapped around",
    "At the edge you mix in pixels of the opposite edge: that is what % (or index -1) does. Here "
    "the edge goes on: clamp with `np.clip`.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = (np.arange(height) + 0.5) * old_height / height - 0.5
    x = (np.arange(width) + 0.5) * old_width / width - 0.5
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    top, bottom = top % old_height, (top + 1) % old_height
    left, right = left % old_width, (left + 1) % old_width
    left_side = (1 - alpha) * image[top][:, left] + alpha * image[bottom][:, left]
    right_side = (1 - alpha) * image[top][:, right] + alpha * image[bottom][:, right]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "went on in a straight line",
    "At the edge your values go beyond those of the image: the fraction is below 0 or above 1 "
    "there. Clamp y and x before you compute the fractions.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = (np.arange(height) + 0.5) * old_height / height - 0.5
    x = (np.arange(width) + 0.5) * old_width / width - 0.5
    top = np.clip(np.floor(y), 0, old_height - 2).astype(int)
    left = np.clip(np.floor(x), 0, old_width - 2).astype(int)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * image[top][:, left] + alpha * image[top + 1][:, left]
    right_side = (1 - alpha) * image[top][:, left + 1] + alpha * image[top + 1][:, left + 1]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "zeros outside",
    "Your edge fades to 0: you padded the image with zeros. Pad it with its own edge, or clamp.",
)
def resize(image, height, width):
    y = (np.arange(height) + 0.5) * image.shape[0] / height + 0.5
    x = (np.arange(width) + 0.5) * image.shape[1] / width + 0.5
    padded = np.pad(image, ((1, 1), (1, 1), (0, 0)))
    top, left = y.astype(int), x.astype(int)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * padded[top][:, left] + alpha * padded[top + 1][:, left]
    right_side = (1 - alpha) * padded[top][:, left + 1] + alpha * padded[top + 1][:, left + 1]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "weights swapped",
    "The neighbours are right, but the farther one gets the larger weight: the fraction y - top "
    "belongs to the row BELOW.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom = np.minimum(top + 1, old_height - 1)
    right = np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = alpha * image[top][:, left] + (1 - alpha) * image[bottom][:, left]
    right_side = alpha * image[top][:, right] + (1 - alpha) * image[bottom][:, right]
    return p * left_side + (1 - p) * right_side


@resize.mistake(
    "nearest neighbour",
    "Each new pixel is a copy of one old pixel: that is nearest neighbour. Mix the four pixels "
    "around the place.",
)
def resize(image, height, width):
    rows = ((np.arange(height) + 0.5) * image.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * image.shape[1] / width).astype(int)
    return image[rows][:, columns]


@resize.mistake(
    "only one axis interpolated",
    "You interpolated between rows, and copied the nearest column. Do the same between the left "
    "and the right column.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    columns = ((np.arange(width) + 0.5) * old_width / width).astype(int)
    top = y.astype(int)
    bottom = np.minimum(top + 1, old_height - 1)
    alpha = (y - top)[:, None, None]
    return (1 - alpha) * image[top][:, columns] + alpha * image[bottom][:, columns]


@resize.mistake(
    "loop over the pixels",
    "Your values are right, but you visit the pixels one by one in Python, which takes far too "
    "long for a real image. Compute all rows and all columns at once, as arrays.",
)
def resize(image, height, width):
    old_height, old_width, channels = image.shape
    result = np.zeros((height, width, channels))
    for i in range(height):
        for j in range(width):
            y = min(max((i + 0.5) * old_height / height - 0.5, 0), old_height - 1)
            x = min(max((j + 0.5) * old_width / width - 0.5, 0), old_width - 1)
            top, left = int(y), int(x)
            bottom, right = min(top + 1, old_height - 1), min(left + 1, old_width - 1)
            alpha, p = y - top, x - left
            left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
            right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
            result[i, j] = (1 - p) * left_side + p * right_side
    return result


@resize.mistake(
    "fraction cut off",
    "You copied the pixel above and to the left of the place. Its fraction says how much of the "
    "three other neighbours to mix in.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    return image[y.astype(int)][:, x.astype(int)]


@resize.mistake(
    "averaged when shrinking",
    "Enlarging is right. When the image gets smaller, you averaged over all old pixels under a "
    "new one (antialiasing). Here only the four pixels around its centre count.",
)
def resize(image, height, width):
    return keras.ops.image.resize(image, (height, width), interpolation="bilinear", antialias=True)


@resize.mistake(
    "fractions without axes",
    "The fractions of the rows must be spread over columns and channels: give them the shape "
    "[height, 1, 1], and those of the columns [width, 1], with `[:, None, None]` and `[:, None]`.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom = np.minimum(top + 1, old_height - 1)
    right = np.minimum(left + 1, old_width - 1)
    alpha, p = y - top, x - left
    left_side = (1 - alpha) * image[top][:, left] + alpha * image[bottom][:, left]
    right_side = (1 - alpha) * image[top][:, right] + alpha * image[bottom][:, right]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "rows and columns paired",
    "`image[top, left]` pairs the first row with the first column and so on. To get every row "
    "with every column, write image[top][:, left].",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom = np.minimum(top + 1, old_height - 1)
    right = np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * image[top, left] + alpha * image[bottom, left]
    right_side = (1 - alpha) * image[top, right] + alpha * image[bottom, right]
    return (1 - p) * left_side + p * right_side


@resize.also_right
def resize(image, height, width):
    def weights(old, new):
        place = np.clip((np.arange(new) + 0.5) * old / new - 0.5, 0, old - 1)
        return np.maximum(0, 1 - np.abs(place[:, None] - np.arange(old)))

    rows, columns = weights(image.shape[0], height), weights(image.shape[1], width)
    return np.einsum("ai,bj,ijc->abc", rows, columns, image, optimize=True)


@resize.also_right
def resize(image, height, width):
    return keras.ops.image.resize(image, (height, width), interpolation="bilinear")


# 2.4 ---------------------------------------------------------------------------------------------


def _resize_mask_cases(rng):
    def mask(height, width):
        labels = rng.permutation(np.arange(height * width) % 200).astype("uint8")
        labels[rng.integers(0, labels.size, 3)] = 255
        return labels.reshape(height, width)

    # Odd old sides: no new centre falls on the border of two old pixels, so all ways to round
    # agree. Only the third case, half the size, has such ties; there every scale is exact.
    n = 2 * int(rng.integers(2, 5)) + 1
    return [
        (mask(n, n + 2), 2 * n, 3 * n + 1),
        (mask(3 * n, 3 * n + 2), n + 1, n - 1),
        (mask(2 * n + 2, 2 * n + 6), n + 1, n + 3),
        (mask(n, 3 * n), n + 3, n + 1),
    ]


resize_mask = Exercise(
    id="2.4",
    title="Resize a label map",
    function="resize_mask",
    hints=(
        "Every new pixel copies ONE old pixel. So you only need, for each new row, the number of "
        "the old row it copies, and the same for columns.",
        "The centre of new row i lies at (i + 0.5) * old / height, measured in old pixels from the "
        "upper border. Old pixel r covers the length from r to r + 1.",
        "rows = ((np.arange(height) + 0.5) * old / height).astype(int), columns in the same way, "
        "then labels[rows][:, columns].",
    ),
    cases=_resize_mask_cases,
    compare=exact(),
    points=2,
)


@resize_mask.reference
def resize_mask(labels, height, width):
    """Resize a label map by nearest neighbour.

    New row i has its centre at (i + 0.5) * old / height, measured in old pixels from
    the upper border. It copies the old row that covers this place: the whole part of
    that number. The columns in the same way. No label is ever computed, only copied.

    Args:
        labels: integer array [old height, old width] of class ids; void is 255.
        height, width: int, the new size.

    Returns:
        Integer array [height, width].

    Example: resize_mask([[1, 2, 3]], 1, 5) is [[1, 1, 2, 3, 3]]
        The centres are at 0.5, 1.5, ... times 3/5 = 0.3, 0.9, 1.5, 2.1, 2.7.
        Their whole parts are 0, 0, 1, 2, 2.
    """
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "bilinear and rounded",
    "You interpolated the class numbers and rounded. Between class 1 and class 3 that invents "
    "class 2. Numbers of classes have no order: copy, never mix.",
)
def resize_mask(labels, height, width):
    old_height, old_width = labels.shape
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom = np.minimum(top + 1, old_height - 1)
    right = np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None], x - left
    left_side = (1 - alpha) * labels[top][:, left] + alpha * labels[bottom][:, left]
    right_side = (1 - alpha) * labels[top][:, right] + alpha * labels[bottom][:, right]
    return np.round((1 - p) * left_side + p * right_side).astype(labels.dtype)


@resize_mask.mistake(
    "corner in place of the centre",
    "You used i * old / height, the upper left corner of the new pixel, which moves the mask "
    "against its image. Use the centre: i + 0.5.",
)
def resize_mask(labels, height, width):
    rows = (np.arange(height) * labels.shape[0] / height).astype(int)
    columns = (np.arange(width) * labels.shape[1] / width).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "align corners",
    "You placed the first and the last centres of the two grids on each other: align-corners. The "
    "image is resized on half-pixel centres, and its mask must follow it.",
)
def resize_mask(labels, height, width):
    rows = np.round(np.linspace(0, labels.shape[0] - 1, height)).astype(int)
    columns = np.round(np.linspace(0, labels.shape[1] - 1, width)).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "centre rounded up",
    "You rounded (i + 0.5) * old / height to the nearest whole number. Old pixel r covers the "
    "length from r to r + 1, so take the whole part.",
)
def resize_mask(labels, height, width):
    rows = np.round((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = np.round((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    rows = np.minimum(rows, labels.shape[0] - 1)
    columns = np.minimum(columns, labels.shape[1] - 1)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "ties to the even row",
    "You subtracted 0.5 and rounded. At a tie `np.round` goes to the EVEN number, once up and "
    "once down. Take the whole part of (i + 0.5) * old / height.",
)
def resize_mask(labels, height, width):
    y = (np.arange(height) + 0.5) * labels.shape[0] / height - 0.5
    x = (np.arange(width) + 0.5) * labels.shape[1] / width - 0.5
    return labels[np.round(y).astype(int)][:, np.round(x).astype(int)]


@resize_mask.mistake(
    "height and width swapped",
    "Your result is [width, height]. A label map is [height, width]: the rows come first.",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(width) + 0.5) * labels.shape[0] / width).astype(int)
    columns = ((np.arange(height) + 0.5) * labels.shape[1] / height).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "scale inverted",
    "You multiplied by new / old. To find the OLD row of a NEW one, multiply by old / new.",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * height / labels.shape[0]).astype(int)
    columns = ((np.arange(width) + 0.5) * width / labels.shape[1]).astype(int)
    rows = np.minimum(rows, labels.shape[0] - 1)
    columns = np.minimum(columns, labels.shape[1] - 1)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "void made class 0",
    "You turned void (255) into class 0. Void stays void, otherwise pixels that nobody labelled "
    "count as a class.",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    result = labels[rows][:, columns]
    return np.where(result == 255, 0, result)


@resize_mask.mistake(
    "float labels",
    "The labels are right, but their dtype is float. Class ids are whole numbers: keep an integer "
    "dtype.",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    return labels[rows][:, columns].astype("float32")


@resize_mask.mistake(
    "rows and columns paired",
    "`labels[rows, columns]` pairs the first row with the first column and so on. To get every "
    "row with every column, write labels[rows][:, columns].",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    return labels[rows, columns]


@resize_mask.mistake(
    "half a pixel too far up",
    "You subtracted 0.5 and then cut the fraction off, which moves the mask up and to the left by "
    "half an old pixel. Take the whole part of (i + 0.5) * old / height itself.",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height - 0.5).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width - 0.5).astype(int)
    return labels[rows][:, columns]


@resize_mask.also_right
def resize_mask(labels, height, width):
    result = np.zeros((height, width), labels.dtype)
    for i in range(height):
        for j in range(width):
            row = (2 * i + 1) * labels.shape[0] // (2 * height)
            column = (2 * j + 1) * labels.shape[1] // (2 * width)
            result[i, j] = labels[row, column]
    return result


@resize_mask.also_right
def resize_mask(labels, height, width):
    y = (np.arange(height) + 0.5) * labels.shape[0] / height - 0.5
    x = (np.arange(width) + 0.5) * labels.shape[1] / width - 0.5
    return labels[np.ix_(np.floor(y + 0.5).astype(int), np.floor(x + 0.5).astype(int))]


# 2.5 ---------------------------------------------------------------------------------------------


def _bed_of_nails_cases(rng):
    def values(*shape):
        return (1 + rng.permutation(int(np.prod(shape)))).reshape(shape)

    n = int(rng.integers(2, 5))
    return [
        (values(n, n + 1).astype("float32"), 2),
        (values(n + 2, n, 2).astype("float32"), 3),
        (values(n, n + 3), 2),
    ]


bed_of_nails = Exercise(
    id="2.5",
    title="Bed of nails",
    function="bed_of_nails",
    hints=(
        "How many rows and columns has the result? Begin with zeros of that size, and of the "
        "dtype of x.",
        "The values go to every `size`-th row and every `size`-th column, beginning with 0. A "
        "slice with a step addresses all of them at once.",
        "result[::size, ::size] = x",
    ),
    cases=_bed_of_nails_cases,
    compare=exact(),
    points=1,
)


@bed_of_nails.reference
def bed_of_nails(x, size):
    """Enlarge a map by bed of nails: each value, and zeros around it.

    Each value becomes a block of size × size cells. It stands in the upper left cell of
    the block; the other cells are 0.

    Args:
        x: array [height, width] or [height, width, channels].
        size: int, how many times larger each side becomes.

    Returns:
        Array [height * size, width * size] (and channels), of the dtype of x.

    Example: bed_of_nails([[1, 2], [3, 4]], 2) is
        [[1, 0, 2, 0],
         [0, 0, 0, 0],
         [3, 0, 4, 0],
         [0, 0, 0, 0]]
    """
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[::size, ::size] = x
    return result


@bed_of_nails.mistake(
    "nearest neighbour",
    "You filled the whole block with the value: that is nearest neighbour. A bed of nails has one "
    "value in each block and zeros around it.",
)
def bed_of_nails(x, size):
    return x.repeat(size, axis=0).repeat(size, axis=1)


@bed_of_nails.mistake(
    "lower right cell",
    "The value stands in the lower right cell of its block. It belongs into the upper left one.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[size - 1 :: size, size - 1 :: size] = x
    return result


@bed_of_nails.mistake(
    "rows only",
    "You put zeros between the rows and repeated each value along its row. Zeros belong between "
    "the columns, too.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[::size] = x.repeat(size, axis=1)
    return result


@bed_of_nails.mistake(
    "all values in one corner",
    "You put the whole map into the corner of the zeros. Spread it: value (i, j) goes to row "
    "size * i and column size * j.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[:height, :width] = x
    return result


@bed_of_nails.mistake(
    "no zeros after the last value",
    "Your result is too small: the blocks of the last row and column end with zeros as well. Each "
    "side is exactly `size` times as long.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    shape = ((height - 1) * size + 1, (width - 1) * size + 1, *x.shape[2:])
    result = np.zeros(shape, x.dtype)
    result[::size, ::size] = x
    return result


@bed_of_nails.mistake(
    "size zeros between",
    "You put `size` zeros between two values. A block is `size` cells long, and one of them is "
    "the value: size - 1 zeros stand between.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * (size + 1), width * (size + 1), *x.shape[2:]), x.dtype)
    result[:: size + 1, :: size + 1] = x
    return result


@bed_of_nails.mistake(
    "map repeated",
    "`np.tile` puts copies of the whole map next to each other. Here each value gets its own "
    "block.",
)
def bed_of_nails(x, size):
    return np.tile(x, (size, size) + (1,) * (x.ndim - 2))


@bed_of_nails.mistake(
    "float zeros",
    "The values are right, but `np.zeros` gives float64 unless you tell it a dtype: pass "
    "`x.dtype`.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]))
    result[::size, ::size] = x
    return result


@bed_of_nails.mistake(
    "values made larger",
    "You multiplied the values by size * size, so that the mean stays the same. A bed of nails "
    "copies the values as they are.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size, *x.shape[2:]), x.dtype)
    result[::size, ::size] = x * size * size
    return result


@bed_of_nails.mistake(
    "channels forgotten in the sizes",
    "`x.shape` has three numbers when x has channels. Take the first two, `x.shape[:2]`, and give "
    "the zeros the channels too.",
)
def bed_of_nails(x, size):
    height, width = x.shape
    result = np.zeros((height * size, width * size), x.dtype)
    result[::size, ::size] = x
    return result


@bed_of_nails.mistake(
    "channels forgotten in the zeros",
    "Your zeros have no channels. Append the rest of the shape of x: `(*sizes, *x.shape[2:])`.",
)
def bed_of_nails(x, size):
    height, width = x.shape[:2]
    result = np.zeros((height * size, width * size), x.dtype)
    result[::size, ::size] = x
    return result


@bed_of_nails.mistake(
    "zeros as small as x",
    "`np.zeros_like(x)` is as small as x. The result is `size` times as high and as wide.",
)
def bed_of_nails(x, size):
    result = np.zeros_like(x)
    result[::size, ::size] = x
    return result


@bed_of_nails.also_right
def bed_of_nails(x, size):
    nail = np.zeros((size, size) + (1,) * (x.ndim - 2), x.dtype)
    nail[0, 0] = 1
    return np.kron(x, nail)


@bed_of_nails.also_right
def bed_of_nails(x, size):
    result = x.repeat(size, axis=0).repeat(size, axis=1)
    rows, columns = np.indices(result.shape[:2])
    result[(rows % size != 0) | (columns % size != 0)] = 0
    return result


# 2.6 ---------------------------------------------------------------------------------------------


def _pooling_map(rng, size, ties=False):
    # Whole numbers of both signs, no two alike; never square, so that rows and columns differ.
    rows = int(rng.integers(2, 4))
    columns = rows + int(rng.integers(1, 3))
    height, width = rows * size, columns * size
    values = rng.permutation(height * width) - height * width // 2
    if ties:
        values = values // (height * width)
    return values.reshape(height, width).astype("float32")


def _max_pool_cases(rng):
    low = _pooling_map(rng, 2)
    return [
        (_pooling_map(rng, 2), 2),
        (low - low.max() - 1, 2),
        (_pooling_map(rng, 3), 3),
        (np.repeat(np.repeat(_pooling_map(rng, 1), 2, axis=0), 2, axis=1), 2),
    ]


max_pool = Exercise(
    id="2.6",
    title="Max pooling that remembers",
    function="max_pool",
    hints=(
        "Two loops over the windows are fine here. In each window find the largest value AND where "
        "it stands.",
        "`np.argmax(window)` gives the place inside the window, counted row by row; "
        "`divmod(place, size)` gives its row and column there. Add those of the window.",
        "With row and column of the largest value in the whole map, the position is "
        "row * width + column, where width is that of x and not that of the result.",
    ),
    cases=_max_pool_cases,
    compare=exact(),
    points=2,
)


@max_pool.reference
def max_pool(x, size):
    """Max pooling without overlap that also gives the positions of the maxima.

    The map is cut into windows of size × size. Of each window the largest value is
    kept. Its position is row * width + column, counted in the map x. If the largest
    value occurs more than once in a window, the first one counts, row by row.

    Args:
        x: array [height, width]; both are multiples of size.
        size: int, side of the windows.

    Returns:
        Tuple (pooled, positions): array [height // size, width // size] of values, and
        an integer array of the same shape.

    Example: max_pool([[1, 5, 2, 0], [3, 4, 8, 6]], 2) is ([[5, 8]], [[1, 6]])
        5 stands in row 0 and column 1: 0 * 4 + 1 = 1. 8 stands in row 1 and
        column 2: 1 * 4 + 2 = 6.
    """
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.max(axis=-1), row * width + column


@max_pool.mistake(
    "positions inside the window",
    "Your positions count inside each window, from 0 to size * size - 1. They must say where the "
    "value stands in the whole map: row * width + column.",
)
def max_pool(x, size):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    return windows.max(axis=-1), windows.argmax(axis=-1)


@max_pool.mistake(
    "width of the pooled map",
    "You multiplied the row by the width of the small map. The position counts in x, before "
    "pooling, so multiply by the width of x.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.max(axis=-1), row * columns + column


@max_pool.mistake(
    "counted column by column",
    "Your positions are column * height + row. NumPy and Keras count row by row: row * width + "
    "column.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.max(axis=-1), column * height + row


@max_pool.mistake(
    "position of the window",
    "You gave the position of each window's upper left cell. Asked is the cell where the largest "
    "value stands.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    corner = size * np.arange(rows)[:, None] * width + size * np.arange(columns)
    return windows.max(axis=-1), corner


@max_pool.mistake(
    "smallest value",
    "You kept the smallest value of each window. Max pooling keeps the largest.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmin(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.min(axis=-1), row * width + column


@max_pool.mistake(
    "mean of the window",
    "Your positions are right, but your values are the means of the windows. Keep the largest "
    "value.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.mean(axis=-1), row * width + column


@max_pool.mistake(
    "search began at 0",
    "You began the search with a largest value of 0, so in a window of negative values nothing is "
    "found. Begin with the first value of the window.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for row in range(height):
        for column in range(width):
            window = row // size, column // size
            if x[row, column] > pooled[window]:
                pooled[window] = x[row, column]
                positions[window] = row * width + column
    return pooled, positions


@max_pool.mistake(
    "last of equal values",
    "Where the largest value occurs more than once, you took the last one. The first one counts: "
    "compare with >, not with >=.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.full((height // size, width // size), -np.inf, x.dtype)
    positions = np.zeros(pooled.shape, int)
    for row in range(height):
        for column in range(width):
            window = row // size, column // size
            if x[row, column] >= pooled[window]:
                pooled[window] = x[row, column]
                positions[window] = row * width + column
    return pooled, positions


@max_pool.mistake(
    "windows mixed up",
    "You reshaped without moving the axes, so a window holds values that are no neighbours. "
    "Reshape to [rows, size, columns, size], then bring the two `size` axes together.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.max(axis=-1), row * width + column


@max_pool.mistake(
    "largest absolute value",
    "You compared the values without their sign. -9 is smaller than 1.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = np.abs(windows).argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    positions = row * width + column
    return x.reshape(-1)[positions], positions


@max_pool.mistake(
    "returned in the wrong order",
    "You returned the positions first. The text asks for the pooled values first, then the "
    "positions.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return row * width + column, windows.max(axis=-1)


@max_pool.mistake(
    "only the values",
    "You returned the pooled values alone. Unpooling needs the positions too: return both.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    return x.reshape(rows, size, columns, size).max(axis=(1, 3))


@max_pool.mistake(
    "float positions",
    "The numbers are right, but the positions are floats: `np.zeros` gives float64. Positions are "
    "indices, so make them with `np.zeros(..., int)`.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window[row, column]
            positions[i, j] = (i * size + row) * width + j * size + column
    return pooled, positions


@max_pool.mistake(
    "number of the window added",
    "Window i begins at row i * size and not at row i. Multiply by `size` before you add the row "
    "inside the window; the same for the column.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window[row, column]
            positions[i, j] = (i + row) * width + j + column
    return pooled, positions


@max_pool.mistake(
    "pairs of row and column",
    "You returned row and column of each maximum. Asked is one number, row * width + column.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros((*pooled.shape, 2), int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window[row, column]
            positions[i, j] = i * size + row, j * size + column
    return pooled, positions


@max_pool.also_right
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window[row, column]
            positions[i, j] = (i * size + row) * width + j * size + column
    return pooled, positions


@max_pool.also_right
def max_pool(x, size):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))[::size, ::size]
    numbers = np.arange(x.size).reshape(x.shape)
    places = np.lib.stride_tricks.sliding_window_view(numbers, (size, size))[::size, ::size]
    best = windows.reshape(*windows.shape[:2], -1).argmax(axis=-1)[..., None]
    positions = np.take_along_axis(places.reshape(*windows.shape[:2], -1), best, axis=-1)[..., 0]
    return x.reshape(-1)[positions], positions


# 2.7 ---------------------------------------------------------------------------------------------


def _max_unpool_cases(rng):
    def case(rows, columns, extra, dtype):
        # One position in every 2 × 2 window, but never the upper left cell everywhere.
        height, width = 2 * rows + extra, 2 * columns + extra
        inside = rng.permutation(np.arange(rows * columns) % 4).reshape(rows, columns)
        row = 2 * np.arange(rows)[:, None] + inside // 2
        column = 2 * np.arange(columns) + inside % 2
        pooled = (2 + rng.permutation(rows * columns)).reshape(rows, columns).astype(dtype)
        return pooled, row * width + column, (height, width)

    n = int(rng.integers(2, 4))
    return [
        case(n, n + 2, 0, "float32"),
        case(n + 2, n, 1, "float32"),
        case(n, n + 1, 0, "int64"),
        case(1, n + 2, 0, "float32"),
    ]


max_unpool = Exercise(
    id="2.7",
    title="Max unpooling",
    function="max_unpool",
    hints=(
        "Begin with zeros of the asked shape and of the dtype of `pooled`.",
        "A position counts the cells row by row. `result.reshape(-1)` is the same memory as one "
        "long row, in which the position is the index.",
        "flat = np.zeros(height * width, pooled.dtype); flat[positions] = pooled; then reshape "
        "to `shape`.",
    ),
    cases=_max_unpool_cases,
    compare=exact(),
    points=1,
)


@max_unpool.reference
def max_unpool(pooled, positions, shape):
    """Put pooled values back to where max pooling found them; zeros elsewhere.

    Args:
        pooled: array [rows, columns] of values.
        positions: integer array [rows, columns]: row * width + column of each value in
            the result. No position occurs twice.
        shape: (height, width) of the result.

    Returns:
        Array [height, width] of the dtype of `pooled`.

    Example: max_unpool([[5, 8]], [[1, 6]], (2, 4)) is
        [[0, 5, 0, 0],
         [0, 0, 8, 0]]
        6 = 1 * 4 + 2: row 1, column 2.
    """
    result = np.zeros(shape, pooled.dtype)
    result.reshape(-1)[positions] = pooled
    return result


@max_unpool.mistake(
    "positions not used",
    "You put each value into the upper left cell of its window: that is bed of nails. Max "
    "unpooling puts it back to the position that pooling remembered.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    step = shape[0] // pooled.shape[0]
    result[: step * pooled.shape[0] : step, : step * pooled.shape[1] : step] = pooled
    return result


@max_unpool.mistake(
    "window filled",
    "You filled the whole window with the value. Only the cell of the maximum gets it; the other "
    "cells are 0.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    step = shape[0] // pooled.shape[0]
    filled = pooled.repeat(step, axis=0).repeat(step, axis=1)
    result[: filled.shape[0], : filled.shape[1]] = filled
    return result


@max_unpool.mistake(
    "read column by column",
    "You read the positions column by column. They count row by row: the row is position // "
    "width, the column is position % width.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    columns, rows = np.divmod(positions, shape[0])
    result[rows, columns] = pooled
    return result


@max_unpool.mistake(
    "divided by the height",
    "You divided by the height. A row has `width` cells, so row = position // width and column = "
    "position % width.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    for position, value in zip(positions.flat, pooled.flat, strict=True):
        result[position // shape[0], position % shape[0]] = value
    return result


@max_unpool.mistake(
    "one dimension",
    "Your result is one long row. Give it the asked shape with `reshape(shape)`.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape[0] * shape[1], pooled.dtype)
    result[positions] = pooled
    return result


@max_unpool.mistake(
    "written into a copy",
    "Everything is 0: `flatten` gives a copy, and you wrote the values into that copy. Use "
    "`reshape(-1)`, which is the same memory, or flatten first and reshape at the end.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    result.flatten()[positions] = pooled
    return result


@max_unpool.mistake(
    "ones in place of the values",
    "You marked the positions with 1. Put the pooled value there.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    result.reshape(-1)[positions] = 1
    return result


@max_unpool.mistake(
    "positions written",
    "You wrote the positions into the map. They say where; what is written is the pooled value.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    result.reshape(-1)[positions] = positions
    return result


@max_unpool.mistake(
    "values in sorted order",
    "You sorted the positions, so they no longer belong to their values. Position [i, j] belongs "
    "to value [i, j].",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    result.reshape(-1)[np.sort(positions, axis=None)] = pooled.reshape(-1)
    return result


@max_unpool.mistake(
    "counted from 1",
    "You subtracted 1 from the positions. They count from 0, as indices in Python do.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    result.reshape(-1)[positions - 1] = pooled
    return result


@max_unpool.mistake(
    "height and width swapped",
    "Your result is [width, height]. `shape` is (height, width), in the order that NumPy uses.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros((shape[1], shape[0]), pooled.dtype)
    result.reshape(-1)[positions] = pooled
    return result


@max_unpool.mistake(
    "float zeros",
    "The values are right, but `np.zeros` gives float64 unless you tell it a dtype: pass "
    "`pooled.dtype`.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape)
    result.reshape(-1)[positions] = pooled
    return result


@max_unpool.mistake(
    "positions used as rows",
    "`result[positions]` takes each position for a row. Let it index the map as one long row: "
    "`result.reshape(-1)[positions]`.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    result[positions] = pooled
    return result


@max_unpool.mistake(
    "row and column swapped",
    "position // width is the row and comes first in the index; position % width is the column.",
)
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    for position, value in zip(positions.flat, pooled.flat, strict=True):
        result[position % shape[1], position // shape[1]] = value
    return result


@max_unpool.also_right
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    rows, columns = np.unravel_index(positions, shape)
    result[rows, columns] = pooled
    return result


@max_unpool.also_right
def max_unpool(pooled, positions, shape):
    result = np.zeros(shape, pooled.dtype)
    for i in range(pooled.shape[0]):
        for j in range(pooled.shape[1]):
            row, column = divmod(int(positions[i, j]), shape[1])
            result[row, column] = pooled[i, j]
    return result
