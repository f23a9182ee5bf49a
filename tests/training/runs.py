"""A tiny task and a tiny network with dropout and batch normalisation, for the tests here.

Run as a script it trains in a process of its own, to be killed: FOLDER of the checkpoints,
EPOCHS, and where the last weights go.
"""

import os
import sys

import keras
import numpy as np


def data(n=12, size=8):
    """Bright pixels are class 1, dark ones class 0; the first row is void."""
    rng = np.random.default_rng(0)
    labels = (rng.random((n, size, size)) < 0.5).astype("uint8")
    images = np.stack([labels * 150 + rng.integers(0, 80, labels.shape)] * 3, -1).astype("uint8")
    labels[:, 0] = 255
    return images, labels


def model(filters=4, outputs=2):
    """The same first weights every time."""
    return keras.Sequential(
        [
            keras.Input((None, None, 3)),
            keras.layers.Conv2D(filters, 3, padding="same", activation="relu",
                                kernel_initializer=keras.initializers.GlorotUniform(1)),
            keras.layers.BatchNormalization(),
            keras.layers.Dropout(0.2),
            keras.layers.Conv2D(outputs, 1,
                                kernel_initializer=keras.initializers.GlorotUniform(2)),
        ]
    )  # fmt: skip


def recipe(**changes):
    """Shuffling is always on; flips and colour here too."""
    from segcourse.data import augment
    from segcourse.training import Recipe

    options = dict(learning_rate=0.02, batch_size=5, epochs=4, augment=augment(color=0.2))
    return Recipe(**{**options, **changes})


def weights(model):
    """Every variable of the model, the states of its seed generators included."""
    return [keras.ops.convert_to_numpy(variable) for variable in model.variables]


def main(folder, epochs, result):
    """Train with checkpoints and write down the last weights."""
    from segcourse.training import fit

    net = model()
    fit(net, data(), data(4), recipe(epochs=int(epochs), checkpoint=folder, schedule="cosine"))
    np.savez(result, **{str(i): value for i, value in enumerate(weights(net))})


if __name__ == "__main__":
    os.environ["SEGCOURSE_QUIET"] = "1"
    main(*sys.argv[1:])
