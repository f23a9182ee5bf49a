"""`start_from` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest

from segcourse import models
from segcourse.exercises.week5.start_from import start_from as exercise
from tests.exercises.week5.small_network import small_network

start_from = exercise.right.build()


def test_start_from_agrees_with_transfer_weights():
    source, target = small_network(), small_network()
    target = keras.Model(
        target.inputs, keras.layers.Conv2D(3, 1, name="score")(target.get_layer("bn2").output)
    )
    given = {layer.name: layer.get_weights() for layer in source.layers if layer.weights}
    own = {layer.name: layer.get_weights() for layer in target.layers if layer.weights}
    result = start_from(own, given)
    models.transfer_weights(source, target)
    for layer in target.layers:
        if layer.weights:
            pairs = zip(result[layer.name], layer.get_weights(), strict=True)
            assert all(np.array_equal(a, b) for a, b in pairs), layer.name
    assert list(result) == list(own)


def test_start_from_example():
    target = {"conv1": [np.zeros(2)], "score": [np.zeros(3), np.zeros(1)]}
    source = {
        "conv1": [np.array([5, 6])],
        "score": [np.array([7, 8]), np.array([9])],
        "fc8": [np.ones(1)],
    }
    result = {k: [w.tolist() for w in v] for k, v in start_from(target, source).items()}
    assert result == {"conv1": [[5, 6]], "score": [[0, 0, 0], [0]]}


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    (
        "for name in target:\n    if name in source:\n        target[name] = source[name]\n"
        "return target",
        "shapes not compared",
        "",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
