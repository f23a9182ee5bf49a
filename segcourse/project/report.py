"""The report: what the look at the held-back split gave."""

import json
from dataclasses import dataclass
from pathlib import Path

from segcourse.atomic_write import atomic_write
from segcourse.project.table import table
from segcourse.texts import _

NAME = "report.json"
SCHEMA = 1
_ROWS = {
    "pixel_accuracy": "pixel accuracy",
    "mean_accuracy": "mean accuracy",
    "mean_iou": "mean IoU",
    "frequency_weighted_iou": "frequency weighted IoU",
    "mean_dice": "mean Dice",
    "near_borders": "pixel accuracy, 2 px from borders",
    "boundary_iou": "boundary IoU",
}


@dataclass(frozen=True, repr=False)
class Report:
    """What stands in `report.json`; printed, it is a table.

    Attributes:
        data: the content of the file, a dict.

    Example:

    >>> held = {"split": "test", "images": 3, "scores": {"mean_iou": 0.5}, "iou": {"cat": 0.5}}
    >>> report = Report({"name": "FCN-8s", "dataset": "mine", "held_back": held, "looks": 1})
    >>> report.mean_iou, report.looks
    (0.5, 1)
    """

    data: dict

    @property
    def scores(self):
        """The scores on the held-back split: dict of floats, 0 to 1, or None."""
        return self.data["held_back"]["scores"]

    @property
    def iou(self):
        """The IoU of each class: dict of floats, 0 to 1; None for a class that is absent."""
        return self.data["held_back"]["iou"]

    @property
    def mean_iou(self):
        """The mean IoU on the held-back split, 0 to 1."""
        return self.scores["mean_iou"]

    @property
    def looks(self):
        """Which look at the held-back split this was, from 1."""
        return self.data["looks"]

    @property
    def verdict(self):
        """`"below the bar"`, `"pass"`, `"distinction"`, or None where there is no bar."""
        return self.data.get("verdict")

    def __str__(self):
        held = self.data["held_back"]
        head = _("{name} on {images} held-back images (split {split} of {dataset})")
        lines = [
            head.format(dataset=self.data["dataset"], name=self.data["name"], **_where(held)),
            table(score_rows(held), right=(1,)),
            "",
            table(panoptic_rows(held), right=(1, 2, 3)),
            "",
            *remarks(self.data),
        ]
        return "\n".join(lines)

    __repr__ = __str__


def _where(held):
    return {"images": held["images"], "split": held["split"]}


def score_rows(held):
    """Pairs of a score's name and its number in words, from the part `held_back` of a report."""
    rows = [(words, number_words(held["scores"].get(key))) for key, words in _ROWS.items()]
    return rows + [(f"IoU {name}", number_words(value)) for name, value in held["iou"].items()]


def panoptic_rows(held):
    """A head and three rows, of four texts each, from the part `held_back` of a report."""
    rows = [("", "PQ", "SQ", "RQ")]
    for group in ("all", "things", "stuff"):
        found = [held["scores"].get(f"{key}_{group}") for key in ("pq", "sq", "rq")]
        rows.append((group, *map(number_words, found)))
    return rows


def remarks(data):
    """The sentences below the table: the segments, one class only, the bar, the looks."""
    held = data["held_back"]
    said = [_("True segments of PQ: {what}.").format(what=data.get("true_segments"))]
    said += one_class(held)
    said.append(bar_words(data))
    text = _("This is look number {number} at the held-back split.")
    said.append(text.format(number=data["looks"]))
    return said


def one_class(held):
    """A sentence, in a list, if the network predicts one class alone."""
    predicted, classes = held.get("predicted", []), held["iou"]
    if len(predicted) != 1 or len(classes) < 2:
        return []
    text = _("The network predicts one class only, everywhere: {name}.")
    return [text.format(name=predicted[0])]


def bar_words(data):
    """What the bar says, as a sentence."""
    threshold, minutes = data.get("threshold"), data.get("minutes")
    if not threshold:
        return _("For this data set no bar was measured.")
    if not data.get("verdict"):
        text = _(
            "No verdict: the bar was measured with {theirs:g} minutes of training, and this "
            "network had {ours:g}."
        )
        return text.format(theirs=threshold["minutes"], ours=minutes)
    text = _("The bar: pass {passed:.3f}, distinction {distinction:.3f}. Reached: {verdict}.")
    return text.format(**{**threshold, "verdict": _(data["verdict"])})


def number_words(value):
    """A score with four decimals, a dash where there is none."""
    return "–" if value is None else f"{value:.4f}"


def write(data, folder):
    """Write `report.json` into a folder, whole or not at all."""
    with atomic_write(Path(folder) / NAME) as part:
        part.write_text(json.dumps(data, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def read(folder):
    """The content of `report.json` in a folder.

    Raises:
        ValueError: it is not there, or is damaged.
    """
    path = Path(folder) / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        Report(data).mean_iou  # noqa: B018 - it must be there
    except FileNotFoundError:
        text = _("{file} is not there yet: call work.report(final.model) first.")
        raise ValueError(text.format(file=NAME)) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        text = _("{file} is damaged: call work.report(final.model) once more.")
        raise ValueError(text.format(file=NAME)) from None
    return data
