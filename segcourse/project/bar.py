"""The bar: which mean IoU passes, and which is a distinction."""

from dataclasses import dataclass

from segcourse.checks.sizes import is_number, number
from segcourse.texts import N_

BELOW, PASS, DISTINCTION = N_("below the bar"), N_("pass"), N_("distinction")


@dataclass(frozen=True)
class Bar:
    """What a network has to reach on the held-back split of a data set.

    Attributes:
        passed: the mean IoU that passes, 0 to 1.
        distinction: the mean IoU that is a distinction.
        minutes: the budget of training that both were measured with, on two cores.
        size: (height, width) of the images they were measured on.
        split: name of the split they were measured on.

    Example:

    >>> example = Bar(passed=0.5, distinction=0.6, minutes=2.0)
    >>> [example.judge(mean_iou) for mean_iou in (0.4999, 0.5, 0.6)]
    ['below the bar', 'pass', 'distinction']
    """

    passed: float
    distinction: float
    minutes: float
    size: tuple | None = None
    split: str | None = None

    def judge(self, mean_iou):
        """`"below the bar"`, `"pass"` or `"distinction"` for a mean IoU from 0 to 1."""
        mean_iou = number("mean_iou", mean_iou, lambda value: 0 <= value <= 1, "from 0 to 1")
        if mean_iou >= self.distinction:
            return DISTINCTION
        return PASS if mean_iou >= self.passed else BELOW

    def holds_for(self, minutes):
        """Whether a network that was trained with this budget may be held against the bar."""
        return minutes <= self.minutes * 1.001


# Measured over five seeds by benchmarks/final_project_seeds.py; None where nothing was measured.
# To pass is above the best seed of week 4's FCN-8s, distinction above the best seed of any U-Net.
THRESHOLDS = {
    "scenes": Bar(passed=0.78, distinction=0.81, minutes=2.0, size=(128, 128), split="test"),
    "camvid": None,
    "membrane": None,
    "oxford_iiit_pet": None,
}


def bar(name):
    """The `Bar` of a data set, None where none was measured.

    Example:

    >>> bar("folder:mine") is None
    True

    Args:
        name: of the data set, as `dataset.name` has it.

    Raises:
        ValueError: for what is no name.
    """
    if not isinstance(name, str) or not name:
        raise ValueError(f"`name` must be the name of a data set. Received: name={name!r}")
    return THRESHOLDS.get(name)


def verdict(name, mean_iou, minutes):
    """What the bar of a data set says of a mean IoU, None where it says nothing.

    It says nothing where none was measured, where there is no mean IoU, and of a network that was
    trained for longer than those it was measured with.

    Example:

    >>> verdict("folder:mine", 0.9, minutes=2.0) is None
    True
    """
    found = bar(name)
    if found is None or not is_number(mean_iou) or not found.holds_for(minutes):
        return None
    return found.judge(mean_iou)
