"""`failed("4.1")`: the student's own function and the input it was wrong for, to look into."""

from segcourse.exercises.judging import registry
from segcourse.texts import _

__all__ = ["failed", "remember"]

_last = {}


def failed(id):
    """Gives back what the last check of the exercise `id` went wrong with.

    After a wrong answer the reference stands under the function's name. This is how to call one's
    own function again, outside the check, where it may print and where errors show their stack.

    Args:
        id: str, as it stands in the notebook, `"4.1"`.

    Returns:
        (function, inputs): the student's function and a tuple of its arguments, made anew on every
        call, so that they may be changed.

    Raises:
        ValueError: there is no such exercise, or its last check found no wrong input.

    Example:

        from segcourse import failed
        yours, inputs = failed("4.1")
        yours(*inputs)
    """
    exercise = registry.find(id)
    if exercise.id not in _last:
        text = _(
            "`id` must be an exercise whose last check was wrong for some input. Received: id={id}"
        )
        raise registry.Mistyped(text.format(id=repr(id)))
    failing = _last[exercise.id]
    return failing.function, failing.arguments(exercise)


def remember(id, failing):
    """Keeps what a check went wrong with; None forgets it."""
    if failing is None:
        _last.pop(id, None)
    else:
        _last[id] = failing
