"""A mask that is drawn from outlines when it is read."""

import numpy as np

from segcourse.data.files.errors import DataError
from segcourse.data.own.annotations import polygons, rle
from segcourse.data.own.masks import Stored


class Outlines:
    """The outlines of one picture; later ones lie over earlier ones.

    Args:
        path: the file they stand in.
        shapes: list of (place of the class from 1 on, list of polygons, a run-length code, or a
            function that paints); or a function that gives this list.
        shape: (height, width) of the picture they were drawn on, or a function that gives it; None
            where it is not said.
        what: of which picture, for errors.
    """

    def __init__(self, path, shapes, shape=None, what=""):
        self.path, self._shapes, self._shape, self._what = path, shapes, shape, what

    def read(self, shape=None, palette=False):
        """The `Stored` mask: 0 outside all outlines, else the place of the class.

        Args:
            shape: (height, width) of the picture's file, for outlines that do not say it.
            palette: no meaning here.
        """
        del palette
        shapes = self._shapes() if callable(self._shapes) else self._shapes
        drawn_on = self._shape() if callable(self._shape) else self._shape
        shape = drawn_on or shape or _extent(shapes)
        mask = np.zeros(shape, "uint16")
        for number, (place, outline) in enumerate(shapes, 1):
            try:
                _paint(mask, outline, place)
            except (TypeError, ValueError) as error:
                raise DataError(
                    f"{self.path}: outline {number} of {self._what} cannot be drawn. {error}"
                ) from error
        return Stored(mask, False, "drawn")


def _paint(mask, outline, value):
    if callable(outline):
        outline(mask, value)
    elif isinstance(outline, dict):
        inside = rle.decode(outline)
        if inside.shape != mask.shape:
            raise ValueError(
                f"Its run-length code must be of the picture's size {mask.shape[0]}×"
                f"{mask.shape[1]}. Received: {inside.shape[0]}×{inside.shape[1]}"
            )
        mask[inside] = value
    elif not outline:
        raise ValueError("It has no polygon and no run-length code, perhaps only a box.")
    else:
        for polygon in outline:
            polygons.fill(mask, polygon, value)


def _extent(shapes):
    """A size that holds the polygons, where nobody says one: for counting their values."""
    corners = [
        np.asarray(polygon, "float64").reshape(-1, 2).max(axis=0)
        for _, outline in shapes
        if isinstance(outline, list)
        for polygon in outline
    ]
    width, height = np.max([[1, 1], *corners], axis=0)
    return int(np.ceil(height)), int(np.ceil(width))
