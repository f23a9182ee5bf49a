"""Claim: `PixelwiseLogisticLoss` is quicker than Keras' own loss for labels, void pixels and all.

    python benchmarks/pixelwise_loss.py [--rounds 60]

8 maps of 96×96 with 6 classes, loss and gradient, compiled as `fit` compiles them on a CPU. Both
take turns in one run. Prints medians, and the median over the rounds of their ratio.
"""

import argparse
import statistics
import time

import keras
import numpy as np
import tensorflow as tf

from segcourse.training import PixelwiseLogisticLoss

SHAPE, CLASSES = (8, 96, 96), 6


def step_of(loss, labels, logits):
    """A function that computes loss and gradient."""

    @tf.function(autograph=False)
    def step(labels, logits):
        with tf.GradientTape() as tape:
            tape.watch(logits)
            value = loss(labels, logits)
        return value, tape.gradient(value, logits)

    return lambda: step(labels, logits)


def main():
    """Both in turns."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    labels = tf.constant(rng.integers(0, CLASSES, SHAPE).astype("int32"))
    logits = tf.constant(rng.normal(size=(*SHAPE, CLASSES)).astype("float32"))
    theirs = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    sides = {"Keras'": theirs, "the course's": PixelwiseLogisticLoss()}
    steps = {name: step_of(loss, labels, logits) for name, loss in sides.items()}
    times = {name: [] for name in sides}
    for turn in range(options.rounds + 2):
        for name in list(sides)[:: 1 if turn % 2 else -1]:
            start = time.perf_counter()
            steps[name]()
            times[name].append(time.perf_counter() - start)
    first, second = (found[2:] for found in times.values())
    for name, found in times.items():
        print(f"{name:14} {statistics.median(found[2:]) * 1e3:.2f} ms")
    ratio = statistics.median(b / a for a, b in zip(first, second, strict=True))
    print(f"the course's takes {ratio:.2f} times as long")


if __name__ == "__main__":
    main()
