"""A whole scene: landscape, trees and animals, painted from far to near, and its truth."""

from dataclasses import dataclass

import numpy as np

from segcourse.data.drawing import truth
from segcourse.data.drawing.animal import KEYPOINTS, draw_animal
from segcourse.data.drawing.landscape import draw_landscape
from segcourse.data.drawing.light import draw_light, photograph
from segcourse.data.drawing.shapes import coverage
from segcourse.data.drawing.tree import KINDS, draw_tree

SIZE = 128
CLASSES = ("sky", "grass", "tree", "cat", "dog")
CATEGORIES = {
    i: {"name": name, "isthing": int(name in ("cat", "dog"))} for i, name in enumerate(CLASSES)
}
_SKY, _GRASS, _TREE = 1, 2, 3  # ids of the stuff in the panoptic map
_KIND_SHARES = (0.3, 0.22, 0.2, 0.18, 0.1)
_LEAST_AREA = 60  # pixels of an animal that must stay visible


@dataclass(frozen=True)
class Scene:
    """One picture and everything that is true of it.

    Attributes:
        image: uint8 [size, size, 3].
        label: uint8 [size, size], class ids, 255 void.
        panoptic: int32 [size, size]; 0 void, 1 sky, 2 grass, 3 tree, from 4 on one animal each.
        categories: dict of panoptic id to class id.
        keypoints: int32 [animals, len(KEYPOINTS), 3]: x, y and COCO's visibility, 0 outside the
            picture, 1 hidden, 2 visible.
    """

    image: np.ndarray
    label: np.ndarray
    panoptic: np.ndarray
    categories: dict
    keypoints: np.ndarray


def draw(seed, size=SIZE):
    """The scene of a seed: the same seed always gives the same scene.

    Args:
        seed: integer of at least 0.
        size: side of the picture in pixels.

    Returns:
        A `Scene` with one to three animals.

    Example:

    >>> scene = draw(7)
    >>> scene.image.shape, scene.label.shape
    ((128, 128, 3), (128, 128))
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    while True:
        scene = _attempt(rng, size)
        if scene is not None:
            return scene


def _attempt(rng, size):
    light = draw_light(rng)
    land = draw_landscape(rng, size, light)
    image = land.image
    owner = np.where(land.sky, _SKY, _GRASS).astype("int32")
    categories, keypoints = {_SKY: 0, _GRASS: 1, _TREE: 2}, []
    for kind, foot, scale in _cast(rng, size, land):
        if kind in ("cat", "dog"):
            facing = int(rng.choice((-1, 1)))
            animal = draw_animal(rng, kind, foot, scale, facing, size, light)
            _shadow(image, owner, foot, scale, size, light)
            number = truth.THINGS_FROM + len(keypoints)
            categories[number] = CLASSES.index(kind)
            keypoints.append(animal.keypoints)
            _lay(image, owner, animal.window, animal.distance, animal.alpha, animal.image, number)
        else:
            window, distance, colours = draw_tree(rng, kind, foot, scale, size, light)
            _shadow(image, owner, foot, 0.3 * scale, size, light)
            _lay(image, owner, window, distance, coverage(distance), colours, _TREE)
    panoptic = np.where(truth.outline(owner), 0, owner).astype("int32")
    areas = np.bincount(panoptic.ravel(), minlength=truth.THINGS_FROM + len(keypoints))
    if (areas[truth.THINGS_FROM :] < _LEAST_AREA).any():
        return None
    return Scene(
        photograph(rng, image),
        truth.semantic(panoptic, categories),
        panoptic,
        categories,
        _visibility(keypoints, panoptic),
    )


def _lay(image, owner, window, distance, alpha, colours, number):
    """Paints one thing over what is behind it and takes its pixels."""
    under = image[:, *window]
    under += (colours - under) * alpha
    owner[window][distance < 0] = number


def _cast(rng, size, land):
    """Who stands where: (kind, foot, scale), from far to near."""
    cast = []
    for _ in range(rng.integers(1, 5)):
        cast.append(_plant(rng, size, land, rng.uniform(0.0, 0.35)))
    animals = rng.choice((1, 2, 3), p=(0.35, 0.4, 0.25))
    for _ in range(animals):
        species = "cat" if rng.uniform() < 0.5 else "dog"
        x = rng.uniform(0.16, 0.84) * size
        near = rng.uniform(0.14, 1.0)
        horizon = land.horizon[int(x)]
        y = horizon + (0.10 + 0.86 * near) * (size - 2 - horizon)
        scale = (23 + 39 * near) * rng.uniform(0.88, 1.12) * size / 128
        cast.append((species, (x, y), scale if species == "dog" else 0.9 * scale))
    if rng.uniform() < 0.5:
        # A thin tree in front of an animal: occlusion that cuts it in two.
        _, (x, y), scale = cast[-1]
        kind = ("birch", "bare", "conifer", "bush")[rng.integers(4)]
        foot = (x + rng.uniform(-0.7, 0.7) * scale, min(y + rng.uniform(1, 8), size - 1.0))
        height = scale * (rng.uniform(0.3, 0.45) if kind == "bush" else rng.uniform(1.2, 2.0))
        cast.append((kind, foot, height))
    return sorted(cast, key=lambda one: one[1][1])


def _plant(rng, size, land, near):
    kind = KINDS[rng.choice(len(KINDS), p=_KIND_SHARES)]
    x = rng.uniform(0.0, 1.0) * size
    horizon = land.horizon[min(int(x), size - 1)]
    y = horizon + (0.02 + 0.9 * near) * (size - horizon)
    height = (30 + 80 * near) * rng.uniform(0.85, 1.35) * size / 128
    return kind, (x, y), height * 0.28 if kind == "bush" else height


def _shadow(image, owner, foot, scale, size, light):
    """A soft dark patch on the grass, drawn out away from the sun."""
    y, x = np.mgrid[0:size, 0:size] + 0.5
    shift = -0.45 * light.direction[0] * scale
    away = ((x - foot[0] - shift) / (0.62 * scale)) ** 2 + ((y - foot[1]) / (0.11 * scale + 1)) ** 2
    dark = 0.42 * np.exp(-(away**1.5)) * (owner == _GRASS)
    image *= 1.0 - dark


def _visibility(keypoints, panoptic):
    """COCO's (x, y, visibility) for each animal's keypoints."""
    size = panoptic.shape[0]
    rows = np.zeros((len(keypoints), len(KEYPOINTS), 3), "int32")
    for i, points in enumerate(keypoints):
        x, y = np.floor(points).astype(int).T
        inside = (x >= 0) & (x < size) & (y >= 0) & (y < size)
        seen = np.zeros(len(points), int)
        seen[inside] = np.where(panoptic[y[inside], x[inside]] == truth.THINGS_FROM + i, 2, 1)
        rows[i] = np.stack([x * inside, y * inside, seen], axis=-1)
    return rows
