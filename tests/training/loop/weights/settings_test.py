import keras
import numpy as np
import pytest

from segcourse.models import unet
from segcourse.training import Recipe, fit
from segcourse.training.loop.weights.settings import settings_fingerprint

IMAGES = np.random.default_rng(0).integers(0, 256, (2, 8, 8, 3)).astype("uint8")
LABELS = np.arange(128).reshape(2, 8, 8) % 2


def _model(dropout=0.5, activation="relu", dilation=1, swapped=False):
    images = keras.Input((8, 8, 3))
    x = keras.layers.Conv2D(3, 3, padding="same", dilation_rate=dilation, activation=activation)(
        images
    )
    x = keras.layers.Dropout(dropout)(x)
    y = keras.layers.Conv2D(3, 1)(x)
    z = keras.layers.Subtract()([y, x] if swapped else [x, y])
    return keras.Model(images, keras.layers.Conv2D(2, 1)(z))


@pytest.mark.parametrize(
    "change, words",
    [
        ({"dropout": 0.1}, "layer 3 .Dropout. rate: 0.5 there, 0.1 here"),
        ({"activation": "tanh"}, "layer 2 .Conv2D. activation: 'relu' there, 'tanh' here"),
        ({"dilation": 2}, "layer 2 .Conv2D. dilation_rate"),
        ({"swapped": True}, "layer 5 .Subtract. inputs"),
    ],
)
def test_a_checkpoint_of_another_model_of_the_same_shapes_is_refused(tmp_path, change, words):
    recipe = Recipe(epochs=1, checkpoint=tmp_path)
    fit(_model(), (IMAGES, LABELS), recipe=recipe)
    with pytest.raises(ValueError, match=f"`checkpoint` must be .* {words}"):
        fit(_model(**change), (IMAGES, LABELS), recipe=recipe)
    # Layers that are named by counting on are the same layers.
    assert fit(_model(), (IMAGES, LABELS), recipe=recipe).resumed_from == 1


def test_the_same_network_twice_has_the_same_settings():
    for make in (
        _model,
        lambda: unet(2, (16, 16, 3), depth=2, base_channels=2),
        lambda: keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 1), _head()]),
    ):
        assert settings_fingerprint(make()) == settings_fingerprint(make())


def _head():
    images = keras.Input((8, 8, 2))
    return keras.Model(images, keras.layers.Dropout(0.5)(images))


def test_layers_of_an_inner_model_are_looked_at():
    outer = keras.Sequential([keras.Input((8, 8, 2)), _head()])
    assert 0.5 in settings_fingerprint(outer).values()


def test_a_model_of_ones_own_class():
    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.last = keras.layers.Conv2D(2, 1, activation="relu")

        def call(self, images):
            return self.last(images)

    found = settings_fingerprint(Own())
    assert found["layer 1 (Conv2D) activation"] == "relu"
