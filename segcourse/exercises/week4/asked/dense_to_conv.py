"""Exercise 4.1: what is asked and right; wrong answers are in `week4/dense_to_conv.py`."""

import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    # Height, width, channels and units all differ, so that no two axes can be mistaken unseen. The
    # map is wider than high: rows counted with the wrong length then overlap and raise no error.
    cases = []
    for low in (2, 3):
        height, width, channels, units = (int(n) for n in low + rng.permutation(4))
        height, width = min(height, width), max(height, width)
        cases.append((_kernel(rng, height * width * channels, units), height, width))
    return cases


def _space(rng):
    height, width, channels, units = (int(n) for n in rng.integers(1, 7, 4))
    kernel = _kernel(rng, height * width * channels, units)
    return Case(kernel.astype(rng.choice(["float32", "float64"])), height, width)


def _kernel(rng, rows, units):
    """Numbers that are all different and not whole."""
    values = rng.permutation(rows * units).astype("float32") + 0.5
    return values.reshape(rows, units)


dense_to_conv = Exercise(
    id="4.1",
    title=N_("Dense layer to convolution"),
    function="dense_to_conv",
    hints=(
        N_(
            "No weight changes its value. Ask only where each weight goes: which row of the dense "
            "kernel belongs to pixel (y, x) and channel c of the feature map?"
        ),
        N_(
            "`Flatten` reads row by row and keeps the channels of one pixel together, so the row "
            "is (y * width + x) * channels + c. NumPy's `reshape` counts in the same order."
        ),
        N_(
            "The number of channels is kernel.shape[0] // (height * width). One `reshape` to four "
            "axes is enough."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=exact(array=False),
    points=2,
)


@dense_to_conv.reference
def dense_to_conv(kernel, height, width):
    """Turn the kernel of a dense layer into the kernel of a convolution.

    The dense layer follows a `Flatten` layer. `Flatten` reads the feature map
    [height, width, channels] row by row; the channels of one pixel stay together.

    Args:
        kernel: float array [height * width * channels, units], the dense kernel.
        height, width: size of the feature map before `Flatten`.

    Returns:
        The kernel of a `Conv2D`: floats, shape [height, width, channels, units].

    Example:

    >>> dense_to_conv(np.array([[1.0], [2.0], [3.0], [4.0], [5.0], [6.0]]), 1, 3)
    array([[[[1.], [2.]], [[3.], [4.]], [[5.], [6.]]]])

    6 rows / (1 * 3) = 2 channels, so the shape is [1, 3, 2, 1].
    """
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.reshape(height, width, channels, units)


@dense_to_conv.also_right
def dense_to_conv(kernel, height, width):
    units = kernel.shape[-1]
    return ops.reshape(kernel, (height, width, -1, units))


@dense_to_conv.also_right
def dense_to_conv(kernel, height, width):
    channels = len(kernel) // (height * width)
    result = np.zeros((height, width, channels, kernel.shape[1]), kernel.dtype)
    for y in range(height):
        for x in range(width):
            start = (y * width + x) * channels
            result[y, x] = kernel[start : start + channels]
    return result


@dense_to_conv.also_right
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    result = np.zeros((height, width, channels, units))
    for y, x, c in np.ndindex(height, width, channels):
        result[y, x, c] = kernel[(y * width + x) * channels + c]
    return result


@dense_to_conv.also_right
def dense_to_conv(kernel, height, width):
    # Channels first, and then moved to their place.
    pixels = kernel.reshape(height * width, -1, kernel.shape[1])
    channels = [pixels[:, c].reshape(height, width, -1) for c in range(pixels.shape[1])]
    return np.stack(channels, axis=2).tolist()
