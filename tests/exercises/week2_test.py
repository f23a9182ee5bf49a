"""Week 2's references against independent implementations, and the examples of their texts."""

import keras
import numpy as np
import pytest
from keras import ops
from PIL import Image
from scipy import ndimage, sparse

from segcourse.exercises import week2


def reference(name):
    return getattr(week2, name).right.build()


# 2.1


def test_linear_is_numpys_interp():
    rng = np.random.default_rng(0)
    for f1, f2, d1, d2 in rng.uniform(0.1, 9, (50, 4)):
        expected = np.interp(d1, [0, d1 + d2], [f1, f2])
        assert reference("linear")(f1, f2, d1, d2) == pytest.approx(expected)


def test_linear_on_a_neighbour_and_on_arrays():
    linear = reference("linear")
    assert linear(10, 20, 1, 3) == 12.5
    assert linear(10, 20, 0, 3) == 10 and linear(10, 20, 3, 0) == 20
    colors = linear(np.array([0.0, 8]), np.array([4.0, 0]), 3, 1)
    np.testing.assert_array_equal(colors, [3, 2])


# 2.2


@pytest.mark.parametrize("shape", [(4, 7), (5, 3, 2), (1, 4), (3, 1, 2)])
def test_sample_is_scipys_linear_spline(shape):
    rng = np.random.default_rng(1)
    image = rng.normal(size=shape)
    planes = np.moveaxis(image.reshape(*shape[:2], -1), -1, 0)
    for y, x in rng.uniform((-2, -2), (shape[0] + 1, shape[1] + 1), (60, 2)):
        expected = [
            ndimage.map_coordinates(plane, [[y], [x]], order=1, mode="nearest")[0]
            for plane in planes
        ]
        came = reference("sample")(image, y, x)
        np.testing.assert_allclose(np.ravel(came), expected, atol=1e-9)


def test_sample_at_pixels_and_in_its_example():
    sample, image = reference("sample"), np.array([[10.0, 20], [30, 40]])
    for y, x in np.ndindex(2, 2):
        assert sample(image, y, x) == image[y, x]
    assert sample(image, 0.25, 0.5) == 20
    assert sample(image, -3, 0.5) == 15


# 2.3


@pytest.mark.parametrize("size", [(8, 14), (9, 3), (4, 7), (1, 1), (13, 20)])
def test_resize_is_keras_resize(size):
    image = np.random.default_rng(2).normal(size=(4, 7, 3)).astype("float32")
    expected = ops.image.resize(image, size, interpolation="bilinear", antialias=False)
    came = reference("resize")(image, *size)
    np.testing.assert_allclose(came, ops.convert_to_numpy(expected), atol=1e-5)


def test_resize_enlarges_as_pillow_does():
    image = np.random.default_rng(3).normal(size=(5, 4)).astype("float32")
    expected = Image.fromarray(image).resize((9, 13), Image.Resampling.BILINEAR)
    came = reference("resize")(image[..., None], 13, 9)[..., 0]
    np.testing.assert_allclose(came, np.asarray(expected), atol=1e-5)


def test_resize_example():
    came = reference("resize")(np.array([[[0.0], [10.0]]]), 1, 4)
    np.testing.assert_array_equal(came.ravel(), [0, 2.5, 7.5, 10])


# 2.4


@pytest.mark.parametrize("size", [(14, 22), (3, 4), (6, 7), (20, 5), (1, 1)])
def test_resize_mask_is_pillows_nearest(size):
    labels = np.random.default_rng(8).integers(0, 256, (7, 11)).astype("uint8")
    expected = Image.fromarray(labels).resize(size[::-1], Image.Resampling.NEAREST)
    came = reference("resize_mask")(labels, *size)
    np.testing.assert_array_equal(came, np.asarray(expected))
    assert came.dtype == "uint8"


def test_resize_mask_example_and_ties():
    resize_mask = reference("resize_mask")
    assert resize_mask(np.array([[1, 2, 3]]), 1, 5).tolist() == [[1, 1, 2, 3, 3]]
    # Half the size: the centre lies on the border of two pixels, and the later one is copied.
    assert resize_mask(np.arange(8)[None], 1, 4).tolist() == [[1, 3, 5, 7]]


# 2.5


def test_bed_of_nails_example_and_channels():
    bed_of_nails = reference("bed_of_nails")
    came = bed_of_nails(np.array([[1, 2], [3, 4]]), 2)
    table = [[1, 0, 2, 0], [0, 0, 0, 0], [3, 0, 4, 0], [0, 0, 0, 0]]
    np.testing.assert_array_equal(came, table)
    assert came.dtype == int
    x = np.random.default_rng(4).normal(size=(2, 3, 2)).astype("float32")
    # A transposed convolution with a kernel of one weight leaves the same zeros between.
    expected = ops.conv_transpose(x[None], np.eye(2, dtype="float32")[None, None], 3, "same")
    expected = ops.convert_to_numpy(expected)[0]
    came = bed_of_nails(x, 3)
    assert came.shape == (6, 9, 2)
    np.testing.assert_allclose(came[came != 0], expected[expected != 0], atol=1e-6)
    np.testing.assert_array_equal(np.argwhere(came)[:, :2] % 3, 0)


# 2.6


@pytest.mark.parametrize("size", [1, 2, 3])
def test_max_pool_by_looking_at_every_cell(size):
    rng = np.random.default_rng(5)
    x = rng.integers(-3, 3, (3 * size, 4 * size)).astype("float32")  # many ties
    pooled, positions = reference("max_pool")(x, size)
    keras_pool = keras.layers.MaxPooling2D(size)(x[None, ..., None])
    np.testing.assert_array_equal(pooled, ops.convert_to_numpy(keras_pool)[0, ..., 0])
    for i, j in np.ndindex(3, 4):
        cells = [
            (row, column)
            for row in range(i * size, (i + 1) * size)
            for column in range(j * size, (j + 1) * size)
        ]
        first = next(cell for cell in cells if x[cell] == max(x[c] for c in cells))
        assert positions[i, j] == first[0] * x.shape[1] + first[1]


def test_max_pool_example():
    pooled, positions = reference("max_pool")(np.array([[1, 5, 2, 0], [3, 4, 8, 6]]), 2)
    assert pooled.tolist() == [[5, 8]] and positions.tolist() == [[1, 6]]


# 2.7


@pytest.mark.parametrize("shape", [(6, 8), (7, 9)])
def test_max_unpool_is_a_sparse_matrix(shape):
    rng = np.random.default_rng(6)
    positions = rng.permutation(shape[0] * shape[1])[:12].reshape(3, 4)
    pooled = rng.normal(size=(3, 4))
    rows, columns = positions.ravel() // shape[1], positions.ravel() % shape[1]
    expected = sparse.coo_array((pooled.ravel(), (rows, columns)), shape).toarray()
    came = reference("max_unpool")(pooled, positions, shape)
    np.testing.assert_array_equal(came, expected)


def test_max_unpool_example_and_back():
    came = reference("max_unpool")(np.array([[5, 8]]), np.array([[1, 6]]), (2, 4))
    assert came.tolist() == [[0, 5, 0, 0], [0, 0, 8, 0]] and came.dtype == int
    x = 1 + np.random.default_rng(7).permutation(24).reshape(4, 6)
    pooled, positions = reference("max_pool")(x, 2)
    back = reference("max_unpool")(pooled, positions, x.shape)
    np.testing.assert_array_equal(back, np.where(np.isin(x, pooled), x, 0))
