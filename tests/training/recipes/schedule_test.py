import math

import keras
import pytest

from segcourse.training import Recipe
from segcourse.training.recipes.schedule import WarmupSchedule, make_schedule


def rates(recipe, steps_per_epoch):
    schedule = make_schedule(recipe, steps_per_epoch)
    return [float(schedule(step)) for step in range(recipe.epochs * steps_per_epoch + 1)]


def test_constant_is_a_number():
    assert make_schedule(Recipe(learning_rate=0.5), 7) == 0.5


def test_polynomial_is_the_deeplab_formula():
    got = rates(Recipe(learning_rate=2.0, schedule="polynomial", epochs=2), 5)
    assert got == pytest.approx([2 * (1 - i / 10) ** 0.9 for i in range(11)], abs=1e-6)


def test_cosine_after_a_warmup():
    got = rates(Recipe(learning_rate=1.0, schedule="cosine", epochs=3, warmup=1), 4)
    rise = [0.25, 0.5, 0.75, 1.0]
    fall = [0.5 * (1 + math.cos(math.pi * i / 8)) for i in range(9)]
    assert got == pytest.approx(rise + fall, abs=1e-6)


def test_constant_after_a_warmup():
    got = rates(Recipe(learning_rate=1.0, epochs=2, warmup=0.5), 4)
    assert got == pytest.approx([0.5] + [1.0] * 8)


def test_config_comes_back():
    schedule = WarmupSchedule(0.1, "cosine", 20, 4)
    serialized = keras.optimizers.schedules.serialize(schedule)
    again = keras.optimizers.schedules.deserialize(serialized)
    assert again.get_config() == schedule.get_config()


def test_a_tenth_after_each_third():
    schedule = WarmupSchedule(2.0, "step", steps=9)
    rates = [float(schedule(step)) for step in range(10)]
    assert rates == pytest.approx([2.0] * 3 + [0.2] * 3 + [0.02] * 4, rel=1e-5)
