"""`keras.layers.Conv2DTranspose` for one map: no batch, one channel in and one out."""

import keras
import numpy as np

from segcourse.checks.arrays import as_array


def transpose_map(y, kernel, strides=1, padding="valid", **options):
    """Return what `keras.layers.Conv2DTranspose` makes of one map.

    The map and the kernel get the axes for images and channels that Keras needs, and the result
    loses them again.

    Args:
        y: real numbers `(rows, columns)`, the input.
        kernel: real numbers `(k, k)`.
        strides, padding, **options: those of `keras.layers.Conv2DTranspose`.

    Returns: a NumPy array `[rows, columns]`, float32.

    Raises:
        ValueError: if `y` or `kernel` are no numbers in rows and columns, the kernel is not square,
            or Keras does not allow the options.

    Example:
        >>> import numpy as np
        >>> from segcourse.layers import transpose_map
        >>> transpose_map([[1.0, 2.0]], [[1.0, 2.0], [3.0, 4.0]]).tolist()
        [[1.0, 4.0, 4.0], [3.0, 10.0, 8.0]]

    Week 3, section 2.
    """
    y, kernel = _map("y", y), _map("kernel", kernel)
    if kernel.shape[0] != kernel.shape[1]:
        raise ValueError(f"`kernel` must be square, (k, k). Received: shape={kernel.shape}")
    layer = keras.layers.Conv2DTranspose(
        1, len(kernel), strides=strides, padding=padding, use_bias=False, dtype="float32", **options
    )
    layer.build((None, None, None, 1))
    layer.set_weights([kernel[:, :, None, None]])
    return keras.ops.convert_to_numpy(layer(y[None, :, :, None]))[0, :, :, 0]


def _map(name, value):
    array = as_array(f"`{name}`", value)
    if array.ndim != 2 or array.size == 0 or array.dtype.kind not in "biuf":
        raise ValueError(
            f"`{name}` must be real numbers [rows, columns]. "
            f"Received: dtype={array.dtype}, shape={array.shape}"
        )
    return np.ascontiguousarray(array, "float32")
