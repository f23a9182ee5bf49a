import keras
import numpy as np
import pytest
from keras import ops
from scipy import ndimage

from segcourse.data.batching import elastic
from segcourse.layers import RandomElasticDeformation
from tests.layers.harness import check_config


def coded(count=3, height=24, width=32):
    """Masks in smooth patches, and images whose pixels are the masks themselves / 255."""
    rng = np.random.default_rng(0)
    masks = np.kron(rng.integers(1, 9, (count, height // 8, width // 8)), np.ones((1, 8, 8)))
    masks = masks.astype("int32")
    return {"images": (masks[..., None] / 255).astype("float32"), "segmentation_masks": masks}


def test_config():
    check_config(RandomElasticDeformation(3.0), {"sigma": 3.0, "void": 255, "seed": None})


def test_against_scipy():
    """The drawn vectors themselves, through SciPy's spline and SciPy's interpolation."""
    drawn = 4.0 * keras.random.normal((3, 2, 3, 3), seed=keras.random.SeedGenerator(7))
    rng = np.random.default_rng(0)
    images = rng.random((3, 20, 31, 2)).astype("float32")
    masks = rng.integers(0, 5, (3, 20, 31)).astype("uint8")
    bent = RandomElasticDeformation(4.0, seed=7)({"images": images, "segmentation_masks": masks})
    grid = np.meshgrid(np.linspace(0, 2, 20), np.linspace(0, 2, 31), indexing="ij")
    pixels = np.meshgrid(np.arange(20), np.arange(31), indexing="ij")
    for example, vectors in enumerate(ops.convert_to_numpy(drawn)):
        places = [
            pixel + ndimage.map_coordinates(vector, grid, order=3, mode="mirror")
            for pixel, vector in zip(pixels, vectors, strict=True)
        ]
        for channel in range(2):
            expected = ndimage.map_coordinates(
                images[example, ..., channel], places, order=1, mode="mirror"
            )
            got = ops.convert_to_numpy(bent["images"])[example, ..., channel]
            np.testing.assert_allclose(got, expected, atol=1e-4)
        expected = ndimage.map_coordinates(
            masks[example], places, order=0, mode="grid-constant", cval=255
        )
        got = ops.convert_to_numpy(bent["segmentation_masks"])[example]
        assert got.dtype == np.uint8
        assert (got == expected).mean() > 0.999  # a place may lie on the edge of two pixels
        assert (got == 255).any()


def test_image_and_mask_go_together():
    bent = RandomElasticDeformation(2.0, seed=1)(coded())
    image = np.rint(ops.convert_to_numpy(bent["images"])[..., 0] * 255).astype(int)
    mask = ops.convert_to_numpy(bent["segmentation_masks"])
    inner = np.ones_like(mask, bool)  # pixels whose 3×3 neighbourhood is one class
    for dy, dx in np.ndindex(3, 3):
        inner &= np.roll(mask, (dy - 1, dx - 1), (1, 2)) == mask
    inner[:, [0, -1]] = inner[:, :, [0, -1]] = False
    inner &= mask != 255
    assert inner.sum() > 100
    assert (image == mask)[inner].mean() > 0.99
    assert (mask != coded()["segmentation_masks"]).mean() > 0.1


def test_displacements_have_the_standard_deviation(monkeypatch):
    """On the grid points it is `sigma`; the mean is 0; rows and columns are independent."""
    seen = []
    original = elastic.displacements

    def spy(*args):
        seen.append(ops.convert_to_numpy(original(*args)))
        return original(*args)

    monkeypatch.setattr("segcourse.layers.random_elastic_deformation.displacements", spy)
    RandomElasticDeformation(10.0, seed=0)(np.zeros((2000, 9, 9, 1), "float32"))
    at_grid = seen[0][:, :, ::4, ::4]
    np.testing.assert_allclose(at_grid.std(axis=0), 10.0, rtol=0.07)
    np.testing.assert_allclose(at_grid.mean(axis=0), 0.0, atol=1.0)
    flat = at_grid.reshape(2000, 18)
    assert abs(np.corrcoef(flat.T) - np.eye(18)).max() < 0.1


def test_every_example_and_every_call_is_another():
    one = np.broadcast_to(coded(1)["images"], (2, 24, 32, 1))
    layer = RandomElasticDeformation(3.0, seed=5)
    first, second = (ops.convert_to_numpy(layer(one)) for _ in range(2))
    assert (first[0] != first[1]).any() and (first != second).any()
    again = ops.convert_to_numpy(RandomElasticDeformation(3.0, seed=5)(one))
    np.testing.assert_array_equal(again, first)


def test_only_in_training():
    images = coded()["images"]
    layer = RandomElasticDeformation(3.0, seed=5)
    np.testing.assert_array_equal(layer(images, training=False), images)
    np.testing.assert_array_equal(RandomElasticDeformation(0.0)(images), images)
    model = keras.Sequential([keras.Input((None, None, 1)), layer])
    np.testing.assert_array_equal(model.predict(images, verbose=0), images)
    assert (ops.convert_to_numpy(model(images, training=True)) != images).any()


def test_masks_with_a_channel_axis_keep_it():
    both = coded()
    both["segmentation_masks"] = both["segmentation_masks"][..., None]
    bent = RandomElasticDeformation(3.0, seed=5)(both)
    assert tuple(bent["segmentation_masks"].shape) == (3, 24, 32, 1)


def test_bad_input():
    for bad in (-1, "10", True, float("nan")):
        with pytest.raises(ValueError, match="`sigma` must be a number of at least 0"):
            RandomElasticDeformation(bad)
    images = coded()["images"]
    with pytest.raises(ValueError, match="masks must be integer. Received: dtype=.*float"):
        RandomElasticDeformation()({"images": images, "segmentation_masks": images[..., 0]})
    with pytest.raises(ValueError, match="masks must be .batch, height, width"):
        masks = np.zeros((3, 24, 31), int)
        RandomElasticDeformation()({"images": images, "segmentation_masks": masks})
