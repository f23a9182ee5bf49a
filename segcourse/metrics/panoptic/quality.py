"""Panoptic quality, for one pair of maps and over a data set."""

from segcourse.metrics.panoptic.check import check_categories
from segcourse.metrics.panoptic.instances import from_semantic
from segcourse.metrics.panoptic.map import panoptic_map
from segcourse.metrics.panoptic.matching import Match, Matching, match_segments

__all__ = [
    "Match",
    "Matching",
    "PanopticQuality",
    "from_semantic",
    "match_segments",
    "panoptic_map",
    "panoptic_quality",
]


def panoptic_quality(true, pred, categories, name=None):
    """Panoptic, segmentation and recognition quality of one pair of panoptic maps.

    Of each category, with TP the matched pairs, FP the predicted and FN the true segments that
    found no match (`match_segments` says which do):

    - SQ: the mean IoU of the matched pairs
    - RQ: `TP / (TP + FP / 2 + FN / 2)`
    - PQ: `SQ * RQ`

    Means go over the categories with a TP, FP or FN; `n` says how many these are. A mean over
    none is NaN. In `per_class`, a category without any has three zeros, as in COCO's own code.

    Example:

    >>> import numpy as np
    >>> categories = {1: {"name": "sky", "isthing": 0}, 2: {"name": "cat", "isthing": 1}}
    >>> true = panoptic_map([[1, 1, 1, 2, 2]], [[0, 0, 0, 1, 2]], categories)
    >>> pred = panoptic_map([[1, 1, 1, 1, 2]], [[0, 0, 0, 0, 7]], categories)
    >>> result = panoptic_quality(true, pred, categories)
    >>> result["per_class"][1]
    {'pq': 0.75, 'sq': 0.75, 'rq': 1.0}
    >>> result["things"]["rq"] == 1 / (1 + 0 / 2 + 1 / 2)  # one of two cats
    True

    Args:
        true: pair (id map, segments_info). The map is an integer array `[height, width]`, 0 for
            void; segments_info lists a dict with `id`, `category_id` and, for crowd regions,
            `iscrowd` 1 for every segment of the map.
        pred: the same for the prediction; its `iscrowd` plays no role.
        categories: dict `{id: {"name", "isthing"}}`.
        name: the image's name or number, for error messages.

    Returns:
        dict: `"all"`, `"things"` and `"stuff"`, each `{"pq", "sq", "rq", "n"}`, and
        `"per_class"`, `{category id: {"pq", "sq", "rq"}}`. Fractions, not percent.

    Raises:
        ValueError: for maps and segments_info that are wrong or do not belong together; see
            `match_segments`.

    Reference: Kirillov, He, Girshick, Rother, Dollár, "Panoptic segmentation" (2019), section 4;
    the numbers are those of `pq_compute` in COCO's panopticapi.
    """
    quality = PanopticQuality(categories)
    quality.update(true, pred, name)
    return quality.result()


class PanopticQuality:
    """Panoptic quality over a data set, image by image.

    What is kept are four numbers a category. A call of `update` that raises changes nothing.

    Example:

    >>> categories = {1: {"name": "sky", "isthing": 0}, 2: {"name": "cat", "isthing": 1}}
    >>> quality = PanopticQuality(categories)
    >>> true = panoptic_map([[1, 1, 2, 2]], [[0, 0, 0, 0]], categories)
    >>> quality.update(true, true)
    >>> quality.update(true, panoptic_map([[1, 1, 1, 1]], [[0, 0, 0, 0]], categories))
    >>> quality.counts()[2]  # the cat: found once, missed once
    {'iou': 1.0, 'tp': 1, 'fp': 0, 'fn': 1}
    >>> round(quality.result()["things"]["pq"], 3)
    0.667

    Args:
        categories: dict `{id: {"name", "isthing"}}`.

    Raises:
        ValueError: if `categories` is not such a dict.

    Reference: Kirillov, He, Girshick, Rother, Dollár, "Panoptic segmentation" (2019), section 4.
    """

    def __init__(self, categories):
        check_categories(categories)
        self.categories = {number: dict(category) for number, category in categories.items()}
        self._counts = {
            number: {"iou": 0.0, "tp": 0, "fp": 0, "fn": 0} for number in self.categories
        }

    def update(self, true, pred, name=None):
        """Count one image; arguments and errors are those of `match_segments`."""
        matching = match_segments(true, pred, self.categories, name)
        for match in matching.matches:
            self._counts[match.category_id]["tp"] += 1
            self._counts[match.category_id]["iou"] += match.iou
        for category in matching.false_positives.values():
            self._counts[category]["fp"] += 1
        for category in matching.false_negatives.values():
            self._counts[category]["fn"] += 1

    def merge(self, other):
        """Add what another `PanopticQuality` of the same categories has counted."""
        if other.categories != self.categories:
            raise ValueError(
                "`other` must have the same categories. Received: "
                f"{list(other.categories)}, here {list(self.categories)}"
            )
        for category, counts in other.counts().items():
            for key, value in counts.items():
                self._counts[category][key] += value

    def counts(self):
        """A copy of what was counted: `{category id: {"iou": sum of IoUs, "tp", "fp", "fn"}}`."""
        return {category: dict(counts) for category, counts in self._counts.items()}

    def result(self):
        """The qualities of the images so far, as `panoptic_quality` gives them."""
        per_class = {category: _quality(**counts) for category, counts in self._counts.items()}
        seen = [
            category
            for category, counts in self._counts.items()
            if counts["tp"] + counts["fp"] + counts["fn"] > 0
        ]
        things = [category for category in seen if self.categories[category]["isthing"]]
        stuff = [category for category in seen if not self.categories[category]["isthing"]]
        return {
            "all": _mean(per_class, seen),
            "things": _mean(per_class, things),
            "stuff": _mean(per_class, stuff),
            "per_class": per_class,
        }


def _quality(iou, tp, fp, fn):
    if tp == 0:
        return {"pq": 0.0, "sq": 0.0, "rq": 0.0}
    half = tp + 0.5 * fp + 0.5 * fn
    return {"pq": iou / half, "sq": iou / tp, "rq": tp / half}


def _mean(per_class, categories):
    n = len(categories)
    means = {
        key: sum(per_class[category][key] for category in categories) / n if n else float("nan")
        for key in ("pq", "sq", "rq")
    }
    return {**means, "n": n}
