"""Claim: the losses take at most 1.5 times as long as Keras' own cross-entropy.

    python benchmarks/losses.py [--rounds 40]

Loss and gradient, compiled as `fit` compiles them on a CPU, each in turn with
`keras.losses.SparseCategoricalCrossentropy` in one run. Prints medians and the median ratio of the
pairs. Where torch and segmentation_models_pytorch are installed, prints how far the losses and
their gradients are from theirs too.
"""

import argparse
import functools
import importlib.util
import statistics
import sys
import time
import types

import keras
import numpy as np

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


def seconds(step):
    """How long one call takes."""
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def compare(shape, rounds):
    """Print how long each loss takes, and how many times as long as Keras' cross-entropy."""
    # Keras' own has no void here: `ignore_class` would make it slower.
    labels, logits = a_batch(shape, void=0.0)
    print(f"\n{'×'.join(map(str, shape))}")
    theirs = step_of(keras.losses.SparseCategoricalCrossentropy(from_logits=True), labels, logits)
    for name, loss in LOSSES.items():
        ours = step_of(loss, labels, logits)
        pairs = [(seconds(theirs), seconds(ours)) for _ in range(rounds + 2)][2:]
        times = [1e3 * statistics.median(one) for one in zip(*pairs, strict=True)]
        ratio = statistics.median(mine / other for other, mine in pairs)
        print(f"{name:34} {times[1]:8.2f} ms, Keras {times[0]:6.2f} ms, {ratio:.2f} times")


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
    """Print the largest difference of the losses, and of their gradients in shares of theirs."""
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
        print(f"{name:34} loss {apart:.1e} apart, gradient {slope:.1e} of the largest")


def main():
    """Times, then differences."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    smp_is_there = importlib.util.find_spec("segmentation_models_pytorch")
    for shape in SHAPES:
        compare(shape, options.rounds)
        if smp_is_there:
            differences(shape)


if __name__ == "__main__":
    main()
