"""What is kept of an exercise: what was wrong, and time."""

from datetime import UTC, datetime, timedelta

import pytest

from segcourse.exercises.judging.record.entries import KINDS, added, entry_of
from segcourse.exercises.judging.record.outcome import Outcome

START = datetime(2026, 1, 31, 12, tzinfo=UTC)
OLD = {"outcome": "wrong", "when": "2026-01-31T12:00:00+00:00", "attempts": 3}


def after(record, minutes, id="4.1", outcome=Outcome.WRONG, met=None):
    return added(record, id, outcome, met, START + timedelta(minutes=minutes))


def test_time_belongs_to_the_exercise_that_was_checked_after_it():
    record = after({}, 0, "4.1")
    record = after(record, 10, "4.2")
    record = after(record, 15, "4.1")
    assert (record["4.1"]["seconds"], record["4.2"]["seconds"]) == (300, 600)
    assert record["4.1"]["first"].startswith("2026-01-31T12:00")
    assert record["4.1"]["seen"].startswith("2026-01-31T12:15")


def test_a_pause_and_a_clock_that_was_set_back_do_not_count():
    record = after(after(after({}, 0), 29), 60)
    assert record["4.1"]["seconds"] == 29 * 60
    assert after(record, 10)["4.1"]["seconds"] == 29 * 60


def test_an_untouched_cell_later_is_a_look_and_undoes_nothing():
    record = after({}, 0, outcome=Outcome.RIGHT)
    record = after(record, 10, outcome=Outcome.UNTOUCHED)
    found = record["4.1"]
    assert (found["outcome"], found["attempts"], found["seconds"]) == ("right", 1, 600)
    assert found["when"].startswith("2026-01-31T12:00")


def test_what_was_wrong_is_counted_within_bounds():
    record = {}
    for number in range(KINDS + 5):
        record = after(record, 0, met=f"kind {number}")
    record = after(record, 0, met="kind 3")
    assert len(record["4.1"]["met"]) == KINDS and record["4.1"]["met"]["kind 3"] == 2
    assert entry_of(record["4.1"]) == record["4.1"]
    assert list(after({}, 0, met="x" * 500)["4.1"]["met"]) == ["x" * 80]


def test_the_record_given_stays_as_it_was():
    record = after({}, 0, met="off by one")
    before = repr(record)
    after(record, 5, met="off by one")
    assert repr(record) == before


@pytest.mark.parametrize(
    "odd",
    [
        {"seconds": "long"}, {"seconds": True}, {"seconds": -1}, {"met": [1]}, {"first": 7},
        {"seen": "yesterday"}, {"seen": "2026-01-31"}, {"other": 1},
    ],
)  # fmt: skip
def test_what_is_odd_is_left_out(odd):
    assert entry_of({**OLD, **odd}) == OLD


def test_names_that_a_terminal_would_obey_are_left_out():
    assert entry_of({**OLD, "met": {"\x1b[2J": 1, "fine": 2, "bad": "x"}})["met"] == {"fine": 2}


@pytest.mark.parametrize("odd", [3, None, {}, {**OLD, "attempts": "3"}, {**OLD, "outcome": "done"}])
def test_what_is_no_entry(odd):
    assert entry_of(odd) is None
