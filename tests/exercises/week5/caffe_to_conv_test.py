"""`caffe_to_conv` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from keras import ops

from segcourse.exercises.week5.caffe_to_conv import caffe_to_conv as exercise

caffe_to_conv = exercise.right.build()


def test_the_convolution_is_caffes_dense_layer_at_every_place():
    rng = np.random.default_rng(0)
    channels, height, width, units = 4, 2, 3, 5
    weight = rng.normal(size=(units, channels * height * width)).astype("float32")
    kernel = caffe_to_conv(weight, channels, height, width)
    image = rng.normal(size=(1, 4, 6, channels)).astype("float32")
    heat_map = ops.convert_to_numpy(ops.conv(image, kernel))
    assert heat_map.shape == (1, 3, 4, units)
    for y, x in np.ndindex(3, 4):
        window = np.moveaxis(image[0, y : y + height, x : x + width], -1, 0)
        # One pixel after the other in each channel, as Caffe's InnerProduct walks.
        expected = [sum(w * v for w, v in zip(row, window.ravel(), strict=True)) for row in weight]
        np.testing.assert_allclose(heat_map[0, y, x], expected, rtol=1e-4, atol=1e-4)


def test_caffe_to_conv_example():
    kernel = caffe_to_conv(np.array([[1, 2, 3, 4]]), 2, 1, 2)
    assert kernel.tolist() == [[[[1], [3]], [[2], [4]]]]


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    (
        "k = np.reshape(weight.T, (channels, height, width, -1))\nreturn np.moveaxis(k, 0, -1)",
        "units before channels",
        "has the shape",
    ),
    (
        "k = weight.reshape(-1, channels, width, height)\nreturn np.transpose(k, (3, 2, 1, 0))",
        "width before height",
        "values differ",
    ),
    (
        "out = np.zeros((height, width, channels, len(weight)))\n"
        "for y, x, c in np.ndindex(height, width, channels):\n"
        "    out[y, x, c] = weight[:, c * height * width + x * height + y]\nreturn out",
        "width before height",
        "values differ",
    ),
    (
        "out = np.zeros((height, width, channels, len(weight)))\n"
        "for y, x, c in np.ndindex(height, width, channels):\n"
        "    out[y, x, c] = weight[:, (y * width + x) * channels + c]\nreturn out",
        "read as channels last",
        "values differ",
    ),
    (
        "units = weight.shape[1]\n"
        "return weight.reshape(units, channels, height, width).transpose(2, 3, 1, 0)",
        "units read from the second axis",
        "cannot reshape",
    ),
    ("return weight.T.reshape(channels, height, width, -1)", "only the units moved", "shape"),
    (
        "return weight.reshape(-1, channels, height, width).transpose(2, 3, 1, 0).tolist()",
        None,
        "the values are right, but a list came",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
