"""Claim: `fit` adds at most 3 % to a bare Keras `fit` of the same step.

    python benchmarks/fit_overhead.py

Two copies of one small U-shaped net, the same loss, optimizer, batches and compiler options.
Epochs of our `fit` and of `model.fit` take turns; the first round, which compiles, is left out.
Our time is all of an epoch: building its batches, steps, progress bar, bookkeeping. Processor
time is printed beside wall-clock time: it holds on a machine that has other work to do.
"""

import os
import statistics
import time

import keras
import numpy as np

from segcourse import data
from segcourse.training import PixelwiseLogisticLoss, Recipe, device
from segcourse.training.compile_model import compile_model
from segcourse.training.epoch_trainer import EpochTrainer
from segcourse.training.job import make_job
from segcourse.training.progress import ProgressBar

IMAGES, SIZE, CLASSES, BATCH, ROUNDS = 96, 96, 6, 8, 14
CLOCKS = (time.perf_counter, time.process_time)


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

    job = make_job(network(), (images, labels), None, recipe)
    compile_model(job, job.plan)
    bar = ProgressBar(recipe.epochs, IMAGES, BATCH)
    trainer = EpochTrainer(job, job.plan, bar)

    bare = network()
    bare.compile(
        keras.optimizers.AdamW(recipe.learning_rate, weight_decay=recipe.weight_decay),
        PixelwiseLogisticLoss(),
        jit_compile="auto" if device().xla else False,
    )
    batches = data.pipeline((images, labels), BATCH, shuffle=True)

    def ours(epoch):
        trainer.train(epoch)

    def theirs(epoch):
        bare.fit(batches, shuffle=False, verbose=0)

    times = {(fit, clock): [] for fit in (ours, theirs) for clock in CLOCKS}
    for epoch in range(ROUNDS + 1):
        # Whoever goes second may find warmer caches: they swap places every round.
        for fit in (ours, theirs) if epoch % 2 else (theirs, ours):
            start = [clock() for clock in CLOCKS]
            fit(epoch)
            for clock, before in zip(CLOCKS, start, strict=True):
                times[fit, clock].append(clock() - before)
    bar.close()
    steps = IMAGES // BATCH
    print(device())
    print(f"{ROUNDS} epochs of {steps} steps each, in turns; medians")
    for clock in CLOCKS:
        one, other = (statistics.median(times[fit, clock][1:]) for fit in (ours, theirs))
        print(
            f"{clock.__name__:13} bare Keras fit {other / steps * 1e3:7.2f} ms a step, "
            f"our fit {one / steps * 1e3:7.2f} ms, ratio {one / other:.3f}"
        )


if __name__ == "__main__":
    main()
