import keras
import pytest

from segcourse.models import VGGConfig, conv_layers, fcn

L = keras.layers
THIN = VGGConfig(((3, 3), (3, 3), (3, 3, 3), (3, 3, 3), (3, 3, 3)), (1,) * 5, dense=1)


@pytest.mark.parametrize("stride", [32, 16, 8])
def test_fcn_vgg16_has_sixteen(stride):
    """13 of the backbone, fc6, fc7 and score_fr, as the paper counts."""
    names = conv_layers(fcn(THIN, 1, stride))
    assert len(names) == 16
    assert names[0] == "conv1_1" and names[12:] == ["conv5_3", "fc6", "fc7", "score_fr"]


def test_the_longest_of_several_ways():
    images = keras.Input((None, None, 1))
    short = L.Conv2D(1, 1, name="short")(images)
    long = L.Conv2D(1, 1, name="b")(L.Conv2D(1, 1, name="a")(images))
    x = L.Conv2D(1, 1, name="c")(L.Add()([short, long]))
    enlarged = keras.Model(images, L.Conv2DTranspose(1, 2, name="d")(x))
    assert conv_layers(enlarged) == ["a", "b", "c"]
    assert conv_layers(enlarged, transposed=True) == ["a", "b", "c", "d"]
