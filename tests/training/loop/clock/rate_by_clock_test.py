from types import SimpleNamespace

import keras
import pytest

from segcourse.training import Recipe
from segcourse.training.loop.clock.rate_by_clock import RateByClock


class Shares:
    """In place of a budget: what share is used."""

    def __init__(self, *shares):
        self.left = list(shares)

    def share(self, ahead):
        return self.left.pop(0) + ahead / 100


RECIPE = Recipe(learning_rate=1.0, schedule="polynomial", minutes=1)


def rates(*shares, ahead=0.0):
    """What an optimizer gets at these shares."""
    rate, optimizer = RateByClock(RECIPE, Shares(*shares)), SimpleNamespace()
    found = []
    for _ in shares:
        rate.set(optimizer, ahead)
        found.append(optimizer.learning_rate)
    return found


def test_it_is_that_of_the_share_and_never_goes_back():
    assert rates(0.0, 0.5, 0.4, 1.0) == pytest.approx([1, 0.5**0.9, 0.5**0.9, 0], abs=1e-4)
    assert rates(0.3, ahead=20.0) == pytest.approx([0.5**0.9], abs=1e-4)


def test_the_optimizer_within_a_loss_scale_gets_it():
    inner = keras.optimizers.SGD(3.0)
    scaled = keras.optimizers.LossScaleOptimizer(inner)
    RateByClock(RECIPE, Shares(0.5)).set(scaled)
    assert float(keras.ops.convert_to_numpy(inner.learning_rate)) == pytest.approx(
        0.5**0.9, abs=1e-4
    )
