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
