"""`dense_to_conv` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest
from keras import ops

from segcourse.exercises.week4.dense_to_conv import dense_to_conv as exercise

dense_to_conv = exercise.right.build()


def test_the_convolution_is_the_dense_layer_at_every_place():
    rng = np.random.default_rng(0)
    height, width, channels, units = 2, 3, 4, 5
    dense = rng.normal(size=(height * width * channels, units)).astype("float32")
    convolution = keras.layers.Conv2D(units, (height, width), use_bias=False)
    convolution.build((None, None, None, channels))
    convolution.set_weights([dense_to_conv(dense, height, width)])
    image = rng.normal(size=(1, 4, 6, channels)).astype("float32")
    heat_map = ops.convert_to_numpy(convolution(image))
    assert heat_map.shape == (1, 3, 4, units)
    for y, x in np.ndindex(3, 4):
        flat = keras.layers.Flatten()(image[:, y : y + height, x : x + width])
        expected = ops.convert_to_numpy(flat) @ dense
        np.testing.assert_allclose(heat_map[:, y, x], expected, rtol=1e-4, atol=1e-4)


def test_the_lectures_2560_weights_stay_2560():
    kernel = np.arange(4 * 4 * 16 * 10).reshape(-1, 10)
    result = dense_to_conv(kernel, 4, 4)
    assert result.shape == (4, 4, 16, 10)
    assert len(np.unique(result)) == 2560


def test_dense_to_conv_example():
    result = dense_to_conv(np.arange(1, 7).reshape(6, 1), 1, 3)
    assert result.tolist() == [[[[1], [2]], [[3], [4]], [[5], [6]]]]


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    ("return np.reshape(kernel, [4, 4, 16, 10])", "sizes typed in", ""),
    (
        "return kernel.reshape(height, width, int(1e6), -1)",
        None,
        "line 2 of your cell, .* raised ValueError: cannot reshape array of size",
    ),
    (
        "c = kernel.shape[0] / height / width\nreturn np.reshape(kernel, (height, width, c, -1))",
        "channels as a float",
        "",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
