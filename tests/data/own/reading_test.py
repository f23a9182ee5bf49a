import numpy as np
import psutil
import pytest
from PIL import Image

from segcourse.data import DataError, from_folder

EXIF = 0x0112


def turned(array, number):
    """A JPEG's or PNG's picture that viewers turn as EXIF's number says."""
    picture = Image.fromarray(array)
    exif = picture.getexif()
    exif[EXIF] = number
    return picture, exif.tobytes()


# What a viewer shows, by hand: the table of the EXIF standard.
SHOWN = {
    1: lambda a: a, 2: lambda a: a[:, ::-1], 3: lambda a: a[::-1, ::-1], 4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1), 6: lambda a: a[::-1].swapaxes(0, 1),
    7: lambda a: a[::-1, ::-1].swapaxes(0, 1), 8: lambda a: a[:, ::-1].swapaxes(0, 1),
}  # fmt: skip


@pytest.mark.parametrize("number", SHOWN)
def test_pictures_are_turned_as_viewers_do(tmp_path, make, number):
    ids = make.mask(0, shape=(5, 7))
    picture, exif = turned(make.picture(ids), number)
    make.save(picture, tmp_path / "images" / "a.png", exif=exif)
    make.save(np.ascontiguousarray(SHOWN[number](ids)), tmp_path / "masks" / "a.png")
    assert make.belong(from_folder(tmp_path, ("a", "b", "c")).train)


def test_a_mask_drawn_on_the_unturned_picture_is_said(tmp_path, make):
    ids = make.mask(0, shape=(5, 7))
    picture, exif = turned(make.picture(ids), 6)
    make.save(picture, tmp_path / "images" / "a.png", exif=exif)
    make.save(ids, tmp_path / "masks" / "a.png")
    with pytest.raises(DataError, match=r"7×5 and 5×7. The picture is stored turned \(EXIF\)"):
        _ = from_folder(tmp_path).train.images


@pytest.mark.parametrize(
    "convert, channels, expected",
    [
        (lambda a: a, 3, lambda a: a),
        (lambda a: a[..., 0], 3, lambda a: np.repeat(a[..., :1], 3, 2)),
        (lambda a: a[..., 0], 1, lambda a: a[..., :1]),
        (lambda a: a[..., 0].astype("uint16") * 257, 3, lambda a: np.repeat(a[..., :1], 3, 2)),
        (lambda a: a[..., 0].astype("uint16") * 257, 1, lambda a: a[..., :1]),
        (lambda a: np.dstack([a, a[..., 0]]), 3, lambda a: a),
        (lambda a: Image.fromarray(a).quantize(256), 3, lambda a: a),
    ],
)
def test_pictures_of_other_modes(tmp_path, make, convert, channels, expected):
    ids = make.mask()
    make.save(convert(make.picture(ids)), tmp_path / "images" / "a.png")
    make.save(ids, tmp_path / "masks" / "a.png")
    found = from_folder(tmp_path, channels=channels).train.images
    assert found.shape == (1, 8, 10, channels) and found.dtype == np.uint8
    np.testing.assert_array_equal(found[0], expected(make.picture(ids)))


@pytest.mark.parametrize(
    "ending", ["jpg", "JPEG", "png", "bmp", "tif", "webp", "gif", "ppm", "tga"]
)
def test_picture_formats(tmp_path, make, ending):
    grey = np.full((8, 10, 3), 77, "uint8")
    make.save(grey, tmp_path / "images" / f"a.{ending}")
    make.save(make.mask(), tmp_path / "masks" / "a.png")
    assert abs(from_folder(tmp_path).train.images.astype(int) - 77).max() <= 2


@pytest.mark.parametrize("part", ["images", "masks"])
@pytest.mark.parametrize(
    "spoil, message",
    [
        (lambda path: path.write_bytes(b""), "is empty: it has no bytes"),
        (lambda path: path.write_bytes(path.read_bytes()[:-30]), "is truncated or is not"),
        (lambda path: path.write_bytes(b"text"), "is truncated or is not a picture"),
        (lambda path: path.write_bytes(
            path.read_bytes().replace(b"IDAT", b"IDAU")), "is truncated or is not"),
    ],
)  # fmt: skip
def test_damage_is_named(tmp_path, make, part, spoil, message):
    make.many(tmp_path, 4)
    spoil(tmp_path / part / "2.png")
    with pytest.raises(DataError, match=f"{part}/2.png {message}") as caught:
        _ = from_folder(tmp_path, ("a", "b", "c"), val=0).train.images
    assert "BytesIO" not in str(caught.value)


def test_several_pictures_in_a_file(tmp_path, make):
    pages = [Image.fromarray(np.full((8, 10), k, "uint8")) for k in range(3)]
    make.save(make.mask(), tmp_path / "masks" / "a.png")
    make.save(pages[0], tmp_path / "images" / "a.tif", save_all=True, append_images=pages[1:])
    with pytest.raises(DataError, match="a.tif holds 3 pictures; it must hold one"):
        _ = from_folder(tmp_path).train.images


def test_decimal_numbers(tmp_path, make):
    make.save(make.mask(), tmp_path / "masks" / "a.png")
    make.save(np.ones((8, 10), "float32"), tmp_path / "images" / "a.tif")
    with pytest.raises(DataError, match="8 or 16 bits a channel. Received: decimal"):
        _ = from_folder(tmp_path).train.images


def test_a_mask_of_another_size(tmp_path, make):
    make.many(tmp_path, 3)
    make.save(make.mask(shape=(4, 5)), tmp_path / "masks" / "1.png")
    with pytest.raises(DataError, match="1.png must be of one size. Received: 8×10 and 4×5$"):
        _ = from_folder(tmp_path, val=0).train.images


def test_nothing_is_read_before_it_is_needed(tmp_path, make):
    make.many(tmp_path)
    for k in range(1, 5):
        (tmp_path / "images" / f"{k}.png").write_bytes(b"")
    found = from_folder(tmp_path, {0: "a", 1: "b", 2: "c"}, val=0)
    assert found.train.take(1).images.shape == (1, 8, 10, 3)
    (tmp_path / "masks" / "0.png").write_bytes(b"")
    assert len(from_folder(tmp_path, {0: "a", 1: "b", 2: "c"}, val=0).train) == 5


def test_more_than_fits_into_memory_is_said(tmp_path, make, monkeypatch):
    make.many(tmp_path, 4)
    free = type("Memory", (), {"available": 100})
    monkeypatch.setattr(psutil, "virtual_memory", lambda: free)
    with pytest.raises(DataError, match="pictures of 8×10 need 0.0 GiB.*Load them smaller"):
        _ = from_folder(tmp_path, val=0).train.images
