import json

import pytest

from segcourse.project import Project, saved
from segcourse.project import run as run_module
from segcourse.project.files import model_file
from tests.project import tiny


@pytest.fixture
def work(monkeypatch):
    monkeypatch.setattr(run_module, "fit", tiny.no_training)
    work = Project(tiny.dataset())
    run = work.train_final("a", tiny.model, tiny.recipe())
    work.report(run.model)
    return work


def change(work, **changes):
    path = work.folder / "report.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_without_a_report(tmp_path):
    with pytest.raises(ValueError, match="report.json is not there yet"):
        saved.check(tmp_path, tiny.split("test", 1, 0), "tiny")


def test_the_same_and_other_scores(work, monkeypatch):
    """What comes of a process that is really started stands in `work_test.py`."""
    held = json.loads((work.folder / "report.json").read_text())["held_back"]
    monkeypatch.setattr(saved, "_score_elsewhere", lambda *given, found=held: (found, None))
    assert work.check_saved().same and "Same scores" in str(work.check_saved())
    held = json.loads(json.dumps(held))
    held["scores"]["mean_iou"] = 0.99
    held["iou"]["red"] = 0.99
    change(work, held_back=held)
    found = work.check_saved()
    assert not found.same and str(found) == "Other scores than reported: mean_iou, IoU red."
    assert len(json.loads((work.folder / "looks.json").read_text())) == 1


def test_another_file_than_the_reported_one(work):
    path = work.folder / "model.keras"
    model_file.save(tiny.model(seed=1), path)
    assert "not the file that was reported" in str(work.check_saved())
    path.unlink()
    assert str(work.check_saved()) == "model.keras is not there."


def test_a_file_that_cannot_be_loaded(work):
    path = work.folder / "model.keras"
    path.write_bytes(b"no network")
    change(work, model_sha256=model_file.sha256(path))
    found = work.check_saved()
    assert not found.same
    assert "could not score model.keras: model.keras is damaged" in str(found)


def test_a_process_that_does_not_end(work, monkeypatch):
    monkeypatch.setattr(saved, "_LONGEST", 0.01)
    assert "was ended" in str(work.check_saved())
