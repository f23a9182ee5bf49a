import keras
import numpy as np
import pytest

from segcourse.models import (
    VGGConfig,
    conv_layers,
    deeplab_v1,
    deeplab_v2,
    fcn,
    receptive_field,
    vgg,
    without_weights,
)

TINY = VGGConfig(((3,), (3,), (3,), (3,), (3,)), (4, 4, 4, 4, 6), dense=5, dense_kernel=3)
BUILDERS = [deeplab_v1, deeplab_v2]


@pytest.fixture
def without_memory():
    with without_weights():
        yield


def test_the_size_of_largefov(without_memory):
    """Table 2 of the first paper: 20.5 million parameters."""
    model = deeplab_v1(21)
    head = (9 * 512 + 1) * 1024 + (1024 + 1) * 1024 + (1024 + 1) * 21
    assert model.count_params() == 14_714_688 + head
    assert round(model.count_params() / 1e6, 1) == 20.5
    assert conv_layers(model)[-3:] == ["fc6", "fc7", "fc8"]
    assert len(conv_layers(model)) == 16


def test_the_size_of_the_pyramid(without_memory):
    model = deeplab_v2(21)
    branch = (9 * 512 + 1) * 1024 + (1024 + 1) * 1024 + (1024 + 1) * 21
    assert model.count_params() == 14_714_688 + 4 * branch
    assert len(conv_layers(model)) == 16


def test_layers_as_published(without_memory):
    model = deeplab_v1(21)
    rates = {
        layer.name: layer.dilation_rate[0]
        for layer in model.layers
        if isinstance(layer, keras.layers.Conv2D)
    }
    dilated = {name: rate for name, rate in rates.items() if rate > 1}
    assert dilated == {"conv5_1": 2, "conv5_2": 2, "conv5_3": 2, "fc6": 12}
    poolings = {f"pool{n}": model.get_layer(f"pool{n}").strides[0] for n in range(1, 6)}
    assert poolings == {"pool1": 2, "pool2": 2, "pool3": 2, "pool4": 1, "pool5": 1}
    assert model.get_layer("fc6").filters == model.get_layer("fc7").filters == 1024
    pyramid = deeplab_v2(21).get_layer("aspp")
    assert pyramid.rates == (6, 12, 18, 24)
    assert pyramid.hidden == 1024


def test_receptive_fields_by_hand(without_memory):
    """VGG-16 sees 92 pixels in conv4_3; then pooling, conv5, pooling and fc6, in steps of 8."""
    model = deeplab_v1(21)
    conv5 = 92 + 8 * 2 + 3 * 8 * 2 * 2
    assert receptive_field(model, "conv4_3").size == 92
    assert receptive_field(model, "conv5_3").size == conv5 == 204
    field = receptive_field(model, "fc8")
    assert (field.size, field.stride) == (conv5 + 8 * 2 + 8 * 2 * 12, 8)
    # The 3×3 window of fc6 covers as many cells as the 7×7 window of VGG, dilated by 4.
    assert 12 * (3 - 1) + 1 == 4 * (7 - 1) + 1 == 25
    assert receptive_field(deeplab_v2(21), "aspp").size == conv5 + 8 * 2 + 8 * 2 * 24
    # Interpolation adds one cell.
    assert receptive_field(model).size == field.size + 8


@pytest.mark.parametrize("build", BUILDERS)
def test_cells_lie_in_the_middle_of_their_pixels(build):
    with without_weights():
        model = build(3, TINY)
    field = receptive_field(model, "fc8" if build is deeplab_v1 else "aspp")
    assert field.centre == (8 - 1) / 2


@pytest.mark.parametrize("build", BUILDERS)
@pytest.mark.parametrize("size", [(1, 1), (7, 9), (17, 32), (40, 33)])
def test_any_size(build, size):
    model = build(3, TINY)
    images = np.random.default_rng(0).random((2, *size, 3)).astype("float32")
    logits = model(images)
    assert tuple(logits.shape) == (2, *size, 3)
    np.testing.assert_allclose(model.predict(images, verbose=0), np.array(logits), atol=1e-5)


@pytest.mark.parametrize("build", BUILDERS)
def test_logits_are_the_scores_enlarged(build):
    keras.utils.set_random_seed(0)
    model = build(3, TINY)
    images = np.random.default_rng(0).random((1, 32, 48, 3)).astype("float32")
    head = model.get_layer("fc8" if build is deeplab_v1 else "aspp")
    scores = np.array(keras.Model(model.inputs, head.output)(images))
    assert scores.shape == (1, 4, 6, 3)
    expected = keras.ops.image.resize(scores, (32, 48), interpolation="bilinear")
    np.testing.assert_allclose(np.array(model(images)), np.array(expected), atol=1e-5)


def test_float32_logits_under_mixed_precision():
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = deeplab_v2(3, TINY)
    finally:
        keras.config.set_dtype_policy("float32")
    assert model.get_layer("conv5_1").compute_dtype == "bfloat16"
    assert model.output.dtype == "float32"


@pytest.mark.parametrize("build", BUILDERS)
def test_weights_of_a_classifier_and_of_an_fcn(build):
    for source in (vgg(TINY), fcn(TINY, 3, stride=8)):
        model = build(3, TINY, weights_from=source)
        for name in ("conv1_1", "conv5_1"):
            given, came = source.get_layer(name).kernel, model.get_layer(name).kernel
            np.testing.assert_array_equal(np.array(given), np.array(came))
    # fc7 is 1×1 in all of them; fc6 has another window, and the classes are new.
    model = deeplab_v1(3, TINY, weights_from=source)
    np.testing.assert_array_equal(
        np.array(model.get_layer("fc7").kernel), np.array(source.get_layer("fc7").kernel)
    )


def test_conv5_reads_what_it_would_read_with_the_stride():
    """At every second place of the fine map stands what conv5 gives on every second place."""
    model = deeplab_v1(3, TINY)
    images = np.random.default_rng(0).random((1, 64, 96, 3)).astype("float32")
    maps = [model.get_layer(name).output for name in ("pool4", "conv5_1")]
    pool4, fine = (np.array(x) for x in keras.Model(model.inputs, maps)(images))
    assert pool4.shape[1:3] == (8, 12)
    kernel, bias = (np.array(weight) for weight in model.get_layer("conv5_1").weights)
    coarse = np.array(keras.ops.conv(pool4[:, ::2, ::2], kernel, padding="same")) + bias
    np.testing.assert_allclose(fine[:, ::2, ::2], coarse, atol=1e-5)


def test_a_step_of_training_changes_every_weight():
    keras.utils.set_random_seed(0)
    model = deeplab_v2(3, TINY, rates=(1, 2))
    before = [np.array(weight) for weight in model.trainable_weights]
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    images = np.random.default_rng(0).random((4, 24, 24, 3)).astype("float32")
    model.train_on_batch(images, np.arange(4 * 24 * 24).reshape(4, 24, 24) % 3)
    after = [np.array(weight) for weight in model.trainable_weights]
    assert all((a != b).any() for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize("build", BUILDERS)
@pytest.mark.parametrize("arguments, message", [
    ({"num_classes": 0}, "`num_classes` must be a positive integer"),
    ({"backbone": "resnet"}, "`backbone` must be .*small_vgg"),
    ({"backbone": 16}, "`backbone` must be"),
    ({"backbone": VGGConfig(((3,), (3,)), (4, 4))}, "`backbone` must have three blocks"),
    ({"input_shape": (32, 32)}, "`input_shape` must be"),
    ({"weights_from": "vgg16"}, "`weights_from` must be a keras.Model"),
])  # fmt: skip
def test_wrong_arguments(build, arguments, message):
    with pytest.raises(ValueError, match=message):
        build(**{"num_classes": 3, "backbone": TINY, **arguments})


def test_wrong_rates():
    with pytest.raises(ValueError, match="`rate` must be a positive integer. Received: rate=0"):
        deeplab_v1(3, TINY, rate=0)
    with pytest.raises(ValueError, match="`rates` must be .* Received: rates="):
        deeplab_v2(3, TINY, rates=())
