"""A network to freeze and to train, and what a training changed in it."""

import keras
import numpy as np
from keras import ops

IMAGES = np.random.default_rng(5).random((4, 4, 5, 3), dtype="float32")
TARGETS = np.ones((4, 4, 5, 2), "float32")


def small_network():
    """Two convolutions with batch normalisation, and a head."""
    images = x = keras.Input((4, 5, 3))
    for place, filters in (("1", 4), ("2", 6)):
        x = keras.layers.Conv2D(filters, 3, use_bias=False, padding="same", name=f"conv{place}")(x)
        x = keras.layers.BatchNormalization(name=f"bn{place}")(x)
    return keras.Model(images, keras.layers.Conv2D(2, 1, name="score")(x))


def values(model):
    return {v.path: ops.convert_to_numpy(v) + 0 for v in model.variables}


def changed(before, after):
    return {path.split("/")[0] for path in before if not np.array_equal(before[path], after[path])}
