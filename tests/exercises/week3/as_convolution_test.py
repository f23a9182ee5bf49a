"""`as_convolution` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from segcourse.exercises.week3.as_convolution import as_convolution as exercise
from tests.exercises.week3.keras_transposed import keras_transposed

as_convolution = exercise.right.build()


@pytest.mark.parametrize(
    "shape, k, stride, padding", [((2, 2), 3, 1, 0), ((3, 4), 3, 2, 1), ((3, 5), 5, 3, 4)]
)
def test_the_prepared_convolution_is_the_transposed_one(shape, k, stride, padding):
    rng = np.random.default_rng(k)
    y, kernel = rng.normal(size=shape), rng.normal(size=(k, k))
    got = correlate2d(*as_convolution(y, kernel, stride, padding), mode="valid")
    whole = keras_transposed(y, kernel, stride)
    kept = whole[padding : len(whole) - padding, padding : whole.shape[1] - padding]
    np.testing.assert_allclose(got, kept, atol=1e-5)


def test_as_convolution_example():
    y, kernel = np.array([[7, 8]]), np.array([[1, 2], [3, 4]])
    prepared, turned = as_convolution(y, kernel, 2, 0)
    assert prepared.tolist() == [[0, 0, 0, 0, 0], [0, 7, 0, 8, 0], [0, 0, 0, 0, 0]]
    assert turned.tolist() == [[4, 3], [2, 1]]


@pytest.mark.parametrize("mistake", ["no border", "kernel first"])
def test_a_result_of_another_shape_can_be_drawn(mistake, drawn):
    drawn(exercise, mistake)
