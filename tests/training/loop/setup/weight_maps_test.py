import keras
import numpy as np
import pytest
from keras import ops

from segcourse.data import separation_weights
from segcourse.training import PixelwiseLogisticLoss, Recipe, fit
from segcourse.training.loop.setup.weight_maps import weight_maps
from tests.training import runs


def one_layer():
    return keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            keras.layers.Conv2D(2, 3, kernel_initializer=keras.initializers.GlorotUniform(1),
                                padding="same"),
        ]
    )  # fmt: skip


def class_one_counts_five(labels):
    return np.where(labels == 1, 5.0, 1.0)


def test_training_loss_is_the_weighted_mean_and_validation_has_none():
    images, labels = runs.data(4)
    model = one_layer()
    recipe = Recipe(
        optimizer="sgd", learning_rate=1e-30, weight_decay=0, epochs=1, batch_size=4,
        pixel_weights=class_one_counts_five,
    )  # fmt: skip
    history = fit(model, (images, labels), (images, labels), recipe).epochs[0]
    logits, loss = model(images / np.float32(255)), PixelwiseLogisticLoss()
    expected = float(loss(labels, logits, class_one_counts_five(labels)))
    assert history["loss"] == pytest.approx(expected, 1e-5)
    plain = float(loss(labels, logits))
    assert history["val_loss"] == pytest.approx(plain, 1e-5)
    assert abs(expected - plain) > 1e-3


def test_the_steps_are_those_of_keras_with_sample_weights():
    images, labels = runs.data(4)
    ours, theirs = one_layer(), one_layer()
    recipe = Recipe(
        optimizer="sgd", weight_decay=0, momentum=0.5, learning_rate=0.1, epochs=3, batch_size=4,
        pixel_weights=class_one_counts_five,
    )  # fmt: skip
    fit(ours, (images, labels), recipe=recipe)
    theirs.compile(keras.optimizers.SGD(0.1, momentum=0.5), PixelwiseLogisticLoss())
    for _ in range(3):
        theirs.train_on_batch(
            images / np.float32(255), labels.astype("int32"), class_one_counts_five(labels)
        )
    for one, other in zip(ours.weights, theirs.weights, strict=True):
        np.testing.assert_allclose(
            ops.convert_to_numpy(one), ops.convert_to_numpy(other), atol=1e-5
        )


def test_weights_go_through_the_augmentation():
    def loss(**settings):
        recipe = runs.recipe(epochs=1, batch_size=12, **settings)
        return fit(one_layer(), runs.data(), recipe=recipe).epochs[0]["loss"]

    weighted = loss(pixel_weights=separation_weights)
    assert np.isfinite(weighted) and weighted == loss(pixel_weights=separation_weights)
    assert weighted != loss()


def test_each_image_once():
    seen = []

    def ones(labels):
        seen.append(labels.copy())
        return np.ones(labels.shape)

    images, labels = runs.data(5)
    fit(one_layer(), (images, labels), recipe=Recipe(epochs=2, pixel_weights=ones))
    np.testing.assert_array_equal(seen, labels)


def test_a_checkpoint_knows_the_weights(tmp_path):
    def run(weights, epochs):
        return fit(
            one_layer(), runs.data(),
            recipe=Recipe(epochs=epochs, checkpoint=tmp_path, pixel_weights=weights),
        )  # fmt: skip

    run(class_one_counts_five, 1)
    assert run(class_one_counts_five, 2).resumed_from == 1
    for other in (None, lambda labels: np.where(labels == 1, 4.0, 1.0)):
        with pytest.raises(ValueError, match="differs in data pixel weights"):
            run(other, 3)


@pytest.mark.parametrize(
    "function, message",
    [
        (lambda labels: np.ones((2, 2)), "Received: shape=.2, 2., dtype=float64 for image 0"),
        (lambda labels: None, "Received: shape=..,"),
        (lambda labels: -np.ones(labels.shape), "Received: values from -1 to -1"),
        (lambda labels: np.full(labels.shape, np.nan), "Received: values from nan to nan"),
        (lambda labels: 0.0 * labels, "not all 0. Received: values from 0 to 0"),
    ],
)
def test_what_is_no_weight_map(function, message):
    with pytest.raises(ValueError, match=f"`pixel_weights` must give .*{message}"):
        weight_maps(function, np.zeros((2, 4, 4), int))


def test_an_error_says_which_image():
    labels = np.stack([np.eye(4, dtype=int), np.zeros((4, 4), int)])
    labels[1, 0, 0] = -1
    with pytest.raises(ValueError, match="`pixel_weights` .* Image 1 of `train`: `instances` must"):
        weight_maps(separation_weights, labels)


def test_a_picture_without_cells_has_background_weights():
    labels = np.stack([np.eye(4, dtype=int), np.zeros((4, 4), int), np.full((4, 4), 255)])
    weights = weight_maps(separation_weights, labels)
    np.testing.assert_array_equal(weights[0], separation_weights(labels[0]))
    np.testing.assert_array_equal(weights[1:], np.stack([np.ones((4, 4)), np.zeros((4, 4))]))
