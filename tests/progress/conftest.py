"""A small course and records of it."""

import pytest

from segcourse.progress.course import Entry, Week


def entry(outcome="right", attempts=1, **rest):
    return {"outcome": outcome, "when": "2026-01-31T12:00:00+00:00", "attempts": attempts, **rest}


@pytest.fixture
def weeks():
    first = Week("1", "week1", (Entry("1.1", "Box & mask"), Entry("1.2", "IoU")), ())
    second = Week("B", "bonus", (Entry("B.1", "Rate"),), (Entry("B.a", "Holes?"),))
    return (first, second)


@pytest.fixture
def kim():
    return {
        "1.1": entry(attempts=3, seconds=600, met={"off by one": 2}),
        "1.2": entry("wrong", 4, seconds=1200, met={"<b>None</b>": 1}),
        "B.a": entry("untouched", 0, seconds=60),
    }


@pytest.fixture
def lee():
    return {"1.2": entry("wrong", 2, met={"<b>None</b>": 5}), "B.1": entry("wrong", 1)}
