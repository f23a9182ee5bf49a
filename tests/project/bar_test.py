import pytest

from segcourse.data import NAMES
from segcourse.project.bar import THRESHOLDS, Bar, bar, verdict

EXAMPLE = Bar(0.5, 0.6, 2.0)


def test_judge():
    assert [EXAMPLE.judge(one) for one in (0, 0.499, 0.5, 0.6, 1)] == [
        "below the bar",
        "below the bar",
        "pass",
        "distinction",
        "distinction",
    ]
    for wrong in (None, "0.5", float("nan"), 1.1, -0.1):
        with pytest.raises(ValueError, match="`mean_iou`"):
            EXAMPLE.judge(wrong)


def test_every_data_set_has_its_place():
    assert set(THRESHOLDS) == set(NAMES)
    for found in filter(None, THRESHOLDS.values()):
        assert 0 < found.passed < found.distinction < 1 and found.minutes > 0


def test_a_set_without_a_bar():
    assert bar("folder:mine") is None and bar("something") is None
    for wrong in (None, 3, ""):
        with pytest.raises(ValueError, match="`name`"):
            bar(wrong)


def test_the_verdict_is_one_for_the_budget_only(monkeypatch):
    monkeypatch.setitem(THRESHOLDS, "scenes", EXAMPLE)
    assert verdict("scenes", 0.55, 2.0) == "pass"
    assert verdict("scenes", 0.55, 1.0) == "pass"
    assert verdict("scenes", 0.9, 2.1) is None
    assert verdict("scenes", None, 2.0) is None
    assert verdict("other", 0.9, 2.0) is None
    assert bar("scenes") is EXAMPLE
