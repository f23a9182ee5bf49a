"""A call, as a student is shown it: whole where it is small, in a few words where it is not."""

import numbers

import numpy as np

from segcourse.exercises.judging.compare import Tuple, describe, plain
from segcourse.texts import _

__all__ = ["MOST", "call_of", "whole"]

#: So many numbers at most are shown, of all arguments together.
MOST = 30
LONGEST = 240  # characters of one argument


def call_of(exercise, case):
    """`box_iou(a=(0, 0, 4, 2), b=(2, 0, 6, 2))`"""
    arguments = case.named(exercise.right.once)
    small = sum(_count(plain(value)) for _name, value in arguments) <= MOST
    shown = (f"{name}={_shown(value, small)}" for name, value in arguments)
    return f"{exercise.function}({', '.join(shown)})"


def whole(value):
    """A value as Python writes it, arrays with their numbers, on one line.

    Example:

    >>> whole(np.array([[1, 2], [3, 4]], "uint8"))
    'array([[1, 2], [3, 4]], uint8)'
    >>> whole([(3, 1, 0.5)])
    '[(3, 1, 0.5)]'
    """
    return _written(plain(value))


def _written(value):
    if isinstance(value, Tuple):
        end = ",)" if len(value) == 1 else ")"
        return "(" + ", ".join(map(_written, value)) + end
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, np.ndarray) and value.ndim > 0:
        text = np.array2string(value, 10_000, 5, separator=", ", floatmode="maxprec")
        text = " ".join(text.split())
        usual = value.dtype in (np.dtype("int64"), np.dtype("float64"), np.dtype(bool))
        return f"array({text})" if usual else f"array({text}, {value.dtype})"
    return describe(value)


def _shown(value, small):
    text = whole(value) if small else describe(value)
    if len(text) <= LONGEST:
        return text
    text = describe(value)
    if len(text) <= LONGEST:
        return text
    if not hasattr(value, "__len__"):
        return _("a {kind}").format(kind=type(value).__name__)
    return _("a {kind} of {count}").format(kind=type(value).__name__, count=len(value))


def _count(value):
    """How many numbers are in it."""
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, dict):
        return sum(_count(item) for item in value.values())
    if isinstance(value, list):
        return sum(map(_count, value))
    return 1 if isinstance(value, numbers.Number) else 0
