"""Fur: colours and markings, the same ones for cats and dogs."""

import numpy as np

from segcourse.data.drawing import noise
from segcourse.data.drawing.light import colour

# Cats and dogs draw from one list, so that colour does not give the species away.
COLOURS = np.array(
    [(0.80, 0.47, 0.20), (0.50, 0.49, 0.49), (0.15, 0.14, 0.15), (0.90, 0.87, 0.81),
     (0.84, 0.71, 0.52), (0.42, 0.28, 0.18), (0.62, 0.50, 0.38), (0.30, 0.27, 0.27)]
)  # fmt: skip
MARKINGS = ("plain", "stripes", "patches", "white_belly", "dark_ends")
_SHARES = (0.28, 0.22, 0.18, 0.20, 0.12)


def draw_fur(rng, at, scale):
    """Colours over an animal's window, float [3, h, w]."""
    height, width = at.x.shape
    base = COLOURS[rng.integers(len(COLOURS))] * rng.uniform(0.85, 1.12, 3)
    marking = MARKINGS[rng.choice(len(MARKINGS), p=_SHARES)]
    x = (at.x - at.foot[0]) * at.facing / scale
    y = (at.y - at.foot[1]) / scale
    warp = noise.fractal(rng, height, width, cells=max(3, width // 14), octaves=2)
    share = _MARKS[marking](rng, x, y, warp)
    other = _partner(rng, base, marking)
    fur = colour(base) + np.clip(share, 0, 1) * colour(other - base)
    hair = noise.smooth(rng, height, width, max(2, height // 2), max(2, width // 3))
    return np.clip(fur * (1.0 + 0.10 * hair + 0.07 * warp), 0.02, 1.0)


def _partner(rng, base, marking):
    """The second colour of a marking: white, dark, or just another coat."""
    if marking == "white_belly":
        return np.array([0.92, 0.90, 0.86])
    if marking == "dark_ends":
        return base * 0.32
    if marking == "stripes":
        return base * rng.uniform(0.55, 0.72)
    return COLOURS[rng.integers(len(COLOURS))]


def _plain(rng, x, y, warp):
    return np.zeros_like(x)


def _stripes(rng, x, y, warp):
    waves = np.sin(x * rng.uniform(28, 44) + 5.0 * y + 1.6 * warp)
    return np.clip(0.35 + 0.7 * waves, 0, 1) * np.clip(1.1 + 1.6 * (-y - 0.35), 0.25, 1)


def _patches(rng, x, y, warp):
    place = rng.uniform(-0.5, 0.5, 2)
    field = np.sin(4.2 * x + 9 * place[0]) + np.sin(7.0 * y + 9 * place[1]) + 0.8 * warp
    return np.clip((field - 0.25) * 3, 0, 1)


def _white_belly(rng, x, y, warp):
    return np.clip((y + rng.uniform(0.18, 0.42) - 0.25 * (x > 0.3) + 0.05 * warp) * 9, 0, 1)


def _dark_ends(rng, x, y, warp):
    return np.clip((np.abs(x) - 0.42 + 0.05 * warp) * 6, 0, 1) + np.clip((y + 0.14) * 7, 0, 1)


_MARKS = {
    "plain": _plain,
    "stripes": _stripes,
    "patches": _patches,
    "white_belly": _white_belly,
    "dark_ends": _dark_ends,
}
