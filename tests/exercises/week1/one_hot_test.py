"""`one_hot` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest

from segcourse.exercises.week1.one_hot import one_hot as exercise

one_hot = exercise.right.build()


@pytest.mark.parametrize("seed", range(5))
def test_one_hot_agrees_with_keras(seed):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, (6, 7)).astype("uint8")
    labels[rng.random((6, 7)) < 0.2] = 255
    expected = keras.utils.to_categorical(np.where(labels == 255, 4, labels), 5)[..., :4]
    result = one_hot(labels, 4)
    np.testing.assert_array_equal(result, expected)
    assert result.dtype == "float32"
    np.testing.assert_array_equal(result.sum(-1), labels != 255)


def test_one_hot_example():
    result = one_hot(np.array([[2, 0, 255]], "uint8"), 3)
    assert result.tolist() == [[[0, 0, 1], [1, 0, 0], [0, 0, 0]]]
