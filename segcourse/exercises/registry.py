"""Where exercises are found: every `Exercise` in the globals of a `week*.py` of this package.

Exercise 4.1 lives in `week4.py`, exercise B.1, of the bonus, in `weekB.py`. Only that file is
imported when it is asked for.
"""

import importlib
import pkgutil
import re

import segcourse.exercises
from segcourse.exercises.exercise import Exercise

__all__ = ["all_exercises", "find"]


def find(id):
    """The exercise `id`, a str such as `"4.1"`. ValueError, naming those there are, if not."""
    week, dot, _ = str(id).partition(".")
    if isinstance(id, str) and dot and week in _weeks():
        for exercise in _in_week(week):
            if exercise.id == id:
                return exercise
    known = ", ".join(exercise.id for exercise in all_exercises())
    raise ValueError(
        f"`id` must be one of these exercises: {known or '(none)'}. Received: id={id!r}"
    )


def all_exercises():
    """All exercises of all weeks, in order."""
    return [exercise for week in _weeks() for exercise in _in_week(week)]


def _weeks():
    """What follows "week" in the names of the files there are: numbers first, in order."""
    names = [module.name for module in pkgutil.iter_modules(segcourse.exercises.__path__)]
    return sorted((n[4:] for n in names if re.fullmatch("week[^_]+", n)), key=_order)


def _in_week(week):
    module = importlib.import_module(f"segcourse.exercises.week{week}")
    found = {}
    for value in vars(module).values():
        if not isinstance(value, Exercise) or not value.id.startswith(f"{week}."):
            continue
        if found.setdefault(value.id, value) is not value:
            raise ValueError(f"{module.__name__} has two exercises {value.id}")
    return [found[id] for id in sorted(found, key=_order)]


def _order(text):
    return [
        (not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in text.split(".")
    ]
