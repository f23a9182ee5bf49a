"""Arguments that are data and nothing else: copied, compared."""

import numpy as np

__all__ = ["copied", "is_data", "same"]

PLAIN = (type(None), bool, int, float, complex, str, bytes, np.generic)


def is_data(value):
    """Whether it is a number, a text, an array, or a container of them: no layer, no function."""
    if isinstance(value, dict):
        return all(map(is_data, value.values()))
    if type(value) in (tuple, list):
        return all(map(is_data, value))
    return isinstance(value, PLAIN) or isinstance(value, np.ndarray) and value.dtype != object


def copied(value):
    """A copy of it, in depth."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (tuple, list)):
        return type(value)([copied(item) for item in value])
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return value


def same(one, other):
    """Whether two are the same to the last digit, types too; what is no data always is."""
    if not is_data(one):
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and _equal(one, other)
    if isinstance(one, (tuple, list)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return one == other or (one != one and other != other)


def _equal(one, other):
    if one.dtype.kind in "fc":
        return np.array_equal(one, other, equal_nan=True)
    return np.array_equal(one, other)
