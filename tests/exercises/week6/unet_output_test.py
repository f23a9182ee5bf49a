"""`unet_output` against independent implementations, and the example of its text."""

import contextlib

import keras
import pytest

from segcourse.exercises.week6.unet_output import unet_output as exercise

unet_output = exercise.right.build()


def side_by_layers(size, depth):
    """The side that a U-Net of Keras layers gives; 0 where a pooling would drop a row."""
    images = x = keras.Input((size, 9, 1))
    shapes = []

    def convolution(x):
        return keras.layers.Conv2D(1, (3, 1))(x)

    for _ in range(depth):
        x = convolution(convolution(x))
        shapes.append(x.shape[1])
        x = keras.layers.MaxPooling2D((2, 1))(x)
    x = convolution(convolution(x))
    for _ in range(depth):
        x = keras.layers.Conv2DTranspose(1, (2, 1), strides=(2, 1))(x)
        x = convolution(convolution(x))
    tiles = all(shape % 2 == 0 for shape in shapes)
    # Where nothing is left, Keras raises an error; before 3.11 it gives negative sizes.
    return max(keras.Model(images, x).output_shape[1], 0) if tiles else 0


@pytest.mark.parametrize(("size", "depth"), [(28, 1), (27, 1), (60, 2), (62, 2), (64, 2), (140, 3)])
def test_unet_output_agrees_with_keras(size, depth):
    assert unet_output(size, depth) == side_by_layers(size, depth)


def test_unet_output_of_the_paper():
    assert unet_output(572, 4) == 388
    assert [size for size in range(560, 600) if unet_output(size, 4)] == [572, 588]


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_unet_output_is_0_where_nothing_is_left(depth):
    smallest = min(size for size in range(200) if unet_output(size, depth))
    below = smallest - 2**depth
    with contextlib.suppress(ValueError):
        assert side_by_layers(below, depth) == 0
    assert unet_output(below, depth) == 0
    assert unet_output(smallest, depth) == side_by_layers(smallest, depth) > 0


def test_unet_output_example():
    assert unet_output(28, 1) == 12
    assert unet_output(27, 1) == 0


#: Answers as people write them, the mistake that is recognised, and what is said of the call.
WRITTEN = [
    (
        "for _ in range(depth):\n"
        "    size = size - 4\n"
        "    if size % 2:\n"
        '        raise ValueError("does not tile")\n'
        "    size = size // 2\n"
        "size = size - 4\n"
        "for _ in range(depth):\n"
        "    size = 2 * size - 4\n"
        "return max(size, 0)",
        "ValueError",
        "does not tile",
    ),
    (
        "for _ in range(depth):\n"
        "    size = size - 4\n"
        "    if size % 2:\n"
        "        return 0\n"
        "    size /= 2\n"
        "size = size - 4\n"
        "for _ in range(depth):\n"
        "    size = 2 * size - 4\n"
        "if size <= 0:\n"
        "    return 0\n"
        "return size",
        "float in place of int",
        "the float 12.0",
    ),
    (
        "for _ in range(depth):\n"
        "    size = size - 4\n"
        "    if size % 2:\n"
        "        return -1\n"
        "    size = size // 2\n"
        "size = size - 4\n"
        "for _ in range(depth):\n"
        "    size = 2 * size - 4\n"
        "return max(size, 0)",
        "-1 in place of 0",
        "it is -1",
    ),
    (
        "for _ in range(depth):\n"
        "    size = size - 4\n"
        "    if size % 2:\n"
        "        break\n"
        "    size = size // 2\n"
        "size = size - 4\n"
        "for _ in range(depth):\n"
        "    size = 2 * size - 4\n"
        "return max(size, 0)",
        "break",
        "expected 0",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


RIGHT = [
    "a = [size]\n"
    "for i in range(depth):\n"
    "    x = a[-1] - 4\n"
    "    if x % 2 or x <= 0:\n"
    "        return 0\n"
    "    a.append(x // 2)\n"
    "x = a[-1] - 4\n"
    "for i in range(depth):\n"
    "    x = x * 2 - 4\n"
    "return x if x > 0 else 0",
]


@pytest.mark.parametrize("body", RIGHT)
def test_right_answers_in_other_forms(body, passes):
    passes(exercise, body)
