"""`scatter` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from keras import ops
from scipy.signal import convolve2d

from segcourse.exercises.week3.scatter import scatter as exercise
from segcourse.layers import convolution_matrix
from segcourse.training import input_gradient
from tests.exercises.week3.keras_transposed import keras_transposed

scatter = exercise.right.build()


@pytest.mark.parametrize("shape, k, stride", [((2, 2), 3, 2), ((3, 5), 4, 1), ((4, 2), 5, 3)])
def test_scatter_agrees_with_keras(shape, k, stride):
    rng = np.random.default_rng(k)
    y, kernel = rng.normal(size=shape), rng.normal(size=(k, k))
    got = scatter(y, kernel, stride)
    np.testing.assert_allclose(got, keras_transposed(y, kernel, stride), atol=1e-5)


def test_scatter_with_stride_1_is_a_full_convolution():
    rng = np.random.default_rng(0)
    y, kernel = rng.normal(size=(4, 3)), rng.normal(size=(3, 3))
    np.testing.assert_allclose(scatter(y, kernel, 1), convolve2d(y, kernel))


def test_scatter_with_gaps():
    got = scatter(np.ones((2, 2)), np.ones((1, 1)), 2)
    assert got.tolist() == [[1, 0, 1], [0, 0, 0], [1, 0, 1]]


def test_scatter_example():
    y, kernel = np.array([[1, 2]]), np.array([[1, 2], [3, 4]])
    assert scatter(y, kernel, 2).tolist() == [[1, 2, 2, 4], [3, 4, 6, 8]]
    assert scatter(y, kernel, 1).tolist() == [[1, 4, 4], [3, 10, 8]]


def test_a_wrong_scatter_is_shown_beside_the_right_one(drawn):
    figure = drawn(exercise, "overlaps overwritten")
    assert [ax.get_title() for ax in figure.axes] == ["yours", "expected"]
    assert all(len(ax.texts) == 6 for ax in figure.axes)  # of the example


@pytest.mark.parametrize("seed", range(200))
def test_three_views_agree_with_keras(seed):
    rng = np.random.default_rng(seed)
    height, width, k, stride = (int(n) for n in rng.integers(1, (6, 6, 6, 5)))
    padding = ("valid", "same")[seed % 2]
    y = rng.uniform(-1, 1, (height, width)).astype("float32")
    kernel = rng.uniform(-1, 1, (k, k)).astype("float32")
    expected = keras_transposed(y, kernel, stride, padding)

    matrix = convolution_matrix(kernel, expected.shape, stride, padding)
    by_matrix = (matrix.T @ y.reshape(-1)).reshape(expected.shape)
    np.testing.assert_allclose(by_matrix, expected, atol=1e-5)

    # Keras adds the gap after the last kernel, if there is one, and cuts "same" to size * stride.
    whole = np.pad(scatter(y, kernel, stride), (0, max(stride - k, 0)))
    cut = max(k - stride, 0) // 2 if padding == "same" else 0
    scattered = whole[cut : cut + expected.shape[0], cut : cut + expected.shape[1]]
    np.testing.assert_allclose(scattered, expected, atol=1e-5)

    weights = kernel[:, :, None, None]
    gradient = input_gradient(
        lambda x: ops.conv(x, weights, strides=stride, padding=padding),
        rng.uniform(-1, 1, (1, *expected.shape, 1)),
        y[None, :, :, None],
    )
    np.testing.assert_allclose(gradient[0, :, :, 0], expected, atol=1e-5)


LOOPS = """
r, c = y.shape
k = kernel.shape[0]
out = np.zeros(((r - 1) * stride + k, (c - 1) * stride + k){zeros})
for i in range(r):
    for j in range(c):
        {line}
{end}
"""
WINDOW = "out[i * stride : i * stride + k, j * stride : j * stride + k]"


def loops(line=WINDOW + " += kernel * y[i, j]", end="return out", zeros=""):
    return LOOPS.format(line=line, end=end, zeros=zeros)


# What students write, in a form that is not the catalogue's -> the mistake it is taken for.
WRONG = {
    "integer zeros": loops(zeros=", int"),
    "the dtype of the input taken over": loops(zeros=", y.dtype"),
    "kernel scaled in place": loops(
        f"piece = kernel\n        piece *= y[i, j]\n        {WINDOW} += piece"
    ),
    "return in the inner loop": loops(end="        return out"),
    "return in the outer loop": loops(end="    return out"),
    "overlaps overwritten": loops(f"{WINDOW} = kernel * y[i, j]"),
    "gathers": """
r, c = y.shape
k = len(kernel)
out = np.zeros(((r - 1) * stride + k, (c - 1) * stride + k))
for a, b in np.ndindex(out.shape):
    out[a, b] = np.sum(kernel * y[a * stride : a * stride + k, b * stride : b * stride + k])
return out
""",
    "padding same": """
image = y[None, :, :, None].astype("float32")
weights = kernel[:, :, None, None].astype("float32")
out = ops.conv_transpose(image, weights, strides=stride, padding="same")
return ops.convert_to_numpy(out)[0, :, :, 0]
""",
    "gap kept after the last kernel": """
image = y[None, :, :, None].astype("float32")
weights = kernel[:, :, None, None].astype("float32")
out = ops.conv_transpose(image, weights, strides=stride, padding="valid")
return ops.convert_to_numpy(out)[0, :, :, 0].astype("float64")
""",
    "rows for both sides": loops().replace("(c - 1)", "(r - 1)"),
    "a square input only": loops().replace("r, c = y.shape", "r = c = len(y)"),
    "result as small as the input": loops().replace(
        "np.zeros(((r - 1) * stride + k, (c - 1) * stride + k))", "np.zeros((r, c))"
    ),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_likely_slip_gets_its_message(mistake, recognised):
    recognised(exercise, WRONG[mistake], mistake, "differ|shape|raised|dtype|changed")
