"""`as_convolution` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from segcourse.exercises.week3.as_convolution import as_convolution as exercise
from tests.exercises.week3.keras_transposed import keras_transposed

as_convolution = exercise.right.build()


@pytest.mark.parametrize(
    "shape, k, stride, padding", [((2, 2), 3, 1, 0), ((3, 4), 3, 2, 1), ((3, 5), 5, 3, 4)]
)
def test_the_prepared_convolution_is_the_transposed_one(shape, k, stride, padding):
    rng = np.random.default_rng(k)
    y, kernel = rng.normal(size=shape), rng.normal(size=(k, k))
    got = correlate2d(*as_convolution(y, kernel, stride, padding), mode="valid")
    whole = keras_transposed(y, kernel, stride)
    kept = whole[padding : len(whole) - padding, padding : whole.shape[1] - padding]
    np.testing.assert_allclose(got, kept, atol=1e-5)


def test_as_convolution_example():
    y, kernel = np.array([[7, 8]]), np.array([[1, 2], [3, 4]])
    prepared, turned = as_convolution(y, kernel, 2, 0)
    assert prepared.tolist() == [[0, 0, 0, 0, 0], [0, 7, 0, 8, 0], [0, 0, 0, 0, 0]]
    assert turned.tolist() == [[4, 3], [2, 1]]


@pytest.mark.parametrize("mistake", ["no border", "kernel first", "kernel not returned"])
def test_a_result_of_another_shape_can_be_drawn(mistake, drawn):
    drawn(exercise, mistake)


PREPARE = """
height, width = y.shape
k = kernel.shape[0]
big = np.zeros(((height - 1) * stride + 1, (width - 1) * stride + 1){zeros})
big[::stride, ::stride] = y
b = k - 1 - padding
return {result}
"""
# What students write, in a form that is not the catalogue's -> the mistake it is taken for.
WRONG = {
    "kernel flipped left to right": "np.pad(big, b), np.fliplr(kernel)",
    "kernel flipped in one direction": "np.pad(big, b), np.flipud(kernel)",
    "kernel flattened": "np.pad(big, b), np.flip(kernel.reshape(-1))",
    "border of copies": "np.pad(big, [[b, b], [b, b]], mode='edge'), np.flip(kernel)",
    "border at the sides only": "np.pad(big, [(0, 0), (b, b)]), np.flip(kernel)",
    "kernel not returned": "np.pad(big, b)",
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_likely_slip_gets_its_message(mistake, recognised):
    body = PREPARE.format(result=WRONG[mistake], zeros="")
    recognised(exercise, body, mistake, "the turned kernel|the stretched input")


def test_integer_zeros_get_their_message(recognised):
    body = PREPARE.format(result="np.pad(big, b), np.flip(kernel)", zeros=", int")
    recognised(exercise, body, "integer zeros", "dtype int64")


def test_the_picture_shows_the_part_that_is_wrong(drawn):
    figure = drawn(exercise, "kernel flipped left to right")
    shown = [[text.get_text() for text in ax.texts] for ax in figure.axes]
    assert shown == [["2", "1", "4", "3"], ["4", "3", "2", "1"]]
