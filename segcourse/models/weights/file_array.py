"""Reading an array of a file into a tensor without holding it twice."""

import keras
import numpy as np

# TensorFlow takes over memory that begins at a multiple of this, and copies other.
ALIGNMENT = 64


def tensor_from_file(dataset, shape):
    """Read an HDF5 data set into a tensor of `shape`."""
    size = int(np.prod(shape))
    memory = np.empty(size * dataset.dtype.itemsize + ALIGNMENT, "uint8")
    start = -memory.ctypes.data % ALIGNMENT
    array = memory[start : start + size * dataset.dtype.itemsize].view(dataset.dtype)
    array = array.reshape(dataset.shape)
    dataset.read_direct(array)
    array = array.reshape(shape)
    handed = _Handed(array) if keras.backend.backend() == "tensorflow" else array
    return keras.ops.convert_to_tensor(handed, dtype=keras.backend.standardize_dtype(array.dtype))


class _Handed:
    """An array that nobody else will write to. TensorFlow copies an `ndarray` as such."""

    def __init__(self, array):
        self.array = array

    def __array__(self, dtype=None, copy=None):
        return self.array
