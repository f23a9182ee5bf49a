import json
import os
import subprocess
import sys
import time
from datetime import datetime

import pytest

from segcourse.exercises.judging import record
from segcourse.exercises.judging.judge import Outcome


@pytest.fixture
def file(week90, tmp_path):
    return tmp_path / "progress.json"


def left(file):
    """What lies in the folder, but for the lock."""
    return sorted(name for name in os.listdir(file.parent) if not name.endswith(".lock"))


def test_outcomes_and_attempts(file):
    assert record.read() == {}
    record.note("90.1", Outcome.UNTOUCHED)
    assert record.read()["90.1"]["outcome"] == "untouched"
    assert record.read()["90.1"]["attempts"] == 0
    record.note("90.1", Outcome.WRONG)
    record.note("90.1", Outcome.RIGHT)
    record.note("90.2", Outcome.WRONG)
    record.note("90.1", Outcome.UNTOUCHED)
    found = record.read()
    assert found["90.1"]["outcome"] == "right" and found["90.1"]["attempts"] == 2
    assert found["90.2"]["outcome"] == "wrong" and found["90.2"]["attempts"] == 1
    assert datetime.fromisoformat(found["90.1"]["when"]).tzinfo is not None
    assert left(file) == ["progress.json"]


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '{"90.1": 3}', '{"90.1": {}}', "\x00"])
def test_a_damaged_file_is_set_aside_and_begun_anew(file, text, capsys):
    file.write_text(text)
    assert record.read() == {}
    record.note("90.1", Outcome.RIGHT)
    assert record.read()["90.1"]["attempts"] == 1
    assert left(file) == ["progress.damaged-1.json", "progress.json"]
    assert (file.parent / "progress.damaged-1.json").read_text() == text
    record.note("90.1", Outcome.RIGHT)
    said = capsys.readouterr().out
    assert said.count("set aside as progress.damaged-1.json; 0 entries could be read") == 1


def test_entries_that_are_whole_survive_damage(file):
    record.note("90.1", Outcome.RIGHT)
    whole = json.loads(file.read_text())
    file.write_text(json.dumps({**whole, "90.2": "what?"}))
    record.note("90.1", Outcome.WRONG)
    assert record.read().keys() == {"90.1"} and record.read()["90.1"]["attempts"] == 2
    assert '"what?"' in (file.parent / "progress.damaged-1.json").read_text()


def test_a_second_damage_is_set_aside_under_another_name(file):
    for text in ("one", "two", "two"):
        file.write_text(text)
        record.note("90.1", Outcome.RIGHT)
    names = ["progress.damaged-1.json", "progress.damaged-2.json", "progress.json"]
    assert left(file) == names


@pytest.mark.parametrize("cut", [5, 60, 140])
def test_of_a_truncated_file_the_entries_before_the_end_are_kept(file, cut, capsys):
    for id in ("1.1", "1.2", "1.3"):
        record.note(id, Outcome.WRONG, "off by one")
    whole = json.loads(file.read_text())
    file.write_text(file.read_text()[:-cut])
    assert record.read() == {id: whole[id] for id in ("1.1", "1.2")}
    assert left(file) == ["progress.json"]  # reading alone changes nothing
    assert "damaged-1.json; 2 entries" in record.mend()
    assert json.loads(file.read_text()) == {id: whole[id] for id in ("1.1", "1.2")}
    assert record.mend() is None


def test_an_old_record_is_read_and_added_to(file):
    old = {"outcome": "wrong", "when": "2026-01-31T12:00:00+00:00", "attempts": 3}
    file.write_text(json.dumps({"90.1": old}))
    assert record.mend() is None and record.read() == {"90.1": old}
    record.note("90.1", Outcome.WRONG, "off by one")
    found = record.read()["90.1"]
    assert (found["attempts"], found["met"]) == (4, {"off by one": 1})


NOTE_MANY = """
import sys
from segcourse.exercises.judging import record
for number in range(50):
    record.note("90.1", record.Outcome.WRONG, sys.argv[1])
    record.note(f"{sys.argv[1]}.{number}", record.Outcome.RIGHT)
"""


def test_two_notebooks_at_once_lose_nothing(file):
    notebooks = [subprocess.Popen([sys.executable, "-c", NOTE_MANY, name]) for name in "78"]
    assert [notebook.wait(60) for notebook in notebooks] == [0, 0]
    found = record.read()
    assert found["90.1"]["attempts"] == 100 and found["90.1"]["met"] == {"7": 50, "8": 50}
    assert len(found) == 101


def test_a_kill_leaves_a_whole_record_that_the_next_one_adds_to(file):
    """Killed again and again while it writes; what was there before is there after."""
    record.note("1.1", Outcome.RIGHT)
    for _ in range(3):
        notebook = subprocess.Popen([sys.executable, "-c", NOTE_MANY, "7"])
        before = time.monotonic()
        while "90.1" not in record.read() and time.monotonic() < before + 60:
            time.sleep(0.001)
        notebook.kill()
        notebook.wait()
        found = json.loads(file.read_text())
        assert {"1.1", "90.1"} <= found.keys() and record.mend() is None
        record.note("1.2", Outcome.RIGHT)
        assert record.read().keys() == {*found, "1.2"}
        file.write_text(json.dumps({"1.1": found["1.1"]}))


def test_importing_the_record_loads_no_framework():
    code = (
        "import sys; import segcourse.exercises.judging.record;"
        "print(sorted({'keras', 'numpy', 'nbformat'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_bytes_that_are_no_text(file):
    file.write_bytes(b"\xff\xfe\x00")
    record.note("90.1", Outcome.RIGHT)
    assert record.read()["90.1"]["outcome"] == "right"


def test_where_nothing_can_be_written_one_line_says_so(file, monkeypatch, capfd):
    file.write_text("here is a file")
    monkeypatch.setenv("SEGCOURSE_PROGRESS_FILE", str(file / "progress.json"))
    record.note("90.1", Outcome.RIGHT)
    record.note("90.1", Outcome.RIGHT)
    out, err = capfd.readouterr()
    assert out.count("could not be written") == 1 and err == ""


def test_quiet(file, monkeypatch):
    monkeypatch.setenv("SEGCOURSE_QUIET", "1")
    record.note("90.1", Outcome.RIGHT)
    assert not file.exists()


def test_interrupted_write_leaves_the_old_file(file, monkeypatch):
    record.note("90.1", Outcome.RIGHT)
    before = file.read_text()

    def fails(*_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", fails)
    record.note("90.1", Outcome.WRONG)
    assert file.read_text() == before
    assert left(file) == ["progress.json"]


def test_place(monkeypatch, tmp_path):
    monkeypatch.delenv("SEGCOURSE_PROGRESS_FILE", raising=False)
    checkout = record.Path(record.__file__).resolve().parents[4]
    assert record.path() == checkout / ".segcourse" / "progress.json"
    installed = (
        tmp_path
        / "site-packages"
        / "segcourse"
        / "exercises"
        / "judging"
        / "record"
        / "__init__.py"
    )
    monkeypatch.setattr(record, "__file__", str(installed))
    monkeypatch.chdir(tmp_path)
    assert record.path() == tmp_path / ".segcourse" / "progress.json"
