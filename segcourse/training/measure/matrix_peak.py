"""The highest speed of a device, measured: products of large square matrices."""

import time

import numpy as np
from keras import ops

_SIZES = {"cpu": (512, 1024), "gpu": (4096, 8192, 16384), "tpu": (4096, 8192)}
_SECONDS = 0.2  # for one size, at least


def matrix_peak(kind="cpu", dtype="float32", sizes=None):
    """Measure the floating-point operations a second of matrix products.

    It is the yardstick for a network: what the device does at its best, in this process and on
    this day, and not what its maker prints.

    Example:

    >>> matrix_peak(sizes=(64,)) > 1e6
    True

    Args:
        kind: `"cpu"`, `"gpu"` or `"tpu"`: how large the matrices are.
        dtype: of the matrices, such as `"float32"` or `"bfloat16"`.
        sizes: lengths of the matrices' sides, in place of those for `kind`.

    Returns:
        operations a second of the quickest size, a multiplication and an addition being two.
    """
    return max(_speed(size, dtype) for size in sizes or _SIZES[kind])


def _speed(size, dtype):
    # Small values: products of products must not become infinite.
    matrix = ops.cast(ops.full((size, size), 1.0 / size, "float32"), dtype)
    _seconds(matrix, 2)
    count, seconds = 1, 0.0
    while seconds < _SECONDS:
        count *= 2
        seconds = _seconds(matrix, count)
    best = min(seconds, _seconds(matrix, count), _seconds(matrix, count))
    return 2.0 * size**3 * count / best


def _seconds(matrix, count):
    start = time.perf_counter()
    product = matrix
    for _ in range(count):
        product = ops.matmul(product, matrix)
    # A device works on while Python goes ahead: one value in hand, all is done.
    np.asarray(ops.convert_to_numpy(ops.cast(product[0, :1], "float32")))
    return time.perf_counter() - start
