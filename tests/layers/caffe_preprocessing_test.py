import keras
import numpy as np
import pytest

from segcourse.layers import CaffePreprocessing
from tests.layers.harness import run_layer_test

X = np.random.default_rng(0).uniform(size=(2, 3, 4, 3)).astype("float32")


def test_contract():
    run_layer_test(CaffePreprocessing, {"mean": (-10.0, -20.0, -30.0)}, X, X.shape)


def test_agrees_with_keras_applications():
    expected = keras.applications.vgg16.preprocess_input(X * 255)
    np.testing.assert_allclose(np.array(CaffePreprocessing()(X)), expected, atol=1e-4)


@pytest.mark.parametrize("channels", [1, 4])
def test_other_channels(channels):
    with pytest.raises(ValueError, match=f"3 channels.*Received: {channels} channels"):
        CaffePreprocessing()(keras.Input((5, 5, channels)))


def test_mean_of_two():
    with pytest.raises(ValueError, match="`mean` must be three numbers"):
        CaffePreprocessing(mean=(1, 2))
