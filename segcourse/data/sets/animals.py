"""Crops around one animal each, with its class, its box and its keypoints. Week 1."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from segcourse.checks.sizes import positive_integer
from segcourse.checks.sizes import seed as check_seed
from segcourse.data.drawing import CLASSES, KEYPOINTS

NAMES = ("cat", "dog")
HEAD = [i for i, name in enumerate(KEYPOINTS) if name.endswith(("nose", "eye", "ear"))]
MIN_SIDE = 24  # pixels of the longer side of an animal's box
MIN_VISIBLE = {"whole": 8, "head": 4}  # keypoints, of eleven and of five
MARGIN = 0.35  # around the points of a head, in longer sides of the box they span
ZOOM = {"whole": (1.05, 1.3), "head": (1.1, 1.6)}  # side of the crop, in longer sides of the box


@dataclass(frozen=True)
class Animals:
    """Crops of one size, each with what is true of the animal in it.

    Example:

    >>> from segcourse import data
    >>> heads = data.animals(data.load("scenes").val.take(8), size=32, part="head")
    >>> heads.names, len(heads) == len(heads.images) == len(heads.classes)
    (('cat', 'dog'), True)

    Attributes:
        names: what the classes 0 and 1 are called.
        points: names of the keypoints.
        images: float32 [n, size, size, 3] in 0..1.
        classes: int32 [n].
        boxes: float32 [n, 4], left, top, right, bottom, as shares of the crop's side.
        keypoints: float32 [n, points, 3], x and y as shares of the side, and 1 where the point
            is seen; a point that is hidden is 0, 0, 0.
    """

    images: np.ndarray
    classes: np.ndarray
    boxes: np.ndarray
    keypoints: np.ndarray
    names: tuple = NAMES
    points: tuple = KEYPOINTS

    def __len__(self):
        return len(self.images)


def animals(split, size=64, part="whole", repeats=1, seed=0):
    """Cut square crops around the animals of `scenes`, or around their heads.

    A crop holds one animal, or its head, at a random place and scale; half of the crops are
    mirrored. Left out are animals that are very small, or mostly hidden, and crops in which the
    pixels of other animals are more than half as many.

    Args:
        split: a split of `scenes`, or any sequence of its examples.
        size: height and width of a crop in pixels, after resizing.
        part: `"whole"`, or `"head"`: then the box is the one that nose, eyes and ears span, made
            larger by a third on each side.
        repeats: how many crops to try for each animal.
        seed: integer that decides places, scales and mirroring.

    Returns:
        An `Animals`, in the order of the split.

    Raises:
        ValueError: if `size` or `repeats` is no positive integer, or if the split's examples
            hold no animals.

    Example:

    >>> from segcourse import data
    >>> crops = data.animals(data.load("scenes").val.take(8), size=32)
    >>> crops.images.shape[1:], crops.boxes.shape[1:], crops.keypoints.shape[1:]
    ((32, 32, 3), (4,), (11, 3))
    """
    size, repeats = positive_integer("size", size), positive_integer("repeats", repeats)
    if part not in ZOOM:
        raise ValueError(f"`part` must be 'whole' or 'head'. Received: part={part!r}")
    rng = np.random.default_rng(check_seed("seed", seed))
    found = [
        crop
        for example in split
        for number in _chosen(example, part)
        for _ in range(repeats)
        if (crop := _crop(example, number, part, size, rng)) is not None
    ]
    if not found:
        raise ValueError("`split` must hold animals that are large enough. Received: none")
    images, classes, boxes, keypoints = zip(*found, strict=True)
    return Animals(
        np.stack(images).astype("float32") / 255,
        np.array(classes, "int32"),
        np.stack(boxes).astype("float32"),
        np.stack(keypoints).astype("float32"),
    )


def _chosen(example, part):
    """Places, in the example's lists, of the animals that are large enough and seen enough."""
    if "boxes" not in example:
        raise ValueError(
            "`split` must be one of `scenes`, with boxes and keypoints. "
            f"Received: examples with {', '.join(example)}"
        )
    sides = (example["boxes"][:, 2:] - example["boxes"][:, :2]).max(axis=1, initial=0)
    points = example["keypoints"][:, HEAD] if part == "head" else example["keypoints"]
    visible = (points[..., 2] == 2).sum(axis=1)
    return np.flatnonzero((sides >= MIN_SIDE) & (visible >= MIN_VISIBLE[part]))


def _box(example, number, part):
    """The box of the animal, or of its head, within the picture."""
    if part == "whole":
        return example["boxes"][number]
    points = example["keypoints"][number, HEAD]
    places = points[points[:, 2] > 0, :2]
    low, high = places.min(axis=0), places.max(axis=0) + 1
    margin = round(MARGIN * int((high - low).max()))
    height, width = example["label"].shape
    return np.concatenate([low - margin, high + margin]).clip(0, [width, height] * 2)


def _crop(example, number, part, size, rng):
    """(image, class, box, keypoints) of one crop, or None where other animals fill it."""
    box = _box(example, number, part)
    left, top, right, bottom = (int(n) for n in box)
    longest = max(right - left, bottom - top)
    side = min(round(longest * rng.uniform(*ZOOM[part])), *example["label"].shape)
    x = _start(left, right, side, example["label"].shape[1], rng)
    y = _start(top, bottom, side, example["label"].shape[0], rng)
    mirrored = rng.random() < 0.5
    window = example["panoptic"][y : y + side, x : x + side]
    things = [one["id"] for one in example["segments_info"] if one["category_id"] in _THINGS]
    own = (window == things[number]).sum()
    if np.isin(window, things).sum() - own > own / 2:
        return None

    image = Image.fromarray(example["image"][y : y + side, x : x + side])
    image = np.asarray(image.resize((size, size), Image.Resampling.BILINEAR))
    box = (box - [x, y, x, y]) / side
    points = example["keypoints"][number]
    # A keypoint names a pixel; its place is the middle of it.
    places = (points[:, :2] + 0.5 - [x, y]) / side
    seen = (points[:, 2:] == 2) & ((places >= 0) & (places <= 1)).all(axis=1, keepdims=True)
    if mirrored:
        image = image[:, ::-1]
        box = np.array([1 - box[2], box[1], 1 - box[0], box[3]])
        places[:, 0] = 1 - places[:, 0]
    keypoints = np.concatenate([places, np.ones_like(places[:, :1])], axis=1) * seen
    return image, NAMES.index(CLASSES[example["box_classes"][number]]), box, keypoints


def _start(low, high, side, length, rng):
    """Where a window of `side` begins that holds low..high and lies within 0..length."""
    return int(rng.integers(max(0, high - side), min(low, length - side) + 1))


_THINGS = tuple(CLASSES.index(name) for name in NAMES)
