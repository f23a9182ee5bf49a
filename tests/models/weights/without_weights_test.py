import keras
import pytest

from segcourse.models import without_weights


def test_weights_have_shapes_and_no_values():
    with without_weights():
        layer = keras.layers.Dense(3)
        layer.build((None, 2))
    assert layer.count_params() == 9
    assert layer.kernel._value is None
    # Nor do they get any when Keras fills those that wait.
    with keras.StatelessScope():
        pass
    assert layer.kernel._value is None


def test_layers_built_afterwards_have_values():
    with pytest.raises(KeyError), without_weights():
        raise KeyError
    layer = keras.layers.Dense(3, kernel_initializer="ones")
    assert keras.ops.convert_to_numpy(layer(keras.ops.ones((1, 2)))).tolist() == [[2, 2, 2]]


def test_variables_that_wait_get_their_values_still():
    with keras.StatelessScope():
        waits = keras.layers.Dense(3)
        waits.build((None, 2))
        with without_weights():
            never = keras.layers.Dense(3)
            never.build((None, 2))
    assert waits.kernel._value is not None
    assert never.kernel._value is None
