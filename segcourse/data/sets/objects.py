"""A classification task that the course draws itself, to pretrain backbones on. Week 5."""

import numpy as np

from segcourse.checks.sizes import integer_of_at_least
from segcourse.checks.sizes import seed as check_seed
from segcourse.data.drawing.object import OBJECT_CLASSES, draw_object
from segcourse.data.progress import bar

# The last word of every seed: `scenes`, whose seeds are one number, has a zero there.
_STREAM = 5
_SMALLEST = 16


def objects(count, seed=0, size=96, classes=OBJECT_CLASSES):
    """Pictures with one class each: sky, grass, tree, cat, dog, bird, flower, house, ball, bricks.

    Sky, grass and bricks are textures that fill the picture; the rest is seen small or large,
    whole or cut off, in any light, before a landscape, a wall or a pattern, at times behind a twig.
    Trees, cats and dogs are drawn by the code that draws `scenes`, from other random numbers: no
    picture of `scenes`, of whichever split, is among these or shares an animal with one.

    Args:
        count: number of pictures; the classes take turns.
        seed: integer from 0 on. The same seed gives the same pictures, and the first pictures do
            not depend on `count`.
        size: height and width in pixels, 16 or more.
        classes: names of the classes that are drawn, in the order of their turns.

    Returns:
        images uint8 `[count, size, size, 3]` and labels int32 `[count]`, places in
        `OBJECT_CLASSES`.

    Raises:
        ValueError: if an argument is none of the above.

    Example:

    >>> from segcourse import data
    >>> images, labels = data.objects(3, size=32)
    >>> images.shape, [data.OBJECT_CLASSES[label] for label in labels]
    ((3, 32, 32, 3), ['sky', 'grass', 'tree'])
    """
    count, size = (
        integer_of_at_least("count", count, 1),
        integer_of_at_least("size", size, _SMALLEST),
    )
    seed = check_seed("seed", seed)
    images = np.empty((count, size, size, 3), "uint8")
    turns = _places(classes)
    labels = turns[np.arange(count) % len(turns)]
    for index in bar(range(count), "drawing objects"):
        rng = np.random.Generator(np.random.PCG64([seed, index, _STREAM]))
        images[index] = draw_object(rng, OBJECT_CLASSES[labels[index]], size)
    return images, labels


def _places(classes):
    names = (classes,) if isinstance(classes, str) else tuple(classes)
    if not names or not set(names) <= set(OBJECT_CLASSES):
        raise ValueError(
            f"`classes` must be names of {', '.join(OBJECT_CLASSES)}. Received: classes={classes!r}"
        )
    return np.array([OBJECT_CLASSES.index(name) for name in names], "int32")
