"""Picture files: read whole or not at all, and resized so that image and labels stay aligned."""

import io
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from segcourse.checks.sizes import pair_of_integers
from segcourse.data.files.errors import DataError
from segcourse.data.progress import bar

# Formats that change pixels, and the modes of Pillow in which a pixel is one number.
_LOSSY = ("JPEG", "MPO", "WEBP", "JPEG2000")
_ONE_NUMBER = ("1", "L", "P", "I;16", "I")


def decode(data, name, labels=False):
    """The array in the bytes of a PNG or JPEG, turned as the camera was held.

    Args:
        data: the bytes.
        name: of the file, for errors.
        labels: whether it is a label map: one number a pixel, in a format that keeps it.

    Raises:
        DataError: for a file that is empty, damaged or no picture; for a label map in colours, or
            in JPEG, whatever its name ends in.
    """
    if not data:
        raise DataError(f"{name} is empty, a file of 0 bytes.")
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.verify()  # the check sums of a PNG, to its last byte
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            kind, mode = picture.format, picture.mode
            array = np.asarray(ImageOps.exif_transpose(picture))
    except UnidentifiedImageError as error:  # whose text is an address in memory
        raise DataError(f"{name} is truncated or is not a picture.") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DataError(f"{name} is truncated or is not a picture ({error}).") from error
    if labels and kind in _LOSSY:
        raise DataError(
            f"{name} must be a label map in PNG: it is stored as {kind}, which changes the numbers "
            "of pixels."
        )
    if labels and mode not in _ONE_NUMBER:
        raise DataError(
            f"{name} must be a label map with one number a pixel, grey or with a palette (mode "
            f"{', '.join(_ONE_NUMBER)}). Received: mode {mode}, shape={array.shape}."
        )
    return array


def resize_image(image, size):
    """An image [h, w, channels] at `size`: bilinear, antialiased, half-pixel centres.

    `size` is (height, width); one channel is grey, three are colour.
    """
    height, width = size
    if image.shape[:2] == (height, width):
        return image
    grey = image.shape[2] == 1
    picture = Image.fromarray(image[..., 0] if grey else image)
    resized = np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR))
    return resized[..., None] if grey else resized


def resize_labels(labels, size):
    """A label map [h, w] at `size` (height, width): nearest, half-pixel centres."""
    rows, columns = (
        (2 * np.arange(new) + 1) * old // (2 * new)  # whole numbers, so that no tie is rounded
        for new, old in zip(size, labels.shape, strict=True)
    )
    return labels[rows[:, None], columns[None, :]]


def check_size(size):
    """`size` as a (height, width) tuple of positive integers, or None."""
    if size is None:
        return None
    pair = pair_of_integers(size) if isinstance(size, list | tuple) else None
    if pair is None or min(pair) < 1:
        raise ValueError(
            "`size` must be (height, width), two positive integers, or None. "
            f"Received: size={size!r}"
        )
    return pair


def in_parallel(function, items, what):
    """`function` of each item, in order, on a few threads; the first error is raised.

    `what` names the work in the bar that is shown where it takes long.
    """
    pool = ThreadPoolExecutor(min(8, (os.cpu_count() or 1) + 1))
    try:
        return list(bar(pool.map(function, items), what, total=len(items)))
    finally:
        pool.shutdown(cancel_futures=True)  # after an error or Ctrl-C the rest is not worth it
