"""`poly_rate` against independent implementations, and the example of its text."""

import numpy as np
import pytest

from segcourse.exercises.bonus.poly_rate import poly_rate as exercise
from segcourse.training.recipes.recipe import Recipe
from segcourse.training.recipes.schedule import make_schedule

poly_rate = exercise.right.build()


def test_poly_rate_is_that_of_the_recipes():
    schedule = make_schedule(Recipe(learning_rate=0.01, schedule="polynomial", epochs=5), 40)
    for step in (0, 1, 77, 199, 200):
        came = poly_rate(0.01, step, 200)
        np.testing.assert_allclose(came, float(schedule(step)), rtol=1e-4, atol=1e-9)


def test_poly_rate_example():
    assert poly_rate(0.1, 30, 40, power=2) == pytest.approx(0.00625)
    assert poly_rate(0.1, 40, 40) == 0


# What students write -> the mistake it is taken for.
WRONG = {
    "first * (1 - step // steps) ** power": "whole numbers divided",
    "first * ((steps - step) // steps) ** power": "whole numbers divided, what is left",
    "first * (1 - step / steps) ^ power": "^ for the power",
    "((1 - step / steps) ^ power) * first": "^ for the power",
    "first * (1 - (step + 1) / steps) ** power": "one step ahead",
    "first * ((steps - step - 1) / steps) ** power": "one step ahead",
    "(1 - step / steps) ** power": "first rate left out",
    "first * (1 - step / steps ** power)": "power of `steps` alone",
    "first * 1 - step / steps ** power": "brackets missing",
    "(first * (1 - step / steps)) ** power": "power of the first rate too",
    "first * ((1 - step) / steps) ** power": "1 - step in brackets",
    "float(keras.optimizers.schedules.PolynomialDecay(first, steps, power=power)(step))": (
        "end rate of Keras"
    ),
}


@pytest.mark.parametrize("formula", WRONG)
def test_a_likely_slip_gets_its_message(formula, recognised):
    said = "it is .*, expected|complex|raised TypeError"
    recognised(exercise, f"return {formula}", WRONG[formula], said)
