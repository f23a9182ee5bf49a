"""`max_unpool` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from scipy import sparse

from segcourse.exercises.judging.judge import Outcome, judge
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
    assert came.tolist() == [[0, 5, 0, 0], [0, 0, 8, 0]]
    x = 1 + np.random.default_rng(7).permutation(24).reshape(4, 6)
    pooled, positions = max_pool.right.build()(x, 2)
    back = max_unpool(pooled, positions, x.shape)
    np.testing.assert_array_equal(back, np.where(np.isin(x, pooled), x, 0))


# What students write, and the mistake it is recognised as.
ZEROS = "result = np.zeros(shape)\n"
LOOP = """for i in range(pooled.shape[0]):
    for j in range(pooled.shape[1]):
        result[CELL] = pooled[i, j]
return result"""
FLAT = "result.reshape(-1)[positions] = pooled\nreturn result"
WRITTEN = [
    (ZEROS + "result[::2, ::2] = pooled\nreturn result", "positions not used, with a slice"),
    (ZEROS + LOOP.replace("CELL", "i * 2, j * 2"), "positions not used"),
    ("return pooled.repeat(2, axis=0).repeat(2, axis=1)", "values repeated"),
    ("w = pooled.shape[1]\n" + ZEROS
     + LOOP.replace("CELL", "positions[i, j] // w, positions[i, j] % w"), "width of pooled"),
    ("result = np.zeros((shape[0], shape[0]))\n" + FLAT, "height for the width"),
    ("h, w = 2 * pooled.shape[0], 2 * pooled.shape[1]\nresult = np.zeros((h, w))\n" + FLAT,
     "shape ignored"),
    ("result = np.zeros_like(pooled)\n" + FLAT, "as small as pooled"),
    ("result = np.zeros(shape, int)\n" + FLAT, "whole-number zeros"),
    (ZEROS + LOOP.replace("CELL", "positions[i, j]"), "position used as a row"),
    (ZEROS + "result.flatten()[positions] = pooled\nreturn result", "written into a copy"),
    ("result = np.zeros(shape)\n" + FLAT.replace("[positions]", "[positions - 1]"),
     "counted from 1"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "mistake"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, recognised):
    recognised(exercise, body, mistake, "")


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_zeros_of_any_width_are_right(dtype, student):
    source = f"""
    def max_unpool(pooled, positions, shape):
        result = np.zeros(shape, "{dtype}")
        result.ravel()[positions] = pooled
        return result
    """
    assert judge(exercise, student(source, "max_unpool")).outcome is Outcome.RIGHT


def test_the_cells_that_differ_are_marked(drawn):
    given, yours, expected = drawn(exercise, "counted from 1").axes
    assert [len(ax.texts) for ax in (given, yours, expected)] == [2, 8, 8]
    assert len(yours.lines) > len(given.lines)
