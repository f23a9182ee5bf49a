"""`start_from` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest

from segcourse import models
from segcourse.exercises.judging.judge import judge
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


FITS = "for name in target:\n    if {fits}:\n        new[name] = source[name]\nreturn new"
BY_NAME = "new = dict(target)\n" + FITS

# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    (BY_NAME.format(fits="name in source"), "shapes not compared", "must keep its own"),
    (
        "for name in target:\n    if name in source:\n        target[name] = source[name]\n"
        "return target",
        None,
        "changed its input `target`",
    ),
    (
        BY_NAME.format(fits="name in source and len(target[name]) == len(source[name])"),
        "number of arrays only",
        "must keep its own",
    ),
    (
        BY_NAME.format(
            fits="name in source and sum(w.size for w in target[name])"
            " == sum(w.size for w in source[name])"
        ),
        "sizes compared, nothing reshaped",
        "must keep its own",
    ),
    (
        BY_NAME.format(
            fits="any(a.shape == b.shape for a, b in zip(target[name], source.get(name, [])))"
        ),
        "any for all",
        "must keep its own",
    ),
    (
        BY_NAME.format(
            fits="name in source and "
            "all(a.shape == b.shape for a, b in zip(target[name], source[name]))"
        ),
        "zip ends with the shorter list",
        "must keep its own",
    ),
    (
        BY_NAME.format(
            fits="name in source and target[name][0].shape == source[name][0].shape",
        ),
        "index into a shorter list",
        "list index out of range",
    ),
    (
        BY_NAME.format(
            fits="name in source and np.array(target[name]).shape == np.array(source[name]).shape",
        ),
        "shape of the list",
        "inhomogeneous",
    ),
    (
        "new = {}\nfor (name, own), (other, given) in zip(target.items(), source.items()):\n"
        "    new[name] = given\nreturn new",
        "by position",
        "",
    ),
    (
        "new = {}\nfor name, own in target.items():\n    given = source.get(name, [])\n"
        "    fits = [w.shape for w in own] == [w.shape for w in given]\n"
        "    new[name] = [ops.convert_to_tensor(w) for w in (given if fits else own)]\nreturn new",
        None,
        "the values are right, but a tensor came",
    ),
]


def test_the_message_is_no_wall_of_numbers(student):
    wrong = "def start_from(target, source):\n    return dict(source)"
    for seed in range(5):
        message = judge(exercise, student(wrong, "start_from"), seed).message
        assert len(message) < 700, message


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
