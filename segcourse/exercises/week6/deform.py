"""Exercise 6.5: Elastic deformation of image and labels."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.exercises.week6 import _deform
from segcourse.texts import N_


def _pair(rng, height, width, ids, dtype="int32"):
    """An image and its label map."""
    image = rng.uniform(0.2, 1, (height, width)).astype("float32")
    return image, rng.choice(ids, (height, width)).astype(dtype)


def _displacements(rng, height, width, reach=2):
    """Never near half a pixel, where nearest is a matter of rounding, and never whole."""
    whole = rng.integers(-reach, reach, (2, height, width))
    return whole + rng.choice([0.2, 0.3, 0.7, 0.8], whole.shape)


def _cases(rng):
    cases = []
    for ids, outside in (((0, 1), True), ((0, 3, 7), False), ((1, 2, 255), True)):
        height, width = (int(n) for n in 6 + rng.permutation(4)[:2])
        dy, dx = _displacements(rng, height, width)
        if outside:
            # The first row looks beyond the upper edge, the last column beyond the right one.
            dy[0], dx[:, -1] = -1.3, 1.7
        else:  # nothing is outside, and the image is a square
            height = width = int(rng.integers(5, 8))
            dy, dx = rng.choice([0.2, 0.3, 0.7, 0.8], (2, height, width))
            dy[-1], dx[:, -1] = -0.3, -0.8
        cases.append((*_pair(rng, height, width, ids), dy, dx))
    # Far outside, on all four sides; and no displacement at all.
    dy, dx = _displacements(rng, 4, 5, reach=9)
    cases.append((*_pair(rng, 4, 5, (0, 2, 5), "uint8"), dy, dx))
    cases.append((*_pair(rng, 5, 4, (0, 1, 4)), np.zeros((5, 4)), np.zeros((5, 4))))
    # Places that do not fit into one byte.
    for height, width in ((2, 300), (300, 2)):
        pair = _pair(rng, height, width, (0, 1, 2))
        cases.append((*pair, *_displacements(rng, height, width)))
    return cases


def _space(rng):
    height, width = (int(n) for n in rng.choice([1, 2, 3, 5, 8], 2))
    ids = rng.choice(400, int(rng.integers(1, 5)), replace=False)
    image, labels = _pair(rng, height, width, ids)
    image = (image * rng.choice([1, -3, 255])).astype(rng.choice(["float32", "float64"]))
    dy, dx = _displacements(rng, height, width, reach=int(rng.choice([1, 2, 30])))
    if rng.random() < 0.3:  # whole pixels, or along one axis alone
        dy, dx = np.round(dy) * rng.integers(2), np.round(dx)
    return Case(image, labels, dy.astype("float32"), dx.astype("float32"))


deform = Exercise(
    id="6.5",
    title=N_("Elastic deformation of image and labels"),
    function="deform",
    hints=(
        N_(
            "Ask for every pixel of the result: from which place does it come? The places are not "
            "whole pixels, so they have to be interpolated, one way for images and another for "
            "class numbers."
        ),
        N_(
            "np.indices(labels.shape) gives the rows and the columns of all pixels. The places are "
            "rows + dy and columns + dx, for the image and for the labels alike."
        ),
        N_(
            "`ndimage.map_coordinates(image, [y, x], order=1, mode='nearest')` reads the image; "
            "the labels need order=0."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=close(1e-4, parts=(N_("the image"), N_("the label map"))),
    points=2,
)


@deform.reference
def deform(image, labels, dy, dx):
    """Deform an image and its label map by the same displacements.

    Pixel (y, x) of the result is read at the place (y + dy[y, x], x + dx[y, x]): the
    image bilinear, the labels from the nearest pixel. A place outside is read at the
    nearest pixel of the border.

    Args:
        image: float array [height, width].
        labels: integer array [height, width].
        dy, dx: float arrays [height, width], displacements in pixels, down and right.

    Returns:
        (image, labels), both of the same size and kind (float, integer) as before.

    Help: `from scipy import ndimage`; `ndimage.map_coordinates(array, [y, x],
        order=1, mode="nearest")` reads an array at the places y, x: two arrays, with a
        row and a column for every pixel of the result. Order 0 takes the nearest pixel,
        1 is bilinear, 3 is cubic. mode="nearest": outside, the border's pixels go on.
        `np.indices(labels.shape)` gives two arrays, the row and the column of each pixel.

    Example:

    >>> image, labels = np.array([[10.0, 20, 30]]), np.array([[0, 0, 1]])
    >>> deform(image, labels, np.array([[0.0, 0, 0]]), np.array([[0.75, 0.75, 0.75]]))
    (array([[17.5, 27.5, 30.]]), array([[0, 1, 1]]))
    """
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "labels interpolated",
    "You interpolated the labels. A number between two classes is no class at all, or a third "
    "one: labels are read from the nearest pixel, order=0.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=1, mode="nearest")
    return image, labels


@deform.mistake(
    "labels interpolated as float",
    "You interpolated the labels and got fractions. A class number is a name: read the labels "
    "from the nearest pixel, order=0.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels.astype(float), places, order=1, mode="nearest")
    return image, labels


@deform.mistake(
    "labels as floats",
    "The labels are right, but they are floats. A class number is a whole number: give it the "
    "dtype it had, labels.dtype.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return image, labels.astype("float64")


@deform.mistake(
    "labels cubic",
    "You read the labels with order 3, cubic, which is SciPy's default. A number between two "
    "classes is another class: read the labels with order=0.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, mode="nearest")
    return image, labels


@deform.mistake(
    "both cubic",
    "You read both with order 3, cubic, which is SciPy's default. The image is read with order=1, "
    "bilinear, and the labels with order=0, from the nearest pixel.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, mode="nearest")
    return image, labels


@deform.mistake(
    "labels not moved",
    "You deformed the image and left the labels as they were. Then the labels no longer lie on "
    "the image: both need the same displacements.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    return ndimage.map_coordinates(image, places, order=1, mode="nearest"), labels


@deform.mistake(
    "labels moved the other way",
    "You moved the labels against the image. Both are read at the same places, (y + dy, x + dx).",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    image = ndimage.map_coordinates(image, [rows + dy, columns + dx], order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, [rows - dy, columns - dx], order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "image read from the nearest pixel",
    "You read the image from the nearest pixel too: by order=0, or by rounded places. That makes "
    "jagged edges. The image is interpolated, order=1, at the places as they are.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, order=0, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "cubic",
    "You read the image with order 3, cubic, which is SciPy's default. The text asks for bilinear: "
    "order=1.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "labels rounded down",
    "You cut off the fraction of the labels' places, which moves them by up to one pixel against "
    "the image. Round to the nearest pixel: np.round, then astype(int).",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    height, width = labels.shape
    rows, columns = np.indices(labels.shape)
    y = np.clip(rows + dy, 0, height - 1)
    x = np.clip(columns + dx, 0, width - 1)
    image = ndimage.map_coordinates(image, [y, x], order=1, mode="nearest")
    return image, labels[y.astype(int), x.astype(int)]


@deform.mistake(
    "labels first",
    "You returned the labels first. The text asks for (image, labels).",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return labels, image


@deform.mistake(
    "only the image returned",
    "You returned the image alone. The labels, deformed by the same displacements, have to come "
    "with it.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    return ndimage.map_coordinates(image, [rows + dy, columns + dx], order=1, mode="nearest")


@deform.also_right
def deform(image, labels, dy, dx):
    height, width = labels.shape
    y, x = np.mgrid[:height, :width]
    y = np.clip(y + dy, 0, height - 1)
    x = np.clip(x + dx, 0, width - 1)
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    below, right = np.minimum(top + 1, height - 1), np.minimum(left + 1, width - 1)
    down, across = y - top, x - left
    upper = (1 - across) * image[top, left] + across * image[top, right]
    lower = (1 - across) * image[below, left] + across * image[below, right]
    nearest = labels[np.round(y).astype(int), np.round(x).astype(int)]
    return (1 - down) * upper + down * lower, nearest


@deform.also_right
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = np.stack([rows + dy, columns + dx])
    moved = ndimage.map_coordinates(image.astype("float64"), places, order=1, mode="nearest")
    moved_labels = np.zeros_like(labels)
    for label in np.unique(labels):
        mask = ndimage.map_coordinates(labels == label, places, order=0, mode="nearest")
        moved_labels[mask] = label
    return moved, moved_labels


@deform.also_right
def deform(image, labels, dy, dx):
    from scipy.ndimage import map_coordinates

    height, width = labels.shape
    y, x = np.meshgrid(np.arange(height), np.arange(width), indexing="ij")
    moved_labels = np.zeros_like(labels)
    for i, j in np.ndindex(labels.shape):
        row = min(max(round(i + dy[i, j]), 0), height - 1)
        column = min(max(round(j + dx[i, j]), 0), width - 1)
        moved_labels[i, j] = labels[row, column]
    return map_coordinates(image, (y + dy, x + dx), order=1, mode="nearest"), moved_labels


_deform.register(deform)
