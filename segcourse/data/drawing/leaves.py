"""Fallen leaves on the ground, seen from above: what a reader's own photos could show."""

import numpy as np

from segcourse.data.drawing import noise
from segcourse.data.drawing.light import colour, draw_light, photograph
from segcourse.data.drawing.shapes import capsule, chain, coverage, ellipse, smooth_union

CLASSES = ("ground", "leaf")
UNSURE = 255  # the rim of a leaf, which nobody can draw to the pixel
_RIM = 0.8  # pixels to either side of the outline
# Soil, sand, grass, gravel.
_GROUNDS = np.array(
    [(0.36, 0.27, 0.20), (0.70, 0.62, 0.48), (0.26, 0.38, 0.16), (0.50, 0.50, 0.50)]
)
# Green, yellow, orange, red, brown.
_LEAVES = np.array(
    [(0.34, 0.55, 0.14), (0.88, 0.74, 0.16), (0.88, 0.46, 0.10), (0.74, 0.16, 0.13),
     (0.55, 0.33, 0.16)]
)  # fmt: skip


def draw(rng, height, width, count):
    """A picture of `count` leaves, and its label map.

    Args:
        rng: a `numpy.random.Generator`.
        height, width: in pixels.
        count: how many leaves; they may cover each other.

    Returns:
        (image, labels): uint8 [height, width, 3] and [height, width], places in `CLASSES` or
        `UNSURE`.
    """
    light = draw_light(rng)
    y, x = np.mgrid[:height, :width] + 0.5
    image = _ground(rng, height, width)
    for _ in range(max(2, height * width // 2500)):
        _clutter(rng, image, x, y)
    nearest = np.full((height, width), np.inf)
    for middle in _places(rng, height, width, count):
        window, distance = _leaf(rng, image, x, y, middle, light)
        # A leaf lies on those before it: its outline counts, theirs below it no longer do.
        nearest[window] = np.where(distance < _RIM, distance, nearest[window])
    labels = np.where(nearest < 0, 1, 0).astype("uint8")
    labels[np.abs(nearest) < _RIM] = UNSURE
    return photograph(rng, image), labels


def _ground(rng, height, width):
    base = _GROUNDS[rng.integers(len(_GROUNDS))] * rng.uniform(0.8, 1.2)
    cells = max(2, width // 16)
    coarse = noise.fractal(rng, height, width, cells=cells, octaves=4, fade=0.7)
    return colour(base) * (1.0 + 0.20 * coarse)


def _clutter(rng, image, x, y):
    """A stone or a twig: ground, though it has a shape of its own."""
    place = rng.uniform(0, x.shape[1]), rng.uniform(0, x.shape[0])
    window = _around(place, 32, x.shape)
    image, x, y = image[:, *window], x[window], y[window]
    if rng.uniform() < 0.6:
        radius = rng.uniform(2, 7)
        distance = ellipse(x, y, place, radius, radius * rng.uniform(0.6, 1.0))
        tone = colour(np.full(3, rng.uniform(0.3, 0.75)) * rng.uniform(0.93, 1.07, 3))
        tone = tone * np.clip(0.8 - 0.06 * distance, 0.6, 1.1)
    else:
        angle, reach = rng.uniform(0, 2 * np.pi), rng.uniform(8, 25)
        end = place[0] + reach * np.cos(angle), place[1] + reach * np.sin(angle)
        distance = capsule(x, y, place, end, rng.uniform(0.6, 1.4), 0.5)
        tone = colour([0.30, 0.22, 0.16])
    _paint(image, distance - 1.5, 0.75 * image)
    _paint(image, distance, tone)


def _places(rng, height, width, count):
    """Points for leaves, the first ones near the middle: every picture shows one whole."""
    spread = np.linspace(0.12, 0.42, count) if count < 6 else np.full(count, 0.46)
    return [
        (width * (0.5 + rng.uniform(-s, s)), height * (0.5 + rng.uniform(-s, s))) for s in spread
    ]


def _leaf(rng, image, x, y, middle, light):
    """Paints one leaf; gives the part of the picture it lies in, and its distance there."""
    length = rng.uniform(14, 26)  # half of it, in pixels
    angle = rng.uniform(0, 2 * np.pi)
    ahead, across = np.cos(angle), np.sin(angle)
    whole, shape = image, x.shape
    window = _around(middle, 1.5 * length + 8, shape)
    image, x, y = image[:, *window], x[window], y[window]

    def at(along, aside=0.0):
        return (
            middle[0] + length * (along * ahead - aside * across),
            middle[1] + length * (along * across + aside * ahead),
        )

    blade = _oval(rng, x, y, at, length) if rng.uniform() < 0.6 else _lobed(rng, x, y, at, length)
    bumps = noise.fractal(rng, *shape, cells=max(3, shape[1] // 8), octaves=2)
    blade = blade + 0.5 * bumps[window]
    stalk = chain(x, y, [at(-0.8), at(-1.15, 0.05), at(-1.4, 0.15)], 1.3, 0.9)
    leaf = np.minimum(blade, stalk)
    # Beyond the lower and the right edge of the picture it falls on the upper and the left one.
    shadow = np.full(shape, np.inf)
    shadow[window] = leaf
    shadow = np.roll(shadow, (1, 1), (0, 1)) - 1.5
    _paint(whole, shadow, 0.6 * whole)
    tint = _LEAVES[rng.integers(len(_LEAVES))] * rng.uniform(0.85, 1.1, 3)
    spots = noise.fractal(rng, *shape, cells=max(3, shape[1] // 12), octaves=3)[window]
    lit = light.shape(blade, 0.3 * length)
    _paint(image, leaf, colour(tint) * (0.75 + 0.35 * lit + 0.13 * spots))
    ribs = capsule(x, y, at(-0.9), at(0.85), 0.5, 0.2)
    for side in (-1, 1):
        for start in (-0.45, -0.1, 0.25):
            ribs = np.minimum(ribs, capsule(x, y, at(start), at(start + 0.3, side * 0.3), 0.2, 0.0))
    _paint(image, np.maximum(ribs, blade + 1.0), colour(tint * 0.75))
    return window, leaf


def _around(place, reach, shape):
    """The part of the picture that is at most `reach` pixels from a place (x, y)."""
    return tuple(
        slice(max(0, int(middle - reach)), max(0, min(size, int(middle + reach) + 2)))
        for middle, size in zip(place[::-1], shape, strict=True)
    )


def _oval(rng, x, y, at, length):
    """Two arcs that meet in two points: a beech leaf."""
    bulge = rng.uniform(0.45, 0.9)
    radius = (1 + bulge**2) / (2 * bulge)
    discs = [
        np.hypot(x - px, y - py) - radius * length
        for px, py in (at(0, radius - bulge), at(0, bulge - radius))
    ]
    return np.maximum(*discs)


def _lobed(rng, x, y, at, length):
    """Five fingers from one point: a maple leaf."""
    blade = ellipse(x, y, at(-0.2), 0.36 * length, 0.36 * length)
    reach = rng.uniform(0.75, 0.95)
    for turn, share in ((-2.0, 0.7), (-1.0, 0.95), (0.0, 1.2), (1.0, 0.95), (2.0, 0.7)):
        tip = at(-0.2 + share * reach * np.cos(turn), share * reach * np.sin(turn))
        finger = capsule(x, y, at(-0.2), tip, 0.26 * length, 0.05 * length)
        blade = smooth_union(blade, finger, 0.08 * length)
    return blade


def _paint(image, distance, tone):
    over = coverage(distance)
    image[:] = image * (1 - over) + tone * over
