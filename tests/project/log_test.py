import json
import threading

import pytest

from segcourse.project.bar import Bar
from segcourse.project.log import Log

ENTRY = {"kind": "trial", "name": "FCN", "val_mean_iou": 0.5, "seconds": 30.0, "note": "a | b"}


@pytest.fixture
def log(tmp_path):
    return Log(tmp_path / "log.jsonl")


def test_an_empty_log(log):
    assert len(log) == 0 and log.damaged == 0 and log.best() is None
    assert str(log) == "Nothing was tried yet."
    with pytest.raises(ValueError, match="`log` must hold"):
        log.draw()


def test_entries_in_their_order(log):
    log.add(ENTRY)
    log.add({**ENTRY, "kind": "final", "name": "U-Net", "val_mean_iou": 0.625})
    assert [one["name"] for one in log] == ["FCN", "U-Net"]
    assert log[-1]["kind"] == "final" and log.best()["name"] == "U-Net"
    lines = str(log).splitlines()
    assert len(lines) == 3 and "0.6250" in lines[2] and "a | b" in lines[1]


def test_a_failed_training_is_in_the_table_and_not_in_the_figure(log):
    log.add({**ENTRY, "val_mean_iou": None, "failed": "the loss is NaN"})
    assert "failed" in str(log) and "the loss is NaN" in str(log)
    log.add(ENTRY)
    log.bar = Bar(0.5, 0.6, 2.0)
    axes = log.draw()
    assert len(axes.patches) == 1
    assert [line.get_label() for line in axes.lines] == ["pass, 0.5", "distinction, 0.6"]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "3", '{"kind": "other", "name": "a"}', '{"kind": "trial", "name": 3}', "\xff" * 9,
     '{"kind": "trial", "name": "a", "val_mean_iou": "high"}', "[" * 100000,
     '{"kind": "trial", "name": "a", "val_mean_iou": NaN}'],
)  # fmt: skip
def test_damaged_lines_are_counted_and_kept(log, line):
    log.add(ENTRY)
    with log.path.open("a", encoding="latin-1") as stream:
        stream.write(line)  # and no end of the line: a process was killed
    log.add({**ENTRY, "name": "later"})
    assert [one["name"] for one in log] == ["FCN", "later"]
    assert log.damaged == 1 and "1 damaged line" in str(log)
    assert line in log.path.read_text(encoding="latin-1")


def test_two_notebooks_at_once(log):
    def write(name):
        for _ in range(20):
            log.add({**ENTRY, "name": name})

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(log) == 40 and log.damaged == 0


def test_numbers_that_json_has_not_are_not_written(log):
    with pytest.raises(ValueError):
        log.add({**ENTRY, "val_mean_iou": float("nan")})
    assert not log.path.exists()


def test_one_line_an_entry(log):
    log.add({**ENTRY, "note": "first\nsecond"})
    assert len(log.path.read_text(encoding="utf-8").splitlines()) == 1
    assert json.loads(log.path.read_text(encoding="utf-8"))["note"] == "first\nsecond"
