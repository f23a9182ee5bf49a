"""`crop_and_concatenate` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest
from keras import ops

from segcourse.exercises.week6.crop_and_concatenate import crop_and_concatenate as exercise

crop_and_concatenate = exercise.right.build()


@pytest.mark.parametrize("columns", [0, 2, 6])
def test_crop_and_concatenate_agrees_with_keras(columns):
    rng = np.random.default_rng(columns)
    skip = rng.normal(size=(2, 9, 5 + columns, 3)).astype("float32")
    up = rng.normal(size=(2, 5, 5, 4)).astype("float32")
    cropped = keras.layers.CenterCrop(5, 5)(skip)
    expected = ops.convert_to_numpy(keras.layers.Concatenate()([cropped, up]))
    np.testing.assert_array_equal(crop_and_concatenate(skip, up), expected)


def test_crop_and_concatenate_example():
    skip = np.array([[1, 2, 3, 4], [5, 6, 7, 8]]).reshape(1, 2, 4, 1)
    up = -np.array([[1, 2], [3, 4]]).reshape(1, 2, 2, 1)
    result = crop_and_concatenate(skip, up)
    assert result[0, ..., 0].tolist() == [[2, 3], [6, 7]]
    assert result[0, ..., 1].tolist() == [[-1, -2], [-3, -4]]


def test_crop_picture_frames_what_was_asked_for(drawn):
    figure = drawn(exercise, "cropped from the top left corner")
    assert "framed" in figure.axes[0].get_title()


#: Answers as people write them, the mistake that is recognised, and what is said of the call.
WRITTEN = [
    (
        "return np.concatenate((skip, up), axis=-1)",
        "concatenated without a crop before",
        "must match",
    ),
    (
        "return ops.concatenate([skip, up], axis=-1)",
        "concatenated by Keras without a crop before",
        "",
    ),
    (
        "n, h, w, c = up.shape\n"
        "n, H, W, C = skip.shape\n"
        "t = (H - h) / 2\n"
        "l = (W - w) / 2\n"
        "return np.concatenate([skip[:, t : t + h, l : l + w, :], up], axis=3)",
        "halved with /",
        "slice indices",
    ),
    (
        "n, h, w, c = up.shape\n"
        "n, H, W, C = skip.shape\n"
        "t = (H - h) // 2\n"
        "l = (W - w) // 2\n"
        "return np.concatenate([skip[:, t:h, l:w, :], up], axis=3)",
        "slice that ends at the size",
        "",
    ),
    (
        "h, w = up.shape[0], up.shape[1]\n"
        "H, W = skip.shape[0], skip.shape[1]\n"
        "t = (H - h) // 2\n"
        "l = (W - w) // 2\n"
        "return np.concatenate([skip[t : t + h, l : l + w], up], axis=-1)",
        "only the rows cropped",
        "",
    ),
    (
        "H, W, C = skip.shape\n"
        "h, w, c = up.shape\n"
        "t = (H - h) // 2\n"
        "l = (W - w) // 2\n"
        "return np.concatenate([skip[t : t + h, l : l + w], up], axis=-1)",
        "three axes unpacked",
        "too many values",
    ),
    (
        "t = (skip.shape[1] - up.shape[1]) // 2\n"
        "l = (skip.shape[2] - up.shape[2]) // 2\n"
        "return np.concatenate([skip[:, t:-t, l:-l, :], up], axis=3)",
        "slice that ends at minus zero",
        "",
    ),
    (
        "n, h, w, c = up.shape\n"
        "t = (skip.shape[1] - up.shape[1]) // 2\n"
        "l = (skip.shape[2] - up.shape[2]) // 2\n"
        "return np.stack([skip[:, t : t + h, l : l + w, :], up])",
        "stacked in front",
        "has the shape",
    ),
    (
        "n, h, w, c = up.shape\n"
        "t = (skip.shape[1] - up.shape[1]) // 2\n"
        "l = (skip.shape[2] - up.shape[2]) // 2\n"
        "return np.dstack([skip[:, t : t + h, l : l + w, :], up])",
        "axis 2",
        "has the shape",
    ),
    (
        "n, h, w, c = up.shape\n"
        "t = (skip.shape[1] - up.shape[1]) // 2\n"
        "l = (skip.shape[2] - up.shape[2]) // 2\n"
        "return np.concatenate([skip[:, l : l + w, t : t + h, :], up], axis=3)",
        "slices exchanged",
        "",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


RIGHT = [
    "while skip.shape[1] > up.shape[1]:\n"
    "    skip = skip[:, 1:-1]\n"
    "while skip.shape[2] > up.shape[2]:\n"
    "    skip = skip[:, :, 1:-1]\n"
    "return np.concatenate([skip, up], axis=-1)",
    "cropped = keras.layers.CenterCrop(up.shape[1], up.shape[2])(skip)\n"
    "return np.concatenate([cropped, up], axis=-1)",
    "n, h, w, c = up.shape\n"
    "t = (skip.shape[1] - h) // 2\n"
    "l = (skip.shape[2] - w) // 2\n"
    "out = np.zeros((n, h, w, skip.shape[3] + c))\n"
    "out[..., : skip.shape[3]] = skip[:, t : t + h, l : l + w]\n"
    "out[..., skip.shape[3] :] = up\n"
    "return out",
]


@pytest.mark.parametrize("body", RIGHT)
def test_right_answers_in_other_forms(body, passes):
    passes(exercise, body)
