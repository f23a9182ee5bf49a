"""A right result in other forms: what the function returns is the reference's, changed mechanically.

Nobody has to think of them: where a check accepts one, the cells below must go on with it.
"""

import functools

import numpy as np
from keras import ops


def forms():
    """The forms: a dict of name -> function of a result. One that changes nothing is no form."""
    return {
        "as lists": lambda value: _numpy(value).tolist(),
        "in the widest dtype": lambda value: _widest(value),
        "as tensors": lambda value: None if ops.is_tensor(value) else ops.convert_to_tensor(value),
        "as arrays": lambda value: _numpy(value) if ops.is_tensor(value) else None,
    }


def in_form(function, change):
    """The function, with every array and tensor of its result changed; says if there was one."""

    @functools.wraps(function)
    def changed(*args, **kwargs):
        return _changed(function(*args, **kwargs), change, changed)

    changed.differs = False
    return changed


def _changed(value, change, notes):
    if isinstance(value, dict):
        return {key: _changed(item, change, notes) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return type(value)(_changed(item, change, notes) for item in value)
    if not ops.is_tensor(value) and not isinstance(value, np.ndarray):
        return value
    new = change(value)
    notes.differs |= new is not None
    return value if new is None else new


def _numpy(value):
    return ops.convert_to_numpy(value)


def _widest(value):
    """float64 and int64, where it is an array of another width."""
    if ops.is_tensor(value):
        return None
    wide = {"f": "float64", "i": "int64", "u": "int64"}.get(value.dtype.kind)
    return None if wide is None or value.dtype == wide else value.astype(wide)
