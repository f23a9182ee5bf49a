"""Two ragged regions, drawn from seeds, and distances between points by trying all pairs."""

import numpy as np
from scipy import ndimage


def blob(seed):
    """A ragged region of 24 × 31 pixels, in some pieces, which touches the picture's edge."""
    noise = np.random.default_rng(seed).normal(size=(24, 31))
    return (ndimage.gaussian_filter(noise, 3) > 0.02).astype(int)


def outline_by_loops(region):
    """The places (y, x) of a region with a neighbour outside of it."""
    padded = np.pad(region, 1)
    return [
        (y, x)
        for y, x in np.argwhere(region)
        if min(padded[y, x + 1], padded[y + 2, x + 1], padded[y + 1, x], padded[y + 1, x + 2]) == 0
    ]


def nearest_by_loops(points, others, spacing=(1.0, 1.0)):
    """For each point the distance to the nearest of the others."""
    return [
        min(np.hypot((y - v) * spacing[0], (x - u) * spacing[1]) for v, u in others)
        for y, x in points
    ]
