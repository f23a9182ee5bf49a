"""Two ragged regions, drawn from seeds, and distances between points by trying all pairs."""

import numpy as np
from scipy import ndimage


def blob(seed, size=(24, 31), above=0.02):
    """A ragged region, in some pieces, which touches the picture's edge."""
    noise = np.random.default_rng(seed).normal(size=size)
    return (ndimage.gaussian_filter(noise, 3) > above).astype(int)


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


#: What torchmetrics 1.9.0 (torch 2.13.0, CPU) gives for `blob(1, (28, 28), 0.03)` as the truth and
#: `blob(2, (28, 28), 0.03)` as the prediction, by spacing. Average and 95th percentiles are those
#: of its `surface_distance` of its `mask_edges` (crop=False), both ways; "hausdorff" is its
#: `hausdorff_distance`. The regions are square: elsewhere that version puts the distances into the
#: wrong places (`z[i1 * h + j1]` in its `distance_transform`), and differs from SciPy.
OF_TORCHMETRICS = {
    1.0: {
        "average": 4.975108781740779,
        "hausdorff": 14.0,
        "hausdorff_95": 12.239467430114743,
        "boundary_f_score": {
            0: 0.11904761904761907,
            1: 0.2568397543271915,
            2: 0.3458021612635079,
            4: 0.4538266919671094,
        },
    },
    (2.0, 0.5): {
        "average": 4.944540370078314,
        "hausdorff": 12.206555366516113,
        "hausdorff_95": 11.261670112609862,
        "boundary_f_score": {
            0: 0.11904761904761907,
            1: 0.2627856365614799,
            2: 0.34644039735099336,
            4: 0.44831880448318806,
        },
    },
}
