"""The door for anything that shall become one NumPy array."""

import numpy as np


def as_array(whose, value):
    """Return `value` as one array of numbers.

    Example:

    >>> as_array("`labels`", [[0, 1]]).shape
    (1, 2)

    Args:
        whose: what the value is called in errors, such as "`labels`".
        value: an array, a tensor, or nested lists of numbers.

    Returns:
        NumPy array; no copy is made of one.

    Raises:
        ValueError: for parts of different shapes, for masked arrays, whose mask would be lost, and
            for what is no array of numbers.
    """
    parts = value if isinstance(value, list | tuple) else (value,)
    if any(np.ma.isMaskedArray(part) for part in parts):
        raise ValueError(
            f"{whose} must be a plain array, without a mask: give void pixels the id of void, and "
            "other pixels a value. Received: a masked array"
        )
    try:
        array = np.asarray(value)
    except ValueError as error:
        if "inhomogeneous" not in str(error):
            raise ValueError(f"{whose} must be an array of numbers. Received: {error}") from error
        array = None
    if array is None or array.dtype.kind == "O":
        raise ValueError(
            f"{whose} must be one array, whose parts have one shape: crop or resize them first. "
            f"Received: {_shapes(value)}"
        )
    if array.dtype.kind in "SU":
        raise ValueError(f"{whose} must be an array of numbers. Received: dtype={array.dtype}")
    return array


def is_floating(array):
    """Whether an array holds floats; NumPy itself does not count bfloat16 among them."""
    return array.dtype.kind == "f" or array.dtype.name == "bfloat16"


def _shapes(value, most=4):
    """The different shapes of the parts, for an error message."""
    shapes = []
    for part in value if isinstance(value, list | tuple | np.ndarray) else ():
        try:
            shape = np.shape(part)
        except ValueError:  # ragged itself
            shape = "parts that differ"
        if shape not in shapes:
            shapes.append(shape)
    if not shapes or len(shapes) == 1:
        return type(value).__name__
    shown = ", ".join(map(str, shapes[:most]))
    return f"shapes {shown}{' and others' if len(shapes) > most else ''}"
