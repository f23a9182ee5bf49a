"""One hand-in marked: opened and scored apart, with limits, whatever is in it."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from segcourse import process_tree
from segcourse.data import catalogue
from segcourse.project.bar import bar, verdict
from segcourse.project.checking.files import MODEL
from segcourse.project.checking.plain import plain
from segcourse.project.checking.same_scores import differences
from segcourse.project.checking.scored_apart import child_environment, scored_apart
from segcourse.project.marking.rubric import ROWS, Seen, points

__all__ = ["Limits", "Marked", "mark", "with_twins"]

_MOST_FACTS = 2**22
_LARGEST_SIDE = 1024
_LONGEST = 60
_FACTS = ("report", "log", "looks", "card", "notebook", "listed", "model")


@dataclass(frozen=True)
class Limits:
    """What each hand-in may take, and how processes are started.

    Attributes:
        minutes: of time, for opening and for scoring.
        memory_gb: gigabytes of memory.
        env: dict, environment of the processes.
        available: function of a data set's name that says whether the marker has it.
        starting: of `segcourse.process_tree.run`.
    """

    minutes: float
    memory_gb: float
    env: dict
    available: Callable = lambda name: True
    starting: Callable = nullcontext


@dataclass(frozen=True)
class Marked:
    """A row of the table. Texts are on one line, without control characters.

    Attributes:
        name: of the hand-in's folder or zip; a path where two have the same.
        dataset, reported, scored, pq, looks, minutes, verdict: what it reports and what came out,
            None where that is not known.
        points: by the id of each machine's row; None where a person has to say.
        remarks: tuple of sentences.
        model: SHA-256 of the model file, or None.
    """

    name: str
    dataset: str | None = None
    reported: float | None = None
    scored: float | None = None
    pq: float | None = None
    looks: int | None = None
    minutes: float | None = None
    verdict: str | None = None
    points: dict = field(default_factory=lambda: dict.fromkeys((row.id for row in ROWS), 0))
    remarks: tuple = ()
    model: str | None = None

    @property
    def total(self):
        """Points of the machine."""
        return sum(value for value in self.points.values() if value is not None)

    @property
    def of(self):
        """Points that the machine could have given."""
        return sum(row.most for row in ROWS if self.points[row.id] is not None)


def mark(source, limits, label=None):
    """Mark one hand-in.

    Args:
        source: Path of a folder or a zip.
        limits: `Limits`.
        label: what it is called in the table; default its name.

    Returns:
        `Marked`. Whatever is in the hand-in, no error is raised for it.
    """
    name = _short(label or source.name.removesuffix(".zip")) or "?"
    try:
        with tempfile.TemporaryDirectory(
            prefix="segcourse-mark-", ignore_cleanup_errors=True
        ) as scratch:
            return _mark(name, source, Path(scratch), limits)
    except Exception as error:  # one hand-in must not harm the others
        return Marked(name, remarks=(f"could not be marked: {plain(repr(error))}",))


def _short(label):
    """A label on one line; of a long one its end, which tells two paths apart."""
    text = plain(label, len(label))
    return text if len(text) <= _LONGEST else "…" + text[1 - _LONGEST :]


def with_twins(rows):
    """The rows, with a remark where two hand-ins have the very same model file."""
    names = {}
    for row in rows:
        if row.model:
            names.setdefault(row.model, []).append(row.name)
    said = []
    for row in rows:
        others = [name for name in names.get(row.model, []) if name != row.name]
        remark = (f"the same model file as {', '.join(others)}",) if others else ()
        said.append(replace(row, remarks=row.remarks + remark))
    return said


def _mark(name, source, scratch, limits):
    files = scratch / "files"
    files.mkdir()
    facts, remarks = _facts(source, files, scratch, limits)
    seen = Seen(**{key: facts.get(key) for key in _FACTS})
    reason, unscored = _unscorable(seen, limits)
    scored = None
    if reason is None:
        report = seen.report
        answer = scored_apart(
            files / MODEL, report["dataset"], report["held_back"]["size"], scratch, limits.env,
            limits.minutes, limits.memory_gb, limits.starting,
        )  # fmt: skip
        scored, reason = answer.result, answer.reason
    remarks += [plain(reason)] if reason else []
    return _row(name, replace(seen, scored=scored, unscored=unscored), remarks)


def _facts(source, files, scratch, limits):
    """The facts as another process finds them, and its remarks."""
    answer = scratch / "facts.json"
    command = [sys.executable, "-m", "segcourse.project.marking.facts"]
    with open(answer, "wb") as out:
        ended = process_tree.run(
            [*command, str(source.absolute()), str(files)],
            limits.minutes * 60,
            limits.memory_gb * 2**30,
            limits.starting,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.DEVNULL,
            cwd=scratch,
            env=child_environment(limits.env, scratch),
        )
    if ended.reason:
        return {}, [f"opening it took too much {ended.reason}"]
    try:
        with open(answer, "rb") as file:
            found = json.loads(file.read(_MOST_FACTS))
        return found, list(found["remarks"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}, [f"it cannot be opened (status {ended.status})"]


def _unscorable(seen, limits):
    """Why it is not scored, and whether that is no fault of the hand-in; (None, False) if it is."""
    report, model = seen.report, seen.model
    if not report or not model:
        return "not scored: report or model cannot be read", False
    if model["fault"]:
        return model["fault"], False
    if model["sha256"] != report["model_sha256"]:
        return "model.keras is not the model that the report is about", False
    dataset, size = report["dataset"], report["held_back"]["size"]
    if catalogue.is_folder(dataset):
        return "not scored: the data set is the student's own", True
    if dataset not in catalogue.NAMES:
        return f"there is no data set {dataset}", False
    if size and max(size) > _LARGEST_SIDE:
        return f"not scored: images of {size[0]}×{size[1]} are too large", False
    if not limits.available(dataset):
        return f"not scored: the data set {dataset} is not on this machine", True
    return None, False


def _row(name, seen, remarks):
    report, scored = seen.report, seen.scored
    found = (scored or {}).get("scores", {})
    mean_iou = found.get("mean_iou")
    if report and scored and scored.get("split") != report["held_back"]["split"]:
        splits = (report["held_back"]["split"], scored.get("split"))
        remarks.append("held back were the images of {} there, of {} here".format(*splits))
        seen = replace(seen, unscored=True)
    elif report and scored:
        remarks += _about_scores(report, scored)
        if _is_that_of_the_bar(report):
            judged = verdict(report["dataset"], mean_iou, report["minutes"])
            seen = replace(seen, verdict=judged)
    if seen.listed and seen.listed["altered"]:
        remarks.append(f"changed since it was handed in: {', '.join(seen.listed['altered'])}")
    the_courses = (seen.log or {}).get("the_courses", 0)
    if the_courses and (seen.log or {})["different"] < 4:
        remarks.append(f"trials of the course's own notebook, which do not count: {the_courses}")
    wrong = [
        key for key, value in (seen.listed or {}).get("outcomes", {}).items() if value != "right"
    ]
    if wrong:
        remarks.append(f"hand-in found fault with: {', '.join(wrong)}")
    return Marked(
        name,
        dataset=plain(report["dataset"], 40) if report else None,
        reported=report["held_back"]["scores"].get("mean_iou") if report else None,
        scored=mean_iou,
        pq=found.get("pq_all"),
        looks=seen.looks,
        minutes=report["minutes"] if report else None,
        verdict=seen.verdict,
        points=points(seen),
        remarks=tuple(plain(remark) for remark in remarks),
        model=seen.model["sha256"] if seen.model else None,
    )


def _about_scores(report, scored):
    """What a person should know of the scores."""
    remarks = []
    wrong = differences(report["held_back"], scored)
    if wrong:
        remarks.append(f"other scores than reported: {', '.join(list(wrong)[:4])}")
    if len(scored.get("predicted", [])) == 1:
        remarks.append(f"it predicts one class alone: {scored['predicted'][0]}")
    if not _is_that_of_the_bar(report):
        remarks.append("scored on another size or split than the bar")
    return remarks


def _is_that_of_the_bar(report):
    found, held = bar(report["dataset"]), report["held_back"]
    if found is None:
        return True
    same_size = not (found.size and held["size"]) or tuple(held["size"]) == tuple(found.size)
    return same_size and found.split in (None, held["split"])
