import keras
import numpy as np
import pytest

from segcourse.layers import BedOfNailsUnpooling2D
from tests.layers.harness import run_layer_test

X = np.random.default_rng(0).normal(size=(2, 3, 4, 2)).astype("float32")


@pytest.mark.parametrize("size", [(2, 2), (1, 3)])
def test_contract(size):
    run_layer_test(BedOfNailsUnpooling2D, {"size": size}, X, (2, 3 * size[0], 4 * size[1], 2))


def test_open_sizes():
    """Traced once for whatever comes."""
    inputs = keras.Input((None, None, 2))
    model = keras.Model(inputs, BedOfNailsUnpooling2D((2, 3))(inputs))
    for x in (X, X[:, :2], X[:, :1, :3]):
        expected = np.array(BedOfNailsUnpooling2D((2, 3))(x))
        np.testing.assert_array_equal(model.predict(x, verbose=0), expected)


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (3, 2), (1, 5), (7, 1)])
def test_values(size):
    expected = np.zeros((2, 3 * size[0], 4 * size[1], 2), "float32")
    for row, column in np.ndindex(3, 4):
        expected[:, row * size[0], column * size[1]] = X[:, row, column]
    np.testing.assert_array_equal(np.array(BedOfNailsUnpooling2D(size)(X)), expected)


@pytest.mark.parametrize("size", [0, -2, 1.5, (2, 0), (1, 2, 3), None])
def test_wrong_size(size):
    with pytest.raises(ValueError, match="`size` must be a positive integer.* Received: size="):
        BedOfNailsUnpooling2D(size)
