import json

import pytest

from segcourse.project import report
from segcourse.project.report import Report

HELD = {
    "split": "test", "images": 3, "size": [8, 8], "predicted": ["cat"], "confusions": [],
    "scores": {"mean_iou": 0.5, "pixel_accuracy": 0.75, "pq_all": 0.25, "pq_things": None},
    "iou": {"cat": 0.5, "dog": None}, "by_size": {},
}  # fmt: skip
DATA = {
    "name": "FCN-8s",
    "dataset": "scenes",
    "held_back": HELD,
    "looks": 2,
    "minutes": 2.0,
    "true_segments": "panoptic truth",
    "verdict": "pass",
    "threshold": {"passed": 0.4, "distinction": 0.6, "minutes": 2.0},
}


def test_printed_it_is_a_table():
    text = str(Report(DATA))
    assert "FCN-8s on 3 held-back images (split test of scenes)" in text
    assert "mean IoU                           0.5000" in text
    assert "IoU dog                                 –" in text
    assert "The network predicts one class only, everywhere: cat." in text
    assert "pass 0.400, distinction 0.600. Reached: pass." in text
    assert text.endswith("This is look number 2 at the held-back split.")
    assert repr(Report(DATA)) == text


def test_its_attributes():
    one = Report(DATA)
    assert (one.mean_iou, one.looks, one.verdict, one.iou["cat"]) == (0.5, 2, "pass", 0.5)


def test_without_a_bar_and_with_another_budget():
    assert "no bar was measured" in str(Report({**DATA, "threshold": None, "verdict": None}))
    text = str(Report({**DATA, "verdict": None, "minutes": 60.0}))
    assert "measured with 2 minutes of training, and this network had 60." in text


def test_written_and_read(tmp_path):
    report.write(DATA, tmp_path)
    assert report.read(tmp_path) == DATA
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    with pytest.raises(ValueError):
        report.write({**DATA, "looks": float("nan")}, tmp_path)
    assert report.read(tmp_path) == DATA
    assert json.loads((tmp_path / "report.json").read_text())["looks"] == 2


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"held_back": 3}'])
def test_a_damaged_report(tmp_path, content):
    with pytest.raises(ValueError, match="not there yet: call work.report"):
        report.read(tmp_path)
    (tmp_path / "report.json").write_text(content)
    with pytest.raises(ValueError, match="damaged: call work.report"):
        report.read(tmp_path)
