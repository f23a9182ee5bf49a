"""`overlap_count` against independent implementations, and the example of its text."""

import numpy as np
import pytest

from segcourse.exercises.week3.overlap_count import overlap_count as exercise
from tests.exercises.week3.keras_transposed import keras_transposed

overlap_count = exercise.right.build()


@pytest.mark.parametrize("size, kernel, stride", [(5, 3, 2), (4, 4, 2), (6, 7, 3), (3, 2, 4)])
def test_counts_are_the_transposed_convolution_of_ones(size, kernel, stride):
    count = overlap_count(size, kernel, stride)
    map_of_ones = keras_transposed(np.ones((size, size)), np.ones((kernel, kernel)), stride)
    # Where the stride exceeds the kernel, Keras adds the gap after the last kernel as well.
    kept = map_of_ones[: len(count), : len(count)]
    np.testing.assert_array_equal(kept, np.outer(count, count))


def test_overlap_count_example():
    assert overlap_count(3, 3, 2).tolist() == [1, 1, 2, 1, 2, 1, 1]


LOOP = """
c = np.zeros((size - 1) * stride + kernel, int)
for i in {numbers}:
    c[{start} : {start} + kernel] += 1
return c
"""


def loop(numbers="range(size)", start="i * stride"):
    return LOOP.format(numbers=numbers, start=start)


# What students write, in a form that is not the catalogue's -> the mistake it is taken for.
WRONG = {
    "stride only in the length": loop(start="i"),
    "the quotient everywhere": "return np.repeat(kernel // stride, (size - 1) * stride + kernel)",
    "no border": """
return np.array([
    len(range(x % stride, kernel, stride)) for x in range((size - 1) * stride + kernel)
])
""",
    "one kernel too many": loop("range(size + 1)"),
    "one kernel too few at the end": loop("range(size - 1)"),
    "one kernel too few at the start": loop("range(1, size)"),
    "floats in place of ints": """
starts = np.zeros((size - 1) * stride + 1)
starts[::stride] = 1
return np.convolve(starts, np.ones(kernel))
""",
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_likely_slip_gets_its_message(mistake, recognised):
    recognised(exercise, WRONG[mistake], mistake, "differ|shape|dtype")


def test_a_list_is_told_apart(recognised):
    recognised(exercise, loop().replace("return c", "return list(c)"), None, "a list came")
