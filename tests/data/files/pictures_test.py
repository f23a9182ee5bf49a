import io

import numpy as np
import pytest
from PIL import Image

from segcourse.data import DataError
from segcourse.data.files import pictures


def test_labels_are_resized_by_nearest_on_half_pixel_centres():
    labels = np.arange(12, dtype="uint8").reshape(3, 4)
    half = pictures.resize_labels(np.repeat(np.repeat(labels, 2, 0), 2, 1), (3, 4))
    np.testing.assert_array_equal(half, labels)
    np.testing.assert_array_equal(
        pictures.resize_labels(np.array([[0, 1, 2, 3, 4]], "uint8"), (1, 2)), [[1, 3]]
    )
    pillow = Image.fromarray(labels).resize((9, 5), Image.Resampling.NEAREST)
    np.testing.assert_array_equal(pictures.resize_labels(labels, (5, 9)), np.asarray(pillow))


@pytest.mark.parametrize("size", [(12, 17), (31, 40), (48, 64), (90, 70)])
def test_images_and_labels_stay_aligned(size):
    """An edge drawn in both lies at the same place in both after resizing."""
    y, x = np.mgrid[0:48, 0:64] + 0.5
    disc = ((x - 30) ** 2 + (y - 22) ** 2 < 15**2).astype("uint8")
    image = pictures.resize_image(np.repeat(disc[..., None] * 255, 3, 2), size)[..., 0] / 255.0
    label = pictures.resize_labels(disc, size)
    for axis in (0, 1):
        places = np.arange(size[axis]) + 0.5
        weight_image, weight_label = image.sum(1 - axis), label.sum(1 - axis)
        centre_image = (weight_image * places).sum() / weight_image.sum()
        centre_label = (weight_label * places).sum() / weight_label.sum()
        assert abs(centre_image - centre_label) < 0.2


def test_a_grey_image_keeps_its_channel_and_its_values():
    image = np.random.default_rng(0).integers(0, 256, (12, 17, 1)).astype("uint8")
    grey = pictures.resize_image(image, (8, 9))
    assert grey.shape == (8, 9, 1)
    colour = pictures.resize_image(np.repeat(image, 3, axis=2), (8, 9))
    np.testing.assert_array_equal(grey[..., 0], colour[..., 1])


def test_shrinking_an_image_averages_it():
    stripes = np.zeros((8, 8, 3), "uint8")
    stripes[:, ::2] = 200
    assert np.abs(pictures.resize_image(stripes, (4, 2))[:, :, 0].astype(int) - 100).max() < 26


def test_decode_names_a_damaged_picture():
    stream = io.BytesIO()
    noise = np.random.default_rng(0).integers(0, 255, (20, 20, 3)).astype("uint8")
    Image.fromarray(noise).save(stream, "PNG")
    whole = stream.getvalue()
    np.testing.assert_array_equal(pictures.decode(whole, "a.png"), noise)
    altered = whole[:300] + bytes([whole[300] ^ 1]) + whole[301:]
    for damaged in (b"no picture", whole[: len(whole) // 2], whole[:-20], altered):
        with pytest.raises(DataError, match="a.png is truncated"):
            pictures.decode(damaged, "a.png")


def test_in_parallel_keeps_the_order_and_the_error():
    assert pictures.in_parallel(lambda v: v * v, range(50), "squaring") == [
        v * v for v in range(50)
    ]
    with pytest.raises(ZeroDivisionError):
        pictures.in_parallel(lambda v: 1 // v, [2, 1, 0], "dividing")
