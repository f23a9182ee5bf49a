"""`output_size` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest

from segcourse.exercises.week4.output_size import output_size as exercise
from tests.exercises.week4.published_layers import ALEXNET, VGG16, layers_of

output_size = exercise.right.build()


@pytest.mark.parametrize("seed", range(10))
def test_output_size_agrees_with_keras(seed):
    rng = np.random.default_rng(seed)
    size = int(rng.integers(150, 250))
    layers = [(k, s, int(rng.integers(0, 4))) for k, s in layers_of(rng, 4)]
    shape = (None, size, size, 1)
    for kernel, stride, padding in layers:
        shape = keras.layers.ZeroPadding2D(padding).compute_output_shape(shape)
        shape = keras.layers.Conv2D(1, kernel, stride).compute_output_shape(shape)
    assert output_size(size, layers) == shape[1] == shape[2]


@pytest.mark.parametrize(
    ("size", "layers", "expected"),
    [
        (227, ALEXNET[:1], 55),
        (227, ALEXNET[:4], 13),
        (227, ALEXNET[:8], 6),
        (227, ALEXNET, 1),
        (500, ALEXNET, 9),  # 10 in Caffe, whose pooling rounds up
        (224, VGG16[:-3], 7),
        (224, VGG16, 1),
        (500, [(3, 1, 100), *VGG16[1:]], 15),  # 16 in Caffe, for the same reason
    ],
)
def test_output_size_of_published_networks(size, layers, expected):
    assert output_size(size, layers) == expected


def test_output_size_example():
    assert output_size(8, [(3, 2, 1)]) == 4
    assert output_size(8, [(3, 2, 1), (2, 2, 0)]) == 2


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    (
        "for k, p, s in layers:\n    size = int((size - k + 2 * p) / s) + 1\nreturn size",
        "stride and padding swapped, divided with /",
        "raised ZeroDivisionError: division by zero",
    ),
    (
        "for k, s, p in layers:\n    size = -(-size // s)\nreturn size",
        "size over stride, rounded up",
        "",
    ),
    (
        "for k, s, p in layers:\n    size = (size - k + 2 * p) // s + 1\nreturn size, s",
        None,
        r"you returned 2 values \(a tuple\); one number is expected",
    ),
    (
        "return [(size - k + 2 * p) // s + 1 for k, s, p in layers + layers]",
        None,
        r"one number was expected, 4 values \(a list\) came",
    ),
    (
        "for k, s, p in layers:\n    size = (size - 2 * p - k) // s + 1\nreturn size",
        "padding subtracted",
        "",
    ),
    (
        "while layers:\n    k, s, p = layers.pop(0)\n"
        "    size = (size + 2 * p - k) // s + 1\nreturn size",
        None,
        "changed its input `layers`",
    ),
    (
        "for k, s, p in layers:\n    size = np.floor((size - k + 2 * p) / s + 1)\nreturn size",
        "float in place of int",
        "the value is right, but it is the float",
    ),
    (
        "sizes = [size]\nfor k, s, p in layers[::-1]:\n"
        "    sizes.append((sizes[-1] + 2 * p - k) // s + 1)\nreturn sizes[-1]",
        "from the last layer to the first",
        "",
    ),
    (
        "for k, s, p in layers:\n    size = (size - k + 2 * p // s) + 1\nreturn size",
        "only the padding divided",
        "",
    ),
    (
        "for layer in layers:\n"
        "    size = (size + 2 * layer[2] - layer[0] + layer[1] - 1) // layer[1] + 1\n"
        "return size",
        "rounded up",
        "",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


RIGHT = [
    "for k, s, p in layers:\n    size = int((size + 2 * p - k) / s) + 1\nreturn size",
    "for k, s, p in layers:\n    size = (size + 2 * p - k + s) // s\nreturn np.int64(size)",
    "for k, s, p in layers:\n    size = len(range(0, size + p + p - k + 1, s))\nreturn size",
]


@pytest.mark.parametrize("body", RIGHT)
def test_right_answers_in_other_forms(body, passes):
    passes(exercise, body)
