"""`conv_matrix` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from segcourse.exercises.week3.conv_matrix import conv_matrix as exercise

conv_matrix = exercise.right.build()


@pytest.mark.parametrize("k, size", [(1, 3), (2, 5), (3, 4), (3, 7), (4, 4)])
def test_the_matrix_convolves(k, size):
    rng = np.random.default_rng(k + size)
    kernel, image = rng.normal(size=(k, k)), rng.normal(size=(size, size))
    expected = correlate2d(image, kernel, mode="valid")
    got = conv_matrix(kernel, size) @ image.reshape(-1)
    np.testing.assert_allclose(got.reshape(expected.shape), expected)


def test_the_lectures_matrix_is_4_by_16():
    matrix = conv_matrix(np.arange(1.0, 10.0).reshape(3, 3), 4)
    assert matrix.shape == (4, 16)
    assert matrix[0].tolist() == [1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0, 0]
    assert np.count_nonzero(matrix) == 36


def test_conv_matrix_example():
    matrix = conv_matrix(np.array([[1, 2], [3, 4]]), 3)
    assert matrix[0].tolist() == [1, 2, 0, 3, 4, 0, 0, 0, 0]
    assert matrix[-1].tolist() == [0, 0, 0, 0, 1, 2, 0, 3, 4]


def test_a_result_of_another_shape_can_be_drawn(drawn):
    drawn(exercise, "as many outputs as inputs")


# What students write, in a form that is not the catalogue's -> the mistake it is taken for.
LOOPS = """
k, out = len(kernel), size - len(kernel) + 1
m = np.zeros((out * out, size * size))
for y in range(out):
    for x in range(out):
        for a in range(k):
            for b in range(k):
                {}
return m
"""
WRONG = {
    "pixels numbered with the width of the output": LOOPS.format(
        "m[y * out + x, (y + a) * out + (x + b)] = kernel[a, b]"
    ),
    "outputs numbered with the width of the input": LOOPS.format(
        "m[y * size + x, (y + a) * size + (x + b)] = kernel[a, b]"
    ),
    "kernel flipped": LOOPS.format(
        "m[y * out + x, (y + a) * size + (x + b)] = kernel[::-1, ::-1][a, b]"
    ),
    "kernel transposed": LOOPS.format("m[y * out + x, (y + b) * size + (x + a)] = kernel[a, b]"),
    "one step for each output": """
k, out = len(kernel), size - len(kernel) + 1
row = np.zeros((size, size))
row[:k, :k] = kernel
return np.stack([np.roll(row.ravel(), n) for n in range(out * out)])
""",
    "four axes": """
k, out = len(kernel), size - len(kernel) + 1
m = np.zeros((out, out, size, size))
for y, x, a, b in np.ndindex(out, out, k, k):
    m[y, x, y + a, x + b] = kernel[a, b]
return m
""",
    "kernel size typed in": """
m = np.zeros(((size - 2) ** 2, size ** 2))
for y, x in np.ndindex(size - 2, size - 2):
    for a in range(3):
        for b in range(3):
            m[y * (size - 2) + x, (y + a) * size + x + b] += kernel[a, b]
return m
""",
    "the dtype of the kernel taken over": """
k, out = len(kernel), size - len(kernel) + 1
m = np.zeros((out, out, size, size), dtype=kernel.dtype)
for y, x in np.ndindex(out, out):
    m[y, x, y : y + k, x : x + k] = kernel
return m.reshape(out * out, -1)
""",
    "shape not in a tuple": "return np.zeros(size - len(kernel) + 1, size * size)",
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_likely_slip_gets_its_message(mistake, recognised):
    recognised(exercise, WRONG[mistake], mistake, "differ|shape|raised|dtype")


def test_a_list_of_rows_is_told_apart(recognised):
    body = LOOPS.format("m[y * out + x, (y + a) * size + (x + b)] = kernel[a, b]")
    recognised(exercise, body.replace("return m", "return m.tolist()"), None, "a list came")
