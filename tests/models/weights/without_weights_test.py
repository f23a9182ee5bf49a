import keras
import numpy as np
import pytest

from segcourse import training
from segcourse.models import overlap_tile_predict, unet, without_weights


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


def test_it_is_not_run():
    with without_weights():
        model = unet(2, (None, None, 3), depth=1, base_channels=2)
    images, labels = np.zeros((2, 8, 8, 3), "uint8"), np.arange(128).reshape(2, 8, 8) % 2
    for run in (
        lambda: training.predict_labels(model, images),
        lambda: training.evaluate(model, (images, labels)),
        lambda: training.fit(model, (images, labels)),
        lambda: overlap_tile_predict(model, images[0], 8),
    ):
        with pytest.raises(ValueError, match="`model` must have weights to be run"):
            run()
