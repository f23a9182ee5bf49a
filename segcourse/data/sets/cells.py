"""Drawn cells that touch: what the separation weights of U-Net are for."""

import numpy as np
from scipy import ndimage

from segcourse.checks.sizes import integer_of_at_least
from segcourse.checks.sizes import seed as check_seed

#: Names of the label ids.
CELL_CLASSES = ("background", "cell")


def cells(count, seed=0, size=64):
    """Draw grey pictures of cells that lie close together, and what is true about them.

    Every picture holds 8 to 12 cells in one or two groups. Cells of a group are parted by a gap of
    one or two pixels, which is only a little darker than they are: a network that misses it joins
    two cells.

    Args:
        count: how many pictures.
        seed: integer from 0 on; picture i depends on `(seed, i)` alone.
        size: height and width in pixels, at least 32.

    Returns:
        (images, labels, instances): uint8 [count, size, size, 1], int32 [count, size, size] with 0
        background and 1 cell, int32 [count, size, size] with 0 background and the cells' own
        numbers from 1 on.

    Raises:
        ValueError: an argument out of range.

    Example:

    >>> from segcourse import data
    >>> images, labels, instances = data.cells(2, seed=1)
    >>> images.shape, labels.shape
    ((2, 64, 64, 1), (2, 64, 64))
    >>> bool(((instances > 0) == (labels == 1)).all())
    True

    Defined for week 6, section 7; after the touching HeLa cells of Ronneberger, Fischer, Brox,
    "U-Net" (2015), figure 3.
    """
    count = integer_of_at_least("count", count, 1)
    size = integer_of_at_least("size", size, 32)
    seed = check_seed("seed", seed)
    drawn = [_picture(np.random.default_rng([seed, i, 11]), size) for i in range(count)]
    images, instances = (np.stack(arrays) for arrays in zip(*drawn, strict=True))
    return images, (instances > 0).astype("int32"), instances


def _picture(rng, size):
    instances = _instances(rng, size)
    inside = instances > 0
    # Each cell has its own brightness and grain; the gap is darker, and blurring fills it half.
    tones = rng.uniform(0.5, 0.68, instances.max() + 1)
    tones[0] = 0.3
    image = tones[instances]
    image += inside * 0.06 * _smooth_noise(rng, size, 2.0)
    image = ndimage.gaussian_filter(image, 0.9) + 0.05 * _smooth_noise(rng, size, 6.0)
    image += rng.normal(0, 0.045, image.shape)
    return (255 * np.clip(image, 0, 1)).round().astype("uint8")[..., None], instances


def _instances(rng, size):
    """Cells as the places that are nearer to one centre than to the others, minus a gap."""
    centres = _centres(rng, size)
    rows, columns = np.indices((size, size))
    # Bent coordinates, so that no border is a straight line.
    rows = rows + 2.2 * _smooth_noise(rng, size, 4.0)
    columns = columns + 2.2 * _smooth_noise(rng, size, 4.0)
    radii = rng.uniform(0.9, 1.12, len(centres))
    distances = np.stack(
        [np.hypot(rows - y, columns - x) / r for (y, x), r in zip(centres, radii, strict=True)]
    )
    nearest, second = np.partition(distances, 1, axis=0)[:2]
    owner = distances.argmin(axis=0) + 1
    owner[(nearest > 0.135 * size) | (second - nearest < 2.0)] = 0
    # A cell is one piece: crumbs that the bending cut off go.
    result = np.zeros((size, size), "int32")
    kept = 0
    for number in range(1, len(centres) + 1):
        pieces, found = ndimage.label(owner == number)
        if found:
            sizes = np.bincount(pieces.ravel())[1:]
            if sizes.max() >= 12:
                kept += 1
                result[pieces == sizes.argmax() + 1] = kept
    return _apart(result)


def _apart(instances):
    """Whatever still touches another cell, by an edge or a corner, becomes gap."""
    result = instances.copy()
    for number in range(1, instances.max() + 1):
        others = (result > 0) & (result != number)
        touching = ndimage.binary_dilation(others, np.ones((3, 3)))
        result[(result == number) & touching] = 0
    numbers_left = np.unique(result[result > 0])
    return np.searchsorted(numbers_left, result).astype("int32") + (result > 0)


def _centres(rng, size):
    """8 to 12 points, each next to an earlier one of its group."""
    reach = 0.2 * size
    centres = []
    wanted = int(rng.integers(8, 13))
    starts = int(rng.integers(1, 3))
    for _ in range(400):
        if len(centres) == wanted:
            break
        if len(centres) < starts:
            place = rng.uniform(0.15 * size, 0.85 * size, 2)
        else:
            y, x = centres[rng.integers(len(centres))]
            angle = rng.uniform(0, 2 * np.pi)
            place = np.array([y + reach * np.sin(angle), x + reach * np.cos(angle)])
        inside = (place > 0.06 * size).all() and (place < 0.94 * size).all()
        if inside and all(np.hypot(*(place - other)) > 0.8 * reach for other in centres):
            centres.append(place)
    return np.array(centres)


def _smooth_noise(rng, size, sigma):
    """Noise of standard deviation 1 that changes over about `sigma` pixels."""
    noise = ndimage.gaussian_filter(rng.normal(size=(size, size)), sigma, mode="wrap")
    return noise / noise.std()
