import keras
import numpy as np
import pytest

from segcourse.layers import AtrousSpatialPyramidPooling
from tests.layers.harness import run_layer_test


def test_contract():
    images = np.random.default_rng(0).normal(size=(2, 5, 6, 3)).astype("float32")
    arguments = {"filters": 4, "rates": (1, 3), "hidden": 8, "dropout": 0.25}
    keras.utils.set_random_seed(0)
    run_layer_test(AtrousSpatialPyramidPooling, arguments, images, (2, 5, 6, 4), trainable=12)
    arguments = {"filters": 2, "rates": (2, 4, 9)}
    run_layer_test(AtrousSpatialPyramidPooling, arguments, images, (2, 5, 6, 2), trainable=6)


def by_loops(x, kernel, bias, rate):
    """A padded dilated convolution, one output and one tap at a time."""
    height, width, _ = x.shape
    out = np.tile(bias.astype("float64"), (height, width, 1))
    for y, x_, dy, dx in np.ndindex(height, width, 3, 3):
        row, column = y + (dy - 1) * rate, x_ + (dx - 1) * rate
        if 0 <= row < height and 0 <= column < width:
            out[y, x_] += x[row, column] @ kernel[dy, dx]
    return out


def filled(layer, channels):
    """Give every weight of a layer, biases included, values that matter."""
    rng = np.random.default_rng(1)
    layer.build((None, None, None, channels))
    layer.set_weights([rng.normal(size=weight.shape) for weight in layer.get_weights()])
    return {weight.path: np.array(weight) for weight in layer.weights}


def of(weights, branch, what):
    return next(value for path, value in weights.items() if f"{branch}/{what}" in path)


def test_branches_of_one_convolution_are_added():
    layer = AtrousSpatialPyramidPooling(2, rates=(1, 2, 7))
    weights = filled(layer, 3)
    x = np.random.default_rng(2).normal(size=(5, 6, 3))
    expected = sum(
        by_loops(x, of(weights, f"fc8_{k}", "kernel"), of(weights, f"fc8_{k}", "bias"), rate)
        for k, rate in enumerate((1, 2, 7), 1)
    )
    np.testing.assert_allclose(np.array(layer(x[None]))[0], expected, rtol=1e-4, atol=1e-4)


def test_branches_of_three_convolutions_are_added():
    layer = AtrousSpatialPyramidPooling(2, rates=(2, 3), hidden=4, dropout=0.5)
    weights = filled(layer, 3)
    x = np.random.default_rng(2).normal(size=(4, 5, 3))
    expected = 0
    for k, rate in enumerate((2, 3), 1):
        kernels = {n: of(weights, f"fc{n}_{k}", "kernel") for n in (6, 7, 8)}
        biases = {n: of(weights, f"fc{n}_{k}", "bias") for n in (6, 7, 8)}
        hidden = np.maximum(by_loops(x, kernels[6], biases[6], rate), 0)
        hidden = np.maximum(hidden @ kernels[7][0, 0] + biases[7], 0)
        expected = expected + hidden @ kernels[8][0, 0] + biases[8]
    np.testing.assert_allclose(np.array(layer(x[None]))[0], expected, rtol=1e-4, atol=1e-4)


def test_a_rate_above_the_map_leaves_the_middle_weight():
    layer = AtrousSpatialPyramidPooling(2, rates=(24,))
    weights = filled(layer, 3)
    x = np.random.default_rng(2).normal(size=(16, 16, 3))
    expected = x @ of(weights, "fc8_1", "kernel")[1, 1] + of(weights, "fc8_1", "bias")
    np.testing.assert_allclose(np.array(layer(x[None]))[0], expected, rtol=1e-4, atol=1e-4)


def test_dropout_acts_while_training_only():
    layer = AtrousSpatialPyramidPooling(2, rates=(1,), hidden=64, dropout=0.5)
    filled(layer, 3)
    x = np.ones((1, 4, 4, 3), "float32")
    still = np.array(layer(x))
    np.testing.assert_array_equal(np.array(layer(x, training=False)), still)
    assert not np.allclose(np.array(layer(x, training=True)), still)


@pytest.mark.parametrize("name, value", [
    ("filters", 0),
    ("filters", 2.5),
    ("rates", ()),
    ("rates", 6),
    ("rates", (6, 0)),
    ("rates", (6, True)),
    ("hidden", -1),
    ("dropout", 1),
    ("dropout", "half"),
])  # fmt: skip
def test_wrong_arguments(name, value):
    with pytest.raises(ValueError, match=f"`{name}` must be .* Received: {name}="):
        AtrousSpatialPyramidPooling(**{"filters": 2, name: value})


def test_channels_are_last_whatever_keras_is_set_to():
    x = np.random.default_rng(0).normal(size=(1, 6, 6, 3)).astype("float32")
    before = keras.config.image_data_format()
    keras.config.set_image_data_format("channels_first")
    try:
        layer = AtrousSpatialPyramidPooling(2, (1, 2))
        got = np.array(layer(x))
    finally:
        keras.config.set_image_data_format(before)
    same = AtrousSpatialPyramidPooling(2, (1, 2))
    same.build(x.shape)
    same.set_weights(layer.get_weights())
    np.testing.assert_allclose(got, np.array(same(x)), atol=1e-6)
