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
