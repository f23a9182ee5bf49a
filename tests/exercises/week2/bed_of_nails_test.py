"""`bed_of_nails` against independent implementations, and the example of its text."""

import numpy as np
from keras import ops

from segcourse.exercises.week2.bed_of_nails import bed_of_nails as exercise

bed_of_nails = exercise.right.build()


def test_bed_of_nails_example_and_channels():
    came = bed_of_nails(np.array([[1, 2], [3, 4]]), 2)
    table = [[1, 0, 2, 0], [0, 0, 0, 0], [3, 0, 4, 0], [0, 0, 0, 0]]
    np.testing.assert_array_equal(came, table)
    assert came.dtype == int
    x = np.random.default_rng(4).normal(size=(2, 3, 2)).astype("float32")
    # A transposed convolution with a kernel of one weight leaves the same zeros between.
    expected = ops.conv_transpose(x[None], np.eye(2, dtype="float32")[None, None], 3, "same")
    expected = ops.convert_to_numpy(expected)[0]
    came = bed_of_nails(x, 3)
    assert came.shape == (6, 9, 2)
    np.testing.assert_allclose(came[came != 0], expected[expected != 0], atol=1e-6)
    np.testing.assert_array_equal(np.argwhere(came)[:, :2] % 3, 0)
