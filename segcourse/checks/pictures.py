"""The door for pictures: uint8 from 0 to 255, or float from 0 to 1."""

import numpy as np

from segcourse.checks.arrays import as_array, is_floating

# So much beyond 0..1 is the rounding of a resize, and is cut off; more is a mistake.
ROUNDING = 1e-3


def pictures(whose, value):
    """Return a batch of pictures as an array.

    Example:

    >>> float(pictures("`images`", np.full((1, 2, 2, 3), 1.0000001)).max())
    1.0

    Args:
        whose: what they are called in errors, such as "`images`".
        value: `[n, height, width, channels]`, uint8 0..255 or float 0..1.

    Returns:
        NumPy array, uint8 or float; no copy but of pictures that rounding took out of 0..1.

    Raises:
        ValueError: for another shape or kind, no pictures, pictures of different sizes, float
            values out of 0..1, and NaN.
    """
    array = as_array(whose, value)
    if array.ndim != 4:
        raise ValueError(
            f"{whose} must be [n, height, width, channels]. Received: shape={array.shape}"
        )
    return _in_range(whose, array)


def picture(whose, value, channels=None):
    """Return one picture `[height, width, channels]` as an array, as `pictures` does several.

    `channels` is how many it must have, None for any number.
    """
    array = as_array(whose, value)
    if array.ndim != 3 or array.size == 0 or channels not in (None, array.shape[-1]):
        kind = "channels]" if channels is None else f"channels] of the model's {channels} channels"
        raise ValueError(
            f"{whose} must be one picture [height, width, {kind}. Received: shape={array.shape}"
        )
    return _in_range(whose, array)


def as_floats(array):
    """Checked pictures as float32 from 0 to 1."""
    return array.astype("float32") / np.float32(255 if array.dtype == np.uint8 else 1)


def _in_range(whose, array):
    if array.size == 0:
        raise ValueError(f"{whose} must not be empty. Received: shape={array.shape}")
    if array.dtype == np.uint8:
        return array
    if not is_floating(array):
        raise ValueError(f"{whose} must be uint8 or float. Received: dtype={array.dtype}")
    if array.dtype.kind != "f":  # bfloat16, which TensorFlow's pipeline does not take from NumPy
        array = array.astype("float32")
    low, high = float(array.min()), float(array.max())
    if not (low >= -ROUNDING and high <= 1 + ROUNDING):  # also catches NaN
        hint = ""
        if low >= 0 and 1 < high <= 255:
            hint = " Divide pixels of 0..255 by 255."
        elif -1 - ROUNDING <= low < 0 and high <= 1 + ROUNDING:
            hint = " Pixels of -1..1 become x / 2 + 0.5."
        raise ValueError(
            f"{whose} must be in 0..1 where they are float.{hint} "
            f"Received: from {low:.8g} to {high:.8g}"
        )
    return array if low >= 0 and high <= 1 else np.clip(array, 0, 1)
