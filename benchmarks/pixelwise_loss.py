"""Claim: `PixelwiseLogisticLoss` is quicker than Keras' own loss for labels, void pixels and all.

    python benchmarks/pixelwise_loss.py [--rounds 60]

8 maps of 96×96 with 6 classes, loss and gradient, compiled as `fit` compiles them on a CPU. Both
take turns in one run.
"""

import keras
import numpy as np
import stored
import tensorflow as tf
import turns

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


def add_arguments(parser):
    """Rounds; None: what --quick says."""
    parser.add_argument("--rounds", type=int)


def measure(options):
    """Both in turns."""
    rng = np.random.default_rng(0)
    labels = tf.constant(rng.integers(0, CLASSES, SHAPE).astype("int32"))
    logits = tf.constant(rng.normal(size=(*SHAPE, CLASSES)).astype("float32"))
    theirs = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    sides = {
        "SparseCategoricalCrossentropy": theirs,
        "PixelwiseLogisticLoss": PixelwiseLogisticLoss(),
    }
    steps = {name: step_of(loss, labels, logits) for name, loss in sides.items()}
    times = turns.in_turns(steps, options.rounds or (30 if options.quick else 60), warm=2)
    for name, seconds in times.items():
        yield name, turns.against(seconds, times["SparseCategoricalCrossentropy"])


if __name__ == "__main__":
    stored.command_line(__doc__, measure, add_arguments)
