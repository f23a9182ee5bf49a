"""Claim: an epoch ends with its last step, and not when a tuner of the pipeline wakes up.

    python benchmarks/epoch_end.py [--rounds 14]

Epochs of six steps of a small U-Net, trained by Keras' own `fit`. How long after the last
step it is over: with the course's pipeline, and with the same one and `tf.data.AUTOTUNE`.
"""

import statistics
import time

import keras
import numpy as np
import stored
import tensorflow as tf

from segcourse.data import Batches
from segcourse.models import unet
from segcourse.training import PixelwiseLogisticLoss

BATCHES, SIZE = 6, 16


class Tuned(Batches):
    """The same batches out of a pipeline that tunes itself."""

    def _make(self, examples, size):
        batches = tf.data.Dataset.from_tensor_slices(examples).batch(size)
        batches = batches.map(self._batch, num_parallel_calls=tf.data.AUTOTUNE)
        return batches.prefetch(tf.data.AUTOTUNE)


class LastStep(keras.callbacks.Callback):
    """Notes when the last step so far has ended."""

    def on_train_batch_end(self, batch, logs=None):
        self.at = time.perf_counter()


def seconds_after(model, batches, epoch):
    """Seconds from the end of the last step of an epoch until Keras' `fit` is over."""
    last = LastStep()
    model.fit(batches.epoch(epoch, shuffle=True), shuffle=False, verbose=0, callbacks=[last])
    return time.perf_counter() - last.at


def add_arguments(parser):
    """Rounds; None: what --quick says."""
    parser.add_argument("--rounds", type=int)


def measure(options):
    """Both in turns."""
    shape = (BATCHES * SIZE, 96, 96)
    arrays = np.zeros((*shape, 3), "uint8"), np.zeros(shape, "uint8")
    sides = {"the course's": Batches(arrays, SIZE), "with AUTOTUNE": Tuned(arrays, SIZE)}
    times = {name: [] for name in sides}
    model = unet(2, (None, None, 3), depth=3, base_channels=16)
    model.compile("adamw", PixelwiseLogisticLoss(), jit_compile=False)
    for epoch in range((options.rounds or (5 if options.quick else 14)) + 1):
        for name, batches in sides.items():
            times[name].append(1e3 * seconds_after(model, batches, epoch))
    for name, (_, *found) in times.items():
        yield (
            name,
            {
                "ms after the last step": stored.digits(statistics.median(found)),
                "longest, ms": stored.digits(max(found)),
            },
        )


if __name__ == "__main__":
    stored.command_line(__doc__, measure, add_arguments)
