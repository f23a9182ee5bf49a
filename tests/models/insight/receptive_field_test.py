import keras
import numpy as np
import pytest

from segcourse.layers import AtrousSpatialPyramidPooling, BilinearUpsampling2D, CropToMatch
from segcourse.models import ReceptiveField, VGGConfig, fcn, receptive_field, unet, vgg
from tests.layers.harness import gradient

L = keras.layers
# VGG-16's geometry with one channel a layer.
THIN = VGGConfig(((3, 3), (3, 3), (3, 3, 3), (3, 3, 3), (3, 3, 3)), (1,) * 5, dense=1)


def sequence(*layers, size=64):
    return keras.Sequential([keras.Input((size, size, 1)), *layers])


def reached(model, index):
    """The first and the last row that the output at `index` has a gradient to."""
    for weight in model.weights:
        weight.assign(np.ones(weight.shape))
    images = np.ones((1, *model.input_shape[1:3], 1), "float32")
    slopes = gradient(lambda x: keras.ops.sum(model(x)[0, index, index]), images)
    rows, columns = (np.flatnonzero(np.abs(slopes[0]).sum(axis=(1 - axis, 2))) for axis in (0, 1))
    assert rows.tolist() == columns.tolist()
    return int(rows[0]), int(rows[-1])


NETWORKS = {
    "convolution": lambda: sequence(L.Conv2D(1, 3)),
    "padded": lambda: sequence(L.Conv2D(1, 5, padding="same"), L.Conv2D(1, 4, padding="same")),
    "strided": lambda: sequence(L.Conv2D(1, 7, strides=4), L.AveragePooling2D(3, 2)),
    "strided, padded": lambda: sequence(
        L.Conv2D(1, 7, strides=2, padding="same"),
        L.AveragePooling2D(3, 2, padding="same"),
        L.Conv2D(1, 3, padding="same"),
    ),
    "a size that does not divide": lambda: sequence(
        L.Conv2D(1, 5, strides=3, padding="same"), L.AveragePooling2D(2, padding="same"), size=61
    ),
    "dilated": lambda: sequence(
        L.Conv2D(1, 3, dilation_rate=2), L.AveragePooling2D(2), L.Conv2D(1, 3, dilation_rate=4)
    ),
    "depthwise": lambda: sequence(L.DepthwiseConv2D(3), L.SeparableConv2D(1, 5)),
    "padding and cropping": lambda: sequence(
        L.ZeroPadding2D(5), L.Conv2D(1, 3), L.AveragePooling2D(2), L.Cropping2D(2)
    ),
    "pointwise": lambda: sequence(
        L.Conv2D(1, 3), L.BatchNormalization(), L.ReLU(), L.Dropout(0.5), L.Conv2D(1, 2)
    ),
    "branches": lambda: branches(),
    "atrous pyramid": lambda: sequence(
        L.AveragePooling2D(2), AtrousSpatialPyramidPooling(1, rates=(1, 5, 3), hidden=1)
    ),
}
ENLARGING = {
    "transposed": lambda: sequence(
        L.Conv2D(1, 5, strides=4, padding="same"), L.Conv2DTranspose(1, 4, strides=2)
    ),
    "transposed, padded": lambda: sequence(
        L.AveragePooling2D(4), L.Conv2DTranspose(1, 8, strides=4, padding="same"), L.Conv2D(1, 3)
    ),
    "transposed, odd": lambda: sequence(
        L.AveragePooling2D(2), L.Conv2DTranspose(1, 3, strides=2, padding="same")
    ),
    "nearest": lambda: sequence(L.AveragePooling2D(4), L.UpSampling2D(2), L.Conv2D(1, 3)),
    "bilinear": lambda: sequence(
        L.AveragePooling2D(2), L.UpSampling2D(2, interpolation="bilinear")
    ),
    "bilinear, the course's": lambda: sequence(L.AveragePooling2D(4), BilinearUpsampling2D(4)),
    "skip": lambda: skip(),
}


def branches():
    images = keras.Input((64, 64, 1))
    x = L.AveragePooling2D(2)(images)
    wide, narrow = L.Conv2D(1, 7, padding="same")(x), L.Conv2D(1, 3, padding="same")(x)
    return keras.Model(images, L.Conv2D(1, 3)(L.Concatenate()([L.Add()([wide, narrow]), x])))


def skip():
    images = keras.Input((64, 64, 1))
    fine = L.AveragePooling2D(2)(images)
    coarse = L.Conv2D(1, 3, padding="same")(L.AveragePooling2D(4)(fine))
    coarse = L.Conv2DTranspose(1, 8, strides=4)(coarse)
    return keras.Model(images, L.Add()([CropToMatch(2)([coarse, fine]), fine]))


@pytest.mark.parametrize("name", NETWORKS)
def test_agrees_with_the_gradient(name):
    model = NETWORKS[name]()
    field = receptive_field(model)
    middle = model.output_shape[1] // 2
    for index in (middle - 1, middle):
        first = field.offset + field.stride * index
        assert reached(model, index) == (first, first + field.size - 1)


@pytest.mark.parametrize("name", ENLARGING)
def test_agrees_with_the_gradient_after_enlarging(name):
    model = ENLARGING[name]()
    field = receptive_field(model)
    middle = model.output_shape[1] // 2
    fields = [reached(model, index) for index in range(middle - 4, middle + 5)]
    assert max(last - first + 1 for first, last in fields) == field.size
    assert fields[8][0] - fields[0][0] == 8 * field.stride


def test_max_pooling_is_a_window():
    assert receptive_field(sequence(L.MaxPooling2D(3, 2))) == ReceptiveField(3, 2, 0)


def test_published_numbers_of_vgg16():
    """Worked by hand: sizes 6, 16, 44, 100, 212 after the poolings; fc6 adds 6 times 32."""
    model = fcn(THIN, 1, stride=32, geometry="original")
    fields = {layer: receptive_field(model, layer) for layer in ("fc6", "fc7", "score_fr")}
    assert all((field.size, field.stride) == (404, 32) for field in fields.values())
    pools = [receptive_field(model, f"pool{level}") for level in range(1, 6)]
    assert [(pool.size, pool.stride) for pool in pools] == [
        (6, 2),
        (16, 4),
        (44, 8),
        (100, 16),
        (212, 32),
    ]
    assert pools[0].offset == -101
    backbone = vgg(THIN, include_top=False, input_shape=(None, None, 3))
    assert receptive_field(backbone).size == 212


def test_centres_derive_the_published_offsets():
    """Crop offset 19: middle of the kernel of 64 against the middle of score_fr's first field."""
    model = fcn(THIN, 1, stride=32, geometry="original")
    assert 31.5 - receptive_field(model, "score_fr").centre == 19


def test_layer_may_be_given_as_a_layer():
    model = sequence(L.Conv2D(1, 3, name="first"), L.Conv2D(1, 3))
    assert receptive_field(model, model.get_layer("first")) == receptive_field(model, "first")
    assert receptive_field(model, "first") == ReceptiveField(size=3, stride=1, offset=0)
    assert receptive_field(model) == ReceptiveField(size=5, stride=1, offset=0)


def test_errors_name_the_layer():
    with pytest.raises(
        ValueError, match="local receptive field. Received: layer 'flat' \\(Flatten"
    ):
        receptive_field(sequence(L.Flatten(name="flat")))
    with pytest.raises(ValueError, match="`layer` must be one of.* Received: layer='conv9'"):
        receptive_field(sequence(L.Conv2D(1, 3)), "conv9")
    with pytest.raises(ValueError, match="`layer` must be one of.* Received: layer=3"):
        receptive_field(sequence(L.Conv2D(1, 3)), 3)
    with pytest.raises(ValueError, match="same field along both axes"):
        receptive_field(sequence(L.Conv2D(1, (3, 1))))
    with pytest.raises(ValueError, match="`model` must be a functional"):
        receptive_field(keras.Sequential([L.Conv2D(1, 3)]))


def test_an_open_size_that_is_cropped_to_the_middle_is_named():
    model = unet(2, (None, None, 1), depth=1, base_channels=2, padding="valid")
    with pytest.raises(ValueError, match="`model` must be of a known size.*open sizes in layer"):
        receptive_field(model)
    known = unet(2, (46, 46, 1), depth=1, base_channels=2, padding="valid")
    assert receptive_field(known).size > 1
