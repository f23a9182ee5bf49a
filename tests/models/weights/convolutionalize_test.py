import keras
import numpy as np
import pytest

from segcourse.models import VGGConfig, convolutionalize, vgg

TINY = VGGConfig(((3,), (3, 3)), (4, 6), dense=8, dense_kernel=3)


def randomize(model, seed=0):
    rng = np.random.default_rng(seed)
    for weight in model.weights:
        # Positive, as moving variances have to be.
        draw = rng.uniform(0.5, 1.5, weight.shape) if "variance" in weight.name else None
        weight.assign(rng.normal(size=weight.shape) * 0.4 if draw is None else draw)
    return model


def classifier(padding="valid"):
    return randomize(
        keras.Sequential(
            [
                keras.Input((14, 10, 3)),
                keras.layers.Conv2D(4, 3, padding=padding, activation="relu"),
                keras.layers.MaxPooling2D(2),
                keras.layers.BatchNormalization(),
                keras.layers.Flatten(),
                keras.layers.Dropout(0.3),
                keras.layers.Dense(7, activation="relu", name="first"),
                keras.layers.BatchNormalization(name="normal"),
                keras.layers.Dropout(0.5, name="drop"),
                keras.layers.Dense(6, use_bias=False, name="second"),
                keras.layers.ReLU(),
                keras.layers.Dense(5, activation="softmax", name="third"),
            ]
        )
    )


@pytest.mark.parametrize(
    "model, size",
    [
        (lambda: classifier("valid"), (14, 10)),
        (lambda: classifier("same"), (14, 10)),
        (lambda: randomize(vgg(TINY, num_classes=5)), (12, 12)),
    ],
)
def test_same_scores_at_the_training_size(model, size):
    model = model()
    images = np.random.default_rng(1).normal(size=(3, *size, 3)).astype("float32")
    network = convolutionalize(model)
    assert network.input_shape == (None, None, None, 3)
    scores = np.array(network(images))
    assert scores.shape == (3, 1, 1, 5)
    np.testing.assert_allclose(scores[:, 0, 0], np.array(model(images)), rtol=1e-4, atol=1e-5)
    assert network.count_params() == model.count_params()


def test_map_is_the_classifier_slid_over_the_picture():
    model = classifier("valid")
    image = np.random.default_rng(1).normal(size=(1, 20, 18, 3)).astype("float32")
    scores = np.array(convolutionalize(model)(image))
    assert scores.shape == (1, 4, 5, 5)
    for row in range(4):
        for column in range(5):
            crop = image[:, 2 * row : 2 * row + 14, 2 * column : 2 * column + 10]
            np.testing.assert_allclose(scores[:, row, column], np.array(model(crop)), atol=1e-5)
    assert scores.std() > 0.01


def test_flatten_order_is_height_width_channels():
    """One dense row per place and channel: each must land on its own kernel entry."""
    model = keras.Sequential(
        [keras.Input((2, 3, 4)), keras.layers.Flatten(), keras.layers.Dense(5, name="fc")]
    )
    kernel = np.arange(24 * 5.0).reshape(24, 5)
    model.get_layer("fc").kernel.assign(kernel)
    converted = np.array(convolutionalize(model).get_layer("fc").kernel)
    for row in range(2):
        for column in range(3):
            for channel in range(4):
                index = (row * 3 + column) * 4 + channel
                np.testing.assert_array_equal(converted[row, column, channel], kernel[index])


def test_kinds_and_names_of_the_converted_layers():
    network = convolutionalize(classifier())
    kernels = {name: network.get_layer(name).kernel_size for name in ("first", "second", "third")}
    assert kernels == {"first": (6, 4), "second": (1, 1), "third": (1, 1)}
    assert network.get_layer("drop").rate == 0.5
    assert network.get_layer("third").activation is keras.activations.softmax


def test_weights_are_its_own():
    model = classifier()
    network = convolutionalize(model)
    before = model.get_weights()
    for weight in network.weights:
        weight.assign_add(weight * 0 + 1)
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


@pytest.mark.parametrize("kind", ["GlobalAveragePooling2D", "GlobalMaxPooling2D"])
def test_global_pooling_slides(kind):
    model = keras.Sequential(
        [
            keras.Input((6, 5, 3)),
            keras.layers.Conv2D(4, 3),
            getattr(keras.layers, kind)(),
            keras.layers.Dense(2),
        ]
    )
    image = np.random.default_rng(1).normal(size=(1, 7, 8, 3)).astype("float32")
    scores = np.array(convolutionalize(model)(image))
    assert scores.shape == (1, 2, 4, 2)
    for row in range(2):
        for column in range(4):
            crop = image[:, row : row + 6, column : column + 5]
            np.testing.assert_allclose(scores[:, row, column], np.array(model(crop)), atol=1e-5)


def test_saved_and_loaded(tmp_path):
    network = convolutionalize(classifier())
    network.save(tmp_path / "network.keras")
    again = keras.models.load_model(tmp_path / "network.keras")
    image = np.random.default_rng(1).normal(size=(1, 20, 18, 3)).astype("float32")
    np.testing.assert_allclose(np.array(again(image)), np.array(network(image)), atol=1e-6)


def tail(*layers, size=(6, 5, 3)):
    return keras.Sequential([keras.Input(size), keras.layers.Conv2D(4, 3), *layers])


@pytest.mark.parametrize(
    "layers, named",
    [
        ([keras.layers.Flatten, lambda: keras.layers.Reshape((4, 12), name="odd")], "'odd'"),
        ([keras.layers.Flatten, lambda: keras.layers.BatchNormalization(name="bn")], "'bn'"),
        ([lambda: keras.layers.Reshape((48,), name="reshape")], "'reshape'"),
        ([], "'conv2d"),
        (
            [
                lambda: keras.layers.GlobalAveragePooling2D(keepdims=True, name="gap"),
                keras.layers.Flatten,
            ],
            "'gap'",
        ),
    ],
)
def test_what_cannot_be_converted_is_named(layers, named):
    with pytest.raises(ValueError, match=f"`model` .*Received: .*{named}"):
        convolutionalize(tail(*[layer() for layer in layers]))


def test_branches_and_open_sizes():
    images = keras.Input((6, 5, 3))
    flat = keras.layers.Flatten()(images)
    branches = [keras.layers.Dense(2)(flat), keras.layers.Dense(2)(flat)]
    with pytest.raises(ValueError, match="branches"):
        convolutionalize(keras.Model(images, keras.layers.Add(name="sum")(branches)))
    with pytest.raises(ValueError, match="one size of image"):
        convolutionalize(tail(keras.layers.GlobalAveragePooling2D(), size=(None, None, 3)))
