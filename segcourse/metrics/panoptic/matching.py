"""Match the segments of two panoptic maps: which were found, missed, invented."""

from dataclasses import dataclass

import numpy as np

from segcourse.metrics.panoptic.check import (
    MOST_IDS,
    VOID_ID,
    check_categories,
    check_same_shape,
    check_segments,
    prefix,
)
from segcourse.metrics.panoptic.segments import UnknownId, count_matchable


@dataclass(frozen=True)
class Match:
    """A true and a predicted segment of the same category with IoU above 0.5; areas in pixels.

    Example:

    >>> Match(true_id=1, pred_id=3, category_id=2, intersection=3, union=4).iou
    0.75
    """

    true_id: int
    pred_id: int
    category_id: int
    intersection: int
    union: int

    @property
    def iou(self):
        """Intersection over union."""
        return self.intersection / self.union


@dataclass(frozen=True)
class Matching:
    """What became of every segment of a pair of maps.

    Example:

    >>> import numpy as np
    >>> one = np.array([[1, 1, 0]]), [{"id": 1, "category_id": 7}]
    >>> matching = match_segments(one, one, {7: {"name": "cat", "isthing": 1}})
    >>> [match.iou for match in matching.matches], matching.false_negatives
    ([1.0], {})

    Attributes:
        matches: tuple of `Match`, by rising true id: the true positives.
        false_negatives: dict of true id to category id; crowd regions are not among them.
        false_positives: dict of predicted id to category id.
        ignored: dict of predicted id to category id: unmatched, but mostly on void or crowd.
    """

    matches: tuple
    false_negatives: dict
    false_positives: dict
    ignored: dict


def match_segments(true, pred, categories, name=None):
    """Match the segments of two maps as the COCO panoptic evaluation does.

    Two segments of the same category match if their intersection over union is strictly above
    0.5; then no other segment can match either. Void pixels (id 0) of the true map leave the
    union. Crowd regions are not matched. A predicted segment that finds no match is ignored if
    more than half of it lies on void or on the crowd region of its category. Of several crowd
    regions of one category, the one listed last counts, as in COCO's own code.

    Example:

    >>> import numpy as np
    >>> categories = {1: {"name": "sky", "isthing": 0}, 2: {"name": "cat", "isthing": 1}}
    >>> true = np.array([[1, 1, 1, 5, 5]]), [
    ...     {"id": 1, "category_id": 1, "iscrowd": 0}, {"id": 5, "category_id": 2, "iscrowd": 0}]
    >>> pred = np.array([[3, 3, 4, 4, 0]]), [
    ...     {"id": 3, "category_id": 1}, {"id": 4, "category_id": 2}]
    >>> matching = match_segments(true, pred, categories)
    >>> matching.matches
    (Match(true_id=1, pred_id=3, category_id=1, intersection=2, union=3),)
    >>> matching.false_negatives, matching.false_positives
    ({5: 2}, {4: 2})

    Args:
        true: pair (id map, segments_info). The map is an integer array `[height, width]`, 0 for
            void; segments_info lists a dict with `id`, `category_id` and, for crowd regions,
            `iscrowd` 1 for every segment of the map.
        pred: the same for the prediction; its `iscrowd` plays no role.
        categories: dict `{id: {"name", "isthing"}}`.
        name: the image's name or number, for error messages.

    Returns:
        a `Matching`.

    Raises:
        ValueError: for maps of two shapes or not of integers, ids below 0 or from 2**24 on, ids
            in the map that are not in segments_info or the reverse, an id listed twice, id 0 in
            segments_info, an unknown category.

    Reference: Kirillov, He, Girshick, Rother, Dollár, "Panoptic segmentation" (2019), section 4;
    the counting follows `pq_compute` of COCO's panopticapi.
    """
    check_categories(categories)
    true_map, true_segments = check_segments("true", true, categories, name)
    pred_map, pred_segments = check_segments("pred", pred, categories, name)
    check_same_shape(true_map, pred_map, ("true", "pred"), name)
    true_side, pred_side = _Side(true_segments), _Side(pred_segments)
    regions = true_side.crowd_regions()
    whole = [0, *regions.values()]
    try:
        found = count_matchable(true_map, pred_map, true_side.ids, pred_side.ids, whole)
    except UnknownId as error:
        raise ValueError(_unknown(error, name)) from None
    true_side.measure(found.true_areas, "true", name)
    pred_side.measure(found.pred_areas, "pred", name)
    return _match(true_side, pred_side, found.pairs, regions)


class _Side:
    """The segments of one map as arrays by rising id; position 0 is void."""

    def __init__(self, segments):
        listed = np.fromiter(segments, np.int64, len(segments))
        order = np.argsort(listed)
        values = np.array([*segments.values()], np.int64).reshape(-1, 2)[order]
        self.listed = 1 + np.argsort(order)  # positions in the order of the list
        self.ids = np.concatenate([[VOID_ID], listed[order]])
        self.categories = np.concatenate([[-1], values[:, 0]])
        self.crowd = np.concatenate([[False], values[:, 1] == 1])

    def crowd_regions(self):
        """Dict of category to the position of its crowd region; of several, the last listed."""
        return {self.categories[i]: i for i in self.listed if self.crowd[i]}

    def measure(self, areas, argument, name):
        """Set the areas; a segment without a pixel is an error."""
        self.areas = areas
        empty = np.flatnonzero(self.areas[1:] == 0) + 1
        if empty.size:
            raise ValueError(
                f"{prefix(name)}`{argument}` must list the segments of its map only. Listed in "
                f"segments_info, but not in the map: id {', '.join(map(str, self.ids[empty][:8]))}"
            )

    def some(self, positions):
        """Dict of id to category id for the segments at `positions`, in the order listed."""
        return dict(
            zip(self.ids[positions].tolist(), self.categories[positions].tolist(), strict=True)
        )


def _match(true, pred, pairs, regions):
    rows, columns, shared = pairs.rows, pairs.columns, pairs.pixels
    on_void = np.zeros(len(pred.ids), np.int64)
    on_void[columns[rows == 0]] = shared[rows == 0]
    # A union holds the whole true segment: most pairs are out by its area alone.
    likely = np.flatnonzero(2 * shared > true.areas[rows])
    rows, columns, shared = rows[likely], columns[likely], shared[likely]
    union = true.areas[rows] + pred.areas[columns] - shared - on_void[columns]
    same = true.categories[rows] == pred.categories[columns]  # void (-1) pairs with void only
    matched = same & (rows > 0) & ~true.crowd[rows] & (2 * shared > union)

    missed = ~true.crowd
    missed[rows[matched]] = False
    unmatched = np.ones(len(pred.ids), bool)
    unmatched[columns[matched]] = False
    missed[0] = unmatched[0] = False
    excused = on_void + _on_crowd(pred, pairs, regions)
    ignored = unmatched & (2 * excused > pred.areas)
    return Matching(
        matches=tuple(
            Match(*values)
            for values in zip(
                true.ids[rows[matched]].tolist(),
                pred.ids[columns[matched]].tolist(),
                true.categories[rows[matched]].tolist(),
                shared[matched].tolist(),
                union[matched].tolist(),
                strict=True,
            )
        ),
        false_negatives=true.some(np.flatnonzero(missed)),
        false_positives=pred.some(np.flatnonzero(unmatched & ~ignored)),
        ignored=pred.some(np.flatnonzero(ignored)),
    )


def _on_crowd(pred, pairs, regions):
    """Pixels of every predicted segment on the crowd region of its category."""
    pixels = np.zeros(len(pred.ids), np.int64)
    for category, row in regions.items():
        here = (pairs.rows == row) & (pred.categories[pairs.columns] == category)
        pixels[pairs.columns[here]] += pairs.pixels[here]
    return pixels


def _unknown(error, name):
    start = f"{prefix(name)}`{error.argument}`"
    if not 0 <= error.value < MOST_IDS:
        return f"{start} must hold ids from 0 to {MOST_IDS - 1}. Received: id {error.value}"
    return (
        f"{start} must list every segment of its map. In the map, but not in segments_info: "
        f"id {error.value}"
    )
