"""A record, counted."""

import pytest

from segcourse.progress.summary import (
    Counts,
    counts,
    minutes,
    mistakes,
    next_week,
    seconds,
    state,
)


def test_states(kim):
    assert [state(kim, id) for id in ("1.1", "1.2", "B.a", "B.1")] == [
        "right", "tried", "untouched", "untouched",
    ]  # fmt: skip


def test_counts_and_time(kim, weeks):
    assert counts(kim, weeks[0].entries) == Counts(1, 1, 0)
    assert counts(kim, weeks[1].entries) == Counts(0, 0, 2)
    assert seconds(kim, weeks[0].entries) == 1800 and seconds({}, weeks[0].entries) is None


def test_an_old_record_has_no_time(lee, weeks):
    assert seconds(lee, weeks[0].entries) is None and mistakes(lee, "B.1") == []


@pytest.mark.parametrize(
    "spent, said",
    [(None, "-"), (0, "< 1 min"), (29, "< 1 min"), (31, "1 min"), (3600, "1 h 0 min")],
)
def test_minutes(spent, said):
    assert minutes(spent) == said


def test_next_is_where_the_reader_was_last_or_the_first_open_one(weeks, kim):
    assert next_week({}, weeks) is weeks[0]
    assert next_week(kim, weeks) is weeks[0]  # of the same time as the second: the first
    later = {**kim, "B.a": {**kim["B.a"], "seen": "2026-02-01T12:00:00+00:00"}}
    assert next_week(later, weeks) is weeks[1]
    right = {entry.id: kim["1.1"] for week in weeks for entry in week.entries}
    assert next_week(right, weeks) is None
