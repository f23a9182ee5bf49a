"""What is kept of one exercise or question, and how an outcome is added to it.

    {"outcome": "wrong", "when": "2026-01-31T12:00:00+00:00", "attempts": 2,
     "first": "2026-01-31T11:52:10+00:00", "seen": "2026-01-31T12:00:00+00:00",
     "seconds": 470, "met": {"off by one": 2}}

The first three are in every entry, also in those of older versions of the course. `first` and
`seen` are the first and the latest look; `seconds` is the time spent, `met` counts what was wrong.
"""

from datetime import datetime

from segcourse.exercises.judging.record.outcome import Outcome

__all__ = ["PAUSE", "added", "entry_of", "moment"]

#: Seconds. What lies between two checks counts as work on the second one, unless it is longer.
PAUSE = 30 * 60
#: Different mistakes and faults that are counted for one exercise.
KINDS = 50
WORDS = 80  # characters that name one of them
_OUTCOMES = [outcome.value for outcome in Outcome]


def entry_of(found):
    """What an entry read from a file is good for, or None: the known keys that are as they should.

    Example:

    >>> entry_of({"outcome": "right", "when": "2026-01-31", "attempts": 1, "seconds": "long"})
    {'outcome': 'right', 'when': '2026-01-31', 'attempts': 1}
    """
    if not isinstance(found, dict) or not _is_entry(found):
        return None
    entry = {key: found[key] for key in ("outcome", "when", "attempts")}
    entry |= {key: found[key] for key in ("first", "seen") if moment(found.get(key)) is not None}
    if _is_count(found.get("seconds")):
        entry["seconds"] = found["seconds"]
    met = found.get("met")
    if isinstance(met, dict):
        sound = ((name, n) for name, n in met.items() if _is_count(n) and _is_name(name))
        entry["met"] = dict(list(sound)[:KINDS])
    return entry


def _is_entry(found):
    return (
        found.get("outcome") in _OUTCOMES
        and _is_count(found.get("attempts"))
        and isinstance(found.get("when"), str)
    )


def _is_name(text):
    """A few words: records come from other people, and are printed in a terminal."""
    return 0 < len(text) <= WORDS and text.isprintable()


def _is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9


def moment(text):
    """The time that is written in `text`, or None."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None


def added(record, id, outcome, met, now):
    """The record with one more outcome in it.

    Args:
        record: dict of entries; it stays as it is.
        id: of the exercise or question.
        outcome: an `Outcome`.
        met: str, what was wrong, or None.
        now: datetime with a time zone.

    Returns:
        A new dict of entries.
    """
    stamp = now.isoformat(timespec="seconds")
    entry = {"attempts": 0, "first": stamp, "seconds": 0, "met": {}, **record.get(id, {})}
    entry["seconds"] += _since_the_last_look(record, now)
    entry["seen"] = stamp
    if outcome is not Outcome.UNTOUCHED or id not in record:
        entry |= {"outcome": outcome.value, "when": stamp}
    entry["attempts"] += outcome is not Outcome.UNTOUCHED
    met = met and met[:WORDS]
    if met and (met in entry["met"] or len(entry["met"]) < KINDS):
        entry["met"] = {**entry["met"], met: entry["met"].get(met, 0) + 1}
    return {**record, id: entry}


def _since_the_last_look(record, now):
    """Seconds since anything was checked, 0 after a pause, or where a clock was set back."""
    looks = [moment(entry.get("seen") or entry["when"]) for entry in record.values()]
    looks = [look for look in looks if look is not None]
    passed = int((now - max(looks)).total_seconds()) if looks else 0
    return passed if 0 <= passed <= PAUSE else 0
