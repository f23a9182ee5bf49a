"""A small folder of one's own pictures, with the faults that such folders have.

It ships as `data/leaves/`, for the notebook about one's own pictures. Made with

    python3 -m segcourse.data.sets.leaves

Masks hold 0 for ground, 255 for leaf, 128 for the rim that nobody can draw to the pixel.
"""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from segcourse.data.drawing import leaves
from segcourse.data.files import checksums, folders

HEIGHT, WIDTH = 96, 128
TRAIN, VAL = range(1, 31), range(31, 41)
_STREAM = 13  # the last word of every seed
GREYS = {0: 0, 1: 255, leaves.UNSURE: 128}  # what a mask holds for a class
#: The faults, by the number of the picture they are in.
JPEG_MASK, SMALL_MASK, NO_MASK, TURNED, IDS = 5, 9, 14, 17, 26
LEAK = (21, 36)  # the same picture in train and in val
_QUALITY = 85
_TURNED = 6  # EXIF: viewers turn the picture by a quarter, clockwise
_LICENCE = """These pictures and masks were drawn by the course (segcourse.data.drawing.leaves).
They are under the MIT licence, as the course: see LICENSE at the top of the repository.
"""


def files():
    """What the folder holds: dict of path to bytes."""
    found = {"LICENSE": _LICENCE.encode(), "photo.jpg": _photo()}
    for split, numbers in (("train", TRAIN), ("val", VAL)):
        for number in numbers:
            where, name = f"faulty/{split}", f"leaf_{number:02}"
            image, labels = drawn(LEAK[0] if number == LEAK[1] else number)
            found[f"{where}/images/{name}.jpg"] = _picture(image, number == TURNED)
            if number != NO_MASK:
                suffix, content = _mask(labels, number)
                found[f"{where}/masks/{name}.{suffix}"] = content
    return found


def drawn(number):
    """Image and labels of a picture, upright and without fault."""
    rng = np.random.default_rng([0, number, _STREAM])
    size = (WIDTH, HEIGHT) if number == TURNED else (HEIGHT, WIDTH)
    return leaves.draw(rng, *size, count=int(rng.integers(1, 5)))


def _photo():
    """One large photo, stored turned as a phone does it."""
    image, _ = leaves.draw(np.random.default_rng([1, 0, _STREAM]), 640, 480, count=60)
    return _picture(image, turned=True)


def _picture(image, turned):
    if not turned:
        return _encoded(image, "JPEG", quality=_QUALITY)
    exif = Image.Exif()
    exif[0x0112] = _TURNED
    return _encoded(np.rot90(image), "JPEG", quality=_QUALITY, exif=exif)


def _mask(labels, number):
    """(suffix, bytes) of a mask with its fault, if it has one."""
    table = np.zeros(256, "uint8")
    for label, grey in GREYS.items():
        table[label] = grey
    mask = table[labels]
    if number == JPEG_MASK:
        return "jpg", _encoded(mask, "JPEG", quality=75)
    if number == SMALL_MASK:
        mask = mask[::2, ::2]
    if number == TURNED:
        mask = np.rot90(mask)  # drawn on the picture as it is stored
    if number == IDS:
        mask = (labels == 1).astype("uint8")  # drawn with another tool
    return "png", _encoded(mask, "PNG", optimize=True)


def _encoded(array, kind, **settings):
    stream = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(array)).save(stream, kind, **settings)
    return stream.getvalue()


def write(folder):
    """Puts a new folder in the place of `folder`."""
    with folders.replacing(folder) as partial:
        for name, content in files().items():
            path = partial / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


if __name__ == "__main__":
    course = folders.course_folder() or Path("data")
    write(course / "leaves")
    checksums.renew(course / "README.md", "leaves")
