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
    (
        "rows, units = kernel.shape\nchannels = rows // height\n"
        "return np.reshape(kernel, (height, width, channels, units))",
        "rows over the height",
        "cannot reshape",
    ),
    (
        "rows, units = kernel.shape\nc = rows // height * width\n"
        "return kernel.reshape(height, width, c, units)",
        "brackets missing",
        "",
    ),
    (
        "channels, units = kernel.shape[0] // height // width, kernel.shape[1]\n"
        "return kernel.reshape(height, width, units, channels)",
        "channels from kernel.shape[1]",
        "",
    ),
    (
        "rows, units = kernel.shape\nc = rows // (height * width)\n"
        "out = np.zeros((height, width, c, units))\nfor y in range(height):\n"
        "    for x in range(width):\n        start = (y * height + x) * c\n"
        "        out[y, x] = kernel[start : start + c]\nreturn out",
        "height as the length of a row",
        "",
    ),
    ("return np.expand_dims(kernel, (0, 1))", "1×1 convolution", "has the shape"),
    (
        "kernel.shape = (height, width, -1, kernel.shape[1])\nreturn kernel",
        None,
        "changed its input `kernel`",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


RIGHT = [
    "return np.resize(kernel, (height, width, len(kernel) // height // width, kernel.shape[1]))",
    "return ops.reshape(kernel, (height, width, -1, kernel.shape[1]))",
    "return kernel.reshape(height, width, -1, kernel.shape[1]).astype('float64').tolist()",
]


@pytest.mark.parametrize("body", RIGHT)
def test_right_answers_in_other_forms(body, passes):
    passes(exercise, body)
