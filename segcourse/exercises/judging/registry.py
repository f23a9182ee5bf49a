"""Where exercises are found: a folder a week, a file an exercise, named after its function.

Exercise 4.1 lives in `week4/dense_to_conv.py` under the name `dense_to_conv`; the bonus, whose
exercises are B.1, B.2, …, in `bonus/`. A folder's `ORDER` lists its files as the notebook does.
Only the folder that is asked for is imported.
"""

import importlib
import pkgutil
import re

import segcourse.exercises
from segcourse.exercises.judging.exercise import Exercise

__all__ = ["all_exercises", "find"]

#: The letter before the dot of an exercise that belongs to no numbered week, and its folder.
LETTERS = {"B": "bonus"}


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
    """What stands before the dot: the numbers of the folders there are, then the letters."""
    folders = [module.name for module in pkgutil.iter_modules(segcourse.exercises.__path__)]
    numbers = [int(name[4:]) for name in folders if re.fullmatch(r"week\d+", name)]
    return [str(n) for n in sorted(numbers)] + [k for k, name in LETTERS.items() if name in folders]


def _in_week(week):
    folder = f"segcourse.exercises.{LETTERS.get(week, f'week{week}')}"
    names = importlib.import_module(folder).ORDER
    return [_exercise(f"{folder}.{name}", f"{week}.{i}") for i, name in enumerate(names, start=1)]


def _exercise(path, id):
    name = path.rpartition(".")[2]
    exercise = getattr(importlib.import_module(path), name, None)
    if not isinstance(exercise, Exercise):
        raise ValueError(f"{path} must hold an `Exercise` named `{name}`. Received: {exercise!r}")
    if (exercise.id, exercise.function) != (id, name):
        raise ValueError(
            f"By its place in `ORDER`, {path} is exercise {id} about `{name}`. "
            f"Received: exercise {exercise.id} about `{exercise.function}`"
        )
    return exercise
