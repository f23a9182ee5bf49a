"""From a semantic prediction to instances: connected components."""

import numpy as np
from scipy import ndimage

from segcourse.checks.sizes import positive_integer
from segcourse.metrics.confusion_matrix import VOID
from segcourse.metrics.panoptic.check import check_categories
from segcourse.metrics.panoptic.map import check_classes, panoptic_map

# Pixels that touch at a corner are connected: thin, slanted parts stay in one piece.
_NEIGHBOURS = np.ones((3, 3), bool)


def from_semantic(labels, categories, min_area=1, void=VOID, name=None):
    """Turn a label map into a panoptic map: every blob of a thing class becomes an instance.

    A blob is a connected component, corners included. Blobs smaller than `min_area` become void:
    a predicted segment that is noise would only count as a false positive. Two things of a class
    that touch come out as one, and a thing cut in two by something in front of it as two.

    Example:

    >>> categories = {0: {"name": "sky", "isthing": 0}, 4: {"name": "dog", "isthing": 1}}
    >>> labels = [[4, 0, 0, 4], [4, 0, 0, 0], [0, 0, 4, 4]]
    >>> ids, segments = from_semantic(labels, categories, min_area=2)
    >>> ids
    array([[2, 1, 1, 0],
           [2, 1, 1, 1],
           [1, 1, 3, 3]], dtype=int32)
    >>> [segment["category_id"] for segment in segments]
    [0, 4, 4]

    Args:
        labels: integer array `[height, width]`: category ids, and `void`.
        categories: dict `{id: {"name", "isthing"}}`.
        min_area: smallest area of an instance, in pixels. Stuff is kept whatever its area.
        void: value in `labels` of the pixels that belong to no segment. Not a category.
        name: the image's name or number, for error messages.

    Returns:
        pair (id map, segments_info), as `panoptic_map` gives it.

    Raises:
        ValueError: for labels that are not integers, not in `categories` and not void, a `void`
            that is a category, or a `min_area` below 1.
    """
    min_area = positive_integer("min_area", min_area)
    check_categories(categories)
    labels = check_classes(labels, categories, void, name, "labels")
    # Wide enough for any void, whatever integers the labels are.
    classes, void = labels.astype(np.int64), int(void)
    instances = np.zeros(classes.shape, np.int32)
    for category, info in categories.items():
        if info["isthing"]:
            blobs, _ = ndimage.label(labels == category, _NEIGHBOURS)
            small = np.bincount(blobs.reshape(-1)) < min_area
            small[0] = False
            classes[small[blobs]] = void
            instances += blobs  # no pixel belongs to two classes
    return panoptic_map(classes, instances, categories, void, name)
