import keras
import numpy as np
import pytest

from segcourse.models import googlenet, project_back, small_vgg, vgg, without_weights
from segcourse.training import input_gradient

RNG = np.random.default_rng(0)
IMAGES = RNG.random((2, 12, 12, 3), "float32")


def network(activation=None, padding="same"):
    """Convolution, batch normalisation with moved statistics, pooling, convolution."""
    model = keras.Sequential(
        [
            keras.Input((None, None, 3)),
            keras.layers.Conv2D(4, 3, padding=padding, name="conv1"),
            keras.layers.BatchNormalization(name="bn1"),
            keras.layers.Activation(activation, name="relu1")
            if activation
            else keras.layers.Dropout(0.1, name="relu1"),
            keras.layers.MaxPooling2D(2, padding=padding, name="pool1"),
            keras.layers.Conv2D(5, 3, padding=padding, activation=activation, name="conv2"),
        ]
    )
    gamma, beta, mean, variance = (RNG.uniform(0.5, 2, 4) for _ in range(4))
    model.get_layer("bn1").set_weights([gamma, beta, mean, variance])
    return model


@pytest.mark.parametrize("padding", ["same", "valid"])
def test_without_relus_it_is_the_gradient_times_the_activation(padding):
    model = network(padding=padding)
    outputs = keras.ops.convert_to_numpy(model(IMAGES))
    projected = project_back(model, IMAGES, "conv2", [3, 1])
    assert projected.shape == IMAGES.shape
    for n, channel in enumerate([3, 1]):
        vector = np.zeros((1, *outputs.shape[1:]), "float32")
        place = np.unravel_index(outputs[n, ..., channel].argmax(), outputs.shape[1:3])
        vector[0, *place, channel] = outputs[n, *place, channel]
        expected = input_gradient(lambda x: model(x, training=False), IMAGES[n : n + 1], vector)
        np.testing.assert_allclose(projected[n], expected[0], rtol=1e-4, atol=1e-5)


def test_a_chain_worked_by_hand():
    """One row of four pixels: double, pool by 2, then weigh the two cells -1 and 3."""
    first = keras.layers.Conv2D(1, 1, use_bias=False, activation="relu", name="conv1")
    second = keras.layers.Conv2D(1, (1, 2), use_bias=False, activation="relu", name="conv2")
    images = keras.Input((1, 4, 3))
    x = keras.layers.MaxPooling2D((1, 2), name="pool1")(first(images))
    model = keras.Model(images, second(x))
    first.set_weights([np.array([2.0, 0, 0]).reshape(1, 1, 3, 1)])
    second.set_weights([np.array([-1.0, 3]).reshape(1, 2, 1, 1)])
    image = np.zeros((1, 1, 4, 3), "float32")
    image[0, 0, :, 0] = 0.1, 0.3, 0.5, 0.2
    # Doubled 0.2 0.6 1.0 0.4; pooled 0.6 1.0; the activation is -0.6 + 3 = 2.4. Back: -2.4 and 7.2
    # at the places 1 and 2; the ReLU takes the first away; times 2.
    projected = project_back(model, image, "conv2", 0)
    np.testing.assert_allclose(projected[0, 0, :, 0], [0, 0, 14.4, 0], rtol=1e-5)
    assert not projected[..., 1:].any()


@pytest.mark.parametrize("activation", ["relu"])
def test_relu_as_a_layer_or_in_the_convolution(activation):
    model = network(activation)
    apart = keras.Sequential([keras.Input((None, None, 3))])
    for layer in model.layers[:-1]:
        apart.add(layer)
    last = keras.layers.Conv2D(5, 3, padding="same", name="plain")
    apart.add(last)
    apart.add(keras.layers.ReLU(name="relu2"))
    last.set_weights(model.get_layer("conv2").get_weights())
    one = project_back(model, IMAGES, "conv2", 2)
    other = project_back(apart, IMAGES, "relu2", 2)
    np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)


def test_nothing_beyond_the_receptive_field_is_touched():
    model = small_vgg(include_top=False)
    images = RNG.random((1, 64, 64, 3), "float32")
    projected = project_back(model, images, "relu2_1", 5)[0]
    rows, columns = np.nonzero(np.abs(projected).sum(axis=-1))
    # A field of 8 pixels.
    assert 0 < np.ptp(rows) < 8 and np.ptp(columns) < 8


def test_vgg16_is_walked_as_well():
    model = vgg("A", include_top=False)
    assert project_back(model, RNG.random((1, 32, 32, 3)), "pool3", 0).shape == (1, 32, 32, 3)


@pytest.mark.parametrize("channels", [5, -1, [0], [0, 1, 2], 1.5, [0, 5]])
def test_wrong_channels(channels):
    with pytest.raises(ValueError, match="`channels` must be a number from 0 to 4, or one for ea"):
        project_back(network(), IMAGES, "conv2", channels)


def test_wrong_arguments():
    with pytest.raises(ValueError, match="`model` must be a keras.Model"):
        project_back(None, IMAGES, "conv2", 0)
    with pytest.raises(ValueError, match="`images` must have shape"):
        project_back(network(), IMAGES[0], "conv2", 0)
    with pytest.raises(ValueError, match="`layer` must be one of"):
        project_back(network(), IMAGES, "conv9", 0)


def test_a_layer_without_a_way_back_is_named():
    with without_weights():
        model = googlenet(include_top=False)
    with pytest.raises(ValueError, match="stride 1, .*Received: layer '(pad|conv1_7x7_s2)'"):
        project_back(model, RNG.random((1, 64, 64, 3)), "pool1_3x3_s2", 0)
    strided = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 3, 2, name="c")])
    with pytest.raises(ValueError, match="Received: layer 'c' \\(Conv2D\\)"):
        project_back(strided, RNG.random((1, 8, 8, 3)), "c", 0)


def test_joined_ways_are_refused():
    images = keras.Input((8, 8, 3))
    model = keras.Model(images, keras.layers.Add(name="sum")([images, images]))
    with pytest.raises(ValueError, match="`model` must be a chain of layers.*'sum'.*2 inputs"):
        project_back(model, RNG.random((1, 8, 8, 3)), "sum", 0)
