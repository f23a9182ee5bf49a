"""Exercise 2.3: Resize a whole image."""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.exercises.week2._cases import distinct, some_values, three_maps
from segcourse.texts import N_


def _cases(rng):
    def image(height, width):
        return distinct(rng, height, width, 2).astype("float32")

    # Up, down, one axis each way, long ones, one without any change in it; the last one is too
    # large for a loop over its pixels.
    n = int(rng.integers(4, 7))
    return [
        (image(n, n + 2), 2 * n, 3 * n + 1),
        (image(2 * n + 1, 3 * n), n, n + 1),
        (np.pi * image(n, 3 * n), n + 3, n + 1),
        (image(2 * n + 3, n), n, 2 * n + 1),
        (image(300, 2), 7, 3),
        (image(2, 300), 3, 7),
        (np.full((n, n, 2), rng.uniform()), 2 * n, 2 * n),
        (image(n, n + 1), 1000 + n, 700),
    ]


def _space(rng):
    old_height, old_width, channels = (int(n) for n in rng.choice([1, 2, 3, 4, 9], 3))
    height, width = (int(n) for n in rng.choice([1, 2, 3, 4, 9, 13, 40], 2))
    return Case(some_values(rng, old_height, old_width, channels), height, width)


resize = Exercise(
    id="2.3",
    title=N_("Resize a whole image"),
    function="resize",
    hints=(
        N_(
            "Begin with the rows: for each of the `height` new rows, compute where its centre lies "
            "in the old image. `np.arange(height)` gives all of them at once."
        ),
        N_(
            "y = (np.arange(height) + 0.5) * image.shape[0] / height - 0.5, then clamp with "
            "`np.clip`. The rows above and below are arrays too: image[top] takes all of them."
        ),
        N_(
            "image[top][:, left] is A for every new pixel at once. Give the fractions the shapes "
            "[height, 1, 1] and [width, 1]; NumPy then repeats them for every pixel and channel."
        ),
    ),
    cases=_cases,
    space=_space,
    draws=10,  # each new shape is compiled, where Keras on JAX resizes
    compare=close(1e-3),
    picture=three_maps,
    points=3,
    # Keras on JAX compiles for 0.3 s at the first call, and longer on a busy computer.
    seconds=1.0 if keras.backend.backend() == "tensorflow" else 2.0,
)


@resize.reference
def resize(image, height, width):
    """Resize an image by bilinear interpolation on half-pixel centres.

    Pixel i reaches from i to i + 1, so its centre is at i + 0.5. The centre
    of new row i lies in the old image at row y = (i + 0.5) * old / height - 0.5. Where
    y is below 0 or above old - 1, the edge goes on. The columns in the same way.

    Use arrays, and no Python loop over the pixels: it takes a hundred times as long.

    Args:
        image: float array [old height, old width, channels].
        height, width: int, the new size.

    Returns:
        Float array [height, width, channels].

    Example:

    >>> image = np.array([[[0.0], [10.0]]])
    >>> resize(image, 1, 4)
    array([[[0], [2.5], [7.5], [10]]])

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
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "no - 0.5",
    "You forgot - 0.5 at the end, so the image moves by half an old pixel. Index 0 is the centre "
    "of the first pixel, which lies at 0.5.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


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
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


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
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


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
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = alpha * image[top] + (1 - alpha) * image[bottom]
    return p * sides[:, left] + (1 - p) * sides[:, right]


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
    old_height, old_width = image.shape[:2]
    result = np.zeros((height, width, image.shape[2]))
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
    "Enlarging is right. When the image gets smaller, you averaged over all old pixels under a new "
    "one (antialiasing). Here only the four pixels around its centre count.",
)
def resize(image, height, width):
    resized = ops.image.resize(image, (height, width), interpolation="bilinear", antialias=True)
    return ops.convert_to_numpy(resized)


@resize.mistake(
    "align corners by formula",
    "You used i * (old - 1) / (new - 1): the align-corners grid, which also divides by 0 where one "
    "new row is asked for. Use the half-pixel grid, (i + 0.5) * old / new - 0.5.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.arange(height) * (old_height - 1) / (height - 1)
    x = np.arange(width) * (old_width - 1) / (width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "rows weighted the wrong way",
    "The farther row gets the larger weight. The fraction y - top belongs to the row BELOW, and 1 "
    "minus it to the row above.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = alpha * image[top] + (1 - alpha) * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "columns weighted the wrong way",
    "The farther column gets the larger weight. The fraction x - left belongs to the RIGHT column, "
    "and 1 minus it to the left one.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return p * sides[:, left] + (1 - p) * sides[:, right]


@resize.mistake(
    "B and D exchanged",
    "B and D are exchanged, or, which is the same, alpha and p. B lies below A and gets its weight "
    "from y; D lies to the right of A and gets it from x.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    left_side = (1 - alpha) * image[top][:, left] + alpha * image[top][:, right]
    right_side = (1 - alpha) * image[bottom][:, left] + alpha * image[bottom][:, right]
    return (1 - p) * left_side + p * right_side


@resize.mistake(
    "only the columns interpolated",
    "You interpolated between columns, and copied the nearest row. Do the same between the row "
    "above and the row below.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    rows = ((np.arange(height) + 0.5) * old_height / height).astype(int)
    left = x.astype(int)
    right, p = np.minimum(left + 1, old_width - 1), (x - left)[:, None]
    return (1 - p) * image[rows][:, left] + p * image[rows][:, right]


@resize.mistake(
    "made whole",
    "You made the values whole numbers. A mixed value has a fraction: return floats.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return ((1 - p) * sides[:, left] + p * sides[:, right]).astype(int)


@resize.mistake(
    "rounded",
    "You rounded the values. A mixed value has a fraction: return it as it is.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return np.round((1 - p) * sides[:, left] + p * sides[:, right])


@resize.mistake(
    "no + 0.5",
    "You forgot to add 0.5 before you scale: the centre of new pixel i is at i + 0.5.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip(np.arange(height) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip(np.arange(width) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "0.5 subtracted from the scale",
    "You subtracted 0.5 from old / new. Multiply first, and subtract 0.5 from the product.",
)
def resize(image, height, width):
    old_height, old_width = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * (old_height / height - 0.5), 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * (old_width / width - 0.5), 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None, None], (x - left)[:, None]
    sides = (1 - alpha) * image[top] + alpha * image[bottom]
    return (1 - p) * sides[:, left] + p * sides[:, right]


@resize.mistake(
    "repeat",
    "`repeat` copies each pixel a whole number of times: it mixes nothing, cannot reach every "
    "size, and cannot shrink. Mix the four pixels around each place.",
)
def resize(image, height, width):
    return image.repeat(height // image.shape[0], axis=0).repeat(width // image.shape[1], axis=1)


@resize.mistake(
    "np.resize",
    "`np.resize` fills the new array with the numbers in their order, and begins again at the end. "
    "It knows nothing of images: mix the four pixels around each place.",
)
def resize(image, height, width):
    return np.resize(image, (height, width, image.shape[2]))


@resize.also_right
def resize(image, height, width):
    def weights(old, new):
        place = np.clip((np.arange(new) + 0.5) * old / new - 0.5, 0, old - 1)
        return np.maximum(0, 1 - np.abs(place[:, None] - np.arange(old)))

    rows, columns = weights(image.shape[0], height), weights(image.shape[1], width)
    return np.einsum("ai,bj,ijc->abc", rows, columns, image, optimize=True)


@resize.also_right
def resize(image, height, width):
    resized = ops.image.resize(image, (height, width), interpolation="bilinear")
    return ops.convert_to_numpy(resized)


@resize.also_right
def resize(image, height, width):
    old_height, old_width, channels = image.shape
    result = np.zeros((height, width, channels))
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    left = np.floor(x).astype(int)
    right = np.minimum(left + 1, old_width - 1)
    p = (x - left).reshape(-1, 1)
    for i in range(height):
        y = min(max((i + 0.5) * old_height / height - 0.5, 0), old_height - 1)
        top = int(y)
        bottom = min(top + 1, old_height - 1)
        row = (1 - (y - top)) * image[top] + (y - top) * image[bottom]
        result[i] = (1 - p) * row[left] + p * row[right]
    return result


@resize.also_right
def resize(image, height, width):
    scale_y, scale_x = image.shape[0] / height, image.shape[1] / width
    padded = np.pad(image, ((1, 1), (1, 1), (0, 0)), mode="edge")
    y = (np.arange(height) + 0.5) * scale_y + 0.5
    x = (np.arange(width) + 0.5) * scale_x + 0.5
    top, left = y.astype(int), x.astype(int)
    alpha, p = (y - top)[:, None, None], (x - left)[None, :, None]
    A, D = padded[top][:, left], padded[top][:, left + 1]
    B, C = padded[top + 1][:, left], padded[top + 1][:, left + 1]
    return (1 - p) * ((1 - alpha) * A + alpha * B) + p * ((1 - alpha) * D + alpha * C)


# The wrong answers about indices, sides and edges hang themselves on the exercise, too.
from segcourse.exercises.week2 import _resize_edges  # noqa: E402, F401
