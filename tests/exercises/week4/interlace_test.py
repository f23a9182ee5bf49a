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
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
