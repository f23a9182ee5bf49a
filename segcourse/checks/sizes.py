"""The door for sizes, counts, seeds and other numbers."""

import math
import numbers
import operator
from collections.abc import Mapping, Set


def is_integer(value):
    """Whether `value` is an integer, Python's or NumPy's; True and False are none."""
    if type(value) is int:  # most are: asking for an abstract class takes ten times as long
        return True
    return isinstance(value, numbers.Integral) and not isinstance(value, bool)


def is_number(value):
    """Whether `value` is a real and finite number; True and False are none."""
    real = isinstance(value, numbers.Real) and not isinstance(value, bool)
    return real and math.isfinite(value)


def integer(name, value):
    """Return `value` as a Python integer; raise a ValueError for everything that is none.

    Python's own, since sums of NumPy's small integers overflow.

    Example:

    >>> import numpy as np
    >>> integer("void", np.uint8(255)) + 1
    256
    """
    if not is_integer(value):
        raise ValueError(f"`{name}` must be an integer. Received: {name}={value!r}")
    return int(value)


def positive_integer(name, value):
    """Return `value` as a Python integer of at least 1, or raise a ValueError."""
    if not is_integer(value) or value < 1:
        raise ValueError(f"`{name}` must be a positive integer. Received: {name}={value!r}")
    return int(value)


def integer_from_zero(name, value):
    """Return `value` as a Python integer of at least 0, or raise a ValueError."""
    if not is_integer(value) or value < 0:
        raise ValueError(f"`{name}` must be an integer from 0 on. Received: {name}={value!r}")
    return int(value)


def seed(name, value):
    """Return what counts as an index, such as a tensor of one integer, from 0 on, as an int."""
    try:
        number = -1 if isinstance(value, bool) else operator.index(value)
    except TypeError:
        number = -1
    if number < 0:
        raise ValueError(f"`{name}` must be an integer from 0 on. Received: {name}={value!r}")
    return number


def integer_of_at_least(name, value, least):
    """Return `value` as a Python integer of at least `least`, or raise a ValueError."""
    if not is_integer(value) or value < least:
        raise ValueError(
            f"`{name}` must be an integer of at least {least}. Received: {name}={value!r}"
        )
    return int(value)


def pair_of_integers(value):
    """Return an integer, or two, as a pair of Python integers; None for everything else."""
    pair = tuple(value) if isinstance(value, list | tuple) else (value, value)
    right = len(pair) == 2 and all(map(is_integer, pair))
    return tuple(map(int, pair)) if right else None


def positive_pair(name, value):
    """Return `value` as two positive integers, along height and width."""
    pair = pair_of_integers(value)
    if pair is None or min(pair) < 1:
        raise ValueError(
            f"`{name}` must be a positive integer or a pair (height, width) of them. "
            f"Received: {name}={value!r}"
        )
    return pair


def number(name, value, allows=lambda value: True, allowed="that is finite"):
    """Return `value` as a float.

    Example:

    >>> number("rate", 2, lambda value: value > 0, "above 0")
    2.0

    Args:
        name: of the argument.
        value: a finite number.
        allows: function of it that says whether it is allowed.
        allowed: the same in words, behind "a number".

    Raises:
        ValueError: for everything else.
    """
    if not is_number(value) or not allows(value):
        raise ValueError(f"`{name}` must be a number {allowed}. Received: {name}={value!r}")
    return float(value)


def number_from_zero(name, value):
    """Return `value` as a float of at least 0, or raise a ValueError."""
    return number(name, value, lambda value: value >= 0, "from 0 on")


def choice(name, value, choices):
    """Return `value`, which must be one of `choices` and of their type; ValueError otherwise."""
    # Only then is it compared: a list cannot be looked up, and 8.0 and True equal integers.
    whole = is_integer(value)
    if (whole or isinstance(value, str)) and value in choices:
        return int(value) if whole else value
    words = [f'"{one}"' if isinstance(one, str) else str(one) for one in choices]
    raise ValueError(
        f"`{name}` must be {', '.join(words[:-1])} or {words[-1]}. Received: {name}={value!r}"
    )


def class_weights(name, value):
    """Return a weight for every class in order as a tuple of floats, None for None.

    Example:

    >>> class_weights("class_weights", [1, 5])
    (1.0, 5.0)

    Raises:
        ValueError: for a dict or a set, which have no order, a text, weights that are negative or
            no numbers, and weights that are all 0.
    """
    if value is None:
        return None
    if isinstance(value, Mapping | Set):
        raise ValueError(
            f"`{name}` must be a sequence, one weight for each class in order. "
            f"Received: {name}={value!r}"
        )
    try:
        weights = () if isinstance(value, str | bytes) else tuple(map(float, value))
    except (TypeError, ValueError):
        weights = ()
    if not weights or not all(0 <= one < math.inf for one in weights) or not any(weights):
        raise ValueError(
            f"`{name}` must be a weight of 0 or more for each class, or None. "
            f"Received: {name}={value!r}"
        )
    return weights
