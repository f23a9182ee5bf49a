"""Week 3's references against independent implementations, and the examples of their texts."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
from keras import ops
from scipy.signal import convolve2d, correlate2d

from segcourse.exercises import week3
from segcourse.exercises.judge import judge
from segcourse.layers import BilinearInitializer, convolution_matrix
from segcourse.training import input_gradient


def reference(name):
    return getattr(week3, name).right.build()


def keras_transposed(y, kernel, stride, padding="valid"):
    layer = keras.layers.Conv2DTranspose(
        1, len(kernel), strides=stride, padding=padding, use_bias=False
    )
    layer.build((None, None, None, 1))
    layer.set_weights([kernel[:, :, None, None]])
    return ops.convert_to_numpy(layer(y[None, :, :, None].astype("float32")))[0, :, :, 0]


# 3.1


@pytest.mark.parametrize("k, size", [(1, 3), (2, 5), (3, 4), (3, 7), (4, 4)])
def test_the_matrix_convolves(k, size):
    rng = np.random.default_rng(k + size)
    kernel, image = rng.normal(size=(k, k)), rng.normal(size=(size, size))
    expected = correlate2d(image, kernel, mode="valid")
    got = reference("conv_matrix")(kernel, size) @ image.reshape(-1)
    np.testing.assert_allclose(got.reshape(expected.shape), expected)


def test_the_lectures_matrix_is_4_by_16():
    matrix = reference("conv_matrix")(np.arange(1.0, 10.0).reshape(3, 3), 4)
    assert matrix.shape == (4, 16)
    assert matrix[0].tolist() == [1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0, 0]
    assert np.count_nonzero(matrix) == 36


def test_conv_matrix_example():
    matrix = reference("conv_matrix")(np.array([[1, 2], [3, 4]]), 3)
    assert matrix[0].tolist() == [1, 2, 0, 3, 4, 0, 0, 0, 0]
    assert matrix[-1].tolist() == [0, 0, 0, 0, 1, 2, 0, 3, 4]


# 3.2


@pytest.mark.parametrize("shape, k, stride", [((2, 2), 3, 2), ((3, 5), 4, 1), ((4, 2), 5, 3)])
def test_scatter_agrees_with_keras(shape, k, stride):
    rng = np.random.default_rng(k)
    y, kernel = rng.normal(size=shape), rng.normal(size=(k, k))
    got = reference("scatter")(y, kernel, stride)
    np.testing.assert_allclose(got, keras_transposed(y, kernel, stride), atol=1e-5)


def test_scatter_with_stride_1_is_a_full_convolution():
    rng = np.random.default_rng(0)
    y, kernel = rng.normal(size=(4, 3)), rng.normal(size=(3, 3))
    np.testing.assert_allclose(reference("scatter")(y, kernel, 1), convolve2d(y, kernel))


def test_scatter_with_gaps():
    got = reference("scatter")(np.ones((2, 2)), np.ones((1, 1)), 2)
    assert got.tolist() == [[1, 0, 1], [0, 0, 0], [1, 0, 1]]


def test_scatter_example():
    y, kernel = np.array([[1, 2]]), np.array([[1, 2], [3, 4]])
    assert reference("scatter")(y, kernel, 2).tolist() == [[1, 2, 2, 4], [3, 4, 6, 8]]
    assert reference("scatter")(y, kernel, 1).tolist() == [[1, 4, 4], [3, 10, 8]]


def test_a_wrong_scatter_is_shown_beside_the_right_one():
    wrong = next(m for m in week3.scatter.mistakes if m.name == "overlaps overwritten")
    figure = week3.scatter.picture(*judge(week3.scatter, wrong.build(), seed=0).picture)
    assert [ax.get_title() for ax in figure.axes] == ["yours", "expected"]
    assert all(len(ax.texts) == 25 for ax in figure.axes)
    plt.close(figure)


@pytest.mark.parametrize(
    "name, mistake",
    [
        ("conv_matrix", "as many outputs as inputs"),
        ("bilinear_kernel", "one dimension only"),
        ("as_convolution", "no border"),
        ("as_convolution", "kernel first"),
    ],
)
def test_results_of_another_shape_can_be_drawn(name, mistake):
    exercise = getattr(week3, name)
    wrong = next(m for m in exercise.mistakes if m.name == mistake)
    plt.close(exercise.picture(*judge(exercise, wrong.build(), seed=1).picture))


# The three views: C transposed, scatter, and the gradient of the convolution's input


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
    whole = np.pad(reference("scatter")(y, kernel, stride), (0, max(stride - k, 0)))
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


# 3.3


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
    assert reference("transposed_output_size")(*arguments) == expected


@pytest.mark.parametrize("seed", range(10))
def test_the_convolution_leads_back(seed):
    rng = np.random.default_rng(seed)
    size, kernel, stride = (int(rng.integers(*span)) for span in ((1, 9), (1, 7), (1, 5)))
    padding, extra = int(rng.integers(0, (kernel + 1) // 2)), int(rng.integers(0, stride))
    big = reference("transposed_output_size")(size, kernel, stride, padding, extra)
    shape = keras.layers.ZeroPadding2D(padding).compute_output_shape((None, big, big, 1))
    assert keras.layers.Conv2D(1, kernel, stride).compute_output_shape(shape)[1] == size


def test_transposed_output_size_example():
    assert reference("transposed_output_size")(3, 3, 2, 1) == 5
    assert reference("transposed_output_size")(3, 3, 2, 1, 1) == 6


# 3.4


@pytest.mark.parametrize(
    "shape, k, stride, padding", [((2, 2), 3, 1, 0), ((3, 4), 3, 2, 1), ((3, 5), 5, 3, 4)]
)
def test_the_prepared_convolution_is_the_transposed_one(shape, k, stride, padding):
    rng = np.random.default_rng(k)
    y, kernel = rng.normal(size=shape), rng.normal(size=(k, k))
    got = correlate2d(*reference("as_convolution")(y, kernel, stride, padding), mode="valid")
    whole = keras_transposed(y, kernel, stride)
    kept = whole[padding : len(whole) - padding, padding : whole.shape[1] - padding]
    np.testing.assert_allclose(got, kept, atol=1e-5)


def test_as_convolution_example():
    y, kernel = np.array([[7, 8]]), np.array([[1, 2], [3, 4]])
    prepared, turned = reference("as_convolution")(y, kernel, 2, 0)
    assert prepared.tolist() == [[0, 0, 0, 0, 0], [0, 7, 0, 8, 0], [0, 0, 0, 0, 0]]
    assert turned.tolist() == [[4, 3], [2, 1]]


# 3.5


@pytest.mark.parametrize("size", range(1, 20))
def test_bilinear_kernel_agrees_with_the_initializer(size):
    expected = ops.convert_to_numpy(BilinearInitializer()((size, size, 1, 1)))[:, :, 0, 0]
    np.testing.assert_allclose(reference("bilinear_kernel")(size), expected, atol=1e-6)


@pytest.mark.parametrize("factor", [2, 3, 4, 8])
def test_bilinear_kernel_enlarges_a_slope_exactly(factor):
    size = 2 * factor - factor % 2
    slope = np.add.outer(2.0 * np.arange(6), np.arange(6))
    big = reference("scatter")(slope, reference("bilinear_kernel")(size), factor)
    inner = big[2 * factor : -2 * factor, 2 * factor : -2 * factor]
    np.testing.assert_allclose(np.diff(inner, axis=0), 2 / factor)
    np.testing.assert_allclose(np.diff(inner, axis=1), 1 / factor)


def test_bilinear_kernel_example():
    assert reference("bilinear_kernel")(3).tolist() == [
        [0.25, 0.5, 0.25],
        [0.5, 1, 0.5],
        [0.25, 0.5, 0.25],
    ]
    assert reference("bilinear_kernel")(4)[0].tolist() == [0.0625, 0.1875, 0.1875, 0.0625]


# 3.6


@pytest.mark.parametrize("size, kernel, stride", [(5, 3, 2), (4, 4, 2), (6, 7, 3), (3, 2, 4)])
def test_counts_are_the_transposed_convolution_of_ones(size, kernel, stride):
    count = reference("overlap_count")(size, kernel, stride)
    map_of_ones = keras_transposed(np.ones((size, size)), np.ones((kernel, kernel)), stride)
    # Where the stride exceeds the kernel, Keras adds the gap after the last kernel as well.
    kept = map_of_ones[: len(count), : len(count)]
    np.testing.assert_array_equal(kept, np.outer(count, count))


def test_overlap_count_example():
    assert reference("overlap_count")(3, 3, 2).tolist() == [1, 1, 2, 1, 2, 1, 1]
