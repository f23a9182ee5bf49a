"""Exercise 3.6: How many kernels reach each output."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    n = int(rng.integers(4, 8))
    return [
        Case(n, 4, 2),
        Case(n + 1, 5, 3),
        Case(n, 2, 3),  # a stride above the kernel: some outputs are reached by nobody
        Case(n + 2, int(rng.integers(6, 9)), int(rng.integers(2, 5))),
        Case(n, 7, 2),
        Case(1, 4, 2),
        Case(n, 1, 3),
        Case(n, 3, 3),
        Case(n, n, 2),
        Case(1, 1, 2),
        Case(n, 50, 21),
        Case(270, 265, 1),  # more than one byte can count
    ]


def _space(rng):
    size, kernel, stride = (int(rng.integers(1, high)) for high in (10, 12, 6))
    if rng.integers(8) == 0:
        size, kernel, stride = size + 300, kernel + 300, int(rng.integers(1, 3))
    return Case(size, kernel, stride)


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
    space=_space,
    compare=exact(),
    points=1,
)


@overlap_count.reference
def overlap_count(size, kernel, stride):
    """Count, in one dimension, how many kernels reach each output.

    A transposed convolution puts down one kernel for each input, `stride` pixels
    apart. No padding. An output that no kernel reaches counts 0.

    Args:
        size: int, number of inputs.
        kernel: int, length of the kernel.
        stride: int.

    Returns:
        Integer array [(size - 1) * stride + kernel].

    Example:

    >>> overlap_count(3, 3, 2)
    array([1, 1, 2, 1, 2, 1, 1])

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
    "Your array is one stride too long, and its end is 0. The last kernel begins at (size - 1) * "
    "stride.",
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
    "You counted for a square map. Here one dimension is asked; the map of a square is the product "
    "of the counts of its rows and its columns.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return np.outer(count, count)


@overlap_count.mistake(
    "stride only in the length",
    "The length of your array is right, but the kernels begin one pixel apart. Kernel number i "
    "begins at i * stride.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i : i + kernel] += 1
    return count


@overlap_count.mistake(
    "a loop in steps of the stride",
    "`range(0, size, stride)` takes only every `stride`-th input. Each of the `size` inputs puts "
    "down a kernel: range(size), and the kernel begins at i * stride.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(0, size, stride):
        count[i : i + kernel] += 1
    return count


@overlap_count.mistake(
    "the quotient everywhere",
    "You gave every output kernel // stride. It is right only in the middle, and only if the "
    "stride divides the kernel: count the kernels at each output.",
)
def overlap_count(size, kernel, stride):
    return np.full((size - 1) * stride + kernel, kernel // stride)


@overlap_count.mistake(
    "no border",
    "Your pattern goes on to both ends. Before the first kernel and after the last one there is "
    "none, so the outputs near the ends are reached by fewer kernels.",
)
def overlap_count(size, kernel, stride):
    places = np.arange((size - 1) * stride + kernel)
    return (kernel - 1 - places % stride) // stride + 1


@overlap_count.mistake(
    "border at the end missing",
    "Your counts are right at the beginning, not at the end. There are only `size` kernels: the "
    "last one begins at (size - 1) * stride.",
)
def overlap_count(size, kernel, stride):
    places = np.arange((size - 1) * stride + kernel)
    first = np.maximum(-((kernel - 1 - places) // stride), 0)
    return places // stride - first + 1


@overlap_count.mistake(
    "one kernel too many",
    "You put down one kernel too many. There are `size` of them, with the numbers 0 to size - 1: "
    "range(size).",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size + 1):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "one kernel too few at the end",
    "You left out the last kernel. range(size - 1) ends with size - 2: write range(size).",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size - 1):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "one kernel too few at the start",
    "You left out the first kernel, which begins at 0. The numbers of the kernels begin at 0: "
    "range(size).",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(1, size):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "kernels numbered from 1",
    "Your kernels lie one stride too far to the right. The first one begins at 0: the numbers go "
    "from 0 to size - 1.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(1, size + 1):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "kernel too long",
    "Each of your kernels covers one output too many. A slice ends before its second number: i * "
    "stride + kernel is enough.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel + 1] += 1
    return count


@overlap_count.mistake(
    "as long as the input",
    "Your array is as long as the input. The last kernel begins at (size - 1) * stride and is "
    "`kernel` long, so there are (size - 1) * stride + kernel outputs.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros(size, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "array without the last kernel",
    "Your array ends where the last kernel begins. It is `kernel` outputs long: (size - 1) * "
    "stride + kernel.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + 1, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "array one too short",
    "Your array is one place too short. The last kernel ends before (size - 1) * stride + kernel, "
    "so there are so many outputs.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel - 1, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "starts counted",
    "You counted only the places where a kernel begins. A kernel reaches `kernel` outputs: count[i "
    "* stride : i * stride + kernel] += 1.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride] += 1
    return count


@overlap_count.mistake(
    "weights counted",
    "You added `kernel` for each kernel. Each one counts 1: += 1.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += kernel
    return count


@overlap_count.mistake(
    "counted in one byte",
    "Your counts are kept in one byte, which ends at 255 and begins again at 0. Take dtype=int.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype="uint8")
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count


@overlap_count.mistake(
    "return in the loop",
    "You return after the first kernel: the `return` stands in the loop. Move it to the left, "
    "below the `for`.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
        return count


@overlap_count.mistake(
    "size and kernel mixed up",
    "You exchanged size and kernel. There are `size` kernels, and each covers `kernel` outputs.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((kernel - 1) * stride + size, dtype=int)
    for i in range(kernel):
        count[i * stride : i * stride + size] += 1
    return count


@overlap_count.mistake(
    "largest count only",
    "You returned one number. A count for each output is asked for, as an array.",
)
def overlap_count(size, kernel, stride):
    count = np.zeros((size - 1) * stride + kernel, dtype=int)
    for i in range(size):
        count[i * stride : i * stride + kernel] += 1
    return count.max()


@overlap_count.also_right
def overlap_count(size, kernel, stride):
    starts = np.zeros((size - 1) * stride + 1, dtype=int)
    starts[::stride] = 1
    return np.convolve(starts, np.ones(kernel, dtype=int))


@overlap_count.also_right
def overlap_count(size, kernel, stride):
    length = (size - 1) * stride + kernel
    starts = range(0, size * stride, stride)
    return np.array([sum(start <= x < start + kernel for start in starts) for x in range(length)])


@overlap_count.also_right
def overlap_count(size, kernel, stride):
    # How many kernels have begun, less how many have ended.
    places = np.arange((size - 1) * stride + kernel)
    begun = np.minimum(places // stride + 1, size)
    ended = np.maximum((places - kernel) // stride + 1, 0)
    return (begun - ended).astype("int32")
