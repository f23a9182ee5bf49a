"""The machine's rows of the rubric, and how many points a hand-in gets in each.

The page for people is `docs/final_project_rubric.md`; its test holds the two against each other.
"""

from collections.abc import Callable
from dataclasses import dataclass

from segcourse.project.checking.files import MAY_BE_PASSED_ON
from segcourse.project.checking.same_scores import differences

__all__ = ["AREAS", "ROWS", "TOTAL", "Row", "points"]

#: Points of each area, those of people among them.
AREAS = {"data": 10, "method": 20, "measurement": 25, "honesty": 15, "code": 10, "report": 20}
_OVER = 1.1
_METRICS = ("pixel_accuracy", "mean_accuracy", "mean_iou", "frequency_weighted_iou", "mean_dice",
            "near_borders", "boundary_iou", "pq_all", "sq_all", "rq_all")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row of the rubric that a machine marks.

    Attributes:
        id: such as `"data.1"`.
        most: points it can give.
        title: what it is given for.
        judge: function of a `Seen` that gives the points; None where it cannot say.
    """

    id: str
    most: int
    title: str
    judge: Callable


@dataclass(frozen=True)
class Seen:
    """What is known of a hand-in.

    Attributes:
        report, log, looks, card, notebook, listed, model: of `segcourse.project.marking.facts`;
            None where a file is missing or damaged.
        scored: what the process that scored it gave, or None.
        unscored: whether it could not be scored for a reason that is not its own, such as a data
            set that is not here.
        verdict: against the bar, or None where there is none.
    """

    report: dict | None = None
    log: dict | None = None
    looks: int | None = None
    card: dict | None = None
    notebook: dict | None = None
    listed: dict | None = None
    model: dict | None = None
    scored: dict | None = None
    unscored: bool = False
    verdict: str | None = None


def points(seen):
    """Points by the id of each row (int; None: a person has to say), in the order of `ROWS`."""
    return {row.id: row.judge(seen) for row in ROWS}


def _own_data(seen):
    notebook, report = seen.notebook, seen.report
    if not notebook or not report:
        return 0
    shown = notebook["pictures"] and report["dataset"] not in MAY_BE_PASSED_ON
    return 0 if shown or notebook["paths"] or _outcome(seen, "paths") == "wrong" else 4


def _bar(seen):
    if seen.verdict is None:
        return None if seen.unscored or seen.scored else 0
    return {"distinction": 10, "pass": 6}.get(seen.verdict, 0)


def _trials(seen):
    different = seen.log["different"] if seen.log else 0
    return 4 if different >= 4 else 2 if different >= 3 else 0


def _same_scores(seen):
    if seen.unscored:
        return None
    if not (seen.scored and seen.report):
        return 0
    return 0 if differences(seen.report["held_back"], seen.scored) else 10


def _all_metrics(seen):
    scores = seen.report["held_back"]["scores"] if seen.report else {}
    return 4 if all(name in scores for name in _METRICS) else 0


def _budget(seen):
    report = seen.report
    if not report:
        return 0
    return 3 if report["trained_seconds"] <= _OVER * 60 * report["minutes"] else 0


def _looks(seen):
    if not seen.looks or not seen.report or seen.report["looks"] > seen.looks:
        return 0
    return 5 if seen.looks <= 3 else 3 if seen.looks <= 6 else 1 if seen.looks <= 12 else 0


def _untouched(seen):
    listed, model, report = seen.listed, seen.model, seen.report
    if not (listed and model and report) or listed["altered"]:
        return 0
    return 3 if model["sha256"] == report["model_sha256"] else 0


def _logged(seen):
    log, report = seen.log, seen.report
    return 2 if log and report and report["model_sha256"] in log["finals"] else 0


def _runs(seen):
    notebook = seen.notebook
    if not notebook or not notebook["in_order"] or notebook["errors"]:
        return 0
    return 5 if _outcome(seen, "runs") == "right" else 0


def _card(seen):
    card = seen.card
    return 4 * card["written"] // card["sections"] if card else 0


def _card_agrees(seen):
    if not (seen.card and seen.report):
        return 0
    mean_iou = seen.report["held_back"]["scores"].get("mean_iou")
    return 2 if mean_iou is not None and f"{mean_iou:.4f}" in seen.card["numbers"] else 0


def _outcome(seen, id):
    return (seen.listed or {}).get("outcomes", {}).get(id)


ROWS = (
    Row("data.1", 4, "No pictures that may not be passed on, no paths of the machine", _own_data),
    Row("method.1", 10, "The bar: pass 6, distinction 10, by the scores of the marker", _bar),
    Row("method.2", 4, "The log has four different trainings of your own (three: 2 points)",
        _trials),
    Row("measurement.1", 10, "The reported scores come out again", _same_scores),
    Row("measurement.2", 4, "All metrics are reported, PQ among them", _all_metrics),
    Row("measurement.3", 3, "The training kept to the budget it names", _budget),
    Row("honesty.1", 5, "Looks at the held-back split: up to 3 (up to 6: 3 points, up to 12: 1)",
        _looks),
    Row("honesty.2", 3, "All files are as they were handed in; the model is the one of the report",
        _untouched),
    Row("honesty.3", 2, "The final training stands in the log", _logged),
    Row("code.1", 5, "The notebook ran from top to bottom without an error", _runs),
    Row("report.1", 4, "The card says what the network is for (2) and where it fails (2)", _card),
    Row("report.2", 2, "The card's mean IoU is the report's", _card_agrees),
)  # fmt: skip
#: Points that a machine can give.
TOTAL = sum(row.most for row in ROWS)
