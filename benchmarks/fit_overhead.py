"""Claim: `fit` adds at most 3 % to a bare Keras `fit` of the same step.

    python benchmarks/fit_overhead.py

Two copies of one small U-shaped net, the same loss, optimizer, batches and compiler options.
Epochs of our `fit` and of `model.fit` take turns; the first round, which compiles, is left out.
Our time is all of an epoch: building its batches, steps, progress bar, bookkeeping.
"""

import os
import statistics
import time

import keras
import numpy as np

from segcourse import data
from segcourse.training import PixelwiseLogisticLoss, Recipe, device
from segcourse.training.fit import _Run
from segcourse.training.progress import progress_bar

IMAGES, SIZE, CLASSES, BATCH, ROUNDS = 96, 96, 6, 8, 13


def network():
    """Two scales and a skip: the shape of the course's nets, 60 ms a step on two cores."""

    def block(x, filters):
        for _ in range(2):
            x = keras.layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
            x = keras.layers.ReLU()(keras.layers.BatchNormalization()(x))
        return x

    inputs = keras.Input((None, None, 3))
    fine = block(inputs, 16)
    coarse = block(keras.layers.MaxPooling2D()(fine), 32)
    up = keras.layers.Conv2DTranspose(16, 2, strides=2)(coarse)
    outputs = keras.layers.Conv2D(CLASSES, 1)(block(keras.layers.Concatenate()([fine, up]), 16))
    return keras.Model(inputs, outputs)


def main():
    """Take turns, and print medians and their ratio."""
    os.environ.setdefault("SEGCOURSE_QUIET", "0")
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (IMAGES, SIZE, SIZE, 3)).astype("uint8")
    labels = rng.integers(0, CLASSES, (IMAGES, SIZE, SIZE)).astype("uint8")
    recipe = Recipe(epochs=ROUNDS + 1, batch_size=BATCH)

    run = _Run(network(), (images, labels), None, recipe)
    run._compile()
    bar = progress_bar(recipe, IMAGES, 0)

    bare = network()
    bare.compile(
        keras.optimizers.AdamW(recipe.learning_rate, weight_decay=recipe.weight_decay),
        PixelwiseLogisticLoss(),
        jit_compile="auto" if device().xla else False,
    )
    batches = data.pipeline((images, labels), BATCH, shuffle=True)

    ours, theirs = [], []
    for epoch in range(ROUNDS + 1):
        start = time.perf_counter()
        run._train_epoch(epoch, bar, None)
        middle = time.perf_counter()
        bare.fit(batches, shuffle=False, verbose=0)
        ours.append(middle - start)
        theirs.append(time.perf_counter() - middle)
    bar.close()
    ours, theirs = ours[1:], theirs[1:]
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    steps = IMAGES // BATCH
    print(device())
    print(f"{ROUNDS} epochs of {steps} steps each, in turns; medians")
    print(f"bare Keras fit {statistics.median(theirs) / steps * 1e3:8.2f} ms a step")
    print(f"our fit        {statistics.median(ours) / steps * 1e3:8.2f} ms a step")
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"ratio of medians {ratio:.3f}, median of ratios {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    main()
