"""`deform` against independent implementations, and the example of its text."""

import numpy as np
import pytest

from segcourse.exercises.week6.deform import deform as exercise

deform = exercise.right.build()


def bilinear(image, y, x):
    """One value by hand."""
    y, x = min(max(y, 0), image.shape[0] - 1), min(max(x, 0), image.shape[1] - 1)
    top, left = min(int(y), image.shape[0] - 2), min(int(x), image.shape[1] - 2)
    total = 0
    for row in (top, top + 1):
        for column in (left, left + 1):
            total += (1 - abs(y - row)) * (1 - abs(x - column)) * image[row, column]
    return total


def test_deform_agrees_with_a_loop():
    rng = np.random.default_rng(0)
    image, labels = rng.uniform(size=(5, 8)), rng.integers(0, 9, (5, 8))
    dy, dx = rng.uniform(-3, 3, (2, 5, 8))
    new_image, new_labels = deform(image, labels, dy, dx)
    assert new_labels.dtype == labels.dtype
    for y, x in np.ndindex(5, 8):
        row, column = y + dy[y, x], x + dx[y, x]
        np.testing.assert_allclose(new_image[y, x], bilinear(image, row, column), rtol=1e-6)
        nearest = min(max(round(row), 0), 4), min(max(round(column), 0), 7)
        assert new_labels[y, x] == labels[nearest]


def test_deform_example():
    image, labels = np.array([[10.0, 20, 30]]), np.array([[0, 0, 1]])
    image, labels = deform(image, labels, np.zeros((1, 3)), np.full((1, 3), 0.75))
    assert image.tolist() == [[17.5, 27.5, 30]]
    assert labels.tolist() == [[0, 1, 1]]


#: Answers as people write them, the mistake that is recognised, and what is said of the call.
WRITTEN = [
    (
        "from scipy import ndimage\n"
        "h, w = image.shape\n"
        "y, x = np.meshgrid(range(h), range(w))\n"
        'im = ndimage.map_coordinates(image, [y + dy, x + dx], order=1, mode="nearest")\n'
        "la = ndimage.map_coordinates(\n"
        '    labels, [y + dy, x + dx], order=0, mode="nearest"\n'
        ")\n"
        "return im, la",
        "meshgrid of height and width",
        "",
    ),
    (
        "from scipy import ndimage\n"
        "h, w = image.shape\n"
        "y, x = np.meshgrid(np.arange(w), np.arange(h))\n"
        'im = ndimage.map_coordinates(image, [y + dy, x + dx], order=1, mode="nearest")\n'
        "la = ndimage.map_coordinates(\n"
        '    labels, [y + dy, x + dx], order=0, mode="nearest"\n'
        ")\n"
        "return im, la",
        "meshgrid gives columns first",
        "",
    ),
    (
        "h, w = image.shape\n"
        "im, la = np.zeros_like(image), np.zeros_like(labels)\n"
        "for y in range(h):\n"
        "    for x in range(w):\n"
        "        a = min(max(int(y + dy[y, x]), 0), h - 1)\n"
        "        b = min(max(int(x + dx[y, x]), 0), w - 1)\n"
        "        im[y, x] = image[a, b]\n"
        "        la[y, x] = labels[a, b]\n"
        "return im, la",
        "places cut to whole numbers",
        "",
    ),
    (
        "h, w = image.shape\n"
        "im, la = np.zeros_like(image), np.zeros_like(labels)\n"
        "for y in range(h):\n"
        "    for x in range(w):\n"
        "        a = round(y + dy[y, x])\n"
        "        b = round(x + dx[y, x])\n"
        "        im[y, x] = image[a, b]\n"
        "        la[y, x] = labels[a, b]\n"
        "return im, la",
        "both by index, not held inside",
        "out of bounds",
    ),
    (
        "from scipy import ndimage\n"
        "h, w = image.shape\n"
        "y, x = np.mgrid[:h, :w]\n"
        'im = ndimage.map_coordinates(image, [y + dy, x + dx], order=1, mode="nearest")\n'
        "la = np.zeros(labels.shape)\n"
        "for i in range(h):\n"
        "    for j in range(w):\n"
        "        la[i, j] = labels[\n"
        "            np.clip(round(i + dy[i, j]), 0, h - 1),\n"
        "            np.clip(round(j + dx[i, j]), 0, w - 1),\n"
        "        ]\n"
        "return im, la",
        "labels as floats",
        "the label map has the dtype float64",
    ),
    (
        "from scipy import ndimage\n"
        "h, w = image.shape\n"
        "y, x = np.mgrid[:h, :w]\n"
        'im = ndimage.map_coordinates(image, [y + dy, x + dx], order=1, mode="nearest")\n'
        "return im, labels[np.round(y + dy).astype(int), np.round(x + dx).astype(int)]",
        "places not held inside",
        "",
    ),
    (
        "from scipy import ndimage\n"
        "h, w = image.shape\n"
        "y, x = np.mgrid[:h, :w]\n"
        "dy += y\n"
        "dx += x\n"
        'im = ndimage.map_coordinates(image, [dy, dx], order=1, mode="nearest")\n'
        'la = ndimage.map_coordinates(labels, [dy, dx], order=0, mode="nearest")\n'
        "return im, la",
        None,
        "changed its input",
    ),
    (
        "from scipy import ndimage\n"
        "h, w = image.shape\n"
        "y, x = np.mgrid[:h, :w]\n"
        'im = ndimage.map_coordinates(image, [y + dy, x + dx], order=3, mode="nearest")\n'
        "la = ndimage.map_coordinates(\n"
        '    labels, [y + dy, x + dx], order=0, mode="nearest"\n'
        ")\n"
        "return im, la",
        "cubic",
        "",
    ),
    (
        "from scipy import ndimage\n"
        "y, x = np.mgrid[: image.shape[0], : image.shape[1]]\n"
        'im = ndimage.map_coordinates(image, y + dy, x + dx, order=1, mode="nearest")\n'
        'la = ndimage.map_coordinates(labels, y + dy, x + dx, order=0, mode="nearest")\n'
        "return im, la",
        "places not in one list",
        "",
    ),
    (
        "from scipy import ndimage\n"
        "y, x = np.arange(image.shape[0]), np.arange(image.shape[1])\n"
        'im = ndimage.map_coordinates(image, [y + dy, x + dx], order=1, mode="nearest")\n'
        "la = ndimage.map_coordinates(\n"
        '    labels, [y + dy, x + dx], order=0, mode="nearest"\n'
        ")\n"
        "return im, la",
        "one list of rows, one of columns",
        "",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


RIGHT = [
    "from scipy import ndimage\n"
    "h, w = image.shape\n"
    "x, y = np.meshgrid(np.arange(w), np.arange(h))\n"
    'im = ndimage.map_coordinates(image, [y + dy, x + dx], order=1, mode="nearest")\n'
    "la = ndimage.map_coordinates(\n"
    '    labels, [y + dy, x + dx], order=0, mode="nearest"\n'
    ")\n"
    "return im, la",
    "from scipy import ndimage\n"
    "y, x = np.mgrid[: image.shape[0], : image.shape[1]]\n"
    "im = ndimage.map_coordinates(\n"
    '    image, [y + dy, x + dx], order=1, mode="nearest"\n'
    ').astype("float64")\n'
    "la = ndimage.map_coordinates(\n"
    '    labels, [y + dy, x + dx], order=0, mode="nearest"\n'
    ').astype("int64")\n'
    "return im, la",
]


@pytest.mark.parametrize("body", RIGHT)
def test_right_answers_in_other_forms(body, passes):
    passes(exercise, body)
