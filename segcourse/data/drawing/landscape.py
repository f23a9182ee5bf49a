"""Sky and grass: hills, clouds, a meadow that grows finer towards the horizon."""

from dataclasses import dataclass

import numpy as np

from segcourse.data.drawing import noise
from segcourse.data.drawing.light import colour
from segcourse.data.drawing.shapes import coverage

_GREENS = np.array(
    [(0.33, 0.50, 0.17), (0.42, 0.55, 0.22), (0.25, 0.43, 0.20), (0.55, 0.57, 0.26),
     (0.62, 0.55, 0.31), (0.36, 0.52, 0.30)]
)  # fmt: skip


@dataclass(frozen=True)
class Landscape:
    """The empty scene: float image [3, h, w], the sky's mask, and the ground's depth."""

    image: np.ndarray
    sky: np.ndarray  # bool [h, w]
    horizon: np.ndarray  # float [w], the row where the meadow begins
    meadow: np.ndarray  # RGB of the meadow


def draw_landscape(rng, size, light):
    """A landscape of `size`×`size` pixels."""
    y, x = np.mgrid[0:size, 0:size] + 0.5
    image = _sky(rng, size, light, x, y)
    sky = np.ones((size, size), bool)
    base = rng.uniform(0.34, 0.56) * size
    meadow = _GREENS[rng.integers(len(_GREENS))] * rng.uniform(0.85, 1.1, 3)
    # Ridges from far to near; the last is the meadow the animals stand on.
    ridges = rng.integers(0, 3)
    for step in range(ridges, -1, -1):
        top = base - step * rng.uniform(0.035, 0.09) * size + _ridge(rng, size, 1.0 + step)
        distance = (top[None, :] - y) * 0.9
        ground = _ground(rng, size, meadow, top, x, y, light, octaves=1 if step else 3)
        haze = min(0.75, 0.30 * step)
        ground = ground * (1 - haze) + haze * (0.55 * light.horizon + 0.45 * light.shade)
        alpha = coverage(distance)
        image = image * (1 - alpha) + ground * alpha
        sky &= distance >= 0
    return Landscape(image, sky, top, meadow)


def _ridge(rng, size, height):
    x = np.linspace(0.0, 1.0, size)
    tilt = rng.uniform(-0.05, 0.05) * (x - 0.5)
    waves = sum(
        rng.uniform(0.2, 1.0) * 0.022 / k * np.sin(2 * np.pi * (k * x * 0.8 + rng.uniform()))
        for k in (1, 2, 3)
    )
    rough = noise.smooth(rng, 1, size, 1, size // 4)[0] * 0.004
    return size * height * (tilt + waves + rough)


def _sky(rng, size, light, x, y):
    blend = np.clip(y / (0.55 * size), 0.0, 1.0) ** 0.8
    sky = light.zenith * (1 - blend) + light.horizon * blend
    clouds = noise.fractal(rng, size, size, cells=2, octaves=4, fade=0.55, stretch=2.0)
    amount = np.clip((clouds - rng.uniform(-0.3, 0.9)) * 1.4, 0.0, 0.9)
    tops = np.clip(0.45 * light.sun + 0.55 * light.horizon + 0.08, 0.0, 1.0)
    sky = sky * (1 - amount) + amount * (tops - 0.10 * np.clip(clouds - 0.7, 0, 1))
    if light.time in ("morning", "evening"):
        centre = rng.uniform(0.1, 0.9) * size, rng.uniform(0.2, 0.45) * size
        away = np.hypot(x - centre[0], y - centre[1]) / size
        sky = sky + np.exp(-((away / 0.25) ** 2)) * colour([0.25, 0.16, 0.05])
    if light.time == "dusk":
        stars = rng.uniform(size=(size, size)) > 0.997
        sky = sky + (stars & (amount < 0.2)) * rng.uniform(0.2, 0.5)
    return sky


def _ground(rng, size, meadow, top, x, y, light, octaves):
    depth = np.clip((y - top[None, :]) / (size - top[None, :] + 1e-6), 0.0, 1.0)
    texture = noise.perspective(rng, depth, x - size / 2, octaves)
    blades = noise.smooth(rng, size, size, size // 5, size // 2) * (0.3 + 0.7 * depth)
    patches = noise.fractal(rng, size, size, cells=3, octaves=3, stretch=2.5)
    tint = patches * colour([0.06, 0.01, 0.015])
    lit = np.clip(0.60 + 0.16 * texture + 0.16 * blades + 0.12 * patches, 0.0, 1.15)
    return light.shine(np.clip(colour(meadow) + tint, 0.02, 1.0) * (0.85 + 0.2 * depth), lit)
