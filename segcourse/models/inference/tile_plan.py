"""Where tiles are cut from a picture, and which of their outputs are kept. One axis at a time."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Cut:
    """One tile along one axis.

    Attributes:
        pixels: which pixels of the picture it holds, mirrored where it reaches beyond.
        start: the picture's pixel that the first output of the tile belongs to.
        first, last: the picture's pixels from which on, and up to which, outputs are kept.
        weights: of the kept outputs; over all tiles they add up to 1 at every pixel.
    """

    pixels: np.ndarray
    start: int
    first: int
    last: int
    weights: np.ndarray


def unpadded_cuts(length, tile, border, step):
    """Tiles for a network that takes `border` pixels off each side, `step` pixels apart."""
    outputs = tile - 2 * border
    starts = [0]
    while starts[-1] + outputs < length:
        starts.append(starts[-1] + step)
    cuts = []
    for start in starts:
        last = length if start == starts[-1] else start + step
        pixels = mirrored(np.arange(start - border, start - border + tile), length)
        cuts.append(Cut(pixels, start, start, last, np.ones(last - start, "float32")))
    return cuts


def padded_cuts(length, tile, margin, overlap, step, fill):
    """Tiles for a network that keeps the size, `step` pixels apart.

    At seams, `margin` outputs of either tile are dropped at least, and over `overlap` more one
    tile passes into the next. At the border of the picture nothing is dropped. The last tile ends
    there too; with `fill` it is a whole one, mirrored.
    """
    starts = [0]
    while starts[-1] + tile < length:
        starts.append(starts[-1] + step)
    seams = [start + margin for start in starts[1:]]
    cuts = []
    for start, first, after in zip(starts, [0, *seams], [*seams, None], strict=True):
        last = length if after is None else after + overlap
        end = start + tile if fill else min(start + tile, length)
        places = np.arange(first, last)
        rising = _share(places, first, overlap) if start else np.ones(last - first)
        falling = 0.0 if after is None else _share(places, after, overlap)
        weights = (rising - falling).astype("float32")
        cuts.append(Cut(mirrored(np.arange(start, end), length), start, first, last, weights))
    return cuts


def _share(places, seam, overlap):
    """What the tile behind a seam has of the outputs there: from 0 up to 1 over `overlap`."""
    if not overlap:
        return (places >= seam).astype(float)
    return np.clip((places - seam + 0.5) / overlap, 0, 1)


def mirrored(index, length):
    """Indices of any distance beyond the border, reflected without repeating the edge pixel."""
    period = max(2 * (length - 1), 1)
    index = index % period
    return np.minimum(index, period - index)
