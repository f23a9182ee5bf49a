"""Networks and images that exercise 6.4 is checked with."""

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Case


def filter_of(kernel, tile, period=1):
    """A network of one unpadded convolution that takes exactly one size, and says what it got.

    As in a network that pools, two tiles agree where they overlap only if their beginnings differ
    by a multiple of `period`.
    """
    margin = len(kernel) // 2
    side = tile + 2 * margin
    place = np.arange(tile) % period

    def predict(part):
        part = np.asarray(part, "float64")
        said = f"the network takes an array of {side} by {side} pixels; it got {part.shape}"
        if part.ndim != 2:
            raise ValueError(f"{said}, not two axes")
        if part.size == 0:
            raise ValueError(f"{said}, no pixel at all")
        if part.shape != (side, side):
            raise ValueError(f"{said}, {_off(part.shape, side)}")
        windows = np.lib.stride_tricks.sliding_window_view(part, kernel.shape)
        return np.einsum("yxij,ij->yx", windows, kernel) + place[:, None] + place

    return predict


def _off(shape, side):
    """In words, for two mistakes that differ only in numbers count as the same one."""
    words = []
    for count, name in zip(shape, ("rows", "columns"), strict=True):
        if count != side:
            words.append(f"too {'few' if count < side else 'many'} {name}")
    return " and ".join(words)


def _case(rng, shape, tile, margin, period=1):
    """No value and no prediction is 0: a pixel that was left out is seen."""
    kernel = rng.integers(1, 9, (2 * margin + 1, 2 * margin + 1)).astype("float64")
    image = rng.integers(2, 100, shape) / 2
    return image, tile, margin, filter_of(kernel, tile, period)


def cases(rng):
    """One image wider than high, one higher than wide, and those that are special."""
    made = []
    for margin, flat in ((1, True), (2, False)):
        # The margin is smaller than half a tile, and neither side is a multiple of the tile.
        tile = 2 * margin + int(rng.integers(2, 4))
        short, long = tile + 1, 2 * tile + int(rng.integers(1, tile - margin))
        made.append(_case(rng, (short, long) if flat else (long, short), tile, margin))
    tile = int(rng.integers(4, 6))
    return [
        *made,
        # Multiples of the tile: there is nothing to move back.
        _case(rng, (2 * tile, tile), tile, 1),
        # A square, and a border that is wider than the tile.
        _case(rng, (2 * tile - 1, 2 * tile - 1), tile, 1),
        _case(rng, (5, 6), 2, int(rng.integers(3, 5))),
        # A network that pools, and tiles that suit it.
        _case(rng, (12, 20), 8, int(rng.integers(1, 3)), period=4),
        # And tiles that do not: what counts in the overlap is seen, in rows and in columns.
        _case(rng, (13, 21), 8, int(rng.integers(1, 3)), period=2),
    ]


def space(rng):
    """Any tile, margin and period; sides from the smallest that is allowed to some tiles more."""
    tile, margin = int(rng.integers(1, 7)), int(rng.integers(1, 5))
    smallest = max(tile, margin + 1)
    height, width = (smallest + int(rng.choice([0, 1, tile, rng.integers(14)])) for _ in "yx")
    kernel = rng.normal(size=(2 * margin + 1, 2 * margin + 1))
    period = int(rng.integers(1, tile + 1))
    return Case(rng.normal(size=(height, width)), tile, margin, filter_of(kernel, tile, period))


def wrong_pixels(case, got, expected):
    """Where the result is right, pixel by pixel."""
    from segcourse import plots

    got, expected = np.asarray(plain(got)), plain(expected)
    if got.shape != expected.shape:
        return None
    wrong = ~np.isclose(got, expected)
    return plots.numbers(wrong.astype(int), title="1: wrong pixel", highlight=wrong).figure
