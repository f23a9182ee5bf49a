"""One hand-in marked; what scores it is stood in for, but for the tests of limits."""

import json
import os
import sys
from types import SimpleNamespace

import pytest

from segcourse.project.bar import THRESHOLDS, Bar
from segcourse.project.checking.scored_apart import Scored
from segcourse.project.marking import mark as module
from segcourse.project.marking.course_trials import RECIPE, TRIALS
from segcourse.project.marking.facts import facts
from segcourse.project.marking.mark import Limits, mark

LIMITS = Limits(1, 4, dict(os.environ))


@pytest.fixture
def scored(monkeypatch):
    """Opens in this process; the scores are those of the report."""
    calls = SimpleNamespace(datasets=[], result=None)

    def apart(model, dataset, size, *_):
        calls.datasets.append(dataset)
        calls.model = model.read_bytes()
        return Scored(calls.result, None if calls.result else "no result", 1.0)

    def here(source, files, *_):
        found = facts(source, files)
        if found["report"] and calls.result is None:
            calls.result = {**found["report"]["held_back"], "predicted": ["sky", "cat"]}
        return found, list(found["remarks"])

    monkeypatch.setattr(module, "scored_apart", apart)
    monkeypatch.setattr(module, "_facts", here)
    monkeypatch.setitem(THRESHOLDS, "scenes", Bar(0.4, 0.6, 2.0, (128, 128), "test"))
    return calls


def test_a_good_one(good, scored):
    row = mark(good, LIMITS)
    assert row.remarks == ()
    assert (row.name, row.dataset, row.reported, row.scored, row.pq) == (
        "kim", "scenes", 0.5, 0.5, 0.5,
    )  # fmt: skip
    assert (row.looks, row.minutes, row.verdict, row.total, row.of) == (2, 2.0, "pass", 52, 56)
    assert scored.model == (good / "model.keras").read_bytes()


def test_other_scores_and_one_class(good, scored):
    scored.result = {
        "split": "test", "scores": {"mean_iou": 0.1}, "iou": {}, "predicted": ["sky"],
    }  # fmt: skip
    row = mark(good, LIMITS)
    assert row.points["measurement.1"] == row.points["method.1"] == 0
    assert row.remarks[0].startswith("other scores than reported: pixel_accuracy, ")
    assert row.remarks[1] == "it predicts one class alone: sky"


@pytest.mark.parametrize(
    "report, remark, points",
    [
        ({"dataset": "folder:leaves"}, "the student's own", None),
        ({"dataset": "folder:/etc"}, "the student's own", None),
        ({"dataset": "camvid"}, "is not on this machine", None),
        ({"dataset": "../../etc"}, "there is no data set", 0),
        ({"model_sha256": "0" * 64}, "is not the model", 0),
        ({"looks": "many"}, "cannot be read", 0),
    ],
)
def test_what_is_not_scored(make, tmp_path, scored, report, remark, points):
    folder = make.write(tmp_path / "lee", **report)
    limits = Limits(1, 4, {}, available=lambda name: name != "camvid")
    row = mark(folder, limits)
    assert scored.datasets == [] and row.points["measurement.1"] == points
    assert [one for one in row.remarks if remark in one]


def test_images_of_another_size_are_not_held_against_the_bar(make, tmp_path, scored):
    for size in ([64, 64], [4000, 4000]):
        folder = make.write(tmp_path / str(size[0]))
        report = facts(folder, _made(tmp_path / f"t{size[0]}"))["report"]
        make.json(
            folder, "report.json", {**report, "held_back": {**report["held_back"], "size": size}}
        )
        row = mark(folder, LIMITS)
        assert row.verdict is None
        assert "another size or split" in str(row.remarks) or "too large" in str(row.remarks)


def _made(path):
    path.mkdir()
    return path


def test_another_split_here_is_a_persons(good, scored):
    """Where a student's copy of a set has no split test, val is held back."""
    scored.result = {"split": "val", "scores": {"mean_iou": 0.9}, "iou": {}, "predicted": []}
    row = mark(good, LIMITS)
    assert row.points["measurement.1"] is row.points["method.1"] is row.verdict is None
    assert row.remarks == ("held back were the images of test there, of val here",)


def test_more_minutes_than_the_bar_has(make, tmp_path, scored):
    row = mark(make.write(tmp_path / "lee", minutes=60.0), LIMITS)
    assert row.verdict is None and row.points["method.1"] is None


def test_a_model_that_is_code_is_not_scored(good, scored):
    (good / "model.keras").write_bytes(b"code")
    row = mark(good, LIMITS)
    assert scored.datasets == [] and "not a .keras file" in str(row.remarks)


def test_whatever_else_goes_wrong_is_a_row(good, monkeypatch):
    def fails(*_):
        raise RuntimeError("\x1b[2J")

    monkeypatch.setattr(module, "_facts", fails)
    row = mark(good, LIMITS)
    assert row.total == 0 and row.remarks == ("could not be marked: RuntimeError('\\x1b[2J')",)


def test_a_label_of_its_own_and_a_long_one_keeps_its_end(good, scored):
    assert mark(good, LIMITS, "a/kim").name == "a/kim"
    name = mark(good, LIMITS, f"{'x' * 80}/kim").name
    assert len(name) == 60 and name.startswith("…x") and name.endswith("x/kim")


def test_trials_of_the_course_itself_are_told(good, scored, make):
    lines = [json.dumps(one) for one in the_courses_trials()]
    with open(good / "log.jsonl", "a") as file:
        file.write("\n".join(lines) + "\n")
    make.list(good)
    assert mark(good, LIMITS).remarks == ()  # with five others
    final = {"kind": "final", "name": "n"}
    (good / "log.jsonl").write_text("\n".join([*lines, json.dumps(final)]) + "\n")
    make.list(good)
    row = mark(good, LIMITS)
    assert row.points["method.2"] == 0
    assert row.remarks == ("trials of the course's own notebook, which do not count: 3",)


def the_courses_trials():
    return [
        {"kind": "trial", "name": name, "note": note, "recipe": RECIPE}
        for name, note in TRIALS.items()
    ]


def test_names_of_folders_do_no_harm(make, tmp_path, scored):
    folder = (
        make.write(tmp_path / "=1\x1b[2J<b>") if os.name != "nt" else make.write(tmp_path / "=1")
    )
    row = mark(folder, LIMITS)
    assert row.name.startswith("=1") and "\x1b" not in row.name


def test_opened_by_a_process_with_limits(good, monkeypatch):
    """The real one; what takes too long or dies gives a row."""
    found, remarks = module._facts(good, _made(good.parent / "f"), _made(good.parent / "s"), LIMITS)
    assert found["looks"] == 2 and remarks == []
    run = module.process_tree.run

    def instead(code):
        def start(command, *arguments, **settings):
            return run([sys.executable, "-c", code], *arguments, **settings)

        monkeypatch.setattr(module.process_tree, "run", start)

    for code, remark in (
        ("while True: pass", "too much time"),
        ("import time; a = b'1' * 10**8; time.sleep(60)", "too much memory"),
        ("import os; os.abort()", "cannot be opened"),
        ("print('[' * 10**5)", "cannot be opened"),
        ("print('x' * 10**7)", "cannot be opened"),
        ("print('{}')", "cannot be opened"),
    ):
        instead(code)
        row = mark(good, Limits(0.03, 0.06, dict(os.environ)))
        assert row.total == 0 and remark in row.remarks[0], code
