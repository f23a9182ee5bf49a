"""Smaller files for the pictures of a notebook."""

import base64
import io

from PIL import Image

# Charts are far below; figures of photographs, whose grain PNG cannot compress, are above.
LARGE = 150_000
COLORS = 256


def slim(picture, large=LARGE):
    """A PNG of more than `large` bytes in 256 colours of its own, dithered; others unchanged.

    Args:
        picture: base64 text of a PNG, as a notebook holds it.
        large: bytes of the PNG file.

    Returns: base64 text of a PNG of the same size in pixels.
    """
    data = base64.b64decode(picture)
    if len(data) <= large:
        return picture
    image = Image.open(io.BytesIO(data))
    if image.mode == "P":
        return picture
    image = image.convert("RGB")
    palette = image.quantize(COLORS, method=Image.Quantize.MEDIANCUT)
    file = io.BytesIO()
    image.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).save(
        file, "PNG", optimize=True
    )
    smaller = file.getvalue()
    return picture if len(smaller) >= len(data) else base64.b64encode(smaller).decode()
