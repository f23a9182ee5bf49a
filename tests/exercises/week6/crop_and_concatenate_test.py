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
