"""`receptive_field` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest
from keras import ops

from segcourse.exercises.week4.receptive_field import receptive_field as exercise
from tests.exercises.week4.published_layers import ALEXNET, VGG16, layers_of

receptive_field = exercise.right.build()


@pytest.mark.parametrize("seed", range(6))
def test_receptive_field_spans_the_inputs_that_matter(seed):
    layers = layers_of(np.random.default_rng(seed), 4)
    # Each input pixel alone is 1 in a row of its own; kernels of ones pass on whether it is seen.
    # 400 exceeds the largest field: 1 + 4 * (1 + 3 + 9 + 27) = 161.
    rows = np.eye(400, dtype="float32")[..., None]
    for kernel, stride in layers:
        rows = keras.layers.Conv1D(1, kernel, stride, kernel_initializer="ones", use_bias=False)(
            rows
        )
    seen = np.flatnonzero(ops.convert_to_numpy(rows)[:, 0, 0])
    # A kernel smaller than its stride leaves holes; the field is the window around all of it.
    assert receptive_field(layers) == seen[-1] - seen[0] + 1


@pytest.mark.parametrize(
    ("network", "expected"),
    [(ALEXNET, 355), (VGG16, 404), (VGG16[:-3], 212), (VGG16[:3], 6), (ALEXNET[:2], 19)],
)
def test_receptive_field_of_published_networks(network, expected):
    layers = [(kernel, stride) for kernel, stride, _ in network]
    assert receptive_field(layers) == expected


def test_receptive_field_example():
    assert receptive_field([(3, 1), (2, 2), (3, 1)]) == 8


def test_texts_keep_to_the_words_of_the_notebook():
    said = [m.message for m in exercise.mistakes]
    said += [*exercise.hints, exercise.right.source]
    assert not [text for text in said if "distance" in text]


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    (
        "r = j = 1\nfor k, s in layers:\n    r + (k - 1) * j\n    j *= s\nreturn r",
        "field stays at 1",
        "the sum is not kept",
    ),
    ("return 1", "field stays at 1", "If the jump starts from 0"),
    ("return 0", "both started from 0", "If your field and your jump start from 0"),
    (
        "r = j = 1\nfor k, s in layers:\n    r += (k - 1) * j\n    j *= s\nreturn [r, j]",
        "field and jump returned",
        r"2 values \(a list\)",
    ),
    (
        "r = j = 1\nfor k, s in layers:\n    r = r + (k - 1) * j\n    j = j * s\nreturn r / 1",
        "field as a float",
        r"the value is right, but it is the float \d+\.0",
    ),
    ("r = 1\nfor k, s in layers:\n    r += (k - 1) * s\nreturn r", "own stride as the jump", ""),
    ("r = 1\nfor k, s in layers:\n    r = r * s + k - 1\nreturn r", "field times stride", ""),
    ("r = 1\nfor k, s in layers:\n    r = (r - 1) * s + k\nreturn r", "wrong order", ""),
    (
        "r, j = layers[0][0], 1\nfor k, s in layers:\n    r += (k - 1) * j\n    j *= s\nreturn r",
        "first layer twice",
        "",
    ),
    (
        "r, j = 1, 1\nfor k, s in layers:\n    r += k // 2 * 2 * j\n    j *= s\nreturn r",
        "odd kernels only",
        "",
    ),
    (
        "r, j = 1, 1\nwhile layers:\n    k, s = layers.pop(0)\n"
        "    r, j = r + (k - 1) * j, j * s\nreturn r",
        None,
        "changed its input `layers`",
    ),
    (
        "layers.append((1, 1))\nr, j = 1, 1\nfor k, s in layers:\n"
        "    r, j = r + (k - 1) * j, j * s\nreturn r",
        None,
        "changed its input `layers`",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


FROM_BEHIND = """\
layers.reverse()
size = 1
for kernel, stride in layers:
    size = (size - 1) * stride + kernel
return size
"""


def test_the_list_of_the_caller_stays_in_its_order(recognised):
    recognised(exercise, FROM_BEHIND, None, "changed its input `layers`")


def test_a_copy_may_be_turned_round(passes):
    passes(exercise, FROM_BEHIND.replace("layers.reverse()", "layers = layers[::-1]"))
