"""Textures: smooth random fields at several scales."""

from functools import lru_cache

import numpy as np


@lru_cache(maxsize=256)
def _places(size, cells):
    """For each of `size` pixels the cell it lies in, and its smoothed share of the next one."""
    place = (np.arange(size) + 0.5) * cells / size
    left = np.minimum(place.astype(int), cells - 1)
    part = place - left
    return left, part * part * (3.0 - 2.0 * part)


def smooth(rng, height, width, cells_y, cells_x):
    """One field of values about -1..1 that varies `cells` times over the picture."""
    cells_y, cells_x = max(1, int(cells_y)), max(1, int(cells_x))
    values = rng.uniform(-1.0, 1.0, (cells_y + 1, cells_x + 1))
    # Sums of two, not matrix products: the same to the last bit on every machine.
    row, part = _places(height, cells_y)
    values = values[row] + (values[row + 1] - values[row]) * part[:, None]
    column, part = _places(width, cells_x)
    return values[:, column] + (values[:, column + 1] - values[:, column]) * part


def fractal(rng, height, width, cells=4, octaves=4, fade=0.5, stretch=1.0):
    """Fields of doubling fineness added up, each `fade` times as strong as the one before.

    `stretch` above 1 draws it out sideways, below 1 upright.
    """
    total, strength = np.zeros((height, width)), 1.0
    for _ in range(octaves):
        rows = min(cells * height / width * stretch, height)
        columns = min(cells / stretch, width)
        total += strength * smooth(rng, height, width, rows, columns)
        strength, cells = strength * fade, cells * 2
    return total


def perspective(rng, depth, x, octaves=3):
    """Ground texture: fine where `depth` (1 near, 0 at the horizon) is small.

    Args:
        rng: random generator.
        depth: float [height, width], 0..1.
        x: float [height, width], columns measured from the middle of the picture.
        octaves: how many scales.
    """
    tile = rng.uniform(-1.0, 1.0, (64, 64))
    away = 1.0 / (depth + 0.15)
    total, strength, scale = 0.0, 1.0, 0.055
    for _ in range(octaves):
        u = (x * away * scale * 2.2) + 1000.0
        v = away * scale * 160.0
        total = total + strength * _sample(tile, u, v)
        strength, scale = strength * 0.75, scale * 2.3
    return total


def _sample(tile, u, v):
    """`tile` repeated without end, read at (u, v), linear between its values."""
    size = tile.shape[0]
    column, row = np.floor(u).astype(int), np.floor(v).astype(int)
    part_u, part_v = u - column, v - row
    c0, c1, r0, r1 = column % size, (column + 1) % size, row % size, (row + 1) % size
    top = tile[r0, c0] * (1 - part_u) + tile[r0, c1] * part_u
    bottom = tile[r1, c0] * (1 - part_u) + tile[r1, c1] * part_u
    return top * (1 - part_v) + bottom * part_v
