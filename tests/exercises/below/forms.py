"""A right result in other forms: what a function returns is the reference's, changed mechanically.

Nobody has to think of them: where a check accepts one, the cells below must go on with it.
"""

import functools

import numpy as np
from keras import ops


def forms():
    """The forms, a dict of name -> function: it gives a part of a result in this form, or None."""
    return {
        "arrays as lists": lambda part: _numpy(part).tolist() if _is_array(part) else None,
        "arrays in the widest dtype": _widest,
        "arrays as tensors": lambda part: (
            ops.convert_to_tensor(part) if isinstance(part, np.ndarray) else None
        ),
        "tensors as arrays": lambda part: _numpy(part) if ops.is_tensor(part) else None,
        "numbers as NumPy's": _numpy_number,
        "numbers as Python's": lambda part: part.item() if isinstance(part, np.generic) else None,
        "tuples as lists": lambda part: list(part) if isinstance(part, tuple) else None,
    }


def in_form(function, form):
    """The function, with its result in a form. Its `differs` says whether that changed anything."""

    @functools.wraps(function)
    def formed(*args, **kwargs):
        return _formed(function(*args, **kwargs), form, formed)

    formed.differs = False
    return formed


def _formed(value, form, notes):
    """The value with all its parts in the form; in the `notes`, whether it has such parts."""
    new = form(value)
    notes.differs |= new is not None
    value = value if new is None else new
    if isinstance(value, dict):
        return {key: _formed(item, form, notes) for key, item in value.items()}
    if type(value) in (tuple, list):
        return type(value)(_formed(item, form, notes) for item in value)
    return value


def _is_array(value):
    return isinstance(value, np.ndarray) or ops.is_tensor(value)


def _numpy(value):
    return ops.convert_to_numpy(value)


def _widest(part):
    """float64 and int64, where it is an array of another width."""
    kind = part.dtype.kind if isinstance(part, np.ndarray) else None
    wide = {"f": "float64", "i": "int64", "u": "int64"}.get(kind)
    return None if wide is None or part.dtype == wide else part.astype(wide)


def _numpy_number(part):
    kinds = {bool: np.bool_, int: np.int64, float: np.float64}
    return kinds[type(part)](part) if type(part) in kinds else None
