"""How much of small, middle and large objects is found."""

import numpy as np
from scipy import ndimage

from segcourse.checks.sizes import integer, is_integer
from segcourse.metrics import VOID
from segcourse.project.errors.maps import both_maps

SIZES = ("small", "middle", "large")
# Pixels that touch at a corner are connected, as in `segcourse.metrics.from_semantic`.
_NEIGHBOURS = np.ones((3, 3), bool)


def by_size(labels, predictions, class_ids, void=VOID):
    """The share of the pixels that is found, for small, middle and large objects.

    An object is a connected component of a class in the true label maps. Sorted by their area, the
    objects are cut into three groups with the same number of them, as far as that goes.

    Example: three cats of 1, 2 and 4 pixels. The smallest one is missed, the largest half found.

    >>> labels = [[[3, 0, 3, 3, 0, 3, 3, 3, 3]]]
    >>> predictions = [[[0, 0, 3, 3, 0, 3, 3, 0, 0]]]
    >>> found = by_size(labels, predictions, class_ids=[3])
    >>> found["small"]
    {'found': 0.0, 'count': 1, 'from': 1, 'to': 1}
    >>> found["large"]
    {'found': 0.5, 'count': 1, 'from': 4, 'to': 4}

    Args:
        labels: integer array `[n, height, width]`, class ids and `void`.
        predictions: integer array of the same shape, class ids.
        class_ids: ids of the classes whose objects are looked at.
        void: label of the pixels that belong to no object.

    Returns:
        dict with `"small"`, `"middle"` and `"large"`, each a dict: `found`, the share of the pixels
        of these objects that have their class in the prediction (NaN without objects), `count`,
        the number of objects, and `from` and `to`, the smallest and the largest area in pixels
        (0 without objects).

    Raises:
        ValueError: for what holds no integers, for two shapes, and for ids that are no integers.
    """
    labels, predictions = both_maps(labels, predictions)
    class_ids, void = _ids(class_ids), integer("void", void)
    objects = [
        found
        for true, predicted in zip(labels, predictions, strict=True)
        for one in class_ids
        if one != void
        for found in _objects(true == one, predicted == one)
    ]
    objects.sort()
    thirds = np.array_split(np.array(objects, np.int64).reshape(-1, 2), 3)
    return {name: _summary(some) for name, some in zip(SIZES, thirds, strict=True)}


def _ids(class_ids):
    ids = list(class_ids) if isinstance(class_ids, list | tuple | range | np.ndarray) else [None]
    if not ids or not all(map(is_integer, ids)):
        raise ValueError(
            "`class_ids` must be a sequence of class ids, at least one. "
            f"Received: class_ids={class_ids!r}"
        )
    return sorted({int(one) for one in ids})


def _objects(true, predicted):
    """(area, pixels of it that are found) of each object of one class in one image."""
    if not true.any():
        return []
    numbers, count = ndimage.label(true, _NEIGHBOURS)
    areas = np.bincount(numbers.reshape(-1), minlength=count + 1)[1:]
    found = np.bincount(numbers[predicted], minlength=count + 1)[1:]
    return list(zip(areas.tolist(), found.tolist(), strict=True))


def _summary(objects):
    areas, found = objects[:, 0], objects[:, 1]
    return {
        "found": float(found.sum() / areas.sum()) if len(objects) else float("nan"),
        "count": len(objects),
        "from": int(areas.min(initial=areas.max(initial=0))),
        "to": int(areas.max(initial=0)),
    }
