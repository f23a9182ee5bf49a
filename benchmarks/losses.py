"""Claim: the losses take at most 1.5 times as long as Keras' own cross-entropy.

    python benchmarks/losses.py [--rounds 40]

Loss and gradient, compiled as `fit` compiles them on a CPU, each in turn with
`keras.losses.SparseCategoricalCrossentropy` in one run. Where torch and segmentation_models_pytorch
are installed, says how far the losses and their gradients are from theirs too.
"""

import functools
import importlib.util
import sys
import types

import keras
import numpy as np
import stored
import turns

from segcourse.training import (
    DiceLoss,
    FocalLoss,
    LovaszSoftmaxLoss,
    PixelwiseLogisticLoss,
    input_gradient,
)

SHAPES = (4, 128, 128, 21), (2, 256, 256, 3)
LOSSES = {
    "PixelwiseLogisticLoss": PixelwiseLogisticLoss(),
    "DiceLoss": DiceLoss(),
    "FocalLoss": FocalLoss(),
    "PixelwiseLogisticLoss + DiceLoss": PixelwiseLogisticLoss() + DiceLoss(),
    "LovaszSoftmaxLoss": LovaszSoftmaxLoss(),
}


def a_batch(shape, void):
    """Labels in patches of 8×8 pixels, and logits that are right more often than not."""
    rng = np.random.default_rng(0)
    batch, height, width, classes = shape
    labels = rng.integers(0, classes, (batch, height // 8, width // 8))
    labels = labels.repeat(8, axis=1).repeat(8, axis=2).astype("int32")
    logits = rng.normal(size=shape) + 2 * np.eye(classes)[labels]
    labels[rng.random(labels.shape) < void] = 255
    return labels, logits.astype("float32")


def step_of(loss, labels, logits):
    """A function that computes loss and gradient, and waits for them."""
    if keras.config.backend() == "jax":
        import jax

        step = jax.jit(jax.value_and_grad(lambda x, y: loss(y, x)))
        labels, logits = map(jax.numpy.asarray, (labels, logits))
        return lambda: jax.block_until_ready(step(logits, labels))
    import tensorflow as tf

    @tf.function(autograph=False)
    def step(labels, logits):
        with tf.GradientTape() as tape:
            tape.watch(logits)
            value = loss(labels, logits)
        return value, tape.gradient(value, logits)

    labels, logits = tf.constant(labels), tf.constant(logits)
    return lambda: step(labels, logits)[1].numpy()


def compare(shape, rounds):
    """How long each loss takes, and how many times as long as Keras' cross-entropy."""
    # Keras' own has no void here: `ignore_class` would make it slower.
    labels, logits = a_batch(shape, void=0.0)
    backend = "" if keras.config.backend() == "tensorflow" else f"{keras.config.backend()}: "
    theirs = step_of(keras.losses.SparseCategoricalCrossentropy(from_logits=True), labels, logits)
    for name, loss in LOSSES.items():
        times = turns.in_turns({0: theirs, 1: step_of(loss, labels, logits)}, rounds, warm=2)
        yield f"{backend}{name}, {shape[-1]} classes", turns.against(times[1], times[0])


@functools.cache
def torch_losses():
    """Those of segmentation_models_pytorch, without its encoders, which need torchvision."""
    name = "segmentation_models_pytorch"
    package = types.ModuleType(name)
    package.__path__ = list(importlib.util.find_spec(name).submodule_search_locations)
    sys.modules.setdefault(name, package)
    losses = importlib.import_module(f"{name}.losses")
    settings = {"mode": "multiclass", "ignore_index": 255}
    return {
        "DiceLoss": losses.DiceLoss(**settings),
        "FocalLoss": losses.FocalLoss(**settings),
        "LovaszSoftmaxLoss": losses.LovaszLoss(**settings),
    }


def differences(shape):
    """The largest difference of the losses, and of their gradients in shares of theirs."""
    import torch

    labels, logits = a_batch(shape, void=0.1)
    for name, theirs in torch_losses().items():
        x = torch.tensor(logits.transpose(0, 3, 1, 2).copy(), requires_grad=True)
        value = theirs(x, torch.tensor(labels).long())
        value.backward()
        wanted = x.grad.numpy().transpose(0, 2, 3, 1)
        ours = LOSSES[name]
        got = input_gradient(lambda z, loss=ours: loss(labels, z), logits, np.float32(1))
        apart = abs(float(ours(labels, logits)) - float(value.detach()))
        slope = np.abs(keras.ops.convert_to_numpy(got) - wanted).max() / np.abs(wanted).max()
        yield (
            f"{name}, {shape[-1]} classes, against torch",
            {
                "losses apart": stored.digits(apart, 1),
                "gradients, of the largest": stored.digits(float(slope), 1),
            },
        )


def add_arguments(parser):
    """Rounds; None: what --quick says."""
    parser.add_argument("--rounds", type=int)


def measure(options):
    """Times, then differences."""
    smp_is_there = importlib.util.find_spec("segmentation_models_pytorch")
    for shape in SHAPES:
        yield from compare(shape, options.rounds or (10 if options.quick else 40))
        if smp_is_there:
            yield from differences(shape)


if __name__ == "__main__":
    stored.command_line(__doc__, measure, add_arguments)
