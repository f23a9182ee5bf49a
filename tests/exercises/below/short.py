"""Trainings cut short, where only the code below an exercise is of interest.

Whether networks get good is asked by other tests. What a notebook claims of its networks is not so
after a few steps: a claim is shown with its conditions, met or not, and an answer has to show the
same as the reference.
"""

import contextlib
from dataclasses import replace
from unittest import mock

import keras
import numpy as np

import segcourse
from segcourse import training

__all__ = ["short_training"]

IMAGES = 8


@contextlib.contextmanager
def short_training():
    """`training.fit` and Keras' own see a few images once, and `holds` only shows."""
    ours, kerass = training.fit, keras.Model.fit

    def fit(model, train, val=None, recipe=None, devices=None):
        few = _few(train)
        recipe = replace(recipe or training.Recipe(), epochs=1, repeats=1, minutes=None)
        return ours(model, few, val and _few(val), recipe, devices)

    def fit_arrays(model, x=None, y=None, *arguments, epochs=1, **settings):
        if isinstance(x, np.ndarray) and isinstance(y, np.ndarray):
            x, y, epochs = x[: 8 * IMAGES], y[: 8 * IMAGES], 1
        return kerass(model, x, y, *arguments, epochs=epochs, **settings)

    with (
        mock.patch.object(training, "fit", fit),
        mock.patch.object(keras.Model, "fit", fit_arrays),
        mock.patch.object(segcourse, "holds", _shown),
    ):
        yield


def _few(data):
    """The first images and labels of a Split, or of a pair of arrays."""
    images, labels = data if isinstance(data, tuple | list) else (data.images, data.labels)
    return images[:IMAGES], labels[:IMAGES]


def _shown(sentence, *conditions):
    print(sentence, [bool(condition) for condition in conditions])
