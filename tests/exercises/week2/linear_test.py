"""`linear` against independent implementations, and the example of its text."""

import numpy as np
import pytest

from segcourse.exercises.week2.linear import linear as exercise

linear = exercise.right.build()


def test_linear_is_numpys_interp():
    rng = np.random.default_rng(0)
    for f1, f2, d1, d2 in rng.uniform(0.1, 9, (50, 4)):
        expected = np.interp(d1, [0, d1 + d2], [f1, f2])
        assert linear(f1, f2, d1, d2) == pytest.approx(expected)


def test_linear_on_a_neighbour_and_on_arrays():
    assert linear(10, 20, 1, 3) == 12.5
    assert linear(10, 20, 0, 3) == 10 and linear(10, 20, 3, 0) == 20
    colors = linear(np.array([0.0, 8]), np.array([4.0, 0]), 3, 1)
    np.testing.assert_array_equal(colors, [3, 2])


# What students write, and the mistake it is recognised as.
WRITTEN = [
    ("return f1 * d2 + f2 * d1 / (d1 + d2)", "only the second product divided"),
    ("return (f1 * d2 + f2 * d1) / d1 + d2", "divided by d1 alone"),
    ("return int((f1 * d2 + f2 * d1) / (d1 + d2))", "made whole with int"),
    ("return f1 / d1 + f2 / d2", "one over the distance"),
    ("a = 1 / d1\nb = 1 / d2\nreturn (a * f1 + b * f2) / (a + b)", "divided by a distance"),
    ("return f1 + d1 * (f2 - f1)", "distances taken as shares"),
    ("if d1 < d2:\n    return f1\nreturn f2", "nearest neighbour"),
    ("return np.interp(d1, [0, d1 + d2], [f1, f2])", "numbers only, with np.interp"),
    ("return np.average([f1, f2], weights=[d2, d1])", "numbers only, with np.average"),
    ("f1 *= d2\nf2 *= d1\nreturn (f1 + f2) / (d1 + d2)", None),  # the inputs are changed
]


@pytest.mark.parametrize(("body", "mistake"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, recognised):
    recognised(exercise, body, mistake, "")
