"""Exercise 3.6: How many kernels reach each output."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    n = int(rng.integers(4, 8))
    return [
        (3, 3, 2),
        (n, 4, 2),
        (n + 1, 5, 3),
        (n, 2, 3),  # a stride above the kernel: some outputs are reached by nobody
        (n + 2, int(rng.integers(6, 9)), int(rng.integers(2, 5))),
    ]


overlap_count = Exercise(
    id="3.6",
    title=N_("How many kernels reach each output"),
    function="overlap_count",
    hints=(
        N_(
            "This is scatter in one dimension: with which input and which kernel does the result "
            "count the kernels?"
        ),
        N_(
            "Kernel number i covers the outputs from i * stride up to, but not including, "
            "i * stride + kernel. Each of them gets one more."
        ),
        N_(
            "count = np.zeros((size - 1) * stride + kernel, dtype=int), then in a loop "
            "count[i * stride : i * stride + kernel] += 1."
        ),
    ),
    cases=_cases,
    compare=exact(),
    points=1,
)


@overlap_count.reference
def overlap_count(size, kernel, stride):
    """Count, in one dimension, how many kernels reach each output.

    A transposed convolution puts down one kernel for each input, `stride` pixels
    apart. No padding.

    Args:
        size: int, number of inputs.
        kernel: int, length of the kernel.
        stride: int.

    Returns:
        Integer array [(size - 1) * stride + kernel].

    Example: overlap_count(3, 3, 2) is [1, 1, 2, 1, 2, 1, 1].
        Kernels cover the outputs 0 to 2, 2 to 4 and 4 to 6; they meet at 2 and at 4.
    """
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "set to 1",
    "You wrote a 1 wherever a kernel reaches. Two kernels count two: use += 1 in place of = 1.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] = 1
    return count


@overlap_count.mistake(
    "floats in place of ints",
    "The counts are right, but they are floats: np.zeros makes floats unless you say dtype=int.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "stride ignored",
    "Your kernels begin one pixel apart. Kernel number i begins at i * stride.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros(size - 1 + kernel, dtype=int)
    for i in range(size):
        count[i : i + kernel] += 1
    return count


@overlap_count.mistake(
    "kernel and stride mixed up",
    "You exchanged kernel and stride. The kernels begin `stride` pixels apart, and each covers "
    "`kernel` outputs.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * kernel + stride, dtype=int)
    for i in range(size):
        count[i * kernel : i * kernel + stride] += 1
    return count


@overlap_count.mistake(
    "one pixel of each kernel missed",
    "Each of your kernels covers one output too few. A slice ends before its second number, so "
    "write i * stride + kernel there, without - 1.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel - 1] += 1
    return count


@overlap_count.mistake(
    "one stride too long",
    "Your array is one stride too long, and its end is 0. The last kernel begins at "
    "(size - 1) * stride.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros(size * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "size * stride outputs",
    "Your array has size * stride places, so a part of the last kernel is lost, or there are "
    "places that no kernel can reach. Without padding there are (size - 1) * stride + kernel.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros(size * stride, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "the same everywhere",
    "You gave every output the same count. Only if the stride divides the kernel are the counts "
    "equal, and even then not at the two ends.",
)
def overlap_count(size, kernel, stride):
    return np.full((size - 1) * stride + kernel, -(-kernel // stride))


@overlap_count.mistake(
    "the first kernel not counted",
    "You counted only the additional kernels. An output that one kernel reaches has the count 1.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count - 1


@overlap_count.mistake(
    "two dimensions",
    "You counted for a square map. Here one dimension is asked; the map of a square is the "
    "product of the counts of its rows and its columns.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return np.outer(count, count)


@overlap_count.also_right
def overlap_count(size, kernel, stride):
    starts = np.zeros((size - 1) * stride + 1, dtype=int)
    starts[::stride] = 1
    return np.convolve(starts, np.ones(kernel, dtype=int))


@overlap_count.also_right
def overlap_count(size, kernel, stride):
    length = (size - 1) * stride + kernel
    starts = range(0, size * stride, stride)
    return [sum(start <= x < start + kernel for start in starts) for x in range(length)]
