"""`conv_matrix` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from segcourse.exercises.week3.conv_matrix import conv_matrix as exercise

conv_matrix = exercise.right.build()


@pytest.mark.parametrize("k, size", [(1, 3), (2, 5), (3, 4), (3, 7), (4, 4)])
def test_the_matrix_convolves(k, size):
    rng = np.random.default_rng(k + size)
    kernel, image = rng.normal(size=(k, k)), rng.normal(size=(size, size))
    expected = correlate2d(image, kernel, mode="valid")
    got = conv_matrix(kernel, size) @ image.reshape(-1)
    np.testing.assert_allclose(got.reshape(expected.shape), expected)


def test_the_lectures_matrix_is_4_by_16():
    matrix = conv_matrix(np.arange(1.0, 10.0).reshape(3, 3), 4)
    assert matrix.shape == (4, 16)
    assert matrix[0].tolist() == [1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0, 0]
    assert np.count_nonzero(matrix) == 36


def test_conv_matrix_example():
    matrix = conv_matrix(np.array([[1, 2], [3, 4]]), 3)
    assert matrix[0].tolist() == [1, 2, 0, 3, 4, 0, 0, 0, 0]
    assert matrix[-1].tolist() == [0, 0, 0, 0, 1, 2, 0, 3, 4]


def test_a_result_of_another_shape_can_be_drawn(drawn):
    drawn(exercise, "as many outputs as inputs")
