"""What `device()` chooses on a GPU, mixed precision and XLA, trains every network of the package.

On the processor here: XLA compiles for it, too, and refuses there what it refuses on a GPU.
"""

import importlib

import keras
import numpy as np
import pytest

from segcourse import models
from segcourse.training import Recipe, device, fit
from segcourse.training.loop import compile_model
from tests.thorough import sample

# The name `segcourse.training.device` is the function.
device_module = importlib.import_module("segcourse.training.devices.device")


def thinner(backbone):
    """FCN-32s on a published network with an eighth of its channels."""

    def layer_like(layer):
        config = layer.get_config()
        if config.get("filters", 0) > 8:
            config["filters"] //= 8
        return type(layer).from_config(config)

    with models.without_weights():
        model = models.fcn(backbone, 3, stride=32)
    return keras.models.clone_model(model, clone_function=layer_like)


THIN = models.VGGConfig(((3,),) * 5, (2, 3, 4, 5, 6), dense=4)
NORMALISED = models.VGGConfig(((3,),) * 5, (2, 3, 4, 5, 6), dense=4, normalization="batch")
NETWORKS = {
    "fcn-16s": lambda: models.fcn(THIN, 3, stride=16),
    "fcn-8s": lambda: models.fcn(NORMALISED, 3, stride=8),
    "fcn-8s, fixed": lambda: models.fcn(THIN, 3, stride=8, upsampling="fixed"),
    "fcn-8s, original": lambda: models.fcn(THIN, 3, stride=8, geometry="original"),
    "fcn-32s, alexnet": lambda: thinner("alexnet"),
    "fcn-32s, googlenet": lambda: thinner("googlenet"),
    "unet": lambda: models.unet(3, (None, None, 3), depth=2, base_channels=2),
    "unet, added": lambda: models.unet(
        3, (32, 32, 3), depth=2, base_channels=2, skips="add", batch_norm=True
    ),
    "deeplab v1": lambda: models.deeplab_v1(3, THIN, rate=1),
    "deeplab v2": lambda: models.deeplab_v2(3, THIN, rates=(1, 2)),
}
CAPABILITIES = {"mixed_float16": (7, 5), "mixed_bfloat16": (9, 0)}
# Compiling takes most of the time: every network in one precision, these in both. After a change
# those are left out whose layers stand in others, too.
COVERED = ("fcn-8s, original", "fcn-32s, googlenet", "unet", "deeplab v1")
CASES = [("mixed_float16", name) for name in NETWORKS if name not in sample(COVERED, all=())]
CASES += [("mixed_bfloat16", name) for name in sample(["fcn-8s"], all=["fcn-8s", "unet, added"])]


def pretend_gpu(monkeypatch, precision):
    """`device()` finds a GPU with a capability for this precision; Keras goes on with what is."""
    found = device_module._Found("gpu", "none", 2**30, CAPABILITIES[precision])
    monkeypatch.setitem(device_module._FINDERS, keras.config.backend(), lambda: found)
    assert (device().precision, device().xla) == (precision, True)
    # "auto" is what `fit` says, and on TensorFlow without a GPU Keras makes "off" of it.
    monkeypatch.setattr(compile_model, "jit_compile", lambda: True)


@pytest.mark.parametrize(("precision", "name"), CASES)
def test_every_network_trains(monkeypatch, precision, name):
    pretend_gpu(monkeypatch, precision)
    keras.utils.set_random_seed(0)
    model = NETWORKS[name]()
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (2, 32, 32, 3)).astype("uint8")
    labels = rng.integers(0, 3, (2, 32, 32)).astype("uint8")
    before = [np.array(keras.ops.convert_to_numpy(v)) for v in model.trainable_variables]
    history = fit(model, (images, labels), recipe=Recipe(epochs=1, batch_size=2))
    assert model.jit_compile is True
    assert all(np.isfinite(epoch["loss"]) for epoch in history.epochs)
    after = [keras.ops.convert_to_numpy(v) for v in model.trainable_variables]
    assert all(np.isfinite(value).all() for value in after)
    changed = [not np.array_equal(a, b) for a, b in zip(before, after, strict=True)]
    assert sum(changed) > len(changed) / 2
