import keras
import numpy as np
import pytest

from segcourse.layers import BilinearInitializer, CropToMatch
from segcourse.models import (
    VGGConfig,
    conv_layers,
    convolutionalize,
    fcn,
    receptive_field,
    small_vgg,
    vgg,
    without_weights,
)

# VGG's geometry (fc6 of 7 × 7 on stride 32) with a few channels.
TINY = VGGConfig(((3,),) * 5, (2, 3, 4, 5, 6), dense=7)
STRIDES = (32, 16, 8)


def randomize(model, symmetric=False):
    """Draw all weights but the upsampling's; `symmetric` kernels do not tell left from right."""
    rng = np.random.default_rng(0)
    for layer in model.layers:
        if not isinstance(layer, keras.layers.Conv2DTranspose):
            for weight in layer.weights:
                value = rng.normal(size=weight.shape) / np.sqrt(np.prod(weight.shape[:-1]) + 1)
                if symmetric and value.ndim == 4:
                    value = (value + value[::-1]) / 2
                    value = (value + value[:, ::-1]) / 2
                weight.assign(value)
    return model


def crops(model):
    layers = [layer for layer in model.layers if isinstance(layer, CropToMatch)]
    return {layer.name: layer.offset for layer in layers}


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (33, 64), (100, 47)])
def test_output_has_the_size_of_the_images(size):
    """In the "same" geometry; the original one is held against NumPy below."""
    assert tuple(fcn(TINY, 4, 8)(np.zeros((1, *size, 3))).shape) == (1, *size, 4)


def test_large_images_through_predict():
    images = np.zeros((1, 500, 375, 3), "float32")
    for geometry in ("same", "original"):
        assert fcn(TINY, 2, 8, geometry).predict(images, verbose=0).shape == (1, 500, 375, 2)


def test_offsets_of_the_reference_models():
    got = {stride: crops(fcn(TINY, 2, stride, "original")) for stride in STRIDES}
    assert got == {
        32: {"score": (19, 19)},
        16: {"score_pool4c": (5, 5), "score": (27, 27)},
        8: {"score_pool4c": (5, 5), "score_pool3c": (9, 9), "score": (31, 31)},
    }


# Caffe's arithmetic by hand: n + 198 after the padded convolution, halves rounded up, fc6 takes 6
# off, a transposed convolution gives (n - 1) * stride + kernel.
@pytest.mark.parametrize(
    "size, pools, fc6, upscore, upscore2, upscore_pool4, upscore8",
    [
        (1, (100, 50, 25, 13, 7), 1, 64, 4, 10, 88),
        (16, (107, 54, 27, 14, 7), 1, 64, 4, 10, 88),
        (33, (116, 58, 29, 15, 8), 2, 96, 6, 14, 120),
        (500, (349, 175, 88, 44, 22), 16, 544, 34, 70, 568),
    ],
)
def test_sizes_of_the_original_geometry(
    size, pools, fc6, upscore, upscore2, upscore_pool4, upscore8
):
    shape = (size, size, 3)
    model = fcn(TINY, 2, 8, "original", input_shape=shape)
    got = {layer.name: layer.output.shape[1] for layer in model.layers}
    assert tuple(got[f"pool{level}"] for level in range(1, 6)) == pools
    assert (got["conv1_1"], got["fc6"], got["fc7"]) == (size + 198, fc6, fc6)
    assert (got["upscore2"], got["upscore_pool4"]) == (upscore2, upscore_pool4)
    assert (got["upscore8"], got["score"]) == (upscore8, size)
    coarse = fcn(TINY, 2, 32, "original", input_shape=shape)
    assert coarse.get_layer("upscore").output.shape[1] == upscore


def test_kernels_of_the_upsampling():
    kernels = {}
    for stride in STRIDES:
        model = fcn(TINY, 2, stride, "original")
        for layer in model.layers:
            if isinstance(layer, keras.layers.Conv2DTranspose):
                kernels[layer.name] = (layer.kernel_size[0], layer.strides[0], layer.use_bias)
                bilinear = BilinearInitializer()(layer.kernel.shape)
                np.testing.assert_array_equal(np.array(layer.kernel.value), np.array(bilinear))
    assert kernels == {
        "upscore": (64, 32, False),
        "upscore2": (4, 2, False),
        "upscore16": (32, 16, False),
        "upscore_pool4": (4, 2, False),
        "upscore8": (16, 8, False),
    }


# The reference models once more, in NumPy and with their offsets typed in.
@pytest.mark.parametrize("size", [(1, 1), (2, 3), (17, 31), (40, 70)])
@pytest.mark.parametrize("stride", STRIDES)
def test_original_geometry_against_numpy(stride, size):
    model = randomize(fcn(TINY, 3, stride, "original"))
    images = np.random.default_rng(1).uniform(size=(1, *size, 3)).astype("float32")
    expected = reference_fcn(model, images[0].astype("float64"), stride)
    assert expected.std() > 1e-4
    np.testing.assert_allclose(np.array(model(images))[0], expected, rtol=1e-3, atol=1e-6)


def reference_fcn(model, x, stride):
    def weights(name):
        return [np.array(weight.value, "float64") for weight in model.get_layer(name).weights]

    pools, shape = {}, x.shape
    for block in range(1, 6):
        x = np.maximum(convolve(x, 100 if block == 1 else 1, *weights(f"conv{block}_1")), 0)
        x = pools[block] = pool(x)
    for name in ("fc6", "fc7"):
        x = np.maximum(convolve(x, 0, *weights(name)), 0)
    x = convolve(x, 0, *weights("score_fr"))
    if stride == 32:
        return crop(enlarge(x, 32), 19, shape)
    x = enlarge(x, 2)
    x = x + crop(convolve(pools[4], 0, *weights("score_pool4")), 5, x.shape)
    if stride == 16:
        return crop(enlarge(x, 16), 27, shape)
    x = enlarge(x, 2)
    x = x + crop(convolve(pools[3], 0, *weights("score_pool3")), 9, x.shape)
    return crop(enlarge(x, 8), 31, shape)


def convolve(x, padding, kernel, bias):
    x = np.pad(x, ((padding, padding), (padding, padding), (0, 0)))
    rows, columns = x.shape[0] - kernel.shape[0] + 1, x.shape[1] - kernel.shape[1] + 1
    result = np.zeros((rows, columns, kernel.shape[3])) + bias
    for row in range(kernel.shape[0]):
        for column in range(kernel.shape[1]):
            result += x[row : row + rows, column : column + columns] @ kernel[row, column]
    return result


def pool(x):
    rows, columns = -(-x.shape[0] // 2), -(-x.shape[1] // 2)
    padding = ((0, 2 * rows - x.shape[0]), (0, 2 * columns - x.shape[1]), (0, 0))
    x = np.pad(x, padding, constant_values=-np.inf)
    return x.reshape(rows, 2, columns, 2, -1).max(axis=(1, 3))


def enlarge(x, factor):
    """Every input adds a tent of its own height, `2 * factor` wide, to the output."""
    tent = 1 - np.abs(np.arange(2 * factor) - factor + 0.5) / factor
    tent = np.outer(tent, tent)[:, :, None]
    result = np.zeros(((x.shape[0] + 1) * factor, (x.shape[1] + 1) * factor, x.shape[2]))
    for row in range(x.shape[0]):
        for column in range(x.shape[1]):
            rows = slice(row * factor, (row + 2) * factor)
            columns = slice(column * factor, (column + 2) * factor)
            result[rows, columns] += tent * x[row, column]
    return result


def crop(x, offset, shape):
    return x[offset : offset + shape[0], offset : offset + shape[1]]


# 90 + 198 = 288 = 9 · 32: nothing is rounded, so the original geometry is symmetric as well.
@pytest.mark.parametrize("geometry, size", [("same", 64), ("original", 90)])
@pytest.mark.parametrize("stride", STRIDES)
def test_a_mirrored_picture_gives_a_mirrored_map(stride, geometry, size):
    model = randomize(fcn(TINY, 3, stride, geometry), symmetric=True)
    images = np.random.default_rng(1).uniform(size=(1, size, size, 3)).astype("float32")
    images[:, : size // 3, : size // 2] *= 20
    logits = np.array(model(images))
    assert np.abs(logits - logits[:, ::-1]).max() > 1e-3
    for axes in ((1,), (2,), (1, 2)):
        mirrored = np.array(model(np.flip(images, axes)))
        np.testing.assert_allclose(np.flip(mirrored, axes), logits, atol=1e-5)


@pytest.mark.parametrize("size", [64, 33, None])
def test_cells_begin_at_the_first_pixel(size):
    """Why crops start at 0 in the "same" geometry: cell 0 of stride s lies at (s - 1) / 2."""
    model = fcn(TINY, 2, 8, input_shape=(size, size, 3))
    centres = {name: receptive_field(model, name).centre for name in ("pool3", "pool4", "fc7")}
    assert centres == {"pool3": 3.5, "pool4": 7.5, "fc7": 15.5}
    assert set(crops(model).values()) == {(0, 0)}


def test_scores_start_at_zero():
    images = np.random.default_rng(1).uniform(size=(1, 40, 40, 3))
    assert not np.any(np.array(fcn(TINY, 3, 8)(images)))


def test_fixed_upsampling_does_not_train():
    free, fixed = fcn(TINY, 3, 8), fcn(TINY, 3, 8, upsampling="fixed")
    names = {weight.path for weight in free.trainable_variables}
    assert names - {weight.path for weight in fixed.trainable_variables} == {
        "upscore2/kernel",
        "upscore_pool4/kernel",
        "upscore8/kernel",
    }


def test_published_numbers_of_fcn_vgg16():
    """134 million parameters, 16 convolutions, field 404, stride 32: the paper's table 1."""
    with without_weights():
        model = fcn("vgg16", 21, 32, "original", upsampling="fixed")
    trainable = sum(int(np.prod(weight.shape)) for weight in model.trainable_variables)
    assert trainable == 134_346_581
    assert model.count_params() == trainable + 64 * 64 * 21 * 21
    assert len(conv_layers(model)) == 16
    field = receptive_field(model, "score_fr")
    assert (field.size, field.stride) == (404, 32)
    assert [model.get_layer(name).rate for name in ("drop6", "drop7")] == [0.5, 0.5]
    names = [layer.name for layer in model.layers]
    assert names[-8:] == "pool5 fc6 drop6 fc7 drop7 score_fr upscore score".split()


def test_small_vgg_stays_small():
    with without_weights():
        sizes = [fcn("small_vgg", 11, stride).count_params() for stride in (16, 8)]
    assert max(sizes) < 1_000_000


def test_upon_a_model():
    backbone = vgg(TINY, include_top=False)
    model = randomize(fcn(backbone, 3, 8))
    assert model.get_layer("conv1_1") is backbone.get_layer("conv1_1")
    assert model(np.zeros((1, 33, 50, 3))).shape == (1, 33, 50, 3)
    assert "fc6" not in [layer.name for layer in model.layers]
    whole = fcn(TINY, 3, 32)
    top = keras.Model(whole.input, whole.get_layer("drop7").output)
    again = fcn(top, 3, 32, weights_from=randomize(whole))
    images = np.random.default_rng(1).uniform(size=(1, 33, 50, 3))
    np.testing.assert_allclose(np.array(again(images)), np.array(whole(images)), atol=1e-6)


def test_mixed_precision_keeps_logits_float32():
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = fcn(TINY, 3, 8)
    finally:
        keras.config.set_dtype_policy("float32")
    output = model(np.zeros((1, 33, 20, 3), "float32"))
    assert keras.backend.standardize_dtype(output.dtype) == "float32"
    assert model.get_layer("score_pool3").compute_dtype == "bfloat16"


@pytest.mark.parametrize("geometry", ["same", "original"])
def test_saved_and_loaded(geometry, tmp_path):
    model = randomize(fcn(TINY, 3, 8, geometry))
    model.save(tmp_path / "fcn.keras")
    again = keras.models.load_model(tmp_path / "fcn.keras")
    images = np.random.default_rng(1).uniform(size=(1, 33, 50, 3))
    assert np.array(model(images)).std() > 1e-4
    np.testing.assert_allclose(np.array(again(images)), np.array(model(images)), atol=1e-6)


def test_it_learns():
    keras.utils.set_random_seed(0)
    model = fcn(TINY, 2, 16)
    images = np.zeros((2, 32, 32, 3), "float32")
    images[:, :, 16:] = 1
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    eager = keras.config.backend() == "tensorflow"  # spares the test the building of a graph
    model.compile(keras.optimizers.Adam(0.02), loss, run_eagerly=eager)
    history = model.fit(images, images[..., 0], batch_size=2, epochs=8, verbose=0).history
    assert history["loss"][0] == pytest.approx(np.log(2), rel=1e-4)
    assert history["loss"][-1] < 0.6


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"stride": 4}, "`stride` must be 8, 16 or 32. Received: stride=4"),
        ({"geometry": "valid"}, '`geometry` must be "same" or "original". Received'),
        ({"upsampling": "nearest"}, '`upsampling` must be "learned" or "fixed". Received'),
        ({"num_classes": 0}, "`num_classes` must be a positive integer. Received: num_classes=0"),
        ({"num_classes": True}, "`num_classes` must be a positive integer.*num_classes=True"),
        ({"num_classes": 3.0}, "`num_classes` must be a positive integer"),
        ({"stride": 8.0}, "`stride` must be 8, 16 or 32. Received: stride=8.0"),
        ({"stride": [8]}, "`stride` must be 8, 16 or 32. Received: stride=\\[8\\]"),
        ({"geometry": ["same"]}, "`geometry` must be"),
        ({"upsampling": None}, "`upsampling` must be"),
        ({"backbone": "resnet"}, "`backbone` must be one of alexnet, vgg11, .*small_vgg.*'resnet'"),
        ({"backbone": ["vgg16"]}, "`backbone` must be one of alexnet"),
        ({"weights_from": "x"}, "`weights_from` must be a keras.Model. Received: .*'x'"),
        ({"input_shape": (5, 5)}, "`input_shape` must be .height, width, channels.*\\(5, 5\\)"),
        ({"input_shape": (None, None, None)}, "`input_shape` must be"),
        ({"input_shape": 5}, "`input_shape` must be"),
        ({"input_shape": (5.0, 5, 3)}, "`input_shape` must be"),
        ({"input_shape": (0, 5, 3)}, "`input_shape` must be"),
    ],
)
def test_wrong_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        fcn(**{"backbone": TINY, "num_classes": 3, **arguments})


def test_numpy_integers_are_integers():
    model = fcn(TINY, np.int64(3), np.int32(16), input_shape=(np.int64(32), None, 3))
    assert model.output_shape == (None, 32, None, 3) and model.name == "fcn16s"


def test_a_classifier_is_no_backbone():
    """Neither with dense layers nor with an unpadded fc6 does it give a map of the picture."""
    classifier = vgg(TINY, num_classes=3)
    with pytest.raises(ValueError, match=r"'drop7' for images of \(224, 224\).* a map of \(\)"):
        fcn(classifier, 3)
    with pytest.raises(ValueError, match=r"\(8, 8\) in layer 'drop7' .* a map of \(2, 2\)"):
        fcn(convolutionalize(classifier), 3)


def test_backbone_without_the_layers():
    images = keras.Input((None, None, 3))
    x = keras.layers.MaxPooling2D(16, padding="same", name="pool4")(images)
    backbone = keras.Model(images, keras.layers.MaxPooling2D(2, padding="same", name="pool5")(x))
    assert fcn(backbone, 3, 16)(np.zeros((1, 33, 20, 3))).shape == (1, 33, 20, 3)
    with pytest.raises(ValueError, match="Missing: pool3"):
        fcn(backbone, 3, 8)
    with pytest.raises(ValueError, match="`backbone` must be a name or a VGGConfig with `geometry"):
        fcn(backbone, 3, 32, "original")


# Table 1 of the paper: parameters, convolutions, receptive field.
@pytest.mark.parametrize(
    "backbone, millions, convolutions, field, crop",
    [("alexnet", 57, 8, 355, 18), ("vgg16", 134, 16, 404, 19), ("googlenet", 6, 22, 907, 2)],
)
def test_published_numbers_of_all_three(backbone, millions, convolutions, field, crop):
    """The crop of FCN-AlexNet, 18, and of FCN-VGG16, 19, are those of the reference models."""
    with without_weights():
        model = fcn(backbone, 21, 32, "original", upsampling="fixed")
    trainable = sum(int(np.prod(weight.shape)) for weight in model.trainable_variables)
    assert round(trainable / 1e6) == millions
    assert len(conv_layers(model)) == convolutions
    found = receptive_field(model, "score_fr")
    assert (found.size, found.stride) == (field, 32)
    assert crops(model) == {"score": (crop, crop)}


def test_googlenet_without_the_average():
    """Section 4.1 discards what table 1 counts: 6 · 32 pixels of the field."""
    with without_weights():
        model = fcn("googlenet", 21, 32)
    assert receptive_field(model, "score_fr").size == 907 - 6 * 32


@pytest.mark.parametrize("geometry", ["same", "original"])
@pytest.mark.parametrize("backbone", ["alexnet", "googlenet"])
def test_every_size_has_its_scores(backbone, geometry):
    with without_weights():
        model = fcn(backbone, 2, 32, geometry)
    least = 29 if (backbone, geometry) == ("googlenet", "original") else 1
    for size in (*range(least, 100), 500):
        assert model.compute_output_shape((1, size, 64, 3)) == (1, size, 64, 2)


@pytest.mark.parametrize("geometry", ["same", "original"])
@pytest.mark.parametrize("backbone", ["alexnet", "googlenet"])
def test_scores_lie_where_their_cells_look(backbone, geometry):
    """One cell's score, enlarged, is highest at the centre of the cell's receptive field."""
    with without_weights():
        model = fcn(backbone, 1, 32, geometry, input_shape=(96, 96, 3))
        field = receptive_field(model, "score_fr")
        scores = model.get_layer("score_fr").output
    upsampling = model.get_layer("upscore")
    kernel = BilinearInitializer()((*upsampling.kernel_size, 1, 1))
    again = keras.layers.Conv2DTranspose(
        1, upsampling.kernel_size, 32, upsampling.padding, use_bias=False
    )
    again.build(scores.shape)
    again.kernel.assign(kernel)
    one = np.zeros((1, *scores.shape[1:3], 1), "float32")
    cell = -(-int(-field.centre) // 32) + 1 if field.centre < 0 else 1
    one[0, cell, cell] = 1
    enlarged = CropToMatch(crops(model)["score"])([again(one), np.zeros((1, 96, 96, 3))])
    found = np.unravel_index(np.argmax(np.array(enlarged)[0, :, :, 0]), (96, 96))
    assert found == (field.centre + 32 * cell,) * 2


def test_strides_that_a_backbone_lacks():
    with pytest.raises(ValueError, match="`stride` must be 32 with the backbone 'alexnet'.*=8"):
        fcn("alexnet", 3)
    two = VGGConfig(((3,),) * 5, (2, 3, 4, 5, 6), dense=7)
    assert fcn(two, 3, 8).name == "fcn8s"


def renamed(scale=1 / 255):
    """A backbone as others build them: other names, its own scale of values."""
    images = x = keras.Input((None, None, 3))
    x = keras.layers.Rescaling(scale, name="rescaling")(x)
    for block in range(1, 6):
        x = keras.layers.Conv2D(4, 3, padding="same", activation="relu", name=f"b{block}")(x)
        x = keras.layers.MaxPooling2D(2, padding="same", name=f"block{block}")(x)
    return keras.Model(images, x)


MAPS = {"top": "block5", "pool4": "block4", "pool3": "block3"}


def test_maps_and_preprocessing_of_other_models():
    backbone = renamed()
    model = randomize(
        fcn(backbone, 3, 8, maps=MAPS, preprocessing=keras.layers.Rescaling(255, name="to_255"))
    )
    assert model.get_layer("b1") is backbone.get_layer("b1")
    images = np.random.default_rng(1).uniform(size=(1, 40, 50, 3)).astype("float32")
    bare = fcn(renamed(1.0), 3, 8, maps=MAPS)
    bare.set_weights(model.get_weights())
    assert np.array(model(images)).std() > 1e-4
    np.testing.assert_allclose(np.array(model(images)), np.array(bare(images)), atol=1e-5)
    with pytest.raises(ValueError, match="`maps` must name others.*Missing: pool5"):
        fcn(backbone, 3, 32, preprocessing=keras.layers.Rescaling(255))


@pytest.mark.parametrize("preprocessing", [None, keras.layers.Rescaling(1 / 255, name="again")])
def test_preprocessing_missing_or_done_twice(preprocessing):
    with pytest.raises(ValueError, match="`preprocessing` must turn images in 0..1 .* once"):
        fcn(renamed(), 3, 32, maps=MAPS, preprocessing=preprocessing)


def test_even_and_odd_windows_on_one_grid():
    """Strided 3 × 3 convolutions: cells lie on pixels, and skips a whole number of them apart."""
    images = x = keras.Input((64, 64, 3))
    for level in range(1, 6):
        x = keras.layers.ZeroPadding2D(1)(x)
        x = keras.layers.Conv2D(4, 3, strides=2, activation="relu", name=f"pool{level}")(x)
    model = fcn(keras.Model(images, x), 2, 8)
    assert model(np.zeros((1, 64, 64, 3))).shape == (1, 64, 64, 2)
    kernels = {
        layer.name: layer.kernel_size[0]
        for layer in model.layers
        if "upscore" in layer.name and hasattr(layer, "kernel")
    }
    assert kernels == {"upscore2": 3, "upscore_pool4": 3, "upscore8": 15}


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"weights": "imagenet"}, "`weights` must be None with this backbone"),
        ({"weights": "coco"}, '`weights` must be "objects" or "imagenet"'),
        ({"maps": {"top": "fc7"}}, "`maps` must be None unless"),
        ({"preprocessing": "caffe"}, "`preprocessing` must be a Keras layer. Received"),
    ],
)
def test_wrong_arguments_of_pretraining(arguments, message):
    with pytest.raises(ValueError, match=message):
        fcn(TINY, 3, **arguments)


def _unpadded_poolings():
    """VGG as `keras.applications` has it: poolings leave out what does not fill a window."""
    images = x = keras.Input((None, None, 3))
    for level in range(1, 6):
        x = keras.layers.Conv2D(4, 3, padding="same", activation="relu")(x)
        x = keras.layers.MaxPooling2D(2, name=f"pool{level}")(x)
    return keras.Model(images, x)


@pytest.mark.parametrize("stride", [8, 16, 32])
def test_poolings_without_padding_cover_every_picture(stride):
    backbone = _unpadded_poolings()
    model = fcn(backbone, 2, stride=stride)
    for layer in model.layers:
        if layer.name.startswith("score_") and layer.weights:
            layer.kernel.assign(keras.random.normal(layer.kernel.shape, seed=1))
    rng = np.random.default_rng(0)
    for size in ((32, 64), (31, 33), (50, 75), (100, 37)):
        image = rng.random((1, *size, 3)).astype("float32")
        got = np.array(model(image))
        assert got.shape == (1, *size, 2)
        # Filled up with zeros by hand it is the same, and what was there is not moved.
        full = np.pad(image, [(0, 0), *((0, -side % 32) for side in size), (0, 0)])
        np.testing.assert_allclose(got, np.array(model(full))[:, : size[0], : size[1]], atol=1e-5)


def test_poolings_with_padding_need_no_filling():
    names = [layer.name for layer in fcn(small_vgg(include_top=False), 2).layers]
    assert "whole_cells" not in names
