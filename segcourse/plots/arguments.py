"""Checks of what is handed to a figure: one clear error before anything is drawn."""

import numpy as np

from segcourse.checks.arrays import as_array
from segcourse.checks.label_maps import label_maps
from segcourse.checks.pictures import as_floats, pictures


def as_images(value, name, ndim=3):
    """A picture [h, w, 3] (or a batch of them, `ndim=4`) as float32 between 0 and 1.

    Pictures may be uint8 0..255 or float 0..1, colour or grey with one channel.
    """
    array = as_array(f"`{name}`", value)
    shape = "[height, width, 3]" if ndim == 3 else "[n, height, width, 3]"
    if array.ndim != ndim or array.shape[-1] not in (1, 3) or array.size == 0:
        raise ValueError(f"`{name}` must have shape {shape}. Received: shape={array.shape}")
    # The door for pictures takes several; one is one of them.
    array = as_floats(pictures(f"`{name}`", array if ndim == 4 else array[None]))
    array = array if ndim == 4 else array[0]
    return np.broadcast_to(array, (*array.shape[:-1], 3))


def as_labels(value, name, num_classes, void, shape=None):
    """Class ids as an integer array of `shape`, each below `num_classes` or `void`."""
    array = label_maps(f"`{name}`", value)
    if shape is not None and array.shape != tuple(shape):
        raise ValueError(f"`{name}` must have shape {tuple(shape)}. Received: shape={array.shape}")
    array = array.astype("int64")
    wrong = (array != void) & ((array < 0) | (array >= num_classes))
    if wrong.any():
        raise ValueError(
            f"`{name}` must be 0 to {num_classes - 1}, or {void} for void. "
            f"Received: {np.unique(array[wrong])[:5].tolist()}"
        )
    return array


def as_map(value, name):
    """A finite two-dimensional array of real numbers."""
    array = as_array(f"`{name}`", value)
    if array.dtype.name == "bfloat16":
        array = array.astype("float32")
    if array.ndim != 2 or array.size == 0:
        raise ValueError(f"`{name}` must have shape [height, width]. Received: shape={array.shape}")
    if array.dtype.kind not in "biuf":
        raise ValueError(f"`{name}` must hold real numbers. Received: dtype={array.dtype}")
    if not np.isfinite(array).all():
        raise ValueError(f"`{name}` must be finite. Received: NaN or infinity in it")
    return array
