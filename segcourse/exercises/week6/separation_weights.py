"""Exercise 6.6: Separation weight map."""

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.exercises.week6 import _separation_weights
from segcourse.texts import N_


def _cases(rng):
    # Rectangles in different corners, a few pixels apart; in the second case there are three, so
    # that "the two nearest" and "all" differ, and numbers of cells that do not begin at 1.
    first = np.zeros((9, int(rng.integers(12, 15))), "int32")
    gap = int(rng.integers(1, 4))
    first[2:7, 1:5], first[1:8, 5 + gap : 9 + gap] = 1, 2
    second = np.zeros((14, int(rng.integers(13, 16))), "int32")
    second[1:5, 1:6], second[1:6, 8:12], second[9:13, 2 : int(rng.integers(6, 9))] = 2, 5, 3
    # Two cells that touch, a third one in two pieces, whose number is 0 in one byte, and more
    # cell than background.
    third = np.zeros((8, 12), "int32")
    third[1:7, 1:4], third[2:8, 4 : int(rng.integers(5, 7))] = 7, 4
    third[0:3, 8:11] = third[5:8, 8:12] = 256
    # Many cells, each of one pixel, their numbers in no order.
    fourth = np.zeros((7, int(rng.integers(5, 8))), "int32")
    fourth[::2, ::2] = 1 + rng.permutation(40)[: fourth[::2, ::2].size].reshape(4, -1)
    return [
        (first,),
        (second, round(float(rng.uniform(4, 8)), 1), round(float(rng.uniform(2, 3)), 1)),
        (second, round(float(rng.uniform(11, 15)), 1), round(float(rng.uniform(6, 7)), 1)),
        (third, 5, 4),
        (third,),
        (fourth, 8.0, 2.0),
    ]


def _space(rng):
    """Rectangles anywhere: they touch, cover one another, fall into pieces; one row or column."""
    while True:
        height, width = (int(n) for n in rng.choice([1, 2, 5, 9], 2))
        cells = np.zeros((height, width), rng.choice(["int32", "int64", "uint16"]))
        for number in 1 + rng.choice(400, int(rng.integers(2, 6)), replace=False):
            y, x = rng.integers(height), rng.integers(width)
            cells[y : y + rng.integers(1, 5), x : x + rng.integers(1, 5)] = number
        if len(np.unique(cells)) > 2 and (cells == 0).any():
            w0, sigma = rng.uniform(0, 20), rng.choice([0.5, 2, 5, 9])
            return Case(cells, round(float(w0), 1), float(sigma))


def _picture(case, got, expected):
    """Both maps in one scale."""
    import matplotlib.pyplot as plt

    got, expected = np.asarray(plain(got)), plain(expected)
    if got.shape != expected.shape or not np.isfinite(got).all():
        return None
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    for ax, title, result in zip(axes, ("yours", "expected"), (got, expected), strict=True):
        drawn = ax.imshow(result, vmin=0, vmax=float(expected.max()))
        ax.set_title(title)
        ax.axis("off")
    figure.colorbar(drawn, ax=axes, label="weight", shrink=0.8)
    return figure


separation_weights = Exercise(
    id="6.6",
    title=N_("Separation weight map"),
    function="separation_weights",
    hints=(
        N_(
            "Begin with the distances. For one cell, `ndimage.distance_transform_edt(cells != "
            "number)` gives every pixel its distance to this cell, and 0 inside of it."
        ),
        N_(
            "Stack the distance maps of all cells and sort them along the first axis: the first is "
            "d1, the second d2. The border term is w0 * exp(-(d1 + d2)² / (2 σ²)), and it counts "
            "on the background only."
        ),
        N_(
            "The class weight of a pixel is all pixels / (2 * pixels of its class), with the two "
            "classes cells == 0 and cells > 0. Add the two terms."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=close(1e-4),
    picture=_picture,
    points=3,
)


@separation_weights.reference
def separation_weights(cells, w0=10.0, sigma=5.0):
    """Give every pixel its weight in the loss: class weight plus border term.

    Class weight: (all pixels) / (2 · pixels of its class). The classes are background
    (0) and cell (any other number). The mean of this term over the image is 1.
    Border term, on the background only: w0 · exp(−(d1 + d2)² / (2 σ²)), where d1 is the
    distance to the nearest cell and d2 the distance to the second nearest cell.

    Args:
        cells: integer array [height, width]: 0 background, each cell its own number, 1
            or more. Numbers may be missing between others, and cells may touch. There are
            at least two cells, and background.
        w0, sigma: numbers, the largest border term, and how fast it falls (pixels).

    Returns:
        Float array [height, width].

    Help: `from scipy import ndimage`; `ndimage.distance_transform_edt(mask)` gives every
        pixel where `mask` is True its distance to the nearest one where it is False.

    Example:

    >>> separation_weights(np.array([[1, 0, 2]])).round(3)
    array([[0.75, 10.731, 0.75]])

    Two of three pixels are cell: 3 / (2 · 2) = 0.75. The pixel between them:
    3 / (2 · 1) + 10 · exp(−(1 + 1)² / (2 · 5²)) = 1.5 + 9.231.
    """
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "class weight not normalised",
    "Your class weight is 1 / (pixels of the class), a tiny number, so the border term is all "
    "that counts. Multiply by (all pixels) / 2: then its mean over the image is 1.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return 1 / pixels + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "not divided by the number of classes",
    "Your class weight is (all pixels) / (pixels of the class): twice too large. Its mean over "
    "the image is 2, the number of classes; divide by 2.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / pixels + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "frequency in place of its inverse",
    "Your class weight grows with the number of pixels. It should balance the classes: the rare "
    "one weighs more.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return pixels / cells.size + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "class weight 1",
    "Your class weight is 1 everywhere. It balances the classes: (all pixels) / (2 · pixels of its "
    "class).",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    return 1 + np.where(cells > 0, 0, border)


@separation_weights.mistake(
    "class weights exchanged",
    "You exchanged the class weights: a cell pixel got that of the background. Divide by the "
    "number of pixels of the pixel's own class.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, (~is_cell).sum(), is_cell.sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "numbers summed up",
    "You summed up the numbers of the cells. To count their pixels, sum up where there is a cell: "
    "(cells > 0).sum().",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, cells.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "number of rows",
    "len(cells) is the number of rows. All pixels are cells.size, height times width.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return len(cells) / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "brackets missing in the class weight",
    "Python computes a / 2 * b from the left, as (a / 2) * b. In the class weight, put the "
    "denominator into brackets: cells.size / (2 * pixels).",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / 2 * pixels + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "every cell a class",
    "You counted the pixels of each cell by itself. There are two classes, background and cell: "
    "all cells together are one class.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    balance = np.zeros(cells.shape)
    for number in np.unique(cells):
        balance[cells == number] = cells.size / (2 * np.sum(cells == number))
    return balance + np.where(cells > 0, 0, border)


@separation_weights.mistake(
    "no class weight",
    "Only the border term came. Add the class weight of every pixel: without it, the inside of a "
    "cell would not count at all.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    return np.where(cells > 0, 0, border)


@separation_weights.mistake(
    "squares summed",
    "You summed the squares, d1² + d2². The formula squares the sum: (d1 + d2)².",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-(d1**2 + d2**2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "sum not squared",
    "You did not square d1 + d2. The formula has (d1 + d2)², the bell curve of Gauss.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-(d1 + d2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "factor 2 missing",
    "You divided by σ². The formula divides by 2 σ².",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / sigma**2)
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "sigma not squared",
    "You divided by 2 σ. The formula divides by 2 σ²: square sigma.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "brackets missing under the fraction",
    "Python computes a / 2 * sigma**2 from the left, as (a / 2) * sigma**2. Put the denominator "
    "into brackets: a / (2 * sigma**2).",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / 2 * sigma**2)
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "minus forgotten",
    "Your border term grows with the distance: the exponent has to be negative. The minus stands "
    "before the square, -((d1 + d2) ** 2), for the square of a negative number is positive.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp((d1 + d2) ** 2 / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "w0 typed in",
    "You typed in 10 for w0. That is only the default: use the argument `w0`.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = 10 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "sigma typed in",
    "You typed in 5 for sigma. That is only the default: use the argument `sigma`.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * 5**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "w0 and sigma typed in",
    "You typed in 10 and 5. Those are only the defaults: use the arguments `w0` and `sigma`.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = 10 * np.exp(-((d1 + d2) ** 2) / (2 * 5**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.also_right
def separation_weights(cells, w0=10.0, sigma=5.0):
    background = np.mean(cells == 0)
    result = np.full(cells.shape, 0.5 / (1 - background))
    places, numbers = np.argwhere(cells), cells[cells > 0]
    for place in np.argwhere(cells == 0):
        distances = np.hypot(*(places - place).T)
        nearest = sorted(distances[numbers == number].min() for number in set(numbers.tolist()))
        border = w0 * np.exp(-0.5 * ((nearest[0] + nearest[1]) / sigma) ** 2)
        result[tuple(place)] = 0.5 / background + border
    return result


@separation_weights.also_right
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy.ndimage import distance_transform_edt

    maps = [distance_transform_edt(cells != n) for n in set(cells.ravel().tolist()) - {0}]
    total = np.sort(np.stack(maps, axis=-1))[..., :2].sum(axis=-1)
    empty = cells == 0
    weights = np.empty(cells.shape)
    weights[empty] = cells.size / empty.sum() / 2
    weights[~empty] = cells.size / (cells.size - empty.sum()) / 2
    weights[empty] += w0 * np.exp(-(total[empty] ** 2) / (2 * sigma**2))
    return weights


@separation_weights.also_right
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    d1, d2 = np.full((2, *cells.shape), np.inf)
    for number in np.unique(cells[cells > 0]):
        distance = ndimage.distance_transform_edt(cells != number)
        d2 = np.minimum(d2, np.maximum(d1, distance))
        d1 = np.minimum(d1, distance)
    share = np.count_nonzero(cells) / cells.size
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    return np.where(cells != 0, 0.5 / share, 0.5 / (1 - share) + border).astype("float32")


_separation_weights.register(separation_weights)
