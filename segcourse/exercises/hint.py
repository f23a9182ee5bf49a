"""`hint("4.1")`: one hint after the other."""

from segcourse.exercises.judging import registry
from segcourse.texts import _

__all__ = ["hint"]

_given = {}


def hint(id, number=None):
    """Prints the first hint of the exercise `id`, and the next one on every further call.

    Args:
        id: str, as it stands in the notebook, `"4.1"`.
        number: int, which hint to show, from 1 on; by default the next one.

    Raises:
        ValueError: there is no such exercise, or no such hint.

    Example:

        from segcourse import hint
        hint("4.1")
        hint("4.1", 1)  # the first one again
    """
    exercise = registry.find(id)
    total = len(exercise.hints)
    if number is None:
        number = _given.get(exercise.id, 0) + 1
        _given[exercise.id] = min(number, total)
    elif number not in range(1, total + 1):
        text = _("`number` must be one of 1 to {total}. Received: number={number}")
        raise registry.Mistyped(text.format(total=total, number=repr(number)))
    if number > total:
        text = _(
            'That was the last of {total} hints; hint("{id}", 1) shows the first one again. '
            'One way to write it: solution("{id}")'
        )
        print(text.format(id=exercise.id, total=total))
        return
    text = _("Hint {number} of {total}: {hint}")
    print(text.format(number=number, total=total, hint=_(exercise.hints[number - 1])))
    if number == total:
        text = _('This is the last hint. One way to write it: solution("{id}")')
        print(text.format(id=exercise.id))
