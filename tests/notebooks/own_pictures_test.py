"""What the text of own_pictures says of its leaves."""

import numpy as np
from scipy import ndimage

from segcourse.data.drawing import leaves as drawing
from segcourse.data.sets import leaves


def lengths(labels):
    """The longest distance within each part of leaf that the border does not cut."""
    parts, _ = ndimage.label(labels == 1)
    height, width = labels.shape
    for part, (rows, columns) in enumerate(ndimage.find_objects(parts), start=1):
        inside = (
            0 < rows.start and 0 < columns.start and rows.stop < height and columns.stop < width
        )
        places = np.argwhere(parts == part)
        if inside and len(places) >= 60:
            yield max(np.linalg.norm(places - place, axis=1).max() for place in places)


def test_most_leaves_are_20_to_50_pixels_long():
    train = [length for n in leaves.TRAIN for length in lengths(leaves.drawn(n)[1])]
    _, photo = drawing.draw(np.random.default_rng([1, 0, 13]), 640, 480, count=60)
    for found in (np.array(train), np.array(list(lengths(photo)))):
        assert len(found) > 30
        assert np.mean((found >= 20) & (found <= 50)) > 0.75
