"""`bed_of_nails` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from keras import ops

from segcourse.exercises.judging.judge import Outcome, judge
from segcourse.exercises.week2.bed_of_nails import bed_of_nails as exercise

bed_of_nails = exercise.right.build()


def test_bed_of_nails_example_and_channels():
    came = bed_of_nails(np.array([[1, 2], [3, 4]]), 2)
    table = [[1, 0, 2, 0], [0, 0, 0, 0], [3, 0, 4, 0], [0, 0, 0, 0]]
    np.testing.assert_array_equal(came, table)
    x = np.random.default_rng(4).normal(size=(2, 3, 2)).astype("float32")
    # A transposed convolution with a kernel of one weight leaves the same zeros between.
    expected = ops.conv_transpose(x[None], np.eye(2, dtype="float32")[None, None], 3, "same")
    expected = ops.convert_to_numpy(expected)[0]
    came = bed_of_nails(x, 3)
    assert came.shape == (6, 9, 2)
    np.testing.assert_allclose(came[came != 0], expected[expected != 0], atol=1e-6)
    np.testing.assert_array_equal(np.argwhere(came)[:, :2] % 3, 0)


# What students write, and the mistake it is recognised as.
SIZES = "height, width = x.shape[:2]\n"
ZEROS = SIZES + "result = np.zeros((height * size, width * size) + x.shape[2:])\n"
LOOP = """for i in range(height):
    for j in range(width):
        result[i * size, j * size] = x[i, j]
return result"""
WRITTEN = [
    (ZEROS + "result[size // 2 :: size, size // 2 :: size] = x\nreturn result", "middle cell"),
    (ZEROS + "result[:, ::size] = x.repeat(size, axis=0)\nreturn result", "columns only"),
    (ZEROS.replace("* size", "* 2") + "result[::2, ::2] = x\nreturn result", "size 2 typed in"),
    (ZEROS + "result[::2, ::2] = x\nreturn result", "step 2 typed in"),
    (ZEROS + LOOP.replace("i * size, j", "2 * i, 2 * j").replace("2 * j * size", "2 * j"),
     "factor 2 typed in"),
    (ZEROS + LOOP.replace("i * size, j * size", "i + size, j + size"), "moved by size"),
    (SIZES + "result = np.zeros((height * size, width * size))\n" + LOOP,
     "channels forgotten in the zeros, with a loop"),
    ("return np.kron(x, np.ones((size, size)))", "kron with ones"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "mistake"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, recognised):
    recognised(exercise, body, mistake, "")


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_zeros_of_any_width_are_right(dtype, student):
    source = f"""
    def bed_of_nails(x, size):
        result = np.zeros((x.shape[0] * size, x.shape[1] * size) + x.shape[2:], "{dtype}")
        result[::size, ::size] = x
        return result
    """
    assert judge(exercise, student(source, "bed_of_nails")).outcome is Outcome.RIGHT


def test_the_cells_that_differ_are_marked(drawn):
    given, yours, expected = drawn(exercise, "lower right cell").axes
    assert len(given.texts) == 4 and len(yours.texts) == len(expected.texts) == 16
    assert yours.lines and len(yours.lines) > len(given.lines)
    drawn(exercise, "kron without the channels")
