import keras
import numpy as np
import pytest

from segcourse.models import VGGConfig, conv_layers, small_vgg, vgg, without_weights

TINY = VGGConfig(((3,), (3, 1)), (4, 6), dense=8, dense_kernel=3)


@pytest.fixture
def without_memory():
    """Let weights be declared and counted, but never filled."""
    with without_weights():
        yield


# Table 2 of the paper in millions; the weight layers of its table 1.
@pytest.mark.parametrize(
    "config, layers, parameters, millions",
    [
        ("A", 11, 132_863_336, 133),
        ("A-LRN", 11, 132_863_336, 133),
        ("B", 13, 133_047_848, 133),
        ("C", 16, 133_638_952, 134),
        ("D", 16, 138_357_544, 138),
        ("E", 19, 143_667_240, 144),
    ],
)
def test_published_sizes(without_memory, config, layers, parameters, millions):
    model = vgg(config)
    assert model.count_params() == parameters
    assert round(parameters / 1e6) == millions
    weight_layers = [layer for layer in model.layers if hasattr(layer, "kernel")]
    assert len(weight_layers) == layers
    assert len(conv_layers(model)) == layers - 3
    assert model.input_shape == (None, 224, 224, 3)
    assert model.output_shape == (None, 1000)


def test_names_of_configuration_d(without_memory):
    names = [layer.name for layer in vgg("D").layers if not layer.name.startswith("relu")]
    assert (
        names
        == (
            "images conv1_1 conv1_2 pool1 conv2_1 conv2_2 pool2 conv3_1 conv3_2 conv3_3 pool3 "
            "conv4_1 conv4_2 conv4_3 pool4 conv5_1 conv5_2 conv5_3 pool5 "
            "flatten fc6 drop6 fc7 drop7 fc8"
        ).split()
    )


def test_configuration_c_ends_its_blocks_with_1x1(without_memory):
    model = vgg("C", include_top=False)
    kernels = {layer.name: layer.kernel_size for layer in model.layers if "conv" in layer.name}
    assert [name for name, kernel in kernels.items() if kernel == (1, 1)] == [
        "conv3_3",
        "conv4_3",
        "conv5_3",
    ]


def test_a_lrn_normalizes_after_the_first_convolution(without_memory):
    names = [layer.name for layer in vgg("A-LRN").layers]
    assert names[1:5] == ["conv1_1", "relu1_1", "norm1", "pool1"]


def test_forward_pass_against_numpy():
    """The tiny network, computed with loops over pixels."""
    model = vgg(TINY, include_top=True, num_classes=5)
    for weight in model.weights:
        weight.assign(np.random.default_rng(1).normal(size=weight.shape) * 0.3)
    images = np.random.default_rng(0).uniform(size=(2, 12, 12, 3)).astype("float32")
    x = images
    for name in ("conv1_1", "conv2_1", "conv2_2"):
        x = np.maximum(convolve(x, *map(np.array, model.get_layer(name).weights)), 0)
        if name != "conv2_1":
            x = x.reshape(2, x.shape[1] // 2, 2, x.shape[2] // 2, 2, -1).max(axis=(2, 4))
    x = x.reshape(2, -1)
    for name in ("fc6", "fc7", "fc8"):
        kernel, bias = map(np.array, model.get_layer(name).weights)
        x = x @ kernel + bias
        x = np.maximum(x, 0) if name != "fc8" else x
    np.testing.assert_allclose(np.array(model(images)), x, rtol=1e-3, atol=1e-4)


def convolve(x, kernel, bias):
    half = kernel.shape[0] // 2
    padded = np.pad(x, ((0, 0), (half, half), (half, half), (0, 0)))
    result = np.zeros((*x.shape[:3], kernel.shape[3])) + bias
    for row in range(kernel.shape[0]):
        for column in range(kernel.shape[1]):
            part = padded[:, row : row + x.shape[1], column : column + x.shape[2]]
            result += part @ kernel[row, column]
    return result


def test_dropout_of_one_half_on_the_dense_layers(without_memory):
    model = vgg("A")
    assert model.get_layer("drop6").rate == model.get_layer("drop7").rate == 0.5


def test_any_size_without_the_top():
    model = vgg(TINY, include_top=False)
    assert model(np.zeros((1, 13, 5, 3))).shape == (1, 4, 2, 6)


def test_small_vgg(without_memory):
    model = small_vgg(num_classes=7)
    assert model.count_params() < 1_000_000
    assert model.input_shape == (None, 96, 96, 3)
    assert model.output_shape == (None, 7)
    names = {layer.name for layer in model.layers}
    assert {"conv1_1", "conv5_2", "pool1", "pool5", "fc6", "fc7", "fc8"} <= names
    assert model.get_layer("pool5").output.shape == (None, 3, 3, 128)
    assert small_vgg(include_top=False).output_shape == (None, None, None, 128)


def test_logits_stay_float32_under_mixed_precision():
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = vgg(TINY)
    finally:
        keras.config.set_dtype_policy("float32")
    assert keras.backend.standardize_dtype(model.output.dtype) == "float32"
    assert model.get_layer("fc7").compute_dtype == "bfloat16"


def test_wrong_arguments():
    with pytest.raises(ValueError, match="A-LRN, B, C, D, E. Received: config='F'"):
        vgg("F")
    with pytest.raises(ValueError, match="`input_shape` must be known.*None"):
        vgg("A", input_shape=(None, None, 3))
    with pytest.raises(ValueError, match="A-LRN, B, C, D, E. Received: config=."):
        vgg(["A"])
    for shape in ((5, 5), 5, "abc", (5, 5, -1)):
        with pytest.raises(ValueError, match="`input_shape` must be .height, width, channels"):
            vgg(TINY, input_shape=shape)
    for num_classes in (0, True, 2.0, None):
        with pytest.raises(ValueError, match="`num_classes` must be a positive integer"):
            vgg(TINY, num_classes=num_classes)
