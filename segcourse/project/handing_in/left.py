"""Checks on what a run of the notebook has left: the files, the time, the scores."""

from pathlib import Path

from segcourse.project.card import NOT_WRITTEN
from segcourse.project.checking import model_rules
from segcourse.project.checking.checked_report import checked_report
from segcourse.project.checking.files import LARGEST, MODEL, WRITTEN_BY_A_RUN
from segcourse.project.checking.same_scores import differences
from segcourse.project.checking.scored_apart import scored_apart
from segcourse.project.checking.sha256 import sha256
from segcourse.project.handing_in.check import NOT_CHECKED, WRONG, Check, judged
from segcourse.project.handing_in.failing_cell import failing_cells
from segcourse.texts import _

__all__ = ["files", "ran", "report", "scores", "time", "unless_broken"]

# How much longer than its budget a training may take: the last step is not broken off.
_OVER = 1.1
# Differences and failing cells that are named; the others are counted.
_SHOWN = 5
_MINUTES, _MEMORY = 10, 16


def ran(run, stopped=False):
    """Every cell ran, or raised where its tags allow it.

    Args:
        run: `segcourse.project.handing_in.rerun.Rerun`.
        stopped: whether nothing more is looked at after a cell that raised.
    """
    lines = failing_cells(run.notebook, run.failures)
    if stopped and run.broke:
        lines.append(_("Nothing below it was run, and nothing else was checked."))
    return judged("runs", _("The notebook runs from top to bottom."), lines)


def unless_broken(check, run):
    """The check; where a cell raised, its faults are most often consequences, and are left out."""
    if run.broke and check.outcome == WRONG:
        return Check(check.id, check.title, NOT_CHECKED)
    return check


def report(folder):
    """The report of a run, or None and the reason."""
    if folder is None:
        return None, _("The notebook has written nothing: it has to call work.report(…).")
    try:
        return checked_report(folder / "report.json", LARGEST["report.json"]), None
    except ValueError as error:
        return None, str(error)


def files(folder, problem):
    """All files are there, none too large, and the report can be read."""
    faults = [problem] if problem else []
    for name in WRITTEN_BY_A_RUN:
        path = Path(folder or "") / name
        if folder is None or not path.is_file():
            if name != "report.json":
                faults.append(_("{name} is missing: {how}").format(name=name, how=_HOW[name]))
        elif path.stat().st_size > LARGEST[name]:
            text = _("{name} is too large: {size:.0f} MB, at most {most:.0f}")
            sizes = {"size": path.stat().st_size / 2**20, "most": LARGEST[name] / 2**20}
            faults.append(text.format(name=name, **sizes))
    return judged(
        "files", _("Report, model and model card are there."), faults + _unwritten(folder)
    )


def _unwritten(folder):
    """A sentence, in a list, where the card lacks what only a student can write."""
    path = Path(folder or "") / "model_card.md"
    if folder is None or not path.is_file():
        return []
    if NOT_WRITTEN not in path.read_text(encoding="utf-8", errors="replace"):
        return []
    return [_("model_card.md says (not written): give work.write_card purpose and limits.")]


#: What writes each file.
_HOW = {
    MODEL: "work.train_final(…)",
    "model_card.md": "work.write_card(…)",
    "log.jsonl": "work.try_out(…)",
    "looks.json": "work.report(…)",
}


def time(found):
    """The training of the final network kept to its budget."""
    title = _("The final training kept to its budget.")
    if found is None:
        return Check("time", title, NOT_CHECKED)
    seconds, budget = found["trained_seconds"], found["minutes"] * 60
    text = _("It took {seconds:.0f} s; the budget is {budget:.0f} s.")
    line = text.format(seconds=seconds, budget=budget)
    return judged("time", title, [line] if seconds > _OVER * budget else [])


def scores(folder, found, dataset, env, scratch, starting=None):
    """The model file is the reported one, and gives the reported scores in another process."""
    title = _("The model file gives the reported scores, in another process.")
    if found is None or not (folder / MODEL).is_file():
        return Check("scores", title, NOT_CHECKED)
    if sha256(folder / MODEL) != found["model_sha256"]:
        text = _("{name} is not the model that the report is about: call work.report(…) last.")
        return judged("scores", title, [text.format(name=MODEL)])
    refused = model_rules.fault(folder / MODEL, scratch)
    if refused:  # whoever marks it would not open it
        return judged("scores", title, [refused])
    scored = scored_apart(
        folder / MODEL, dataset, found["held_back"]["size"], scratch, env, _MINUTES, _MEMORY,
        starting,
    )  # fmt: skip
    if scored.result is None:
        return judged("scores", title, [scored.reason])
    text = _("{name}: {reported} in the report, {scored} in another process")
    wrong = differences(found["held_back"], scored.result)
    faults = [
        text.format(name=name, reported=_short(one), scored=_short(other))
        for name, (one, other) in wrong.items()
    ]
    return judged("scores", title, _first(faults), [] if faults else [_reached(found)])


def _reached(found):
    """The result, as a sentence."""
    score, look = found["held_back"]["scores"]["mean_iou"], found["looks"]
    verdict = found.get("verdict")
    text = _("Mean IoU {score} on the held-back images: {verdict}. Look number {look}.")
    if not verdict:
        text = _("Mean IoU {score} on the held-back images. Look number {look}.")
    return text.format(score=_short(score), verdict=_(verdict or ""), look=look)


def _first(lines):
    more = len(lines) - _SHOWN
    if more <= 0:
        return lines
    return [*lines[:_SHOWN], _("… and {count} more.").format(count=more)]


def _short(value):
    return "—" if value is None else f"{value:.4f}"
