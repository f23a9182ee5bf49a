"""Checks of what is handed to a layer that changes the size of a map."""

import numbers


def positive_integer(name, value):
    """Return `value` as a Python integer of at least 1, or raise a ValueError."""
    whole = isinstance(value, numbers.Integral) and not isinstance(value, bool)
    if not whole or value < 1:
        raise ValueError(f"`{name}` must be a positive integer. Received: {name}={value!r}")
    return int(value)


def positive_pair(name, value):
    """Return `value` as two positive integers, along height and width."""
    pair = _pair(value)
    if pair is None or min(pair) < 1:
        raise ValueError(
            f"`{name}` must be a positive integer or a pair (height, width) of them. "
            f"Received: {name}={value}"
        )
    return pair


def paddings(value, kernel_size, names=()):
    """Return `value` as one of `names`, or as two integers of at least 0, along height and width.

    `"half"` is `kernel_size // 2`, `"full"` is `kernel_size - 1`.
    """
    if isinstance(value, str):
        if value in names:
            return value
        sides = {"half": [k // 2 for k in kernel_size], "full": [k - 1 for k in kernel_size]}
        if value in sides:
            return tuple(sides[value])
    pair = _pair(value)
    if pair is None or min(pair) < 0:
        words = ", ".join(f'"{name}"' for name in (*names, "half", "full"))
        raise ValueError(
            f"`padding` must be {words}, an integer of at least 0, or a pair (height, width) of "
            f"them. Received: padding={value!r}"
        )
    return pair


def _pair(value):
    """Return an integer, or two, as a pair of Python integers; None for everything else."""
    pair = tuple(value) if isinstance(value, (list, tuple)) else (value, value)
    whole = all(isinstance(n, numbers.Integral) and not isinstance(n, bool) for n in pair)
    return tuple(int(n) for n in pair) if len(pair) == 2 and whole else None
