"""What several exercises of week 2 check with."""

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.texts import _

MOST_NUMBERS = 14  # columns of numbers that can be read side by side with two other maps


def distinct(rng, *shape):
    """Different numbers from 1.5 on, so that each says where it comes from; none is whole."""
    return 1.5 + rng.permutation(int(np.prod(shape))).reshape(shape)


def some_values(rng, *shape):
    """Numbers of an ordinary or an odd kind: distinct, with many ties, or all the same."""
    kind = rng.integers(4)
    if kind == 0:
        values = distinct(rng, *shape) - rng.integers(0, 30)
    elif kind == 1:
        values = rng.integers(-2, 3, shape)
    elif kind == 2:
        values = np.full(shape, rng.normal())
    else:
        values = rng.normal(size=shape) * rng.choice([1, 1000])
    return values.astype(rng.choice(["float32", "float64"]))


def three_maps(case, got, expected):
    """What was given, what came, and what was expected; the cells that differ are marked.

    Of several results the first wrong one is drawn, and of several channels, too.
    """
    import matplotlib.pyplot as plt  # slow to import, and not needed until an answer is wrong

    got, expected = _first_wrong_part(plain(got), plain(expected))
    maps = [np.asarray(value) for value in (plain(case.args[0]), got, expected)]
    alike = maps[1].shape == maps[2].shape
    wrong = ~np.isclose(*maps[1:], 1e-5, 1e-5, equal_nan=True) if alike else None
    if maps[2].ndim == 3:
        channel = int(np.argwhere(wrong)[0][-1]) if alike and wrong.any() else 0
        maps = [m[..., min(channel, m.shape[-1] - 1)] if m.ndim == 3 else m for m in maps]
        wrong = wrong[..., channel] if alike else None
    if wrong is not None and wrong.all():
        wrong = None  # every cell marked says nothing
    figure, axes = plt.subplots(1, 3, figsize=(12, 3.6))
    for ax, title, values, marked in zip(
        axes, (_("given"), _("yours"), _("expected")), maps, (None, wrong, wrong), strict=True
    ):
        _draw(ax, title, values, marked, maps[2])
    return figure


def _first_wrong_part(got, expected):
    if not isinstance(expected, list) or not isinstance(got, list) or len(got) != len(expected):
        return got, expected
    pairs = list(zip(got, expected, strict=True))
    return next((pair for pair in pairs if not np.array_equal(*pair)), pairs[0])


def _draw(ax, title, values, marked, scale):
    from segcourse import plots

    if values.ndim != 2 or values.size == 0 or values.dtype.kind not in "biuf":
        ax.set_title(f"{title}: {values.shape}")
        ax.axis("off")
    elif max(values.shape) <= MOST_NUMBERS and np.isfinite(values).all():
        plots.numbers(values, ax=ax, title=title, highlight=marked, fmt=".4g")
    else:
        ax.imshow(values, cmap="Greys", vmin=scale.min(), vmax=scale.max())
        ax.set_title(f"{title}: {values.shape}")
