"""One picture with one thing in it, for the classification task."""

import numpy as np

from segcourse.data.drawing import noise, things
from segcourse.data.drawing.animal import draw_animal
from segcourse.data.drawing.landscape import draw_landscape
from segcourse.data.drawing.light import colour, draw_light, photograph
from segcourse.data.drawing.shapes import capsule, coverage, ellipse
from segcourse.data.drawing.tree import KINDS, draw_tree

OBJECT_CLASSES = (
    "sky", "grass", "tree", "cat", "dog", "bird", "flower", "house", "ball", "bricks",
)  # fmt: skip
_THINGS = {
    "bird": things.draw_bird,
    "flower": things.draw_flower,
    "house": things.draw_house,
    "ball": things.draw_ball,
}


def draw_object(rng, name, size):
    """A picture of a class: uint8 [size, size, 3].

    Sky, grass and bricks fill most of it. The others stand somewhere in it, small or large, before
    a landscape, a wall or a pattern, and now and then behind a twig.
    """
    light = draw_light(rng)
    if name in ("sky", "grass"):
        image = _landscape(rng, size, light, name)
    elif name == "bricks":
        image = things.bricks(rng, size, size, light)
    else:
        image = _background(rng, size, light)
        _stand(rng, image, name, size, light)
    if rng.uniform() < 0.25:
        _twig(rng, image, size, light)
    if rng.uniform() < 0.5:
        image = _tinted(rng, image)
    return photograph(rng, image)


def _background(rng, size, light):
    kind = rng.uniform()
    if kind < 0.7:
        return _landscape(rng, size, light)
    if kind < 0.8:
        return things.bricks(rng, size, size, light)
    pattern = noise.fractal(rng, size, size, rng.integers(2, 12), 3, stretch=rng.uniform(0.4, 2.5))
    first, second = (colour(things.any_colour(rng)) for _ in range(2))
    return light.shine(first + (second - first) * np.clip(0.5 + pattern, 0, 1), 0.8)


def _landscape(rng, size, light, mostly=None):
    """A window of `size` pixels into a landscape; of sky or of grass, if asked for."""
    whole = int(size * rng.uniform(1.0, 1.5))
    land = draw_landscape(rng, whole, light)
    top, left = rng.integers(0, whole - size + 1, 2)
    if mostly == "sky":
        top = 0
    elif mostly == "grass":
        top = whole - size
    window = slice(top, top + size), slice(left, left + size)
    share = land.sky[window].mean()
    if (mostly == "sky" and share < 0.5) or (mostly == "grass" and share > 0.4):
        return _landscape(rng, size, light, mostly)
    return np.ascontiguousarray(land.image[:, *window])


def _stand(rng, image, name, size, light):
    """Paints the thing that gives the picture its class."""
    scale = size * np.exp(rng.uniform(np.log(0.35), np.log(0.9)))
    x, y = rng.uniform(0.28, 0.72, 2) * size
    if name in _THINGS:
        _THINGS[name](rng, image, (x, y), scale, light)
        return
    if name == "tree":
        kind = KINDS[rng.integers(len(KINDS))]
        height = scale * (0.45 if kind == "bush" else 1.3)
        foot = (x, min(y + 0.5 * height, 1.1 * size))
        window, distance, colours = draw_tree(rng, kind, foot, height, size, light)
        alpha = coverage(distance)
    else:
        length = 0.85 * scale
        foot = (x, min(y + 0.5 * length, 1.1 * size))
        facing = int(rng.choice((-1, 1)))
        animal = draw_animal(rng, name, foot, length, facing, size, light)
        window, alpha, colours = animal.window, animal.alpha, animal.image
    under = image[:, *window]
    under += (colours - under) * alpha


def _twig(rng, image, size, light):
    """A branch with leaves that hangs into the picture."""
    y, x = np.mgrid[0:size, 0:size] + 0.5
    edge = rng.uniform(0, size)
    start = [(edge, 0), (edge, size), (0, edge), (size, edge)][rng.integers(4)]
    end = tuple(rng.uniform(0.1, 0.9, 2) * size)
    branch = capsule(x, y, start, end, 0.018 * size, 0.008 * size)
    leaves = np.inf
    for along in rng.uniform(0.3, 1.0, rng.integers(2, 8)):
        centre = [
            a + (b - a) * along + rng.normal() * 0.02 * size
            for a, b in zip(start, end, strict=True)
        ]
        leaves = np.minimum(leaves, ellipse(x, y, centre, *rng.uniform(0.015, 0.05, 2) * size))
    green = colour([rng.uniform(0.1, 0.5), rng.uniform(0.25, 0.5), rng.uniform(0.05, 0.2)])
    for distance, tone in ((branch, colour([0.3, 0.22, 0.15])), (leaves, green)):
        image += (light.shine(tone, 0.7) - image) * coverage(distance)


def _tinted(rng, image):
    """Another white balance and other strengths of colour: many cameras."""
    grey = image.mean(axis=0)
    image = grey + (image - grey) * rng.uniform(0.4, 1.4)
    return image * colour(rng.uniform(0.8, 1.2, 3))
