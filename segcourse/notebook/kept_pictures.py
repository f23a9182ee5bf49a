"""Stored pictures that stay as they are, byte for byte, where a new run shows the same."""

import base64
import io

from PIL import Image, ImageChops, ImageFilter

__all__ = ["keep_pictures", "look_the_same"]

# Of 255, after a blur over 3 × 3 pixels, which takes away the grain of dithered colours.
UNSEEN = 10


def keep_pictures(notebook, stored):
    """Puts the pictures of a stored notebook back where the new ones look the same, in place.

    Cells belong together by their id, and pictures by their place among the cell's outputs.

    Args:
        notebook: notebook node, just run.
        stored: the notebook node before the run.

    Returns: int, how many were put back.
    """
    before = {cell.id: cell for cell in stored.cells if cell.cell_type == "code"}
    kept = 0
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.id in before:
            for new, old in zip(cell.outputs, before[cell.id].outputs, strict=False):
                kept += _keep(new.get("data", {}), old.get("data", {}))
    return kept


def _keep(new, old):
    pictures = [data.get("image/png") for data in (new, old)]
    if None in pictures or not look_the_same(*pictures):
        return False
    new["image/png"] = old["image/png"]
    return True


def look_the_same(one, other):
    """Whether nobody could tell two PNGs apart, given as base64 texts."""
    if one == other:
        return True
    images = [
        Image.open(io.BytesIO(base64.b64decode(text))).convert("RGBA") for text in (one, other)
    ]
    if images[0].size != images[1].size:
        return False
    blurred = [image.filter(ImageFilter.BoxBlur(1)) for image in images]
    return max(high for _, high in ImageChops.difference(*blurred).getextrema()) <= UNSEEN
