import keras
import numpy as np
import pytest

import segcourse.data
from segcourse.data import augment
from segcourse.training import Recipe, fit
from segcourse.training.loop.setup.setup import make_setup
from tests.training import runs


def same(one, other):
    one, other = (list(batches.as_numpy_iterator()) for batches in (one, other))
    assert len(one) == len(other)
    for batch, expected in zip(one, other, strict=True):
        assert all(map(np.array_equal, batch, expected))


def test_it_knows_what_a_run_needs():
    model = runs.model()
    setup = make_setup(model, runs.data(), runs.data(4), runs.recipe(repeats=2, accumulate=5))
    assert (
        setup.model is setup.original is model and setup.num_classes == 2 and setup.budget is None
    )
    assert (setup.plan.images, setup.plan.batch_size, setup.plan.size) == (24, 5, 1)
    assert (len(setup.train), len(setup.val)) == (12, 4)
    by_clock = make_setup(model, runs.data(), None, Recipe(minutes=2, accumulate="auto"))
    assert by_clock.budget.seconds == 120 and by_clock.plan.full_only
    assert (by_clock.plan.parts, by_clock.val) == (1, None)


def test_its_epochs_are_those_of_the_pipeline_whatever_the_size():
    recipe = runs.recipe(seed=3)  # augmented
    setup = make_setup(runs.model(), runs.data(), None, recipe)
    for parts in (1, 5):
        options = dict(shuffle=True, augment=recipe.augment, seed=3, epoch=7)
        expected = segcourse.data.pipeline(runs.data(), 5 // parts, **options)
        plan = setup.plan.in_parts(parts)
        same(setup.epoch(7, plan), expected)
        same(setup.epoch(7, plan, 1, 3), expected.skip(1).take(2))


def test_weights_are_made_once_and_come_with_the_batches():
    calls = []

    def ones(labels):
        calls.append(1)
        return np.ones(labels.shape)

    setup = make_setup(runs.model(), runs.data(), None, Recipe(pixel_weights=ones))
    images, labels, weights = next(setup.epoch(0, setup.plan).as_numpy_iterator())
    assert len(calls) == 12 and weights.shape == labels.shape and (weights == 1).all()
    assert setup.train.fingerprint()["pixel weights"].startswith("crc32")


IMAGES = np.zeros((2, 8, 8, 3), "uint8")
LABELS = np.arange(128).reshape(2, 8, 8) % 2


def _model(size=None, activation=None):
    images = keras.Input((size, size, 3))
    return keras.Model(images, keras.layers.Conv2D(2, 1, activation=activation)(images))


def _fit(model, **settings):
    val = settings.pop("val", None)
    return fit(model, (IMAGES, LABELS), val, Recipe(epochs=1, **settings))


def test_void_is_no_class_with_validation_or_without():
    for val in (None, (IMAGES, LABELS)):
        with pytest.raises(ValueError, match="`void` must not be one of the 2 class ids.*void=0"):
            _fit(_model(), void=0, val=val)
    _fit(_model(), void=2)


def test_what_does_not_fit_the_model_is_said_before_the_first_step():
    model = _model(8)
    before = model.get_weights()
    larger = np.zeros((2, 10, 10, 3), "uint8"), np.arange(200).reshape(2, 10, 10) % 2
    with pytest.raises(ValueError, match="images of `val` must have the size .* 8×8"):
        _fit(model, val=larger)
    with pytest.raises(ValueError, match="images of `train`, augmented .* size .* 16×16"):
        _fit(_model(16))
    with pytest.raises(ValueError, match="images of `train`, augmented .*Received: 4×4"):
        _fit(model, augment=augment(crop=(4, 4)))
    for one, other in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("end", ["activation", "layer", "sequential"])
def test_a_softmax_at_the_end_is_named(end):
    if end == "activation":
        model = _model(8, "softmax")
    else:
        model = _model(8)
        layer = keras.layers.Softmax()
        model = keras.Model(model.inputs, layer(model.outputs[0]))
        if end == "sequential":
            model = keras.Sequential([keras.Input((8, 8, 3)), model])
    with pytest.raises(ValueError, match="`model` must give logits.*a softmax"):
        _fit(model)


def test_nothing_to_train_is_named():
    model = _model()
    for layer in model.layers:
        layer.trainable = False
    with pytest.raises(ValueError, match="`model` must have weights to train.*frozen"):
        _fit(model)


def test_logits_in_a_list_are_named():
    model = _model()
    with pytest.raises(ValueError, match="`model` must give its logits alone"):
        _fit(keras.Model(model.inputs, [model.outputs[0]]))


def test_pictures_of_different_sizes_are_named():
    with pytest.raises(ValueError, match="the images of `train` must be one array"):
        fit(_model(), ([IMAGES[0], IMAGES[0][:4]], LABELS), recipe=Recipe(epochs=1))
