"""Where exercises are found: a folder a week, a file an exercise, named after its function.

Exercise 4.1 lives in `week4/dense_to_conv.py` under the name `dense_to_conv`; those of a notebook
that is no week have a letter: B.1, B.2, … in `bonus/`, P.1, P.2, … in `own_pictures/`, and
`final_project/` has questions alone, F.a, F.b, …. A folder's `ORDER` lists its files as the
notebook does. Only the folder that is asked for is imported.
"""

import difflib
import importlib

from segcourse.exercises.judging.exercise import Exercise
from segcourse.exercises.judging.places import LETTERS, folder, weeks
from segcourse.texts import _

__all__ = ["LETTERS", "Mistyped", "UnknownExercise", "all_exercises", "find", "folder", "weeks"]


class Mistyped(ValueError):
    """An argument of `check` or its relatives is wrong. Notebooks show its line and no stack."""

    def _render_traceback_(self):
        return [str(self)]


class UnknownExercise(Mistyped):
    """There is no exercise of this number."""


def find(id):
    """The exercise `id`.

    Args:
        id: str such as `"4.1"` or `"B.1"`; the float `4.1` and the small letter of `"b.1"` are
            understood.

    Raises:
        UnknownExercise: there is none; the nearest ones are named.
    """
    wanted = str(id).strip().upper()
    week, dot, _number = wanted.partition(".")
    if dot and week in weeks():
        for exercise in _in_week(week):
            if exercise.id == wanted:
                return exercise
    text = _("`id` must be an exercise; the nearest are {nearest}. Received: id={id}")
    raise UnknownExercise(text.format(nearest=_nearest(wanted), id=repr(id)))


def _nearest(wanted):
    """Those of the same week; otherwise those with a name or a number alike."""
    exercises = all_exercises()
    found = [e.id for e in exercises if e.id.partition(".")[0] == wanted.partition(".")[0]]
    names = {key: e.id for e in exercises for key in (e.id, e.function.upper())}
    found = found or [names[name] for name in difflib.get_close_matches(wanted, names, 3, 0)]
    return ", ".join(f'"{id}"' for id in dict.fromkeys(found))


def all_exercises():
    """All exercises of all weeks, in order."""
    return [exercise for week in weeks() for exercise in _in_week(week)]


def _in_week(week):
    names = importlib.import_module(folder(week)).ORDER
    paths = [f"{folder(week)}.{name}" for name in names]
    return [_exercise(path, f"{week}.{i}") for i, path in enumerate(paths, start=1)]


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
