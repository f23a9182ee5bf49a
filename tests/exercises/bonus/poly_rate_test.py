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
