"""`dilate_kernel` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest

from segcourse.exercises.bonus.dilate_kernel import dilate_kernel as exercise

dilate_kernel = exercise.right.build()


@pytest.mark.parametrize("rate", [1, 2, 3])
def test_a_convolution_with_the_dilated_kernel_is_the_dilated_convolution(rate):
    rng = np.random.default_rng(rate)
    kernel = rng.normal(size=(3, 2)).astype("float32")
    image = rng.normal(size=(1, 11, 12, 1)).astype("float32")
    expected = keras.ops.conv(image, kernel[..., None, None], dilation_rate=rate)
    spread = dilate_kernel(kernel, rate)[..., None, None]
    came = keras.ops.conv(image, spread)
    assert came.shape == expected.shape
    np.testing.assert_allclose(np.array(came), np.array(expected), atol=1e-5)


def test_dilate_kernel_example():
    result = dilate_kernel([[1, 2], [3, 4]], 2)
    assert result.tolist() == [[1, 0, 2], [0, 0, 0], [3, 0, 4]]


def test_dilate_kernel_picture(drawn):
    figure = drawn(exercise, "kernel flipped")
    assert [ax.get_title() for ax in figure.axes] == ["yours", "expected"]
