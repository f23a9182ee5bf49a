"""`resize_mask` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from PIL import Image

from segcourse.exercises.week2.resize_mask import resize_mask as exercise

resize_mask = exercise.right.build()


@pytest.mark.parametrize("size", [(14, 22), (3, 4), (6, 7), (20, 5), (1, 1)])
def test_resize_mask_is_pillows_nearest(size):
    labels = np.random.default_rng(8).integers(0, 256, (7, 11)).astype("uint8")
    expected = Image.fromarray(labels).resize(size[::-1], Image.Resampling.NEAREST)
    came = resize_mask(labels, *size)
    np.testing.assert_array_equal(came, np.asarray(expected))
    assert came.dtype == "uint8"


def test_resize_mask_example_and_ties():
    assert resize_mask(np.array([[1, 2, 3]]), 1, 5).tolist() == [[1, 1, 2, 3, 3]]
    # Half the size: the centre lies on the border of two pixels, and the later one is copied.
    assert resize_mask(np.arange(8)[None], 1, 4).tolist() == [[1, 3, 5, 7]]
