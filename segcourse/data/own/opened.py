"""A picture file opened: whole or a DataError that names it, and turned as EXIF says."""

import io

from PIL import Image, ImageOps

from segcourse.data.files.errors import DataError

_ORIENTATION = 0x0112
_ERRORS = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)


def open_picture(path):
    """The Pillow picture in a file, decoded.

    Raises:
        DataError: it is missing, empty, truncated, no picture, or holds several pictures.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}).") from error
    if not data:
        raise DataError(f"{path} is empty: it has no bytes.")
    return decode(data, path)


def decode(data, path):
    """The Pillow picture in the bytes of a file, decoded."""
    try:
        picture = Image.open(io.BytesIO(data))
        if picture.format == "PNG":
            picture.verify()  # its check sums, which decoding does not look at
            picture = Image.open(io.BytesIO(data))
        # A phone's MPO has a second, smaller view of the same picture.
        if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
            raise DataError(
                f"{path} holds {picture.n_frames} pictures; it must hold one. Save each as a file."
            )
        picture.load()
    except DataError:
        raise
    except _ERRORS as error:
        said = str(error).replace(repr(error.__context__), "")
        reason = "" if "BytesIO" in said else f" ({said})"
        raise DataError(f"{path} is truncated or is not a picture{reason}.") from error
    return picture


def orientation(picture):
    """EXIF's number for how the camera was held: 1 upright, to 8."""
    return picture.getexif().get(_ORIENTATION, 1)


def upright(picture):
    """The picture as a viewer shows it."""
    if orientation(picture) == 1:
        return picture
    return ImageOps.exif_transpose(picture)


def size_of(path):
    """(height, width) of a picture as a viewer shows it, from the head of its file."""
    try:
        with Image.open(path) as picture:
            width, height = picture.size
            turned = orientation(picture) >= 5  # by a quarter
    except _ERRORS as error:
        raise DataError(f"{path} is truncated or is not a picture.") from error
    return (width, height) if turned else (height, width)
