import csv
from pathlib import Path

import pytest

from segcourse.data import NAMES
from segcourse.project.bar import THRESHOLDS, Bar, bar, verdict

EXAMPLE = Bar(0.5, 0.6, 2.0)
MEASURED = Path(__file__).parents[2] / "benchmarks/final_project_seeds.csv"
# How far a threshold lies above what it is to be above, and the reference above the highest one.
MARGIN = 0.01


def measured(name, network):
    """Mean IoU on the held-back images of a data set: a dict from seed to float."""
    with open(MEASURED, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["by"] == "epochs"]
    rows = [row for row in rows if (row["dataset"], row["network"]) == (name, network)]
    bar = THRESHOLDS[name]
    for row in rows:
        assert float(row["minutes"]) == bar.minutes and row["held_back_split"] == bar.split
    return {int(row["seed"]): float(row["held_back"]) for row in rows}


@pytest.mark.parametrize("name", [name for name, found in THRESHOLDS.items() if found])
def test_the_thresholds_are_those_of_the_measurements(name):
    found = THRESHOLDS[name]
    fcn, reference = measured(name, "FCN-8s"), measured(name, "reference")
    unets = [measured(name, network) for network in ("U-Net", "U-Net added")]
    for network in (fcn, *unets, reference):
        assert sorted(network) == [0, 1, 2, 3, 4]
    assert found.passed >= max(fcn.values()) + MARGIN
    assert found.distinction >= max(max(unet.values()) for unet in unets) + MARGIN
    assert min(reference.values()) >= found.distinction + MARGIN


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
