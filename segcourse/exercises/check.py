"""`check("4.1")`: has the student's function checked and says what came of it."""

import os
import sys

from segcourse.exercises.failed import remember
from segcourse.exercises.judging import record, registry
from segcourse.exercises.judging.cell import stale
from segcourse.exercises.judging.judge import ExerciseError, Outcome, bind_reference, judge, wrong
from segcourse.texts import _

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
        ExerciseError: the answer is wrong; the message helps, says what came and what was
            expected, and how `failed` gives the function and the input back.

    Example:

        from segcourse import check, failed, hint, solution
        check("4.1")
    """
    exercise = registry.find(id)
    namespace = _notebook(sys._getframe(1).f_globals)
    verdict = _verdict(exercise, namespace)
    remember(exercise.id, verdict.failing)
    if verdict.outcome is not Outcome.RIGHT:
        bind_reference(exercise, namespace)
    record.note(exercise.id, verdict.outcome, verdict.met)
    if verdict.picture and exercise.picture:
        _show(exercise.picture, verdict.picture)
    strict = os.environ.get("SEGCOURSE_STRICT") == "1"
    if verdict.outcome is Outcome.WRONG or (strict and verdict.outcome is Outcome.UNTOUCHED):
        raise ExerciseError(verdict.message, verdict.printed)
    print(verdict.message)


def _verdict(exercise, namespace):
    """On the function, unless what stands under its name is not what the cell says now."""
    shell = _shell()
    found = stale(exercise, namespace, shell and shell.transform_cell) if shell else None
    if found:
        return wrong(exercise, found, help="")
    if exercise.function in namespace:
        return judge(exercise, namespace[exercise.function])
    what = _("There is no `{name}`. Run the exercise cell above first.")
    return wrong(exercise, what.format(name=exercise.function), help="")


def _shell():
    """IPython's, in a notebook; None outside one."""
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


def _notebook(otherwise):
    """The names of the running notebook; outside one, of the caller."""
    shell = _shell()
    return otherwise if shell is None else shell.user_ns


def _show(draw, arguments):
    """Shows a picture in a notebook. One that cannot be drawn is left out: the words suffice."""
    if _shell() is None:
        return
    try:
        import matplotlib.pyplot as plt
        from IPython.display import display

        figure = draw(*arguments)
        plt.close(figure)
        display(figure)
    except Exception:
        return
