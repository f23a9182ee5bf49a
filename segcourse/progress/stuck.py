"""Where a class is stuck: its records, counted exercise by exercise."""

import statistics
from collections import Counter
from dataclasses import dataclass

from segcourse.progress.summary import Counts, state

__all__ = ["Row", "rows", "stuck"]


@dataclass(frozen=True)
class Row:
    """One exercise or question over all records.

    Attributes:
        entry: the `Entry`.
        counts: `Counts` of people.
        attempts: median of the attempts of those who tried; None where nobody has.
        seconds: median of the time of those who have a record of it, or None.
        met: list of pairs (mistake, people who met it), the commonest first.
    """

    entry: object
    counts: Counts
    attempts: float | None
    seconds: float | None
    met: list


def rows(weeks, records):
    """A `Row` for each exercise and question, in the order of the course.

    Args:
        weeks: of `course()`.
        records: list of records.

    Example:

    >>> from segcourse.progress.course import course
    >>> record = {"1.1": {"outcome": "wrong", "attempts": 3, "met": {"off by one": 3}}}
    >>> rows(course(), [record, {}])[0].counts
    Counts(right=0, tried=1, untouched=1)
    """
    return [_row(entry, records) for week in weeks for entry in week.entries]


def _row(entry, records):
    found = Counter(state(record, entry.id) for record in records)
    kept = [record[entry.id] for record in records if entry.id in record]
    attempts = [one["attempts"] for one in kept if one["attempts"]]
    spent = [one["seconds"] for one in kept if "seconds" in one]
    people = Counter(name for one in kept for name in one.get("met", {}))
    return Row(
        entry,
        Counts(found["right"], found["tried"], found["untouched"]),
        statistics.median(attempts) if attempts else None,
        statistics.median(spent) if spent else None,
        sorted(people.items(), key=lambda pair: (-pair[1], pair[0])),
    )


def stuck(found, number=3):
    """The rows in which most people have tried and are not right, the worst first.

    With as many people in two, the one with more attempts comes first. Rows in which nobody is
    stuck are not among them.

    Example:

    >>> stuck([])
    []
    """
    candidates = [row for row in found if row.counts.tried]
    return sorted(candidates, key=lambda row: (-row.counts.tried, -(row.attempts or 0)))[:number]
