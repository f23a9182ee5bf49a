"""`bilinear_kernel` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from keras import ops

from segcourse.exercises.week3.bilinear_kernel import bilinear_kernel as exercise
from segcourse.exercises.week3.scatter import scatter
from segcourse.layers import BilinearInitializer

bilinear_kernel = exercise.right.build()


@pytest.mark.parametrize("size", range(1, 20))
def test_bilinear_kernel_agrees_with_the_initializer(size):
    expected = ops.convert_to_numpy(BilinearInitializer()((size, size, 1, 1)))[:, :, 0, 0]
    np.testing.assert_allclose(bilinear_kernel(size), expected, atol=1e-6)


@pytest.mark.parametrize("factor", [2, 3, 4, 8])
def test_bilinear_kernel_enlarges_a_slope_exactly(factor):
    size = 2 * factor - factor % 2
    slope = np.add.outer(2.0 * np.arange(6), np.arange(6))
    big = scatter.right.build()(slope, bilinear_kernel(size), factor)
    inner = big[2 * factor : -2 * factor, 2 * factor : -2 * factor]
    np.testing.assert_allclose(np.diff(inner, axis=0), 2 / factor)
    np.testing.assert_allclose(np.diff(inner, axis=1), 1 / factor)


def test_bilinear_kernel_example():
    assert bilinear_kernel(3).tolist() == [
        [0.25, 0.5, 0.25],
        [0.5, 1, 0.5],
        [0.25, 0.5, 0.25],
    ]
    assert bilinear_kernel(4)[0].tolist() == [0.0625, 0.1875, 0.1875, 0.0625]


def test_a_result_of_another_shape_can_be_drawn(drawn):
    drawn(exercise, "one dimension only")


TENT = """
f = (size + 1) // 2
w = 1 - abs(np.arange(size) - (size - 1) / 2) / f
return {}
"""
# What students write, in a form that is not the catalogue's -> the mistake it is taken for.
WRONG = {
    "sum of both weights": TENT.format("w.reshape(-1, 1) + w"),
    "tent times itself": TENT.format("w ** 2"),
    "one number": TENT.format("np.dot(w, w)"),
    "no absolute value": TENT.replace("abs", "").format("np.outer(w, w)"),
    "divided with //": TENT.replace("/ f", "// f").format("np.outer(w, w)"),
    "one dimension only": TENT.format("w"),
    "all divided by the factor": """
f, c = (size + 1) // 2, (size - 1) / 2
out = np.zeros((size, size))
for i, j in np.ndindex(size, size):
    out[i, j] = (1 - abs(i - c)) / f * (1 - abs(j - c)) / f
return out
""",
    "integer zeros": """
f, c = (size + 1) // 2, (size - 1) / 2
out = np.zeros((size, size), "int32")
for i, j in np.ndindex(size, size):
    out[i, j] = (1 - abs(i - c) / f) * (1 - abs(j - c) / f)
return out
""",
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_likely_slip_gets_its_message(mistake, recognised):
    recognised(exercise, WRONG[mistake], mistake, "differ|shape|number|dtype")
