"""Smaller files for the pictures of a notebook."""

import base64
import io

import numpy as np
from PIL import Image, ImageChops, ImageFilter

# Below, a file is mostly what every PNG has.
SMALL = 15_000
# Charts are below; figures of photographs, whose grain PNG cannot compress, are above.
LARGE = 110_000
COLORS = 256
# Of 255: from there on the edges of bands begin to be seen. Letters may have a few of them.
BAND = 3
BANDED = 0.02


def slim(picture, small=SMALL, large=LARGE):
    """A PNG in 256 colours of its own: where that is not seen, or where the file is large.

    A chart has few colours, and letters whose edges have many: the nearest of 256 looks the same.
    A sky would show bands; it keeps its colours up to `large` bytes, and is dithered above.

    Args:
        picture: base64 text of a PNG, as a notebook holds it.
        small: bytes of the PNG file up to which it stays as it is.
        large: bytes of the PNG file from which colours are given up for its size.

    Returns: base64 text of a PNG of the same size in pixels.
    """
    data = base64.b64decode(picture)
    if len(data) <= small:
        return picture
    image = Image.open(io.BytesIO(data))
    if image.mode == "P":
        return picture
    image = image.convert("RGB")
    nearest = image.quantize(COLORS, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    if not _shows_bands(image, nearest.convert("RGB")):
        return min(picture, _encoded(nearest), key=len)
    if len(data) <= large:
        return picture
    dithered = image.quantize(palette=nearest, dither=Image.Dither.FLOYDSTEINBERG)
    return min(picture, _encoded(dithered), key=len)


def _shows_bands(image, other):
    blurred = [one.filter(ImageFilter.BoxBlur(1)) for one in (image, other)]
    off = np.asarray(ImageChops.difference(*blurred)).max(-1)
    return (off > BAND).mean() > BANDED


def _encoded(image):
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return base64.b64encode(file.getvalue()).decode()
