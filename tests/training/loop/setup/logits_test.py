import keras
import pytest

from segcourse.training.loop.setup.logits import count_classes

INPUTS = keras.Input((8, 8, 3))


def test_the_classes_are_the_last_axis_and_the_model_is_built():
    model = keras.Sequential([keras.layers.Conv2D(4, 1)])
    assert count_classes(model, (None, 8, 8, 3), (None, 8, 8)) == 4
    assert model.built and count_classes(model, (None, None, None, 3), (None, None, None)) == 4


@pytest.mark.parametrize(
    "layer",
    [
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.MaxPooling2D(),
        keras.layers.Reshape((64, 3)),
    ],
)
def test_what_is_no_logits_is_named(layer):
    model = keras.Model(INPUTS, layer(INPUTS))
    with pytest.raises(ValueError, match="`model` must give logits .* for images .*, 8, 8, 3"):
        count_classes(model, (None, 8, 8, 3), (None, 8, 8))


def test_two_outputs_are_no_logits():
    with pytest.raises(ValueError, match="must give its logits alone.*a list of 2"):
        count_classes(keras.Model(INPUTS, [INPUTS, INPUTS]), (None, 8, 8, 3), (None, 8, 8))
