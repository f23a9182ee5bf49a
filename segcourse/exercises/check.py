"""`check("4.1")`: has the student's function checked and says what came of it."""

import os
import sys

from segcourse.exercises.judging import record, registry
from segcourse.exercises.judging.judge import ExerciseError, Outcome, bind_reference, judge, missing

__all__ = ["check"]


def check(id):
    """Checks the exercise `id` in the notebook this is called from.

    Untouched and right answers get a line of print. Whenever the answer is not right, the reference
    function takes the name, so that the cells below run. With `SEGCOURSE_STRICT=1` an untouched
    exercise is an error as well.

    Args:
        id: str, as it stands in the notebook, `"4.1"`.

    Raises:
        ValueError: there is no such exercise.
        ExerciseError: the answer is wrong; the message says what came, what was expected, and
            helps.

    Example:

        from segcourse import check, hint, solution
        check("4.1")
    """
    exercise = registry.find(id)
    namespace = _notebook(sys._getframe(1).f_globals)
    if exercise.function in namespace:
        verdict = judge(exercise, namespace[exercise.function])
    else:
        verdict = missing(exercise)
    if verdict.outcome is not Outcome.RIGHT:
        bind_reference(exercise, namespace)
    record.note(exercise.id, verdict.outcome)
    if verdict.picture and exercise.picture:
        _show(exercise.picture, verdict.picture)
    strict = os.environ.get("SEGCOURSE_STRICT") == "1"
    if verdict.outcome is Outcome.WRONG or (strict and verdict.outcome is Outcome.UNTOUCHED):
        raise ExerciseError(verdict.message, verdict.printed)
    print(verdict.message)


def _notebook(otherwise):
    """The names of the running notebook; outside one, of the caller."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return otherwise if shell is None else shell.user_ns


def _show(draw, arguments):
    """Shows a picture in a notebook. One that cannot be drawn is left out: the words suffice."""
    if "IPython" not in sys.modules or sys.modules["IPython"].get_ipython() is None:
        return
    try:
        import matplotlib.pyplot as plt
        from IPython.display import display

        figure = draw(*arguments)
        plt.close(figure)
        display(figure)
    except Exception:
        return
