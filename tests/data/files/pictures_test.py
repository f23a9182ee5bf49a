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


def _bytes(picture, kind, **settings):
    stream = io.BytesIO()
    picture.save(stream, kind, **settings)
    return stream.getvalue()


def test_an_empty_file_is_called_so():
    with pytest.raises(DataError, match="a.png is empty"):
        pictures.decode(b"", "a.png")
    with pytest.raises(DataError, match="is not a picture.$"):
        pictures.decode(b"text", "a.png")


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_is_turned_as_the_camera_was_held(turn):
    upright = np.random.default_rng(0).integers(0, 256, (6, 6, 3)).astype("uint8")
    # What is stored for each value of the tag, by EXIF 2.3, section 4.6.4.
    ways = {1: lambda a: a, 2: lambda a: a[:, ::-1], 3: lambda a: a[::-1, ::-1],
            4: lambda a: a[::-1], 5: lambda a: a.transpose(1, 0, 2),
            6: lambda a: np.rot90(a, 1), 7: lambda a: np.rot90(a, 2).transpose(1, 0, 2),
            8: lambda a: np.rot90(a, -1)}  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = turn
    stored = Image.fromarray(np.ascontiguousarray(ways[turn](upright)))
    np.testing.assert_array_equal(
        pictures.decode(_bytes(stored, "PNG", exif=exif), "a.png"), upright
    )


def test_a_label_map_has_one_exact_number_a_pixel():
    labels = np.random.default_rng(0).integers(0, 5, (8, 8)).astype("uint8")
    grey = Image.fromarray(labels)
    np.testing.assert_array_equal(pictures.decode(_bytes(grey, "PNG"), "a.png", True), labels)
    with pytest.raises(DataError, match="a.png must be a label map in PNG: it is stored as JPEG"):
        pictures.decode(_bytes(grey, "JPEG"), "a.png", labels=True)
    for mode in ("RGB", "RGBA", "LA"):
        with pytest.raises(DataError, match=f"a.png must be a label map .* mode {mode}, shape"):
            pictures.decode(_bytes(grey.convert(mode), "PNG"), "a.png", labels=True)
