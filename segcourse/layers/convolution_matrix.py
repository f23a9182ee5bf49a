"""A convolution written as a matrix, so that its transpose can be taken."""

import keras
import numpy as np

from segcourse.checks.sizes import positive_pair
from segcourse.layers.arguments import paddings


def convolution_matrix(kernel, input_shape, strides=1, padding="valid"):
    """Return the matrix `C` with `C @ x.ravel() == convolution(x, kernel).ravel()`.

    The convolution is that of neural networks: the kernel is not flipped. There is one channel in
    and one out. `C.T` is the transposed convolution: it takes maps of the output's size back to
    `input_shape`.

    Args:
        kernel: square array or tensor `(k, k)`.
        input_shape: `(height, width)` of the map, an integer for a square one.
        strides: a positive integer or a pair for height and width.
        padding: zeros around the map: `"valid"` for none, `"same"` for as many as Keras puts there
            to get `ceil(side / stride)` outputs, `"half"` for `k // 2` and `"full"` for `k - 1` on
            every side, or that number, or a pair for height and width.

    Returns: a NumPy array `[outputs, inputs]` of the kernel's dtype, both sides counted row by row.

    Raises:
        ValueError: if the kernel is not square, or larger than the padded map, a size or stride is
            not a positive integer, or `padding` is not as above.

    Example:
        >>> import numpy as np
        >>> from segcourse.layers import convolution_matrix
        >>> kernel = np.arange(1.0, 10.0).reshape(3, 3)
        >>> matrix = convolution_matrix(kernel, (4, 4))
        >>> matrix.shape
        (4, 16)
        >>> matrix[1].reshape(4, 4).tolist()[:2]
        [[0.0, 1.0, 2.0, 3.0], [0.0, 4.0, 5.0, 6.0]]

    Reference: Dumoulin, Visin, "A guide to convolution arithmetic for deep learning" (2016),
    sections 4.1 and 4.2. Week 3.
    """
    kernel = keras.ops.convert_to_numpy(kernel)
    if kernel.ndim != 2 or kernel.shape[0] != kernel.shape[1] or kernel.size == 0:
        raise ValueError(f"`kernel` must be square, (k, k). Received: shape={kernel.shape}")
    sides = positive_pair("input_shape", input_shape)
    strides = positive_pair("strides", strides)
    padding = paddings(padding, kernel.shape, names=("valid", "same"))
    # One-dimensional taps[o, i, t]: whether output o reads input i through kernel row t.
    down, across = (
        _taps(side, len(kernel), stride, _margins(padding, axis, side, len(kernel), stride))
        for axis, (side, stride) in enumerate(zip(sides, strides, strict=True))
    )
    matrix = np.einsum("oit,pjs,ts->opij", down, across, kernel, optimize=True)
    outputs, inputs = matrix.shape[0] * matrix.shape[1], sides[0] * sides[1]
    return matrix.reshape(outputs, inputs).astype(kernel.dtype)


def _margins(padding, axis, side, size, stride):
    """Return the number of zeros before and after the map along an axis."""
    if padding == "valid":
        return 0, 0
    if padding == "same":
        total = max((-(-side // stride) - 1) * stride + size - side, 0)
        return total // 2, total - total // 2
    return padding[axis], padding[axis]


def _taps(side, size, stride, margins):
    """Return a 0/1 array `[outputs, side, size]`, see above."""
    count = (side + sum(margins) - size) // stride + 1
    if count < 1:
        raise ValueError(
            "`kernel` must not be larger than the padded map. "
            f"Received: {size} along a side of {side} + {sum(margins)}"
        )
    read = np.arange(count)[:, None] * stride - margins[0] + np.arange(size)
    return (read[:, None, :] == np.arange(side)[None, :, None]).astype("int8")
