"""`mirror_border` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from scipy import ndimage

from segcourse.exercises.week6.mirror_border import mirror_border as exercise

mirror_border = exercise.right.build()


@pytest.mark.parametrize("margin", [1, 2, 4])
def test_mirror_border_agrees_with_scipy(margin):
    image = np.random.default_rng(margin).normal(size=(5, 7, 2))
    # Read one by one; SciPy calls a mirror on the edge pixel "mirror", and "reflect" NumPy's other.
    places = np.indices((5 + 2 * margin, 7 + 2 * margin)) - margin
    expected = [
        ndimage.map_coordinates(image[..., c], places, order=0, mode="mirror") for c in (0, 1)
    ]
    result = mirror_border(image, margin)
    np.testing.assert_array_equal(result, np.stack(expected, axis=-1))


def test_mirror_border_example():
    result = mirror_border(np.array([[1, 2, 3, 4]] * 4)[..., None], 2)
    assert result.shape == (8, 8, 1)
    assert result[4, :, 0].tolist() == [3, 2, 1, 2, 3, 4, 3, 2]


@pytest.mark.parametrize(
    "mistake", ["edge pixel repeated", "only the rows", "channels mirrored too"]
)
def test_mirror_picture_shows_both(mistake, drawn):
    figure = drawn(exercise, mistake)
    assert [ax.get_title() for ax in figure.axes] == ["yours", "expected"]


#: Answers as people write them, the mistake that is recognised, and what is said of the call.
WRITTEN = [
    (
        'return np.pad(image, [(margin, margin), (margin, margin)], "reflect")',
        "pairs for two axes",
        "could not be broadcast",
    ),
    (
        'return np.pad(image, (margin, margin), "reflect")',
        "channels mirrored too",
        "has the shape",
    ),
    (
        'return np.pad(image, ((margin, 0), (margin, 0), (0, 0)), "reflect")',
        "only at the beginning",
        "has the shape",
    ),
    (
        'return np.pad(image, (margin, margin, 0), "reflect")',
        "one number for each axis",
        "",
    ),
    (
        "top = image[:margin][::-1]\n"
        "bottom = image[-margin:][::-1]\n"
        "image = np.concatenate([top, image, bottom])\n"
        "left = image[:, :margin][:, ::-1]\n"
        "right = image[:, -margin:][:, ::-1]\n"
        "return np.concatenate([left, image, right], axis=1)",
        "edge pixel repeated",
        "",
    ),
    (
        "return ops.pad(\n"
        '    image, ((margin, margin), (margin, margin), (0, 0)), mode="reflect"\n'
        ")",
        None,
        "a tensor came: return a NumPy array",
    ),
    (
        "h, w, c = image.shape\n"
        "out = np.zeros((h + 2 * margin, w + 2 * margin, c))\n"
        "for y in range(out.shape[0]):\n"
        "    for x in range(out.shape[1]):\n"
        "        out[y, x] = image[abs(y - margin), abs(x - margin)]\n"
        "return out",
        "no mirror at the end",
        "out of bounds",
    ),
    (
        "h, w = image.shape\n"
        "return np.pad(\n"
        '    image, ((margin, margin), (margin, margin), (0, 0)), mode="reflect"\n'
        ")",
        "two axes unpacked",
        "",
    ),
    (
        'return np.pad(image[..., 0], margin, mode="reflect")',
        "one channel only",
        "has the shape",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


RIGHT = [
    "return np.stack(\n"
    "    [\n"
    '        np.pad(image[..., c], margin, mode="reflect")\n'
    "        for c in range(image.shape[-1])\n"
    "    ],\n"
    "    axis=-1,\n"
    ")",
]


@pytest.mark.parametrize("body", RIGHT)
def test_right_answers_in_other_forms(body, passes):
    passes(exercise, body)
