"""`interlace` against independent implementations, and the example of its text."""

import numpy as np
import pytest

from segcourse.exercises.week4.interlace import interlace as exercise

interlace = exercise.right.build()


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_interlace_agrees_with_a_loop_over_the_pixels(stride):
    height, width = 2, 5
    outputs = np.random.default_rng(stride).normal(size=(stride * stride, height, width))
    result = interlace(outputs, stride)
    assert result.shape == (height * stride, width * stride)
    for row, column in np.ndindex(result.shape):
        shift = row % stride * stride + column % stride
        assert result[row, column] == outputs[shift, row // stride, column // stride]


def test_interlace_undoes_taking_every_second_pixel():
    full = np.arange(4 * 6).reshape(4, 6)
    outputs = np.stack([full[dy::2, dx::2] for dy in range(2) for dx in range(2)])
    np.testing.assert_array_equal(interlace(outputs, 2), full)


def test_interlace_example():
    outputs = np.array([[[1, 2]], [[3, 4]], [[5, 6]], [[7, 8]]])
    assert interlace(outputs, 2).tolist() == [[1, 3, 2, 4], [5, 7, 6, 8]]


@pytest.mark.parametrize("mistake", ["side by side", "averaged", "rows and columns swapped"])
def test_interlace_picture_shows_both_results(mistake, drawn):
    figure = drawn(exercise, mistake)
    assert [ax.get_title() for ax in figure.axes] == ["yours", "expected"]


def test_the_text_keeps_to_the_words_of_the_notebook():
    assert "dense map" not in exercise.right.source


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    (
        "n, h, w = outputs.shape\n"
        "return np.stack(list(outputs), -1).reshape(h * stride, w * stride)",
        "shifts as the last axes",
        "",
    ),
    ("n, h, w = outputs.shape\nreturn outputs.reshape(stride, h, w, -1)[0]", None, "has the shape"),
    (
        "n, w, h = outputs.shape\nresult = np.zeros((h * stride, w * stride))\n"
        "for dy in range(stride):\n    for dx in range(stride):\n"
        "        result[dy::stride, dx::stride] = outputs[dy * stride + dx]\nreturn result",
        "width before height, in the loops",
        "could not broadcast",
    ),
    (
        "n, h, w = outputs.shape\nresult, k = np.zeros((h * stride, w * stride)), 0\n"
        "for dx in range(stride):\n    for dy in range(stride):\n"
        "        result[dy::stride, dx::stride] = outputs[k]\n        k += 1\nreturn result",
        "dy and dx swapped",
        "",
    ),
    (
        "n, h, w = outputs.shape\nresult = np.zeros((h * stride, w * stride))\n"
        "for k in range(n):\n    for y in range(h):\n        for x in range(w):\n"
        "            result[y * stride + k % stride, x * stride + k // stride] = outputs[k, y, x]\n"
        "return result",
        "dy and dx swapped",
        "",
    ),
    ("return outputs[0, :, :]", "first map returned", "has the shape"),
    (
        "n, h, w = outputs.shape\nresult = np.zeros((h * stride, w * stride))\n"
        "result[::stride, ::stride] = outputs[0]\nreturn result",
        "only the first map placed",
        "",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


RIGHT = [
    "return [\n"
    "    [float(outputs[y % stride * stride + x % stride, y // stride, x // stride])\n"
    "     for x in range(outputs.shape[2] * stride)]\n"
    "    for y in range(outputs.shape[1] * stride)\n"
    "]",
    "n, h, w = outputs.shape\n"
    "maps = ops.reshape(outputs, (stride, stride, h, w))\n"
    "return ops.reshape(ops.transpose(maps, (2, 0, 3, 1)), (h * stride, w * stride))",
]


@pytest.mark.parametrize("body", RIGHT)
def test_right_answers_in_other_forms(body, passes):
    passes(exercise, body)
