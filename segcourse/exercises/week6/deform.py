"""Exercise 6.5: Elastic deformation of image and labels."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, close
from segcourse.texts import N_


def _cases(rng):
    cases = []
    for ids in ((0, 1), (0, 3, 7)):
        height, width = (int(n) for n in 6 + rng.permutation(4)[:2])
        image = rng.uniform(0.2, 1, (height, width)).astype("float32")
        labels = rng.choice(ids, (height, width)).astype("int32")
        # Up to 2.5 pixels, never near half a pixel, where nearest is a matter of rounding; the
        # first row looks beyond the upper edge, the last column beyond the right one.
        whole = rng.integers(-2, 2, (2, height, width))
        dy, dx = whole + rng.choice([0.2, 0.3, 0.7, 0.8], whole.shape)
        dy[0], dx[:, -1] = -1.3, 1.7
        cases.append((image, labels, dy, dx))
    return cases


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
        (image, labels), both of the same size and kind as before.

    Help: `from scipy import ndimage`; `ndimage.map_coordinates(array, [y, x],
        order=1, mode="nearest")` reads an array at places y, x (arrays of their own):
        order 0 takes the nearest pixel, 1 is bilinear, 3 is cubic. Here mode="nearest"
        says what happens outside: the border's pixels go on.

    Example: image [[10, 20, 30]], labels [[0, 0, 1]], dy all 0, dx all 0.75.
        The image becomes [[17.5, 27.5, 30]], the labels become [[0, 1, 1]].
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
    "sign reversed",
    "You read at (y - dy, x - dx). The text says where a pixel of the result comes from: add the "
    "displacement.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows - dy, columns - dx]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "dx and dy swapped",
    "You added dx to the rows and dy to the columns. dy moves along the height, which is the "
    "first axis.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dx, columns + dy]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "places as x, y",
    "You gave the places as [x, y]. Arrays are indexed row first: [y, x].",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [columns + dx, rows + dy]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "displacement taken for the place",
    "You read at (dy, dx). These are displacements: add them to the row and the column of each "
    "pixel, np.indices(labels.shape).",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    image = ndimage.map_coordinates(image, [dy, dx], order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, [dy, dx], order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "image read from the nearest pixel",
    "You read the image from the nearest pixel too. That makes jagged edges; the image is "
    "interpolated, order=1.",
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
    "You left out `order` for the image, and SciPy's default is 3, cubic. The text asks for "
    "bilinear, order=1.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "zero outside",
    "Outside of the picture you got 0: SciPy's default mode is 'constant'. Class 0 would grow "
    "into the picture from the border; use mode='nearest'.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, order=1)
    labels = ndimage.map_coordinates(labels, places, order=0)
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
    "pushed in place of read",
    "You pushed every pixel to its new place. Some places then get two pixels and some none. Ask "
    "for every pixel of the result where it comes from.",
)
def deform(image, labels, dy, dx):
    height, width = labels.shape
    rows, columns = np.indices(labels.shape)
    y = np.clip(np.round(rows + dy), 0, height - 1).astype(int)
    x = np.clip(np.round(columns + dx), 0, width - 1).astype(int)
    new_image, new_labels = np.zeros_like(image), np.zeros_like(labels)
    new_image[y, x] = image
    new_labels[y, x] = labels
    return new_image, new_labels


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
        mask = ndimage.map_coordinates(
            (labels == label).astype("uint8"), places, order=0, mode="nearest"
        )
        moved_labels[mask == 1] = label
    return moved, moved_labels
