"""`count_weights` against independent implementations, and the example of its text."""

import numpy as np
import pytest

from segcourse.exercises.week5.count_weights import count_weights as exercise
from tests.exercises.week5.small_network import small_network

count_weights = exercise.right.build()


@pytest.mark.parametrize("frozen", [False, True])
def test_count_weights_agrees_with_keras(frozen):
    model = small_network()
    for layer in model.layers[:-1]:
        layer.trainable = not frozen
    counted = tuple(
        sum(int(np.prod(v.shape)) for v in group)
        for group in (model.trainable_variables, model.non_trainable_variables)
    )
    assert count_weights([(3, 3, 4), (3, 4, 6)], 2, frozen) == counted


def test_count_weights_example():
    assert count_weights([(1, 3, 2)], 4, frozen=False) == (22, 4)
    assert count_weights([(1, 3, 2)], 4, frozen=True) == (12, 14)


LOOP = """head = {head}
trainable, other = head, 0
for k, c, f in layers:
    learned, moving = k * k * c * f + 2 * f, {moving}
    if frozen:
        other += {frozen}
    else:
        trainable += learned
        other += moving
return trainable, other"""
RIGHT = {
    "head": "layers[-1][2] * num_classes + num_classes",
    "moving": "2 * f",
    "frozen": "learned + moving",
}

# What students write: (what is another one in it, the mistake, a part of what is said).
WRITTEN = [
    (
        {"frozen": "learned"},
        "moving statistics forgotten when frozen",
        "the number of other weights is",
    ),
    ({"frozen": "moving"}, "moving statistics only when frozen", "the number of other weights is"),
    ({"moving": "f"}, "one moving array", "the number of other weights is"),
    ({"head": "(layers[0][2] + 1) * num_classes"}, "head from the first layer", "trainable"),
    ({"head": "(layers[-1][1] + 1) * num_classes"}, "head from the channels", "trainable"),
    (
        {"head": "sum((f + 1) * num_classes for _, _, f in layers)"},
        "a head for each layer",
        "trainable",
    ),
    ({"head": "layers[-1][2] * num_classes"}, "bias of the head left out", "trainable"),
    ({"head": "(layers[-1][2] + 1.0) * num_classes"}, None, "float"),
]


@pytest.mark.parametrize(("other", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(other, mistake, said, recognised):
    recognised(exercise, LOOP.format(**{**RIGHT, **other}), mistake, said)
