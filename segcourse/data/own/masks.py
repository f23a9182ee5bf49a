"""A mask as it is stored in a picture file: grey ids, the indices of a palette, or colours."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from segcourse.data.files.errors import DataError
from segcourse.data.own import opened

LOSSY = ("JPEG", "MPO")
_GREYS = ("L", "I;16", "I;16B", "I;16L", "I")
_COLOURS = ("RGB", "RGBA", "LA", "PA", "CMYK", "YCbCr")


@dataclass(frozen=True)
class Stored:
    """What a mask's file holds.

    Attributes:
        values: [height, width]; ids as uint8, uint16 or int32, or colours packed into uint32,
            red + 256 green + 65536 blue.
        coloured: whether these are colours.
        format: Pillow's name of the file's format; "drawn" for outlines.
    """

    values: np.ndarray
    coloured: bool
    format: str

    def counts(self):
        """Dict of stored value to number of pixels."""
        if not self.values.size:
            return {}
        if self.values.dtype == np.uint8:
            pixels = Image.fromarray(self.values).histogram()
            return {value: count for value, count in enumerate(pixels) if count}
        flat = self.values.ravel()
        # Runs first: a mask has few, and sorting them is quick where sorting pixels is not.
        starts = np.concatenate([[0], np.flatnonzero(flat[1:] != flat[:-1]) + 1])
        lengths = np.diff(np.append(starts, flat.size))
        values, places = np.unique(flat[starts], return_inverse=True)
        pixels = np.bincount(places.ravel(), lengths)
        return {int(v): int(n) for v, n in zip(values, pixels, strict=True)}


class MaskFile:
    """A mask in a picture file."""

    def __init__(self, path):
        self.path = path

    def read(self, shape=None, palette=False):
        """What is stored; the colours of a palette instead of its indices with `palette`.

        Raises:
            DataError: the file is damaged, empty, see-through or of a mode that holds no ids.
        """
        del shape  # that of its picture, which outlines need
        return stored(self.path, palette)


def stored(path, palette=False):
    """The `Stored` of a mask's file."""
    picture = opened.open_picture(path)
    kind = picture.format
    picture = opened.upright(picture)
    if picture.mode == "1":
        return Stored(np.asarray(picture).astype("uint8"), False, kind)
    if picture.mode == "P" and not palette:
        return Stored(np.asarray(picture), False, kind)
    if picture.mode in _GREYS:
        return Stored(_native(np.asarray(picture)), False, kind)
    if picture.mode in _COLOURS or picture.mode == "P":
        return Stored(_packed(picture, path), True, kind)
    raise DataError(
        f"{path}: a mask must be grey, of a palette, or in colours. Received: mode {picture.mode}"
    )


def _native(values):
    if values.dtype.kind == "u":
        return values.astype(values.dtype.newbyteorder("="), copy=False)
    return values.astype("int32", copy=False)


def _packed(picture, path):
    opaque = "A" not in picture.mode
    rgba = picture if picture.mode == "RGBA" else picture.convert("RGBA")
    bands = np.ascontiguousarray(np.asarray(rgba))
    words = bands.view("<u4")[..., 0]
    if not opaque and int(bands[..., 3].min()) < 255:
        raise DataError(
            f"{path}: a mask must not be see-through; save it without an alpha channel. "
            f"Received: mode {picture.mode} with alpha down to {int(bands[..., 3].min())}"
        )
    return (words & np.uint32(0xFFFFFF)).astype("uint32")


def pack(colour):
    """(red, green, blue) as the number that stands for it in `Stored`."""
    red, green, blue = colour
    return int(red) | int(green) << 8 | int(blue) << 16


def unpack(value):
    """The (red, green, blue) that `pack` packed."""
    return value & 255, value >> 8 & 255, value >> 16 & 255


def is_grey(value):
    """Whether a packed colour is a grey."""
    red, green, blue = unpack(value)
    return red == green == blue


def to_grey(values):
    """Ids of a mask stored in colours that are all grey; None where one is not."""
    grey = values & np.uint32(255)
    return grey.astype("uint8") if np.array_equal(grey * np.uint32(0x010101), values) else None
