import math
from functools import partial

import keras
import numpy as np
import pytest

from segcourse.models import (
    conv_layers,
    fcn,
    receptive_field,
    small_vgg,
    unet,
    unet_input_size,
    unet_output_size,
)

# Figure 1 of the paper: the size of every map, level by level, and its channels.
FIGURE_1 = {
    "images": (572, 1),
    "down1_conv1": (570, 64),
    "down1_conv2": (568, 64),
    "down1_pool": (284, 64),
    "down2_conv1": (282, 128),
    "down2_conv2": (280, 128),
    "down2_pool": (140, 128),
    "down3_conv1": (138, 256),
    "down3_conv2": (136, 256),
    "down3_pool": (68, 256),
    "down4_conv1": (66, 512),
    "down4_conv2": (64, 512),
    "down4_pool": (32, 512),
    "bottom_conv1": (30, 1024),
    "bottom_conv2": (28, 1024),
    "up4_upconv": (56, 512),
    "up4_skip": (56, 1024),
    "up4_conv1": (54, 512),
    "up4_conv2": (52, 512),
    "up3_upconv": (104, 256),
    "up3_skip": (104, 512),
    "up3_conv1": (102, 256),
    "up3_conv2": (100, 256),
    "up2_upconv": (200, 128),
    "up2_skip": (200, 256),
    "up2_conv1": (198, 128),
    "up2_conv2": (196, 128),
    "up1_upconv": (392, 64),
    "up1_skip": (392, 128),
    "up1_conv1": (390, 64),
    "up1_conv2": (388, 64),
    "logits": (388, 2),
}


@pytest.fixture(scope="module")
def published():
    return unet(2, (572, 572, 1), padding="valid")


def tiny(classes=3, shape=(None, None, 2), depth=2, **settings):
    return unet(classes, shape, depth=depth, base_channels=2, **settings)


def randomize(model, seed=0):
    rng = np.random.default_rng(seed)
    for weight in model.trainable_variables:
        weight.assign(rng.normal(size=weight.shape) / np.sqrt(np.prod(weight.shape[:-1]) + 1))
    return model


def pictures(*size, channels=2, count=1):
    return np.random.default_rng(1).random((count, *size, channels)).astype("float32")


def test_every_size_of_figure_1(published):
    got = {layer.name: tuple(layer.output.shape[1:]) for layer in published.layers}
    assert {name: got[name] for name in FIGURE_1} == {
        name: (size, size, channels) for name, (size, channels) in FIGURE_1.items()
    }


def test_23_convolutional_layers(published):
    kinds = (keras.layers.Conv2D, keras.layers.Conv2DTranspose)
    layers = [layer for layer in published.layers if isinstance(layer, kinds)]
    assert len(layers) == 23
    assert sum(isinstance(layer, keras.layers.Conv2DTranspose) for layer in layers) == 4
    assert len(conv_layers(published)) == 19
    assert len(conv_layers(published, transposed=True)) == 23


def test_number_of_weights(published):
    """9·in·out + out for every 3×3 convolution, 4·in·out + out for a 2×2 one."""
    down = [(1, 64), (64, 64), (64, 128), (128, 128), (128, 256), (256, 256), (256, 512)]
    down += [(512, 512), (512, 1024), (1024, 1024)]
    up = [pair for c in (512, 256, 128, 64) for pair in ((2 * c, c), (c, c))]
    expected = sum(9 * a * b + b for a, b in down + up)
    expected += sum(4 * 2 * c * c + c for c in (512, 256, 128, 64)) + 64 * 2 + 2
    assert published.count_params() == expected == 31_030_658


def test_weights_are_drawn_as_the_paper_says(published):
    """A normal distribution of standard deviation sqrt(2 / N)."""
    incoming = {"down2_conv1": 9 * 64, "bottom_conv1": 9 * 512, "up3_upconv": 512}
    for name, n in incoming.items():
        kernel = keras.ops.convert_to_numpy(published.get_layer(name).kernel)
        np.testing.assert_allclose(kernel.std(), math.sqrt(2 / n), rtol=0.02)
        # Not truncated: 4.6 % lie beyond two standard deviations.
        np.testing.assert_allclose(
            (abs(kernel) > 2 * math.sqrt(2 / n)).mean(), 1 - math.erf(math.sqrt(2)), atol=0.005
        )


def test_dropout_at_the_end_of_the_contracting_path(published):
    def rates(model):
        kind = keras.layers.Dropout
        return {layer.name: layer.rate for layer in model.layers if isinstance(layer, kind)}

    assert rates(published) == {"down4_drop": 0.5, "bottom_drop": 0.5}
    assert rates(tiny(dropout=0.2)) == {"down2_drop": 0.2, "bottom_drop": 0.2}
    assert rates(tiny(dropout=0)) == {}


@pytest.mark.parametrize(
    "size, skips", [((1, 1), "concatenate"), ((2, 3), "none"), ((13, 8), "add"), ((16, 31), "none")]
)
def test_padded_form_takes_any_size(size, skips):
    model = tiny(skips=skips)
    assert model.predict(pictures(*size), verbose=0).shape == (1, *size, 3)
    assert tiny(shape=(*size, 2), skips=skips).output_shape == (None, *size, 3)


def test_fixed_size_that_divides_has_no_crop():
    assert not [layer for layer in tiny(shape=(16, 24, 2)).layers if "crop" in layer.name]


def test_fixed_and_open_sizes_are_one_network():
    images = pictures(13, 16)
    open_size, fixed = randomize(tiny()), tiny(shape=(13, 16, 2))
    fixed.set_weights(open_size.get_weights())
    np.testing.assert_allclose(np.array(fixed(images)), np.array(open_size(images)), atol=1e-6)


def convolve(x, layer, padding):
    """An unfused 3×3 or 1×1 convolution with ReLU where the layer has one."""
    kernel, bias = (np.array(weight, "float64") for weight in layer.get_weights())
    border = (kernel.shape[0] // 2) if padding == "same" else 0
    x = np.pad(x, ((border, border), (border, border), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(0, 1))
    out = np.einsum("hwcij,ijco->hwo", windows, kernel) + bias
    return np.maximum(out, 0) if kernel.shape[0] == 3 else out


def pool(x):
    height, width, channels = x.shape
    x = np.pad(x, ((0, height % 2), (0, width % 2), (0, 0)), constant_values=-np.inf)
    return x.reshape(x.shape[0] // 2, 2, x.shape[1] // 2, 2, channels).max(axis=(1, 3))


def upconvolve(x, layer):
    kernel, bias = (np.array(weight, "float64") for weight in layer.get_weights())
    out = np.einsum("hwc,ijoc->hiwjo", x, kernel)
    return out.reshape(2 * x.shape[0], 2 * x.shape[1], -1) + bias


def by_numpy(model, image, padding, skips, depth=2):
    def twice(x, name):
        for number in (1, 2):
            x = convolve(x, model.get_layer(f"{name}_conv{number}"), padding)
        return x

    x, maps = image.astype("float64"), []
    for level in range(1, depth + 1):
        maps.append(twice(x, f"down{level}"))
        x = pool(maps[-1])
    x = twice(x, "bottom")
    for level in range(depth, 0, -1):
        x, skip = upconvolve(x, model.get_layer(f"up{level}_upconv")), maps[level - 1]
        if padding == "same":
            x = x[: skip.shape[0], : skip.shape[1]]
        top, left = ((a - b) // 2 for a, b in zip(skip.shape[:2], x.shape[:2], strict=True))
        skip = skip[top : top + x.shape[0], left : left + x.shape[1]]
        if skips == "concatenate":
            x = np.concatenate([skip, x], axis=-1)
        x = twice(x + skip if skips == "add" else x, f"up{level}")
    return convolve(x, model.get_layer("logits"), padding)


@pytest.mark.parametrize("skips", ["concatenate", "add", "none"])
@pytest.mark.parametrize("padding, size", [("same", (7, 10)), ("valid", (44, 52))])
def test_against_numpy(padding, size, skips):
    model, images = randomize(tiny(padding=padding, skips=skips)), pictures(*size)
    expected = by_numpy(model, images[0], padding, skips)
    assert np.abs(expected).max() > 0.1
    np.testing.assert_allclose(np.array(model(images))[0], expected, atol=1e-5)


def test_batch_norm_replaces_the_biases():
    model = tiny(batch_norm=True)
    images = pictures(8, 8, count=4)
    normalized = [
        layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)
    ]
    assert len(normalized) == 2 * (2 * 2 + 1)
    assert not [layer for layer in model.layers if "_conv" in layer.name and layer.use_bias]
    inner = keras.Model(model.inputs, model.get_layer("up1_norm2").output)
    values = np.array(inner(images, training=True))
    np.testing.assert_allclose(values.mean(axis=(0, 1, 2)), 0, atol=1e-4)


def test_logits_are_float32_in_mixed_precision():
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = tiny()
        logits, features = model(pictures(8, 8)), model.get_layer("up1_conv2").compute_dtype
    finally:
        keras.config.set_dtype_policy(before)
    assert keras.backend.standardize_dtype(logits.dtype) == "float32"
    assert features == "bfloat16"


def test_saved_and_read_back(tmp_path):
    images = pictures(20, 22)
    for padding in ("same", "valid"):
        model = tiny(depth=1, padding=padding, batch_norm=True)
        model.save(tmp_path / "unet.keras")
        again = keras.models.load_model(tmp_path / "unet.keras")
        np.testing.assert_allclose(np.array(again(images)), np.array(model(images)), atol=1e-6)


def test_receptive_field_of_the_published_network():
    """By hand: a cell of bottom_conv2 looks at 140 pixels in steps of 16; an output at 5 of them.

    On the way back two convolutions need 4 more, and n pixels come from at most n / 2 + 1 cells:
    5 → 3, 7 → 4, 8 → 5, 9 → 5.
    """
    model = unet(1, (572, 572, 1), base_channels=1, padding="valid")
    field = receptive_field(model, "bottom_conv2")
    assert (field.size, field.stride, field.offset) == (140, 16, 0)
    field = receptive_field(model)
    assert (field.size, field.stride, field.offset) == (140 + 4 * 16, 1, 0)


# By hand: - 4, ÷ 2 on the way down, - 4, × 2 on the way up.
@pytest.mark.parametrize(
    "size, depth, output",
    [(572, 4, 388), (188, 4, 4), (204, 4, 20), (700, 4, 516), (18, 1, 2), (20, 1, 4), (92, 3, 4)],
)
def test_output_size(size, depth, output):
    assert unet_output_size(size, depth) == output
    assert unet_input_size(output, depth) == size
    model = unet(1, (size, None, 1), depth, base_channels=1, padding="valid")
    assert model.compute_output_shape((1, size, size, 1))[1:3] == (output, output)


def test_sizes_that_tile_are_found_by_trying():
    """Against the rule itself: halve only what is even, and have a pixel left."""

    def through(size, depth):
        size -= 4
        if depth == 0 or size < 1:
            return size
        return 0 if size % 2 else 2 * through(size // 2, depth - 1) - 4

    for depth in (1, 2, 3):
        for size in range(1, 140):
            expected = through(size, depth)
            if expected >= 1:
                assert unet_output_size(size, depth) == expected
            else:
                with pytest.raises(ValueError, match="`size` must be a size that tiles"):
                    unet_output_size(size, depth)
        for wanted in range(1, 60):
            tiling = [size for size in range(1, 300) if through(size, depth) >= wanted]
            assert unet_input_size(wanted, depth) == tiling[0]


@pytest.mark.parametrize(
    "size, nearest", [(571, "556 or 572"), (573, "572 or 588"), (100, "188, the smallest")]
)
def test_sizes_that_do_not_tile(size, nearest):
    message = f"must be a size that tiles.*Nearest: {nearest}. Received: "
    with pytest.raises(ValueError, match=f"`size` {message}size={size}"):
        unet_output_size(size)
    with pytest.raises(ValueError, match=f"`input_shape` {message}"):
        unet(2, (572, size, 1), base_channels=1, padding="valid")
    model = unet(2, base_channels=1, padding="valid")
    with pytest.raises(ValueError, match=f"`width` {message}width={size}"):
        model(np.zeros((1, 572, size, 1)))


@pytest.mark.parametrize(
    "settings, message",
    [
        (dict(num_classes=0), "`num_classes` must be a positive integer"),
        (dict(depth=2.0), "`depth` must be a positive integer"),
        (dict(base_channels=-1), "`base_channels` must be a positive integer"),
        (dict(padding="reflect"), '`padding` must be "same" or "valid"'),
        (dict(skips=None), '`skips` must be "concatenate", "add" or "none"'),
        (dict(dropout=1), "`dropout` must be a number from 0 to below 1"),
        (dict(dropout=True), "`dropout` must be a number from 0 to below 1"),
        (dict(input_shape=(572, 572)), "`input_shape` must be"),
    ],
)
def test_bad_arguments(settings, message):
    with pytest.raises(ValueError, match=message):
        unet(**settings)


@pytest.mark.parametrize("function", [unet_output_size, unet_input_size])
def test_sizes_must_be_positive_integers(function):
    for bad in (0, -5, 1.5, "572"):
        with pytest.raises(ValueError, match="must be a positive integer"):
            function(bad)


@pytest.mark.skipif(keras.config.backend() != "tensorflow", reason="JAX knows every size")
def test_sizes_that_do_not_tile_are_noticed_in_a_graph_of_open_size():
    model = unet(2, depth=1, base_channels=2, padding="valid", input_shape=(None, None, 1))
    for size in (24, 26, 28):
        out = model.predict(np.zeros((1, size, size + 2, 1)), verbose=0)
        assert out.shape == (1, size - 16, size - 14, 2)
    with pytest.raises(Exception, match="`height` must be a size that tiles.*18, 20, 22"):
        model.predict(np.zeros((1, 45, 46, 1)), verbose=0)
    with pytest.raises(Exception, match="`width` must be a size that tiles"):
        model.predict(np.zeros((1, 46, 47, 1)), verbose=0)


def test_integers_of_numpy_do_not_overflow():
    eights = unet(np.uint8(3), (16, 16, 3), depth=np.uint8(3), base_channels=np.uint8(100))
    assert eights.count_params() == unet(3, (16, 16, 3), depth=3, base_channels=100).count_params()


@pytest.mark.parametrize("make", [partial(unet, 2), partial(fcn, "small_vgg", 2), small_vgg])
def test_channels_first_is_said_at_once(make):
    before = keras.config.image_data_format()
    keras.config.set_image_data_format("channels_first")
    try:
        with pytest.raises(ValueError, match='set_image_data_format."channels_last". first'):
            make()
    finally:
        keras.config.set_image_data_format(before)
