import json
import os
from datetime import datetime

import pytest

from segcourse.exercises.judging import record
from segcourse.exercises.judging.judge import Outcome


@pytest.fixture
def file(week90, tmp_path):
    return tmp_path / "progress.json"


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
    assert os.listdir(file.parent) == ["progress.json"]


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '{"90.1": 3}', '{"90.1": {}}', "\x00"])
def test_a_damaged_file_is_begun_anew(file, text):
    file.write_text(text)
    assert record.read() == {}
    record.note("90.1", Outcome.RIGHT)
    assert record.read()["90.1"]["attempts"] == 1


def test_entries_that_are_whole_survive_damage(file):
    record.note("90.1", Outcome.RIGHT)
    whole = json.loads(file.read_text())
    file.write_text(json.dumps({**whole, "90.2": "what?"}))
    record.note("90.1", Outcome.WRONG)
    assert record.read().keys() == {"90.1"} and record.read()["90.1"]["attempts"] == 2


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
    assert os.listdir(file.parent) == ["progress.json"]


def test_place(monkeypatch, tmp_path):
    monkeypatch.delenv("SEGCOURSE_PROGRESS_FILE", raising=False)
    checkout = record.Path(record.__file__).resolve().parents[3]
    assert record.path() == checkout / ".segcourse" / "progress.json"
    installed = tmp_path / "site-packages" / "segcourse" / "exercises" / "record.py"
    monkeypatch.setattr(record, "__file__", str(installed))
    monkeypatch.chdir(tmp_path)
    assert record.path() == tmp_path / ".segcourse" / "progress.json"
