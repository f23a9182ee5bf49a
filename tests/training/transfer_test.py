import keras
import numpy as np
import pytest

from segcourse.models import small_vgg
from segcourse.training import transfer

RNG = np.random.default_rng(0)
TRAIN = RNG.integers(0, 256, (10, 32, 32, 3)).astype("uint8"), np.zeros((10, 32, 32), "uint8")
TUNED = 4


@pytest.fixture(scope="module")
def classifier():
    return small_vgg(weights="objects")


@pytest.fixture(scope="module")
def frozen():
    """Trained by the two ways that freeze the backbone, by their names."""
    ways = {"frozen": 2, "FCN-32s-fixed": 4}
    return {way: transfer.WAYS[way](TRAIN, 3, steps=steps) for way, steps in ways.items()}


@pytest.fixture(scope="module")
def fine_tuned():
    """A function that trains by the third way; and what it gave at first."""

    def again():
        return transfer.fine_tuned(TRAIN, 3, seed=4, steps=TUNED)

    return again, again()


def moved(model, classifier):
    """Names of the layers whose weights are not those of the classifier."""
    names = {layer.name for layer in classifier.layers if layer.weights} - {"fc8"}
    return {
        name
        for name in names
        if any(
            not np.array_equal(a.ravel(), b.ravel())
            for a, b in zip(
                model.get_layer(name).get_weights(),
                classifier.get_layer(name).get_weights(),
                strict=True,
            )
        )
    }


@pytest.mark.parametrize("way", ["frozen", "FCN-32s-fixed"])
def test_a_frozen_backbone_stays_as_it_was(way, frozen, classifier):
    model = frozen[way]
    assert not moved(model, classifier)
    assert np.abs(model.get_layer("score_fr").get_weights()[0]).max() > 0  # it started at zero
    assert model.name == {"frozen": "fcn8s", "FCN-32s-fixed": "fcn32s"}[way]


def test_only_the_score_layer_trains_in_32s_fixed(frozen):
    model = frozen["FCN-32s-fixed"]
    trains = {layer.name for layer in model.layers if layer.trainable_variables}
    assert trains == {"score_fr"}
    fixed = model.get_layer("upscore").get_weights()[0]
    fresh = transfer.pretrained_fcn(3, 32, upsampling="fixed").get_layer("upscore").get_weights()[0]
    np.testing.assert_array_equal(fixed, fresh)


def test_fine_tuning_moves_everything_a_little(fine_tuned, classifier):
    _, model = fine_tuned
    assert moved(model, classifier) == {
        layer.name for layer in classifier.layers if layer.weights
    } - {"fc8"}
    kernel = model.get_layer("conv3_2").get_weights()[0]
    start = classifier.get_layer("conv3_2").get_weights()[0]
    assert np.abs(kernel - start).max() < 2 * TUNED * transfer.TUNING_RATE


def test_scratch_has_nothing_of_the_classifier(classifier):
    model = transfer.from_scratch(TRAIN, 3, steps=1)
    kernels = {layer.name for layer in classifier.layers if layer.name.startswith("conv")}
    assert kernels <= moved(model, classifier)


def test_every_way_is_repeatable(fine_tuned):
    again, model = fine_tuned
    for a, b in zip(model.get_weights(), again().get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize(
    ("images", "steps", "epochs"), [(32, 200, 50), (16, 200, 100), (10, 8, 4), (128, 3, 1)]
)
def test_as_many_steps_whatever_the_number_of_images(images, steps, epochs):
    assert transfer.recipe_of((np.zeros(images),), steps, 0.1, 0).epochs == epochs


def test_all_layers_of_the_backbone_are_frozen(frozen):
    model = frozen["frozen"]
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            assert not layer.trainable
