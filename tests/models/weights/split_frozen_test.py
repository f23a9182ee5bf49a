import keras
import numpy as np
import pytest

from segcourse.models import VGGConfig, fcn, split_frozen

TINY = VGGConfig(
    kernels=((1,), (1,), (3,), (3,), (3,)),
    filters=(4, 4, 4, 6, 6),
    dense=8,
    dense_kernel=1,
    dropout=0.5,
    normalization="batch",
)
IMAGES = np.random.default_rng(0).random((2, 40, 64, 3), "float32")


def frozen_fcn(stride=8, trains=("score", "upscore")):
    keras.utils.set_random_seed(1)
    model = fcn(TINY, 3, stride=stride)
    for layer in model.layers:
        layer.trainable = layer.name.startswith(trains)
        if layer.name.startswith("score"):  # zeros would hide everything before them
            for weight in layer.weights:
                weight.assign(np.random.default_rng(2).random(weight.shape, "float32") - 0.5)
    return model


def names(tensors):
    return [tensor._keras_history[0].name for tensor in tensors]


@pytest.mark.parametrize("stride", [32, 16, 8])
def test_features_then_head_is_the_model(stride):
    model = frozen_fcn(stride)
    features, head = split_frozen(model)
    np.testing.assert_allclose(head(features(IMAGES)), model(IMAGES), atol=1e-6)
    assert {id(v) for v in head.trainable_variables} == {id(v) for v in model.trainable_variables}
    assert not features.trainable_variables and features.count_params() > 0


def test_the_model_can_still_be_saved(tmp_path):
    model = frozen_fcn(8)
    features, head = split_frozen(model)
    model.save(tmp_path / "whole.keras")
    again = keras.saving.load_model(tmp_path / "whole.keras")
    np.testing.assert_allclose(again(IMAGES), model(IMAGES), atol=1e-6)
    np.testing.assert_allclose(head(features(IMAGES)), model(IMAGES), atol=1e-6)


def test_the_cut_is_before_what_draws_at_random():
    model = frozen_fcn(8)
    features, head = split_frozen(model)
    # fc7 is frozen, yet what it takes changes from step to step.
    assert sorted(names(features.outputs)) == ["fc6", "images", "pool3", "pool4"]
    assert "fc7" in [layer.name for layer in head.layers]
    assert "fc6" not in [layer.name for layer in head.layers]


def test_batch_normalisation_that_collects_is_not_frozen():
    images = keras.Input((8, 8, 3))
    x = keras.layers.Conv2D(2, 1, trainable=False, name="conv")(images)
    normal = keras.layers.BatchNormalization(scale=False, center=False, name="bn")
    model = keras.Model(images, keras.layers.Conv2D(2, 1)(normal(x)))
    assert not normal.trainable_variables
    assert names(split_frozen(model)[0].outputs) == ["conv"]
    normal.trainable = False
    assert names(split_frozen(model)[0].outputs) == ["bn"]


def test_models_that_cannot_be_split():
    model = frozen_fcn()
    for layer in model.layers:
        layer.trainable = True
    with pytest.raises(ValueError, match="`model` must begin with frozen layers.*fcn8s"):
        split_frozen(model)
    model.trainable = False
    with pytest.raises(ValueError, match="`model` must have a layer with weights that train"):
        split_frozen(model)
    with pytest.raises(ValueError, match="`model` must be a keras.Model"):
        split_frozen("fcn")
