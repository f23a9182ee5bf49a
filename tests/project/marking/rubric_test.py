"""The points, and the page that says what they are for."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from segcourse.project.marking.facts import facts
from segcourse.project.marking.rubric import AREAS, ROWS, TOTAL, Seen, points

PAGE = Path(__file__).parents[3] / "docs" / "final_project_rubric.md"
LINE = re.compile(
    r"^\| \**([a-z]+(?:\.\d)?)\** \| \**(\d+)\** \| (\w*) ?\| (.*?) ?\|$", re.MULTILINE
)


def page():
    """(row, points, who, title) of each line of the table."""
    found = [match.groups() for match in LINE.finditer(PAGE.read_text(encoding="utf-8"))]
    return [(row, int(most), who, title) for row, most, who, title in found]


def test_the_page_has_the_machines_rows():
    machines = [(row, most, title) for row, most, who, title in page() if who == "machine"]
    assert machines == [(row.id, row.most, row.title) for row in ROWS]


def test_the_page_adds_up_to_100():
    areas = {row: most for row, most, who, _title in page() if not who}
    assert areas == AREAS and sum(areas.values()) == 100
    for area, most in areas.items():
        assert sum(m for row, m, who, _t in page() if who and row.split(".")[0] == area) == most
    assert TOTAL + sum(most for _row, most, who, _title in page() if who == "person") == 100


@pytest.fixture
def seen(good, tmp_path):
    (tmp_path / "target").mkdir()
    found = facts(good, tmp_path / "target")
    names = ("report", "log", "looks", "card", "notebook", "listed", "model")
    scored = found["report"]["held_back"]
    return Seen(**{name: found[name] for name in names}, scored=scored, verdict="distinction")


def test_a_good_one_has_all_points(seen):
    assert points(seen) == {row.id: row.most for row in ROWS}


def test_an_empty_one_has_none():
    assert set(points(Seen()).values()) == {0}


def test_what_cannot_be_scored_here_is_a_persons(seen):
    given = points(replace(seen, scored=None, unscored=True, verdict=None))
    assert [id for id, value in given.items() if value is None] == ["method.1", "measurement.1"]


@pytest.mark.parametrize(
    "verdict, given", [("distinction", 10), ("pass", 6), ("below the bar", 0), (None, None)]
)
def test_the_bar(seen, verdict, given):
    assert points(replace(seen, verdict=verdict))["method.1"] == given


@pytest.mark.parametrize(
    "looks, given", [(1, 5), (3, 5), (4, 3), (7, 1), (13, 0), (0, 0), (None, 0)]
)
def test_looks(seen, looks, given):
    report = {**seen.report, "looks": 0}
    assert points(replace(seen, looks=looks, report=report))["honesty.1"] == given


def test_more_looks_reported_than_recorded(seen):
    assert points(replace(seen, looks=1))["honesty.1"] == 0


@pytest.mark.parametrize("different, given", [(5, 4), (4, 4), (3, 2), (2, 0)])
def test_trials(seen, different, given):
    log = {**seen.log, "different": different}
    assert points(replace(seen, log=log))["method.2"] == given


@pytest.mark.parametrize(
    "row, name, value",
    [
        ("measurement.1", "scored", {"scores": {"mean_iou": 0.4}, "iou": {}}),
        ("honesty.2", "listed", {"altered": ["report.json"], "outcomes": {}}),
        ("honesty.2", "model", {"sha256": "1", "fault": None}),
        ("code.1", "listed", {"altered": [], "outcomes": {"runs": "wrong"}}),
        ("code.1", "notebook", {"in_order": False, "errors": 0, "pictures": 0, "paths": 0}),
        ("data.1", "notebook", {"in_order": True, "errors": 0, "pictures": 0, "paths": 1}),
        ("report.2", "card", {"written": 1, "sections": 2, "numbers": ["0.4000"]}),
    ],
)
def test_what_costs_the_points_of_a_row(seen, row, name, value):
    given = points(replace(seen, **{name: value}))
    assert given[row] == 0


def test_pictures_of_others_cost_points(seen):
    shown = {**seen.notebook, "pictures": 1}
    assert points(replace(seen, notebook=shown))["data.1"] == 4
    report = {**seen.report, "dataset": "camvid"}
    assert points(replace(seen, notebook=shown, report=report))["data.1"] == 0


def test_a_budget_that_was_not_kept_and_metrics_that_are_missing(seen):
    report = {**seen.report, "trained_seconds": 133.0}
    assert points(replace(seen, report=report))["measurement.3"] == 0
    held = {**seen.report["held_back"], "scores": {"mean_iou": 0.5}}
    assert points(replace(seen, report={**seen.report, "held_back": held}))["measurement.2"] == 0
