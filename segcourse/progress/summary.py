"""A record, counted: how many are right, tried and untouched, how long it took, what was wrong."""

from dataclasses import dataclass

__all__ = ["STATES", "Counts", "counts", "minutes", "mistakes", "next_week", "seconds", "state"]

#: Of an exercise or a question. `tried` is an own answer that is not right.
STATES = ("right", "tried", "untouched")


@dataclass(frozen=True)
class Counts:
    """How many entries are in which state."""

    right: int = 0
    tried: int = 0
    untouched: int = 0

    @property
    def total(self):
        return self.right + self.tried + self.untouched


def state(record, id):
    """One of `STATES`, by the latest outcome.

    Example:

    >>> state({"4.1": {"outcome": "wrong", "when": "2026-01-31", "attempts": 1}}, "4.1")
    'tried'
    """
    entry = record.get(id, {})
    if entry.get("outcome") == "right":
        return "right"
    return "tried" if entry.get("attempts") else "untouched"


def counts(record, entries):
    """`Counts` of some entries of the course.

    Example:

    >>> from segcourse.progress.course import course
    >>> counts({}, course()[3].exercises)
    Counts(right=0, tried=0, untouched=8)
    """
    found = [state(record, entry.id) for entry in entries]
    return Counts(*(found.count(name) for name in STATES))


def seconds(record, entries):
    """What was spent on some entries, or None where no record of time was kept.

    Example:

    >>> from segcourse.progress.course import Entry
    >>> seconds({"4.1": {"seconds": 90}}, [Entry("4.1", "A"), Entry("4.2", "B")])
    90
    """
    kept = [record.get(entry.id, {}).get("seconds") for entry in entries]
    kept = [number for number in kept if number is not None]
    return sum(kept) if kept else None


def minutes(spent):
    """A number of seconds in words; a dash for None.

    Example:

    >>> minutes(20), minutes(600), minutes(4500), minutes(None)
    ('< 1 min', '10 min', '1 h 15 min', '-')
    """
    if spent is None:
        return "-"
    whole = round(spent / 60)
    if whole < 1:
        return "< 1 min"
    hours, rest = divmod(whole, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def mistakes(record, id):
    """What was wrong with the answers to one entry, as pairs (name, times), the commonest first.

    Example:

    >>> mistakes({"4.1": {"met": {"off by one": 1, "None": 2}}}, "4.1")
    [('None', 2), ('off by one', 1)]
    """
    met = record.get(id, {}).get("met", {})
    return sorted(met.items(), key=lambda pair: (-pair[1], pair[0]))


def next_week(record, weeks):
    """The `Week` to open next, or None where all is right.

    It is the one of the latest look if something is open in it, otherwise the first one with
    something open.

    Example:

    >>> from segcourse.progress.course import course
    >>> next_week({}, course()).label
    'Week 1'
    """
    open_ones = [week for week in weeks if counts(record, week.entries).right < len(week.entries)]
    if not open_ones:
        return None
    return max(open_ones, key=lambda week: _latest_look(record, week))


def _latest_look(record, week):
    """As text, which sorts as the times do; empty without one."""
    looks = [record.get(entry.id, {}) for entry in week.entries]
    return max((look.get("seen") or look.get("when", "") for look in looks), default="")
