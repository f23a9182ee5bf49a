"""Trees: broad-leaved, conifer, birch and young bare ones."""

import numpy as np

from segcourse.data.drawing import noise
from segcourse.data.drawing.light import colour
from segcourse.data.drawing.shapes import capsule, chain, coverage, ellipse, polygon

KINDS = ("broad", "conifer", "birch", "bare", "bush")
_BARKS = {"birch": (0.80, 0.79, 0.75), "bare": (0.36, 0.28, 0.22)}
_LEAVES = np.array(
    [(0.20, 0.38, 0.13), (0.30, 0.44, 0.14), (0.14, 0.32, 0.18), (0.47, 0.46, 0.14),
     (0.62, 0.38, 0.12), (0.24, 0.36, 0.22)]
)  # fmt: skip


def draw_tree(rng, kind, foot, height, size, light):
    """A tree standing at `foot` (x, y), `height` pixels tall.

    Returns:
        (window, distance, image): slices of the picture it covers, and what to paint there,
        float [h, w] and [3, h, w].
    """
    reach = (1.5 if kind == "bush" else 0.62) * height + 3
    x0, x1 = (int(np.clip(foot[0] + r, 0, size)) for r in (-reach, reach))
    y0, y1 = (int(np.clip(foot[1] + r, 0, size)) for r in (-1.35 * height - 3, 0.08 * height + 3))
    y, x = np.mgrid[y0:y1, x0:x1] + 0.5
    bark = np.array(_BARKS.get(kind, (0.34, 0.25, 0.18))) * rng.uniform(0.8, 1.15)
    leaves = _LEAVES[rng.integers(len(_LEAVES))] * rng.uniform(0.8, 1.15, 3)
    cells = max(3, 7 * x.shape[1] // (int(height) + 8))
    leafage = noise.fractal(rng, *x.shape, cells=cells, octaves=3)
    trunk, crown = _SHAPES[kind](rng, x, y, foot, height)
    crown = crown + leafage * max(0.6, 0.022 * height)
    bark_lit = light.shape(trunk, max(1.0, 0.03 * height)) + 0.12 * leafage
    wood = light.shine(colour(bark), np.clip(bark_lit, 0, 1))
    leaf_lit = light.shape(crown, 0.12 * height + 1.0) + 0.30 * leafage
    green = light.shine(colour(leaves), np.clip(leaf_lit, 0, 1.2))
    over = coverage(crown)
    image = wood * (1 - over) + green * over
    return (slice(y0, y1), slice(x0, x1)), np.minimum(trunk, crown), image


def _stem(rng, foot, height, share):
    """Points of a slightly bent stem that reaches `share` of the height."""
    lean = rng.uniform(-0.06, 0.06) * height
    bend = rng.uniform(-0.03, 0.03) * height
    x, y = foot
    return [
        (x, y),
        (x + lean * 0.5 + bend, y - 0.5 * share * height),
        (x + lean, y - share * height),
    ]


def _broad(rng, x, y, foot, height):
    stem = _stem(rng, foot, height, 0.62)
    thick = rng.uniform(0.030, 0.05) * height
    trunk = chain(x, y, stem, max(1.0, thick), max(0.7, thick * 0.6))
    crown = np.inf
    for _ in range(rng.integers(4, 8)):
        angle, reach = rng.uniform(0, 2 * np.pi), rng.uniform(0.0, 0.20)
        centre = (
            stem[-1][0] + np.cos(angle) * reach * 1.25 * height,
            stem[-1][1] - 0.06 * height + np.sin(angle) * reach * height,
        )
        radius = rng.uniform(0.11, 0.19) * height
        crown = np.minimum(crown, ellipse(x, y, centre, radius * 1.1, radius))
    return trunk, crown


def _birch(rng, x, y, foot, height):
    stem = _stem(rng, foot, height, 0.8)
    trunk = chain(x, y, stem, max(0.9, 0.022 * height), 0.7)
    crown = np.inf
    for share in np.linspace(0.5, 1.0, rng.integers(3, 6)):
        centre = (
            foot[0] + (stem[-1][0] - foot[0]) * share + rng.uniform(-0.07, 0.07) * height,
            foot[1] - share * 0.88 * height,
        )
        wide = rng.uniform(0.09, 0.15) * height * (1.25 - 0.5 * share)
        crown = np.minimum(crown, ellipse(x, y, centre, wide, 0.09 * height))
    return trunk, crown


def _conifer(rng, x, y, foot, height):
    trunk = capsule(x, y, foot, (foot[0], foot[1] - 0.4 * height), max(0.9, 0.03 * height), 0.8)
    crown, steps = np.inf, rng.integers(3, 6)
    wide = rng.uniform(0.18, 0.27) * height
    for share in np.linspace(0.0, 0.72, steps):
        low, high = foot[1] - (0.12 + share * 0.85) * height, 0.45 * (1 - share) + 0.16
        half = wide * (1.0 - share * 0.9)
        tip = max(low - high * height, foot[1] - height)
        corners = [(foot[0] - half, low), (foot[0] + half, low), (foot[0], tip)]
        crown = np.minimum(crown, polygon(x, y, corners))
    return trunk, crown


def _bare(rng, x, y, foot, height):
    stem = _stem(rng, foot, height, 0.95)
    trunk = chain(x, y, stem, max(1.0, 0.024 * height), 0.55)
    for share in rng.uniform(0.3, 0.9, rng.integers(4, 8)):
        x0 = foot[0] + (stem[-1][0] - foot[0]) * share
        y0 = foot[1] - 0.95 * share * height
        side = rng.choice((-1.0, 1.0))
        reach = rng.uniform(0.14, 0.28) * height * (1.2 - share)
        tip = (x0 + side * reach, y0 - reach * rng.uniform(0.5, 1.1))
        trunk = np.minimum(trunk, capsule(x, y, (x0, y0), tip, max(0.75, 0.011 * height), 0.55))
    return trunk, np.full_like(x, 1e3)


def _bush(rng, x, y, foot, height):
    crown = np.inf
    for shift in rng.uniform(-0.7, 0.7, rng.integers(3, 6)):
        radius = rng.uniform(0.35, 0.55) * height
        centre = (foot[0] + shift * height, foot[1] - radius * 0.8)
        crown = np.minimum(crown, ellipse(x, y, centre, radius * 1.15, radius))
    crown = np.maximum(crown, y - foot[1])
    return np.full_like(x, 1e3), crown


_SHAPES = {"broad": _broad, "conifer": _conifer, "birch": _birch, "bare": _bare, "bush": _bush}
