"""The door for label maps inside a compiled graph, where no value can raise an error."""

import keras
import numpy as np
from keras import ops

from segcourse.checks.arrays import as_array

_MOST = 2**31 - 1
_WIDE = ("int64", "uint64", "uint32")


def label_tensor(name, value):
    """Return label maps as an int32 tensor.

    A number that int32 does not hold becomes the nearest one that it does, which is no class id:
    cast as it is, 2**32 would come out as class 0.

    Args:
        name: of the argument.
        value: integer array, tensor or nested lists.

    Raises:
        ValueError: for floats, masked arrays, and parts of different sizes.
    """
    if isinstance(value, np.ndarray | list | tuple):
        value = as_array(f"`{name}`", value)
        if value.dtype.kind in "iu" and value.dtype.itemsize >= 4:
            # Here, since JAX drops the upper half of each number on its way to a tensor.
            value = np.clip(value, -_MOST - 1 if value.dtype.kind == "i" else 0, _MOST)
            value = value.astype("int32")
    labels = ops.convert_to_tensor(value)
    dtype = keras.backend.standardize_dtype(labels.dtype)
    if "float" in dtype:
        raise ValueError(f"`{name}` must be integer class ids. Received: {name}.dtype={dtype}")
    if dtype in _WIDE:
        labels = ops.minimum(labels, ops.cast(_MOST, dtype))
        if dtype == "int64":
            labels = ops.maximum(labels, ops.cast(-_MOST - 1, dtype))
    return ops.cast(labels, "int32")


def known_to_differ(shape, other):
    """Whether two shapes of the same number of axes differ in a size that is known of both."""
    pairs = zip(shape, other, strict=True)
    return any(one is not None and size is not None and one != size for one, size in pairs)


def of_the_same_size(labels, shape):
    """Return `labels`, and let the graph fail unless they have `shape`, known only when it runs.

    Otherwise a label map of one pixel would be spread over all of a picture. Where both sizes are
    known, which is always so but in TensorFlow's graphs of open sizes, nothing is added.
    """
    if all(isinstance(size, int) for size in (*labels.shape, *shape)):
        return labels
    sizes = [ops.cast(size, "int32") for size in shape]
    same = ops.ones((), "int32")
    for one, size in zip(ops.shape(labels), sizes, strict=True):
        same = same * ops.cast(ops.equal(one, size), "int32")
    # A shape of zeros does not hold the pixels there are.
    return ops.reshape(labels, [size * same for size in sizes])
