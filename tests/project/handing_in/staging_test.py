"""The folder in which a hand-in is made."""

import json

import pytest

from segcourse.project.handing_in.staging import staging, students_folder
from segcourse.project.looks import Looks


def look(folder, mean_iou):
    folder.mkdir(parents=True, exist_ok=True)
    Looks(folder / "looks.json").add("0" * 64, mean_iou)


def scores(folder):
    return [entry["mean_iou"] for entry in json.loads((folder / "looks.json").read_text())]


@pytest.fixture
def students(tmp_path):
    return tmp_path / "my_project"


@pytest.fixture
def to(tmp_path):
    return tmp_path / "hand_in"


def test_log_and_looks_go_on_and_looks_are_counted(to, students):
    look(students / "scenes", 0.1)
    (students / "scenes" / "log.jsonl").write_text("{}\n")
    (students / "scenes" / "model.keras").write_text("m")
    with staging(to, "kim", students) as made:
        inside = made.work / "scenes"
        assert sorted(path.name for path in inside.iterdir()) == ["log.jsonl", "looks.json"]
        look(students / "scenes", 0.2)  # in a notebook that is open meanwhile
        look(inside, 0.3)
        assert scores(inside) == [0.1, 0.3]
    assert scores(students / "scenes") == [0.1, 0.2, 0.3]
    assert list(to.iterdir()) == []


def test_a_first_look_counts_too_and_also_after_an_error(to, students):
    with pytest.raises(KeyboardInterrupt), staging(to, "kim", students) as made:
        look(made.work / "scenes", 0.4)
        raise KeyboardInterrupt
    assert scores(students / "scenes") == [0.4]
    assert list(to.iterdir()) == []


def test_without_looks_nothing_is_written(to, students):
    with staging(to, "kim", students) as made:
        (made.work / "scenes").mkdir()
        (made.work / "scenes" / "log.jsonl").write_text("{}\n")
    assert not students.exists()


def test_a_damaged_record_is_kept(to, students, capsys):
    look(students / "scenes", 0.1)
    (students / "scenes" / "looks.json").write_text("[{ half")
    with staging(to, "kim", students) as made:
        look(made.work / "scenes", 0.2)
    assert scores(students / "scenes") == [0.2]
    assert (students / "scenes" / "looks.damaged-1.json").read_text() == "[{ half"


def test_the_results_are_where_the_report_is(to, students):
    look(students / "camvid", 0.1)
    with staging(to, "kim", students) as made:
        (made.work / "scenes").mkdir()
        (made.work / "scenes" / "report.json").write_text("{}")
        look(made.work / "camvid", 0.2)
        assert made.results().name == "scenes"
    with staging(to, "kim", students.parent / "none") as made:
        assert made.results() is None


def test_where_a_student_works(tmp_path, monkeypatch):
    monkeypatch.delenv("SEGCOURSE_PROJECT_DIR", raising=False)
    notebook = tmp_path / "notebooks" / "final_project.ipynb"
    assert students_folder(notebook) == tmp_path / "notebooks" / "my_project"
    korean = tmp_path / "notebooks" / "ko" / "final_project.ipynb"
    assert students_folder(korean) == tmp_path / "notebooks" / "my_project"
    monkeypatch.setenv("SEGCOURSE_PROJECT_DIR", str(tmp_path / "own"))
    assert students_folder(notebook) == tmp_path / "own"
