"""`max_pool` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest
from keras import ops

from segcourse.exercises.week2.max_pool import max_pool as exercise

max_pool = exercise.right.build()


@pytest.mark.parametrize("size", [1, 2, 3])
def test_max_pool_by_looking_at_every_cell(size):
    rng = np.random.default_rng(5)
    x = rng.integers(-3, 3, (3 * size, 4 * size)).astype("float32")  # many ties
    pooled, positions = max_pool(x, size)
    keras_pool = keras.layers.MaxPooling2D(size)(x[None, ..., None])
    np.testing.assert_array_equal(pooled, ops.convert_to_numpy(keras_pool)[0, ..., 0])
    for i, j in np.ndindex(3, 4):
        cells = [
            (row, column)
            for row in range(i * size, (i + 1) * size)
            for column in range(j * size, (j + 1) * size)
        ]
        first = next(cell for cell in cells if x[cell] == max(x[c] for c in cells))
        assert positions[i, j] == first[0] * x.shape[1] + first[1]


def test_max_pool_example():
    pooled, positions = max_pool(np.array([[1, 5, 2, 0], [3, 4, 8, 6]]), 2)
    assert pooled.tolist() == [[5, 8]] and positions.tolist() == [[1, 6]]
