"""`resize` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from keras import ops
from PIL import Image

from segcourse.exercises.week2.resize import resize as exercise

resize = exercise.right.build()


@pytest.mark.parametrize("size", [(8, 14), (9, 3), (4, 7), (1, 1), (13, 20)])
def test_resize_is_keras_resize(size):
    image = np.random.default_rng(2).normal(size=(4, 7, 3)).astype("float32")
    expected = ops.image.resize(image, size, interpolation="bilinear", antialias=False)
    came = resize(image, *size)
    np.testing.assert_allclose(came, ops.convert_to_numpy(expected), atol=1e-5)


def test_resize_enlarges_as_pillow_does():
    image = np.random.default_rng(3).normal(size=(5, 4)).astype("float32")
    expected = Image.fromarray(image).resize((9, 13), Image.Resampling.BILINEAR)
    came = resize(image[..., None], 13, 9)[..., 0]
    np.testing.assert_allclose(came, np.asarray(expected), atol=1e-5)


def test_resize_example():
    came = resize(np.array([[[0.0], [10.0]]]), 1, 4)
    np.testing.assert_array_equal(came.ravel(), [0, 2.5, 7.5, 10])
