"""`max_unpool` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from scipy import sparse

from segcourse.exercises.week2.max_pool import max_pool
from segcourse.exercises.week2.max_unpool import max_unpool as exercise

max_unpool = exercise.right.build()


@pytest.mark.parametrize("shape", [(6, 8), (7, 9)])
def test_max_unpool_is_a_sparse_matrix(shape):
    rng = np.random.default_rng(6)
    positions = rng.permutation(shape[0] * shape[1])[:12].reshape(3, 4)
    pooled = rng.normal(size=(3, 4))
    rows, columns = positions.ravel() // shape[1], positions.ravel() % shape[1]
    expected = sparse.coo_array((pooled.ravel(), (rows, columns)), shape).toarray()
    came = max_unpool(pooled, positions, shape)
    np.testing.assert_array_equal(came, expected)


def test_max_unpool_example_and_back():
    came = max_unpool(np.array([[5, 8]]), np.array([[1, 6]]), (2, 4))
    assert came.tolist() == [[0, 5, 0, 0], [0, 0, 8, 0]] and came.dtype == int
    x = 1 + np.random.default_rng(7).permutation(24).reshape(4, 6)
    pooled, positions = max_pool.right.build()(x, 2)
    back = max_unpool(pooled, positions, x.shape)
    np.testing.assert_array_equal(back, np.where(np.isin(x, pooled), x, 0))
