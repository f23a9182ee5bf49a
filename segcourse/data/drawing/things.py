"""What only the classification task shows: birds, flowers, houses, balls and bricks.

Each function paints one thing over a picture [3, h, w], around `centre` (x, y) and about `scale`
pixels large.
"""

import numpy as np

from segcourse.data.drawing import noise
from segcourse.data.drawing.light import colour
from segcourse.data.drawing.shapes import (
    capsule,
    chain,
    coverage,
    ellipse,
    polygon,
    smooth_union,
)


def any_colour(rng, low=0.08, high=0.95):
    """An RGB triple of any hue, float [3]."""
    return rng.uniform(low, high, 3)


def draw_bird(rng, image, centre, scale, light):
    """A bird on two legs, or one that flies."""
    x, y = _pixels(image)
    cx, cy = centre
    way = rng.choice((-1.0, 1.0))
    tilt = rng.uniform(-0.25, 0.25)

    def at(ahead, up):
        ahead, up = ahead - tilt * up, up + tilt * ahead
        return cx + way * ahead * scale, cy - up * scale

    body = capsule(x, y, at(-0.22, 0.0), at(0.18, 0.05), 0.16 * scale, 0.20 * scale)
    head = at(0.34, 0.25)
    skull = ellipse(x, y, head, 0.13 * scale, 0.13 * scale)
    body = smooth_union(body, skull, max(0.08 * scale, 0.8))
    tail = polygon(x, y, [at(-0.25, 0.10), at(-0.25, -0.10), at(-0.68, rng.uniform(-0.1, 0.12))])
    beak = polygon(x, y, [at(0.44, 0.31), at(0.44, 0.20), at(0.60, 0.23)])
    wing = ellipse(x, y, at(-0.05, 0.03), 0.24 * scale, 0.11 * scale)
    if rng.uniform() < 0.4:
        lift = rng.choice((-1.0, 1.0)) * rng.uniform(0.45, 0.75)
        wing = polygon(x, y, [at(0.12, 0.05), at(-0.2, 0.02), at(-0.35, lift)])
    else:
        for hip in (-0.05, 0.08):
            leg = capsule(x, y, at(hip, -0.15), at(hip + 0.03, -0.42), 0.02 * scale, 0.015 * scale)
            _paint(image, np.minimum(leg, leg - 0.3), colour([0.25, 0.18, 0.10]))
    feather = colour(any_colour(rng))
    _lit(image, tail, feather * 0.8, light, 0.1 * scale)
    _lit(image, body, feather, light, 0.15 * scale)
    _lit(image, wing, feather * rng.uniform(0.5, 0.85), light, 0.1 * scale)
    _paint(image, beak, colour([0.95, 0.62, 0.10]))
    eye = ellipse(x, y, (head[0] + way * 0.03 * scale, head[1]), 0.035 * scale, 0.035 * scale)
    _paint(image, eye, colour([0.05, 0.04, 0.04]))


def draw_flower(rng, image, centre, scale, light):
    """A stem with one blossom of four to nine petals."""
    x, y = _pixels(image)
    cx, cy = centre
    cy -= 0.15 * scale
    foot = (cx + rng.uniform(-0.25, 0.25) * scale, cy + 0.9 * scale)
    bend = (0.5 * (cx + foot[0]) + rng.uniform(-0.1, 0.1) * scale, 0.5 * (cy + foot[1]))
    stem = chain(x, y, [(cx, cy), bend, foot], max(0.7, 0.025 * scale), max(0.8, 0.03 * scale))
    green = colour([rng.uniform(0.1, 0.3), rng.uniform(0.35, 0.55), rng.uniform(0.1, 0.25)])
    _lit(image, stem, green, light, 0.03 * scale)
    petals, start = rng.integers(4, 10), rng.uniform(0, 2 * np.pi)
    squash = rng.uniform(0.55, 1.0)
    crown = np.inf
    for k in range(petals):
        angle = start + 2 * np.pi * k / petals
        reach = np.cos(angle) * scale, np.sin(angle) * squash * scale
        inner = (cx + 0.10 * reach[0], cy + 0.10 * reach[1])
        outer = (cx + 0.34 * reach[0], cy + 0.34 * reach[1])
        crown = np.minimum(crown, capsule(x, y, inner, outer, 0.05 * scale, 0.7 * scale / petals))
    petal = any_colour(rng, 0.15)
    petal[rng.integers(3)] = rng.uniform(0.75, 1.0)
    _lit(image, crown, colour(petal), light, 0.1 * scale)
    heart = ellipse(x, y, (cx, cy), 0.12 * scale, 0.12 * scale * squash)
    _lit(image, heart, colour([rng.uniform(0.4, 0.95), rng.uniform(0.3, 0.8), 0.1]), light, 3.0)


def draw_house(rng, image, centre, scale, light):
    """A wall with windows and a door under a roof."""
    x, y = _pixels(image)
    cx, cy = centre
    half, tall = rng.uniform(0.32, 0.5) * scale, rng.uniform(0.3, 0.5) * scale
    base = cy + 0.45 * scale
    eaves = base - tall
    wall = _box(x, y, cx - half, eaves, cx + half, base)
    rough = noise.smooth(rng, *x.shape, 24, 24) * 0.06
    side = rng.uniform(0.65, 1.0)
    tone = np.where(x < cx + rng.uniform(-0.5, 0.5) * half, side, 1.0) + rough
    _paint(image, wall, light.shine(colour(any_colour(rng, 0.35)) * tone, 0.8))
    over, rise = 1.15 * half, rng.uniform(0.22, 0.42) * scale
    ridge = rng.uniform(0.0, 0.75) * half
    roof = polygon(
        x, y, [(cx - over, eaves), (cx + over, eaves), (cx + ridge, eaves - rise),
               (cx - ridge, eaves - rise)],
    )  # fmt: skip
    tiles = 1.0 + 0.12 * np.sin(y * rng.uniform(1.2, 2.4)) + rough
    _paint(image, roof, light.shine(colour(any_colour(rng, 0.12, 0.7)) * tiles, 0.7))
    glass, columns = colour(any_colour(rng, 0.1, 0.5)), rng.integers(2, 5)
    for k in range(columns):
        middle = cx + half * (2 * (k + 0.5) / columns - 1)
        wide, door = 0.45 * half / columns, k == columns // 2 and rng.uniform() < 0.7
        top, bottom = eaves + 0.22 * tall, base - (0.0 if door else 0.35 * tall)
        pane = _box(x, y, middle - wide, top, middle + wide, bottom)
        _paint(image, pane, glass * (0.6 if door else 1.0))


def draw_ball(rng, image, centre, scale, light):
    """A round ball: plain, striped or with dots."""
    x, y = _pixels(image)
    cx, cy = centre
    radius = 0.4 * scale
    ball = ellipse(x, y, centre, radius, radius)
    angle = rng.uniform(0, np.pi)
    u = ((x - cx) * np.cos(angle) + (y - cy) * np.sin(angle)) / radius
    v = ((y - cy) * np.cos(angle) - (x - cx) * np.sin(angle)) / radius
    kind = rng.integers(3)
    waves = np.sin(u * rng.uniform(4, 11)), np.sin(v * rng.uniform(4, 11))
    share = (0.0, waves[0], waves[0] * waves[1] * 2 - 0.4)[kind]
    share = np.clip(0.5 + 3 * share, 0, 1) if kind else 0.0
    skin = colour(any_colour(rng)) * (1 - share) + colour(any_colour(rng)) * share
    round_ = np.sqrt(np.clip(1 - u * u - v * v, 0, 1))
    towards = (x - cx) * light.direction[0] + (y - cy) * light.direction[1]
    lit = np.clip(0.25 + 0.5 * round_ + light.strength * towards / radius, 0, 1.2)
    _paint(image, ball, light.shine(skin, lit))


def bricks(rng, height, width, light):
    """A wall of stones in rows, or of boards: float [3, height, width]."""
    y, x = np.mgrid[0:height, 0:width] + 0.5
    turn = rng.uniform(-0.2, 0.2)
    x, y = x + turn * y + 1000, y - turn * x + 1000
    tall = rng.uniform(0.06, 0.17) * height
    wide = tall * rng.uniform(1.5, 3.5)
    row = np.floor(y / tall)
    column = np.floor(x / wide + 0.5 * (row % 2))
    tones = rng.uniform(0.75, 1.15, (64, 64))[row.astype(int) % 64, column.astype(int) % 64]
    away_y = np.abs(y / tall - row - 0.5) * tall
    away_x = np.abs(x / wide + 0.5 * (row % 2) - column - 0.5) * wide
    joint = np.maximum(away_y - 0.5 * tall, away_x - 0.5 * wide) + rng.uniform(0.6, 1.4)
    over = coverage(joint)
    stone = any_colour(rng, 0.15, 0.75)
    if rng.uniform() < 0.5:
        stone = np.array([0.62, 0.32, 0.24]) * rng.uniform(0.7, 1.25, 3)
    rough = noise.fractal(rng, height, width, cells=8, octaves=3)
    wall = colour(stone) * (tones * (1 + 0.08 * rough))
    mortar = colour(np.full(3, rng.uniform(0.3, 0.85)))
    return light.shine(wall * over + mortar * (1 - over), rng.uniform(0.5, 1.0))


def _pixels(image):
    y, x = np.mgrid[0 : image.shape[1], 0 : image.shape[2]] + 0.5
    return x, y


def _box(x, y, left, top, right, bottom):
    sideways = np.abs(x - 0.5 * (left + right)) - 0.5 * (right - left)
    return np.maximum(sideways, np.abs(y - 0.5 * (top + bottom)) - 0.5 * (bottom - top))


def _paint(image, distance, colours):
    image += (colours - image) * coverage(distance)


def _lit(image, distance, colours, light, roundness):
    lit = light.shape(distance, max(roundness, 1.0))
    _paint(image, distance, light.shine(colours, lit))
