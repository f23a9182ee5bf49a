"""`transposed_output_size` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest

from segcourse.exercises.week3.transposed_output_size import transposed_output_size as exercise

transposed_output_size = exercise.right.build()


@pytest.mark.parametrize(
    "arguments, expected",
    [  # chapter 4 of the guide by Dumoulin and Visin
        ((2, 3, 1, 0), 4),  # no padding, no stride
        ((6, 4, 1, 2), 5),  # arbitrary padding
        ((5, 3, 1, 1), 5),  # half padding
        ((7, 3, 1, 2), 5),  # full padding
        ((2, 3, 2, 0), 5),  # no padding, stride
        ((3, 3, 2, 1), 5),  # padding, stride
        ((3, 3, 2, 1, 1), 6),  # padding, stride, odd
        ((10, 64, 32, 0), 352),  # upscore of FCN-32s
    ],
)
def test_sizes_of_the_guide(arguments, expected):
    assert transposed_output_size(*arguments) == expected


@pytest.mark.parametrize("seed", range(10))
def test_the_convolution_leads_back(seed):
    rng = np.random.default_rng(seed)
    size, kernel, stride = (int(rng.integers(*span)) for span in ((1, 9), (1, 7), (1, 5)))
    padding, extra = int(rng.integers(0, (kernel + 1) // 2)), int(rng.integers(0, stride))
    big = transposed_output_size(size, kernel, stride, padding, extra)
    shape = keras.layers.ZeroPadding2D(padding).compute_output_shape((None, big, big, 1))
    assert keras.layers.Conv2D(1, kernel, stride).compute_output_shape(shape)[1] == size


def test_transposed_output_size_example():
    assert transposed_output_size(3, 3, 2, 1) == 5
    assert transposed_output_size(3, 3, 2, 1, 1) == 6


# What students write -> the mistake it is taken for.
WRONG = {
    "(size + 2 * padding - kernel) // stride + 1": (
        "formula of the convolution without output padding"
    ),
    "size - 1 * stride + kernel - 2 * padding + output_padding": "brackets missing",
    "size * stride": "size * stride",
    "stride * size + output_padding": "size * stride + output padding",
    "(size - 1) * stride + 1 + 2 * (kernel - 1 - padding) + output_padding - kernel": "one too few",
    "(size - 1) * stride + 1 + 2 * (kernel - 1 - padding) + output_padding": (
        "stretched input only"
    ),
    "((size - 1) * stride + kernel - 2 * padding + output_padding) / 1": "a float",
}


@pytest.mark.parametrize("formula", WRONG)
def test_a_likely_slip_gets_its_message(formula, recognised):
    said = "is -?\\d+, expected|float"
    recognised(exercise, f"return {formula}", WRONG[formula], said)


def test_one_too_few_helps_those_who_slide_a_kernel_along_the_stretched_input():
    messages = {mistake.name: mistake.message for mistake in exercise.mistakes}
    assert "length - kernel + 1 places" in messages["one too few"]
