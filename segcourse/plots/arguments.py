"""Checks of what is handed to a figure: one clear error before anything is drawn."""

import numpy as np


def as_images(value, name, ndim=3):
    """A picture [h, w, 3] (or a batch of them, `ndim=4`) as float32 between 0 and 1.

    Pictures may be uint8 0..255 or float 0..1, colour or grey with one channel.
    """
    array = np.asarray(value)
    shape = "[height, width, 3]" if ndim == 3 else "[n, height, width, 3]"
    if array.ndim != ndim or array.shape[-1] not in (1, 3) or array.size == 0:
        raise ValueError(f"`{name}` must have shape {shape}. Received: shape={array.shape}")
    if array.dtype == np.uint8:
        array = array.astype("float32") / 255
    elif np.issubdtype(array.dtype, np.floating) or array.dtype.name == "bfloat16":
        array = array.astype("float32")
        # Resizing may overshoot by a rounding error; that much is clipped, more is a mistake.
        if not (array.min() >= -1e-3 and array.max() <= 1 + 1e-3):
            raise ValueError(
                f"`{name}` must be uint8 0..255 or float 0..1. "
                f"Received: float from {array.min():.4g} to {array.max():.4g}"
            )
        array = np.clip(array, 0, 1)
    else:
        raise ValueError(f"`{name}` must be uint8 or float. Received: dtype={array.dtype}")
    return np.broadcast_to(array, (*array.shape[:-1], 3))


def as_labels(value, name, num_classes, void, shape=None):
    """Class ids as an integer array of `shape`, each below `num_classes` or `void`."""
    array = np.asarray(value)
    if not (np.issubdtype(array.dtype, np.integer) or array.dtype == bool):
        raise ValueError(f"`{name}` must hold integer class ids. Received: dtype={array.dtype}")
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
    array = np.asarray(value)
    if array.dtype.name == "bfloat16":
        array = array.astype("float32")
    if array.ndim != 2 or array.size == 0:
        raise ValueError(f"`{name}` must have shape [height, width]. Received: shape={array.shape}")
    if array.dtype.kind not in "biuf":
        raise ValueError(f"`{name}` must hold real numbers. Received: dtype={array.dtype}")
    if not np.isfinite(array).all():
        raise ValueError(f"`{name}` must be finite. Received: NaN or infinity in it")
    return array
