from dataclasses import replace

import keras
import numpy as np
import pytest

from segcourse import data
from segcourse.models import VGGConfig, fcn
from segcourse.training import Recipe, evaluate, fit, fit_head

TINY = VGGConfig(
    kernels=((3,), (3,), (3,), (3,), (3,)),
    filters=(4, 4, 4, 6, 6),
    dense=8,
    dense_kernel=1,
    dropout=0.0,
    normalization="batch",
)
RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (6, 32, 48, 3)).astype("uint8")
LABELS = (IMAGES[..., 0] > 128).astype("uint8")
RECIPE = Recipe(learning_rate=0.02, batch_size=4, epochs=3, seed=3)


def frozen_fcn(config=TINY, stride=8):
    keras.utils.set_random_seed(5)
    model = fcn(config, 2, stride=stride)
    for layer in model.layers:
        layer.trainable = layer.name.startswith(("score", "upscore"))
        if isinstance(layer, keras.layers.BatchNormalization):
            # Stored means far from those of a batch: the two modes differ plainly.
            layer.moving_mean.assign(RNG.normal(size=layer.moving_mean.shape))
    return model


def weights(model):
    return [keras.ops.convert_to_numpy(variable) for variable in model.weights]


def class_one_counts_five(labels):
    return np.where(labels == 1, 5.0, 1.0)


WEIGHTED = replace(RECIPE, repeats=2, pixel_weights=class_one_counts_five)


@pytest.mark.parametrize("stride, recipe", [(32, RECIPE), (8, RECIPE), (8, WEIGHTED)])
def test_the_weights_are_those_of_a_fit_of_the_whole_model(stride, recipe):
    whole, cached = frozen_fcn(stride=stride), frozen_fcn(stride=stride)
    cached.set_weights(whole.get_weights())
    start = weights(whole)
    first = fit(whole, (IMAGES, LABELS), (IMAGES, LABELS), recipe)
    second = fit_head(cached, (IMAGES, LABELS), (IMAGES, LABELS), recipe)
    for one, other in zip(weights(whole), weights(cached), strict=True):
        np.testing.assert_allclose(one, other, atol=2e-5)
    assert any(np.abs(a - b).max() > 0.01 for a, b in zip(start, weights(cached), strict=True))
    for key in ("loss", "val_loss", "val_mean_iou", "learning_rate"):
        ours, theirs = ([epoch[key] for epoch in h.epochs] for h in (second, first))
        np.testing.assert_allclose(ours, theirs, atol=1e-4)
    final = evaluate(cached, (IMAGES, LABELS))["mean_iou"]
    assert final == pytest.approx(second.epochs[-1]["val_mean_iou"], abs=1e-6)


def test_frozen_weights_do_not_move_and_the_backbone_runs_once(monkeypatch):
    model = frozen_fcn()
    before = {v.path: keras.ops.convert_to_numpy(v).copy() for v in model.non_trainable_variables}
    seen = []
    call = keras.layers.MaxPooling2D.call
    monkeypatch.setattr(
        keras.layers.MaxPooling2D, "call", lambda self, x: seen.append(self.name) or call(self, x)
    )
    fit_head(model, (IMAGES, LABELS), recipe=RECIPE)
    for variable in model.non_trainable_variables:
        np.testing.assert_array_equal(keras.ops.convert_to_numpy(variable), before[variable.path])
    # Traced for whole and for partial batches at most, and never in the training step.
    assert seen.count("pool1") <= 3


def test_dropout_before_frozen_layers_still_draws():
    model, other = frozen_fcn(replace(TINY, dropout=0.5)), frozen_fcn(replace(TINY, dropout=0.5))
    other.set_weights(model.get_weights())
    losses = [
        [epoch["loss"] for epoch in train(one, (IMAGES, LABELS), recipe=RECIPE).epochs]
        for one, train in ((model, fit), (other, fit_head))
    ]
    np.testing.assert_allclose(*losses, atol=1e-4)


def test_a_checkpoint_belongs_to_one_backbone(tmp_path):
    recipe = replace(RECIPE, checkpoint=tmp_path, epochs=2)
    model = frozen_fcn()
    start = model.get_weights()
    fit_head(model, (IMAGES, LABELS), recipe=recipe)
    model.set_weights(start)
    done = fit_head(model, (IMAGES, LABELS), recipe=replace(recipe, epochs=3))
    assert done.resumed_from == 2
    model.get_layer("conv1_1").set_weights([start[0] + 1])
    with pytest.raises(ValueError, match="`checkpoint` must be.*features"):
        fit_head(model, (IMAGES, LABELS), recipe=replace(recipe, epochs=3))


def test_what_it_refuses():
    model = frozen_fcn()
    augment = data.augment(flip=True)
    with pytest.raises(ValueError, match="`recipe` must have augment=None"):
        fit_head(model, (IMAGES, LABELS), recipe=Recipe(augment=augment))
    with pytest.raises(ValueError, match="`recipe` must be a Recipe"):
        fit_head(model, (IMAGES, LABELS), recipe=3)
    with pytest.raises(ValueError, match="`train` must be below the model's 2 outputs"):
        fit_head(model, (IMAGES, LABELS + 7), recipe=RECIPE)
    for layer in model.layers:
        layer.trainable = True
    with pytest.raises(ValueError, match="`model` must begin with frozen layers"):
        fit_head(model, (IMAGES, LABELS), recipe=RECIPE)
