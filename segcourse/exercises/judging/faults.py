"""What is wrong with one call, as a sentence."""

from dataclasses import dataclass

from segcourse.exercises.judging.compare import describe
from segcourse.exercises.judging.recognise import error_text
from segcourse.texts import N_, _

__all__ = ["Fault", "fault"]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a trial.

    Attributes:
        text: a sentence.
        name: a few words, for the record.
        alone: whether the sentence says all there is to say.
    """

    text: str
    name: str
    alone: bool = False


def fault(exercise, came, expected):
    """What is wrong with one trial, as a `Fault`, or None.

    Args:
        exercise: an `Exercise`.
        came: the student's trial.
        expected: the reference's trial of the same case.
    """
    if came.ended == "signature":
        names = came.case.named(exercise.right.once)
        asked = ", ".join(argument for argument, _value in names)
        text = _("`{call}` is asked for, and yours is not called like this: {error}.")
        call = f"{exercise.function}({asked})"
        text = text.format(call=call, error=str(came.error).rstrip("."))
        return Fault(text, N_("other arguments than asked for"), alone=True)
    if came.ended == "timeout":
        text = _("it did not come to an end within {seconds} s: is a loop endless?")
        text = text.format(seconds=f"{exercise.seconds:g}")
        return Fault(text, N_("no end within the time"))
    if came.changed:
        # Said alone: whatever else came may well come of it.
        text = _("your function changed its input `{name}`: work on a copy.")
        return Fault(text.format(name=came.changed), N_("changed its input"), alone=True)
    if came.ended == "error":
        return Fault(_raised(came), type(came.error).__name__)
    if came.value is None and expected.value is not None:
        text = _("it returned None, expected {value}: is a `return` missing?")
        text = text.format(value=describe(expected.value))
        return Fault(text, N_("returned None"), alone=True)
    difference = _difference(exercise, came.value, expected.value)
    return difference and Fault(_ended(difference), N_("another result"))


def _ended(difference):
    """With a full stop, where it has no end of its own."""
    if difference.endswith((".", "?")):
        return difference
    return _("{difference}.").format(difference=difference)


def _raised(came):
    if isinstance(came.error, SystemExit):
        return _("your function left Python with `sys.exit`; a function ends with `return`.")
    text = error_text(came.error).splitlines()
    error = type(came.error).__name__ + (f": {text[0][:200]}" if text else "")
    error = error.rstrip(".")
    if came.line is None:
        return _("your function raised {error}.").format(error=error)
    number, code = came.line
    if not code:
        return _("line {number} of your cell raised {error}.").format(number=number, error=error)
    said = _("line {number} of your cell, `{code}`, raised {error}.")
    return said.format(number=number, code=code, error=error)


def _difference(exercise, got, expected):
    try:
        return exercise.compare(got, expected)
    except Exception as error:
        text = _("it is {value}, which cannot be compared ({error}).")
        return text.format(value=describe(got), error=f"{type(error).__name__}: {error}")
