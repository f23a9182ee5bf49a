"""Every backbone: its classifier, its convolutional form, and the map over a larger picture."""

import functools

import keras
import numpy as np
import pytest

from segcourse.models import (
    alexnet,
    convolutionalize,
    googlenet,
    small_vgg,
    vgg,
    without_weights,
)
from segcourse.models.graph import steps

CLASSIFIERS = {
    "alexnet": lambda: alexnet(num_classes=8),
    "googlenet": lambda: googlenet(num_classes=8),
    "vgg16": lambda: vgg("D", num_classes=8),
    "small_vgg": lambda: small_vgg(num_classes=8),
}
# The receptive fields of the scores. VGG-16's and small_vgg's by hand: 14·32 - 44 = 404, and
# 1 + Σ of (kernel - 1) · stride: 2·1 + 1 + 2·2 + 2 + 4·4 + 4 + 4·8 + 8 + 4·16 + 16 + 2·32 = 214.
FIELDS = {"alexnet": 355, "googlenet": 907, "vgg16": 404, "small_vgg": 214}


@functools.cache
def classifier(name):
    with without_weights():
        return CLASSIFIERS[name]()


def narrow(name, padded=True, size=None):
    """The same network with an eighth of the channels, and without any padding if so wanted.

    Where padding goes, the branches of a module differ in size: they are cut to the smallest.
    """
    model = classifier(name)
    first = model.inputs[0]
    images = keras.Input((size, size, 3) if size else first.shape[1:])
    tensors = {id(first): images}
    for step in steps(model)[1:]:
        inputs = [tensors[id(tensor)] for tensor in step.inputs]
        tensors[id(step.output)] = _again(step.layer, inputs, padded)
    network = keras.Model(images, tensors[id(model.outputs[0])])
    rng = np.random.default_rng(0)
    for weight in network.weights:
        if len(weight.shape) > 1:
            scale = np.sqrt(2 / np.prod(weight.shape[:-1]))
            weight.assign(rng.normal(size=weight.shape) * scale)
        else:
            weight.assign(rng.uniform(0.5, 1, weight.shape))
    return network


def _again(layer, inputs, padded):
    config = layer.get_config()
    for key in ("filters", "units"):
        if config.get(key, 8) > 8:
            config[key] = config[key] // 8
    if not padded:
        if isinstance(layer, keras.layers.ZeroPadding2D):
            return inputs[0]
        if config.get("padding") == "same":
            config["padding"] = "valid"
        if isinstance(layer, keras.layers.Concatenate):
            inputs = _cut(inputs)
    if isinstance(layer, keras.layers.GlobalAveragePooling2D) and not padded:
        assert inputs[0].shape[1:3] == (7, 7)
    return type(layer).from_config(config)(inputs if len(inputs) > 1 else inputs[0])


def _cut(branches):
    smallest = min(branch.shape[1] for branch in branches if branch.shape[1])
    margins = [(branch.shape[1] - smallest) // 2 for branch in branches]
    return [
        keras.layers.Cropping2D(margin)(branch) if margin else branch
        for branch, margin in zip(branches, margins, strict=True)
    ]


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_the_same_scores(name):
    model = narrow(name)
    images = np.random.default_rng(1).uniform(size=(2, *model.input_shape[1:])).astype("float32")
    expected = model.predict(images, verbose=0)
    assert expected.std() > 1e-3
    got = convolutionalize(model).predict(images, verbose=0)
    assert got.shape == (2, 1, 1, 8)
    np.testing.assert_allclose(got[:, 0, 0], expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_the_map_is_the_classifier_slid_over_the_picture(name):
    """Exactly so where nothing is padded; the classifier then takes its receptive field."""
    field = FIELDS[name]
    model = narrow(name, padded=False, size=field)
    picture = np.random.default_rng(1).uniform(size=(1, field, field + 32, 3)).astype("float32")
    scores = convolutionalize(model).predict(picture, verbose=0)
    assert scores.shape == (1, 1, 2, 8)
    crops = [picture[:, :, 32 * at : 32 * at + field] for at in range(2)]
    slid = [model.predict(crop, verbose=0) for crop in crops]
    assert np.abs(slid[0] - slid[1]).max() > 1e-3
    np.testing.assert_allclose(scores[:, 0], np.stack(slid, axis=1), rtol=1e-4, atol=1e-4)
