"""Checks on what a run has left."""

import json
from types import SimpleNamespace

import nbformat
import pytest

from segcourse.notebook.execute import Failure
from segcourse.project.checking.files import LARGEST
from segcourse.project.checking.scored_apart import Scored
from segcourse.project.checking.sha256 import sha256
from segcourse.project.handing_in import left
from segcourse.project.handing_in.check import Check
from segcourse.project.handing_in.rerun import Rerun

HELD_BACK = {"split": "test", "images": 3, "size": [4, 5], "scores": {"mean_iou": 0.5}, "iou": {}}


@pytest.fixture
def folder(tmp_path):
    for name in ("model.keras", "model_card.md", "log.jsonl", "looks.json"):
        (tmp_path / name).write_text("x")
    report = {
        "schema": 1, "dataset": "scenes", "classes": [], "minutes": 2.0, "trained_seconds": 100,
        "name": "n", "parameters": 1, "held_back": HELD_BACK, "val_mean_iou": None, "looks": 1,
        "model_sha256": sha256(tmp_path / "model.keras"), "true_segments": "x",
    }  # fmt: skip
    (tmp_path / "report.json").write_text(json.dumps(report))
    return tmp_path


@pytest.fixture
def scored(monkeypatch):
    """Stands in for the process that scores."""
    answer = SimpleNamespace(result=HELD_BACK, reason=None, size=None)

    def apart(model, dataset, size, *_):
        answer.size = size
        return Scored(answer.result, answer.reason, 1.0)

    monkeypatch.setattr(left, "scored_apart", apart)
    monkeypatch.setattr(left.model_rules, "fault", lambda *_: None)
    return answer


def scores(folder):
    found, _problem = left.report(folder)
    return left.scores(folder, found, "scenes", {}, folder)


def test_all_is_there(folder, scored):
    found, problem = left.report(folder)
    assert problem is None
    assert left.files(folder, problem).is_right and left.time(found).is_right
    assert scores(folder).is_right and scored.size == [4, 5]


def test_missing_files_are_named_with_what_writes_them(folder):
    (folder / "model.keras").unlink()
    (folder / "report.json").unlink()
    found, problem = left.report(folder)
    assert found is None
    check = left.files(folder, problem)
    assert check.outcome == "wrong" and "report.json cannot be read" in check.said[0]
    assert check.said[1] == "model.keras is missing: work.train_final(…)"
    assert left.time(found).outcome == scores(folder).outcome == "not checked"


def test_a_notebook_that_wrote_nothing():
    found, problem = left.report(None)
    check = left.files(None, problem)
    assert found is None and "work.report" in check.said[0] and len(check.said) == 5


def test_a_file_that_is_too_large(folder, monkeypatch):
    monkeypatch.setitem(LARGEST, "model.keras", 0)
    assert "too large" in left.files(folder, None).said[0]


@pytest.mark.parametrize("seconds, right", [(120, True), (131, True), (133, False)])
def test_the_budget(seconds, right):
    check = left.time({"minutes": 2.0, "trained_seconds": seconds})
    assert check.is_right is right
    assert right or check.said == ("It took 133 s; the budget is 120 s.",)


def test_other_scores_are_named(folder, scored):
    scored.result = {"scores": {"mean_iou": 0.4, "pq_all": 0.1}, "iou": {"cat": None}}
    check = scores(folder)
    assert check.said == (
        "mean_iou: 0.5000 in the report, 0.4000 in another process",
        "pq_all: — in the report, 0.1000 in another process",
    )


def test_a_model_that_is_not_the_reported_one(folder, scored):
    (folder / "model.keras").write_text("another")
    assert "is not the model that the report is about" in scores(folder).said[0]


def test_a_model_that_cannot_be_scored_or_opened(folder, scored, monkeypatch):
    scored.result, scored.reason = None, "it has 7 classes"
    assert scores(folder).said == ("it has 7 classes",)
    monkeypatch.setattr(left.model_rules, "fault", lambda *_: "it is code")
    assert scores(folder).said == ("it is code",)


def a_run(*failures):
    cells = [nbformat.v4.new_markdown_cell("## 4 · Train"), nbformat.v4.new_code_cell("1 / 0")]
    return Rerun(nbformat.v4.new_notebook(cells=cells), list(failures))


def test_the_cell_that_broke_is_named():
    assert left.ran(a_run()).is_right
    check = left.ran(a_run(Failure(1, "a", "no")), stopped=True)
    assert check.said == (
        "Cell 2 of 2, below the heading “4 · Train”: no",
        "Nothing below it was run, and nothing else was checked.",
    )


def test_faults_behind_a_cell_that_broke_are_left_out():
    found = Check("files", "All.", "wrong", ("log.jsonl is missing",))
    broke, warned = a_run(Failure(1, "a", "no")), a_run(Failure(1, "a", "warns: x", warns=True))
    assert left.unless_broken(found, broke) == Check("files", "All.", "not checked")
    assert left.unless_broken(found, warned) == left.unless_broken(found, a_run()) == found


def test_a_card_without_the_students_sentences_is_a_fault(tmp_path):
    for name in ("model.keras", "log.jsonl", "looks.json"):
        (tmp_path / name).write_text("x")
    (tmp_path / "model_card.md").write_text("## What it is for\n\n(not written)\n")
    said = left.files(tmp_path, None).said
    assert said == ("model_card.md says (not written): give work.write_card purpose and limits.",)
