"""A picture of one's own as the array a network takes."""

import numpy as np

from segcourse.data.files.errors import DataError
from segcourse.data.own import opened


def read(path, channels=3):
    """The picture in a file, uint8 [height, width, channels], upright.

    Grey, palette, CMYK and 16-bit pictures become 8-bit RGB; alpha is left out.

    Raises:
        DataError: the file is damaged, or holds decimal numbers.
    """
    return to_array(opened.upright(opened.open_picture(path)), path, channels)


def to_array(picture, path, channels=3):
    """The array of an opened picture."""
    mode = "L" if channels == 1 else "RGB"
    if picture.mode == "F":
        raise DataError(
            f"{path}: a picture must have 8 or 16 bits a channel. Received: decimal numbers"
        )
    if picture.mode.startswith("I"):
        grey = _eight_bits(np.asarray(picture), path)
        return np.repeat(grey[..., None], channels, axis=2)
    if picture.mode != mode:
        picture = picture.convert(mode)
    array = np.asarray(picture)
    return array[..., None] if channels == 1 else array


def _eight_bits(values, path):
    low, high = int(values.min()), int(values.max())
    if low < 0 or high > 65535:
        raise DataError(
            f"{path}: a picture must have 8 or 16 bits a channel. "
            f"Received: values from {low} to {high}"
        )
    return (values >> 8).astype("uint8")
