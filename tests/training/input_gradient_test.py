import keras
import numpy as np
import pytest
from keras import ops

from segcourse.training import input_gradient


def test_the_jacobian_of_a_matrix_is_the_matrix():
    rng = np.random.default_rng(0)
    matrix = rng.normal(size=(4, 3)).astype("float32")
    x, vector = rng.normal(size=(2, 4)), rng.normal(size=(2, 3))
    got = input_gradient(lambda x: ops.matmul(x, matrix), x, vector)
    np.testing.assert_allclose(got, vector @ matrix.T, atol=1e-6)


def test_it_is_taken_at_x():
    x, vector = np.array([0.5, -2.0]), np.array([3.0, -1.0])
    np.testing.assert_allclose(input_gradient(ops.exp, x, vector), vector * np.exp(x), rtol=1e-6)


def test_difference_quotient_of_a_layer():
    keras.utils.set_random_seed(0)
    layer = keras.layers.Conv2D(2, 3, strides=2, padding="same", activation="tanh")
    layer.build((None, 5, 6, 2))
    before = layer.get_weights()
    rng = np.random.default_rng(1)
    x = rng.normal(size=(1, 5, 6, 2)).astype("float32")
    vector = rng.normal(size=(1, 3, 3, 2)).astype("float32")
    got = input_gradient(layer, x, vector)
    for place in [(0, 0, 0, 0), (0, 2, 3, 1), (0, 4, 5, 0)]:
        step = np.zeros_like(x)
        step[place] = 1e-2
        up, down = (ops.convert_to_numpy(layer(x + sign * step)) for sign in (1, -1))
        slope = np.sum(vector * (up - down).astype("float64")) / 2e-2
        assert got[place] == pytest.approx(slope, abs=1e-3)
    for old, new in zip(before, layer.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_vector_of_another_shape():
    with pytest.raises(ValueError, match=r"`vector`.*\(2,\).*\(3,\)"):
        input_gradient(ops.exp, np.zeros(2), np.zeros(3))
