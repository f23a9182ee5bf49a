import numpy as np
import pytest

from segcourse.layers import convolution_matrix, transpose_map


@pytest.mark.parametrize("shape, k, stride", [((2, 2), 3, 1), ((3, 5), 4, 2), ((4, 3), 5, 3)])
def test_it_is_the_transpose_of_a_convolution(shape, k, stride):
    rng = np.random.default_rng(0)
    y, kernel = rng.normal(size=shape), rng.normal(size=(k, k))
    side = [(n - 1) * stride + k for n in shape]
    matrix = convolution_matrix(kernel, side, stride)
    expected = (matrix.T @ y.ravel()).reshape(side)
    np.testing.assert_allclose(transpose_map(y, kernel, stride), expected, atol=1e-5)


def test_options_are_those_of_keras():
    ones = np.ones((3, 3))
    assert transpose_map(ones, ones, 2, padding="same").shape == (6, 6)
    assert transpose_map(ones, ones, 2, padding="valid", output_padding=1).shape == (8, 8)


def test_ints_are_taken():
    assert transpose_map([[2]], [[1, 2], [3, 4]]).tolist() == [[2, 4], [6, 8]]
