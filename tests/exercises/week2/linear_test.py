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
