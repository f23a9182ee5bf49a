"""Where questions are found: the tuple `QUESTIONS` of a week's `questions.py`."""

import importlib
import importlib.util

from segcourse.exercises.judging.registry import Mistyped, folder, weeks
from segcourse.texts import _

__all__ = ["all_questions", "find"]


def find(id):
    """The question `id`.

    Args:
        id: str such as `"4.a"`; a capital letter is understood.

    Raises:
        Mistyped: there is none; those of the week are named, or all.
    """
    wanted = str(id).strip().lower()
    questions = all_questions()
    for question in questions:
        if question.id.lower() == wanted:
            return question
    same_week = [q.id for q in questions if q.id.lower().startswith(wanted.partition(".")[0] + ".")]
    known = ", ".join(f'"{id}"' for id in same_week or [q.id for q in questions])
    text = _("`id` must be a question; there are {known}. Received: id={id}")
    raise Mistyped(text.format(known=known or "none", id=repr(id)))


def all_questions():
    """All questions of all weeks, in order."""
    return [question for week in weeks() for question in _in_week(week)]


def _in_week(week):
    name = f"{folder(week)}.questions"
    if importlib.util.find_spec(name) is None:
        return ()
    questions = importlib.import_module(name).QUESTIONS
    wanted = [f"{week}.{letter}" for letter in "abcdefgh"[: len(questions)]]
    came = [question.id for question in questions]
    if came != wanted:
        raise ValueError(f"The questions of {name} must have the ids {wanted}. Received: {came}")
    return questions
