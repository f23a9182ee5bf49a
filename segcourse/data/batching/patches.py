"""Patches cut out of pictures, each with the class of its middle pixel."""

import numpy as np

from segcourse.checks.label_maps import label_maps
from segcourse.checks.pictures import pictures
from segcourse.checks.sizes import positive_integer
from segcourse.checks.sizes import seed as check_seed
from segcourse.data.split import Split


def patches(split, count, size, seed=0):
    """Cut patches at random, as many for every class.

    The class of a patch is that of its middle pixel, the one at `size // 2`. Void pixels are never
    in the middle. Every patch lies inside its picture.

    Args:
        split: a `Split`.
        count: how many patches; where the classes do not divide it, the first ones get one more.
        size: height and width of a patch in pixels.
        seed: integer that decides which patches are cut and in which order.

    Returns:
        (images, labels): float32 [count, size, size, 3] in 0..1 and int32 [count].

    Raises:
        ValueError: if `count` or `size` is no positive integer, if a picture is smaller than a
            patch, or if a class has no pixel that could be in the middle.

    Example:

    >>> import numpy as np
    >>> from segcourse.data import Split, patches
    >>> arrays = {"image": np.zeros((1, 6, 6, 3), "uint8"), "label": np.eye(6, dtype="uint8")[None]}
    >>> images, labels = patches(Split("train", ("a", "b"), 1, lambda n: arrays), count=4, size=3)
    >>> images.shape, sorted(labels.tolist())
    ((4, 3, 3, 3), [0, 0, 1, 1])
    """
    count, size = positive_integer("count", count), positive_integer("size", size)
    _check(split, size)
    rng = np.random.default_rng(check_seed("seed", seed))
    height, width = (side - size + 1 for side in split.labels.shape[1:])
    half = size // 2
    middles = split.labels[:, half : half + height, half : half + width]
    labels = rng.permutation(np.arange(count, dtype="int32") % len(split.classes))
    places = np.empty(count, "int64")
    for class_id, name in enumerate(split.classes):
        chosen = labels == class_id
        candidates = np.flatnonzero(middles == class_id)
        if chosen.any() and not candidates.size:
            raise ValueError(
                f"`size` must leave room for a pixel of every class in the middle of a patch. "
                f"Received: size={size}, with none for class {name!r}"
            )
        places[chosen] = rng.choice(candidates, chosen.sum()) if chosen.any() else 0
    picture, top, left = np.unravel_index(places, middles.shape)
    windows = np.lib.stride_tricks.sliding_window_view(split.images, (size, size), axis=(1, 2))
    # The window axes come last in the view; a patch has its channels there.
    images = np.moveaxis(windows[picture, top, left], 1, -1)
    return images.astype("float32") / 255, labels


def _check(split, size):
    if not isinstance(split, Split):
        raise ValueError(f"`split` must be a Split. Received: {type(split).__name__}")
    images = pictures("the images of `split`", split.images)
    if images.dtype != np.uint8:
        raise ValueError(f"the images of `split` must be uint8. Received: dtype={images.dtype}")
    label_maps("the labels of `split`", split.labels, images.shape)
    if min(split.labels.shape[1:]) < size:
        raise ValueError(
            f"`size` must be at most the {min(split.labels.shape[1:])} pixels of the pictures' "
            f"shorter side. Received: size={size}"
        )
