"""`dilate_kernel` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest

from segcourse.exercises.bonus.dilate_kernel import dilate_kernel as exercise
from segcourse.exercises.judging.judge import Outcome, judge

dilate_kernel = exercise.right.build()


@pytest.mark.parametrize("rate", [1, 2, 3])
def test_a_convolution_with_the_dilated_kernel_is_the_dilated_convolution(rate):
    rng = np.random.default_rng(rate)
    kernel = rng.normal(size=(3, 2)).astype("float32")
    image = rng.normal(size=(1, 11, 12, 1)).astype("float32")
    expected = keras.ops.conv(image, kernel[..., None, None], dilation_rate=rate)
    spread = dilate_kernel(kernel, rate)[..., None, None].astype("float32")
    came = keras.ops.conv(image, spread)
    assert came.shape == expected.shape
    np.testing.assert_allclose(np.array(came), np.array(expected), atol=1e-5)


def test_dilate_kernel_example():
    result = dilate_kernel(np.array([[1, 2], [3, 4]]), 2)
    assert result.tolist() == [[1, 0, 2], [0, 0, 0], [3, 0, 4]]


def test_dilate_kernel_picture(drawn):
    figure = drawn(exercise, "kernel flipped")
    assert [ax.get_title() for ax in figure.axes] == ["yours", "expected"]


SPREAD = """
h, w = kernel.shape
out = {zeros}
out[::rate, ::rate] = kernel
return out
"""


def spread(zeros="np.zeros(((h - 1) * rate + 1, (w - 1) * rate + 1))"):
    return SPREAD.format(zeros=zeros)


# What students write, in a form that is not the catalogue's -> the mistake it is taken for.
WRONG = {
    "all weights repeated": "return np.repeat(np.repeat(kernel, rate, 1), rate, 0)",
    "`rate` zeros around": "return np.pad(kernel, ((rate, rate), (rate, rate)))",
    "rate - 1 zeros around": "return np.pad(kernel, [(rate - 1, rate - 1)] * 2)",
    "height for both sides": spread("np.zeros(((h - 1) * rate + 1, (h - 1) * rate + 1))"),
    "a square kernel only": """
k = kernel.shape[0]
out = np.zeros(((k - 1) * rate + 1,) * 2)
for i, j in np.ndindex(k, k):
    out[i * rate, j * rate] = kernel[i, j]
return out
""",
    "rate 2 typed in": """
h, w = kernel.shape
out = np.zeros(((h - 1) * 2 + 1, (w - 1) * 2 + 1))
for i, j in np.ndindex(h, w):
    out[2 * i, 2 * j] = kernel[i, j]
return out
""",
    "integer zeros": spread("np.zeros(((h - 1) * rate + 1, (w - 1) * rate + 1), int)"),
    "shape not in a tuple": spread("np.zeros(h + (h - 1) * (rate - 1), w + (w - 1) * (rate - 1))"),
    "zeros at the end": "return np.kron(kernel, np.eye(1, rate * rate).reshape(rate, rate))",
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_likely_slip_gets_its_message(mistake, recognised):
    recognised(exercise, WRONG[mistake], mistake, "differ|shape|raised|dtype")


@pytest.mark.parametrize("seed", range(5))
def test_memory_that_was_not_cleared_is_wrong(seed, student):
    body = spread("np.empty(((h - 1) * rate + 1, (w - 1) * rate + 1)) + 1e-9").replace(
        "\n", "\n    "
    )
    answer = student(f"def dilate_kernel(kernel, rate):\n    {body}", "dilate_kernel")
    assert judge(exercise, answer, seed).outcome is Outcome.WRONG


def test_where_only_the_kind_of_number_differs_the_picture_says_so(drawn):
    figure = drawn(exercise, "integer zeros")
    assert [ax.get_title() for ax in figure.axes] == ["yours, int64", "expected, float64"]
