"""From a class map and an instance map to a panoptic map."""

import numpy as np
from scipy import ndimage

from segcourse.checks.sizes import integer
from segcourse.metrics.confusion_matrix import VOID
from segcourse.metrics.panoptic.check import (
    MOST_IDS,
    VOID_ID,
    check_categories,
    check_map,
    check_same_shape,
    prefix,
)


def panoptic_map(classes, instances, categories, void=VOID, name=None):
    """Join a class map and an instance map to an id map and its segments_info.

    Every (class, instance) pair of a thing class becomes a segment, and every stuff class one
    segment, whatever its instances are. Ids run from 1 on, by class, then by instance.

    Example:

    >>> categories = {0: {"name": "sky", "isthing": 0}, 4: {"name": "dog", "isthing": 1}}
    >>> ids, segments = panoptic_map([[0, 4, 4], [0, 4, 255]], [[0, 1, 2], [0, 1, 0]], categories)
    >>> ids
    array([[1, 2, 3],
           [1, 2, 0]], dtype=int32)
    >>> segments[1]
    {'id': 2, 'category_id': 4, 'iscrowd': 0, 'area': 2, 'bbox': [1, 0, 1, 2]}

    Args:
        classes: integer array `[height, width]`: category ids, and `void`.
        instances: integer array of the same shape, 0 or more. Two segments of a thing class
            differ in it; on stuff and void it is not read.
        categories: dict `{id: {"name", "isthing"}}`.
        void: value in `classes` of the pixels that belong to no segment. Not a category.
        name: the image's name or number, for error messages.

    Returns:
        pair (id map, segments_info): int32 `[height, width]`, 0 for void, and a list of dicts
        with COCO's `id`, `category_id`, `iscrowd` (0), `area` in pixels and `bbox`
        `[left, top, width, height]`.

    Raises:
        ValueError: for maps of two shapes or not of integers, a class that is neither in
            `categories` nor void, a `void` that is a category, a negative instance.
    """
    check_categories(categories)
    classes = check_classes(classes, categories, void, name)
    instances = check_map("instances", instances, name)
    check_same_shape(classes, instances, ("classes", "instances"), name)
    return _join(classes, instances, categories, void, name)


def check_classes(classes, categories, void=VOID, name=None, argument="classes"):
    """`classes` as an array of category ids and `void`; else a ValueError."""
    void = integer("void", void)
    if void in categories:
        raise ValueError(
            f"`void` must not be one of the categories {sorted(categories)}. Received: void={void}"
        )
    classes = check_map(argument, classes, name)
    wrong = set(np.unique(classes).tolist()) - set(categories) - {int(void)}
    if wrong:
        raise ValueError(
            f"{prefix(name)}`{argument}` must hold the categories {sorted(categories)} or "
            f"void={void}. Received: {', '.join(map(str, sorted(wrong)[:8]))}"
        )
    return classes


def _join(classes, instances, categories, void, name):
    counted = classes != void
    owner = classes[counted].astype(np.int64)
    things = [category for category, info in categories.items() if info["isthing"]]
    number = np.where(np.isin(owner, things), instances[counted], 0).astype(np.int64)
    if number.size and number.min() < 0:
        raise ValueError(
            f"{prefix(name)}`instances` must be 0 or more on things. Received: {number.min()}"
        )
    # Instances are numbered densely first: class and instance then fit one integer.
    values, number = np.unique(number, return_inverse=True)
    pairs, position = np.unique(owner * max(1, len(values)) + number, return_inverse=True)
    if len(pairs) >= MOST_IDS:
        raise ValueError(
            f"{prefix(name)}`instances` must be fewer than {MOST_IDS}. Received: {len(pairs)}"
        )
    ids = np.full(classes.shape, VOID_ID, np.int32)
    ids[counted] = position + 1
    owners = (pairs // max(1, len(values))).tolist()
    return ids, describe(ids, dict(enumerate(owners, 1)))


def describe(ids, categories):
    """COCO's segments_info of an id map whose ids run from 1 on without a gap.

    Args:
        ids: int array `[height, width]`.
        categories: dict of id to category id.
    """
    areas = np.bincount(ids.reshape(-1), minlength=len(categories) + 1)
    return [
        {
            "id": number,
            "category_id": categories[number],
            "iscrowd": 0,
            "area": int(areas[number]),
            "bbox": [
                columns.start,
                rows.start,
                columns.stop - columns.start,
                rows.stop - rows.start,
            ],
        }
        for number, (rows, columns) in enumerate(ndimage.find_objects(ids), 1)
    ]
