"""`fuse` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest
from keras import ops

from segcourse.exercises.week4.fuse import fuse as exercise

fuse = exercise.right.build()


@pytest.mark.parametrize("offset", [0, 5, 9])
def test_fuse_agrees_with_keras(offset):
    rng = np.random.default_rng(offset)
    coarse = rng.normal(size=(2, 4, 6, 3)).astype("float32")
    skip = rng.normal(size=(2, offset + 4 + 2, offset + 6 + 3, 3)).astype("float32")
    cropped = keras.layers.Cropping2D(((offset, 2), (offset, 3)))(skip)
    expected = ops.convert_to_numpy(keras.layers.Add()([cropped, coarse]))
    np.testing.assert_array_equal(fuse(coarse, skip, offset), expected)


def test_fuse_example():
    skip = np.array([[1, 2, 3, 4], [5, 6, 7, 8]]).reshape(1, 2, 4, 1)
    coarse = np.array([[10, 20]]).reshape(1, 1, 2, 1)
    assert fuse(coarse, skip, 1).ravel().tolist() == [16, 27]


@pytest.mark.parametrize(
    ("mistake", "named"),
    [
        ("centred crop", ["asked for", "yours", "both"]),
        ("not added", ["asked for"]),
        ("concatenated", ["asked for"]),
    ],
)
def test_fuse_picture_names_the_crops_it_can_tell(mistake, named, drawn):
    figure = drawn(exercise, mistake)
    legend = figure.axes[0].get_legend()
    assert [text.get_text() for text in legend.get_texts()] == named


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    ("h, w = coarse.shape\nreturn coarse", "four axes unpacked into two names", ""),
    ("b, h, w = coarse.shape\nreturn coarse", "four axes unpacked into two names", ""),
    ("return skip + coarse", "sizes do not match", ""),
    ("return ops.convert_to_tensor(skip) + coarse", "sizes do not match, with keras.ops", ""),
    (
        "return coarse + skip[:, offset : coarse.shape[1], offset : coarse.shape[2]]",
        "slice ends at the height",
        "",
    ),
    ("return coarse + skip[:, 1:, 1:]", None, "raised ValueError: operands could not be broadcast"),
    (
        "_, h, w, _ = coarse.shape\nfull = np.zeros_like(skip)\n"
        "full[:, offset : offset + h, offset : offset + w] = coarse\nreturn full + skip",
        "whole skip returned",
        "has the shape",
    ),
    (
        "return coarse + skip[:, offset:-offset, offset:-offset]",
        "offset cut off at both ends",
        "",
    ),
    (
        "return skip[:, offset:-offset, offset:-offset, :] + coarse",
        "offset cut off at both ends",
        "",
    ),
    (
        "h = coarse.shape[1]\nreturn coarse + skip[:, offset : offset + h, offset : offset + h]",
        "height for both axes",
        "",
    ),
    (
        "b, w, h, c = coarse.shape\n"
        "return coarse + skip[:, offset : offset + h, offset : offset + w]",
        "height and width swapped",
        "",
    ),
    (
        "h, w = coarse.shape[1:3]\n"
        "return coarse + skip[:, offset : offset + h - 1, offset : offset + w - 1]",
        "crop ends one pixel early",
        "",
    ),
    (
        "h, w = coarse.shape[1:3]\n"
        "return skip[:, :, offset : offset + h, offset : offset + w] + coarse",
        "columns and classes cropped",
        "",
    ),
    (
        "h, w = coarse.shape[1:3]\n"
        "cropped = skip[:, offset : offset + h, offset : offset + w]\ncropped += coarse\n"
        "return cropped",
        None,
        "changed its input `skip`",
    ),
    (
        "h, w = coarse.shape[1:3]\n"
        "coarse += skip[:, offset : offset + h, offset : offset + w]\nreturn coarse",
        None,
        "changed its input `coarse`",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


CROP = "h, w = coarse.shape[1:3]\ncrop = skip[:, offset : offset + h, offset : offset + w]\n"
RIGHT = [
    CROP + "return sum([coarse, crop])",
    CROP + "return (crop + coarse).astype('float64').tolist()",
    CROP + "crop = crop.copy()\ncrop += coarse\nreturn crop",
]


@pytest.mark.parametrize("body", RIGHT)
def test_right_answers_in_other_forms(body, passes):
    passes(exercise, body)
