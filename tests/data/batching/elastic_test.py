"""The formula of elastic deformation against SciPy's splines and interpolation."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import ops
from scipy import ndimage

from segcourse.data.batching import elastic

RNG = np.random.default_rng(0)
SPACES = pytest.mark.parametrize("xp", [ops, tf], ids=["keras", "tensorflow"])


def numpy(tensor):
    return tensor.numpy() if isinstance(tensor, tf.Tensor) else ops.convert_to_numpy(tensor)


@SPACES
def test_displacements_against_scipy(xp):
    vectors = RNG.normal(size=(4, 2, 3, 3)).astype("float32")
    rows = np.linspace(0, 2, 17, dtype="float32")[None]
    columns = np.linspace(0, 2, 30, dtype="float32")[None]
    got = numpy(elastic.displacements(vectors, rows, columns, xp))
    places = np.meshgrid(rows[0], columns[0], indexing="ij")
    for one, expected in zip(got.reshape(-1, 17, 30), vectors.reshape(-1, 3, 3), strict=True):
        spline = ndimage.map_coordinates(expected, places, order=3, mode="mirror")
        np.testing.assert_allclose(one, spline, atol=2e-6)
        np.testing.assert_allclose(one[::8, ::29], expected[:, ::2], atol=2e-6)


@SPACES
def test_each_example_at_its_own_places_and_beyond_the_ends(xp):
    vectors = RNG.normal(size=(2, 2, 3, 3)).astype("float32")
    rows = np.array([[0, 0.5, 1], [1, 2, 3]], "float32")
    columns = np.array([[-1.0], [1.5]], "float32")
    got = numpy(elastic.displacements(vectors, rows, columns, xp))
    for example in range(2):
        inside = np.clip(rows[example], 0, 2), np.clip(columns[example], 0, 2)
        places = np.meshgrid(*inside, indexing="ij")
        for axis in range(2):
            grid = vectors[example, axis]
            spline = ndimage.map_coordinates(grid, places, order=3, mode="mirror")
            np.testing.assert_allclose(got[example, axis], spline, atol=2e-6)


@SPACES
@pytest.mark.parametrize("size", [(7, 9), (1, 5), (2, 1)])
def test_reading_against_scipy(xp, size):
    """At places up to several pictures beyond the border."""
    images = RNG.random((3, *size, 2)).astype("float32")
    rows, columns = RNG.uniform(-25, 25, (2, 3, 40, 50)).astype("float32")
    got = numpy(elastic.bilinear(xp.cast(images, "float32"), rows, columns, xp))
    for example in range(3):
        for channel in range(2):
            places = rows[example], columns[example]
            expected = ndimage.map_coordinates(
                images[example, ..., channel], places, order=1, mode="mirror"
            )
            np.testing.assert_allclose(got[example, ..., channel], expected, atol=1e-5)


@SPACES
def test_reading_maps_against_indices(xp):
    maps = RNG.integers(0, 9, (2, 6, 8)).astype("int32")
    rows, columns = RNG.uniform(-2, 9, (2, 2, 30, 30)).astype("float32")
    got = numpy(elastic.nearest(xp.cast(maps, "int32"), rows, columns, 255, xp))
    assert got.dtype == np.int32
    for b, i, j in np.ndindex(2, 30, 30):
        y, x = round(float(rows[b, i, j])), round(float(columns[b, i, j]))
        expected = maps[b, y, x] if 0 <= y < 6 and 0 <= x < 8 else 255
        assert got[b, i, j] == expected


def test_half_precision_is_kept():
    images = ops.cast(RNG.random((1, 4, 4, 1)), "bfloat16")
    place = np.full((1, 2, 2), 1.5, "float32")
    got = elastic.bilinear(images, place, place, ops)
    assert keras.backend.standardize_dtype(got.dtype) == "bfloat16"
