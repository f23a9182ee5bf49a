"""Exercise 3.3: Output size of a transposed convolution."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    n = int(rng.integers(4, 12))
    return [
        Case(2, 3, 1, 0),
        Case(n, 3, 2, 1),
        Case(n + 1, 5, 3, 1, 1),
        Case(n, 4, 2, 1),
        Case(int(rng.integers(10, 30)), int(rng.integers(7, 10)), 4, 3, 2),
        Case(n + 2, 6, 4, 2, output_padding=1),
        Case(1, 5, 2, 1),  # one kernel alone
        Case(1, 3, 2, 1),  # and no more than its middle left
        Case(n, 2, 5, 0, 3),  # a stride above the kernel
        Case(n, 1, 1, 0),
        # Two or three numbers that are the same.
        Case(3, 3, 3, 2, 2),
        Case(2, 2, 3, 0, 2),
        Case(4, 5, 2, 2, 1),
        Case(3, 5, 4, 3, output_padding=3),
        Case(5, 8, 7, 7, 6),
        Case(270 + n, 64, 32, 24, 25),  # as large as the layers of FCN-32s
    ]


def _space(rng):
    largest = int(rng.choice([8, 8, 64]))
    kernel, stride = (int(n) for n in rng.integers(1, largest + 1, size=2))
    padding = int(rng.integers(0, kernel))
    # A row this short would be cut away as a whole.
    shortest = max(1, -(-(2 * padding + 1 - kernel) // stride) + 1)
    size = shortest + int(rng.choice([0, 1, rng.integers(2, 20), rng.integers(20, 400)]))
    extra = int(rng.integers(0, stride))
    kind = rng.integers(3)
    if kind == 0:
        return Case(size, kernel, stride, padding)
    if kind == 1:
        return Case(size, kernel, stride, padding, extra)
    return Case(size, kernel, stride, padding, output_padding=extra)


transposed_output_size = Exercise(
    id="3.3",
    title=N_("Output size of a transposed convolution"),
    function="transposed_output_size",
    hints=(
        N_("Scatter in one dimension. Where does the last kernel begin, and where does it end?"),
        N_(
            "The last kernel begins at (size - 1) * stride, and is `kernel` pixels long. That is "
            "the result without padding."
        ),
        N_(
            "Padding cuts `padding` pixels away at both ends. `output_padding` puts that many back "
            "at one end."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=exact(),
    points=2,
)


@transposed_output_size.reference
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    """Give the side length of the output of a transposed convolution.

    Without padding every input value puts down a kernel, `stride` pixels apart.
    Then `padding` pixels are cut away at both ends, and `output_padding` pixels
    are added at the far end only.

    Args:
        size: int, side length of the input.
        kernel, stride, padding, output_padding: ints, the same in both directions.
            Padding is below kernel, and at least one pixel is left after the cut.

    Returns:
        int, side length of the output.

    Example:

    >>> transposed_output_size(3, 3, 2, 1, output_padding=1)
    6

    Kernels begin at 0, 2 and 4; the last one ends before 7. One pixel is cut at both
    ends, which leaves 5, and one is added at the far end.
    """
    return (size - 1) * stride + kernel - 2 * padding + output_padding


@transposed_output_size.mistake(
    "formula of the convolution",
    "This is the output size of a convolution. The transposed convolution goes the other way: it "
    "enlarges its input.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size + 2 * padding - kernel) // stride + 1 + output_padding


@transposed_output_size.mistake(
    "forgot the - 1",
    "Your size is one stride too large. The first kernel begins at 0, so the last one begins at "
    "(size - 1) * stride.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return size * stride + kernel - 2 * padding + output_padding


@transposed_output_size.mistake(
    "padding once",
    "You took the padding away once. It is cut at both ends, so the side loses 2 * padding.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - padding + output_padding


@transposed_output_size.mistake(
    "padding added",
    "Your padding makes the output larger. In a transposed convolution padding works the other way "
    "round: it is cut away from the output.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel + 2 * padding + output_padding


@transposed_output_size.mistake(
    "padding left out",
    "You did not use the padding. It is cut away from both ends of the output.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel + output_padding


@transposed_output_size.mistake(
    "output padding left out",
    "You did not use `output_padding`. It is added at one end, after the padding was cut away.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 2 * padding


@transposed_output_size.mistake(
    "output padding twice",
    "You added `output_padding` at both ends. It is added at the far end only, so it counts once.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 2 * padding + 2 * output_padding


@transposed_output_size.mistake(
    "output padding taken away",
    "You subtracted `output_padding`. It is added: it gives back pixels that a rounded-down "
    "convolution did not reach.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 2 * padding - output_padding


@transposed_output_size.mistake(
    "kernel and stride mixed up",
    "You exchanged kernel and stride. The kernels begin `stride` pixels apart; each is `kernel` "
    "pixels long.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * kernel + stride - 2 * padding + output_padding


@transposed_output_size.mistake(
    "one too many",
    "Your size is one too large. The + 1 belongs to the convolution's formula, which counts "
    "places. Here you count pixels: the last kernel ends at (size - 1) * stride + kernel.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 2 * padding + output_padding + 1


@transposed_output_size.mistake(
    "one too few",
    "Your size is one too small. If you count pixels: the last kernel has `kernel` pixels, its "
    "first one counts too. If you slide a kernel along the stretched input: it has length - kernel "
    "+ 1 places.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 1 - 2 * padding + output_padding


@transposed_output_size.mistake(
    "size * stride",
    "size * stride is the output with padding='same' in Keras. In general the kernel, the padding "
    "and the output padding count too.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return size * stride


@transposed_output_size.mistake(
    "formula of the convolution without output padding",
    "This is the output size of a convolution. Turn it round: the transposed convolution enlarges "
    "its input, and padding is cut away from its output.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size + 2 * padding - kernel) // stride + 1


@transposed_output_size.mistake(
    "brackets missing",
    "Python multiplies before it subtracts: `size - 1 * stride` is size - stride. Put size - 1 in "
    "brackets.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return size - 1 * stride + kernel - 2 * padding + output_padding


@transposed_output_size.mistake(
    "size * stride + output padding",
    "You left out the kernel and the padding. The last kernel begins at (size - 1) * stride and is "
    "`kernel` pixels long; then `padding` pixels are cut at both ends.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return size * stride + output_padding


@transposed_output_size.mistake(
    "kernel left out",
    "You left out the kernel. The last kernel begins at (size - 1) * stride, and is `kernel` "
    "pixels long.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride - 2 * padding + output_padding


@transposed_output_size.mistake(
    "kernel left out, size * stride",
    "You gave every input `stride` pixels of its own. The last one puts down a whole kernel: it "
    "begins at (size - 1) * stride and is `kernel` pixels long.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return size * stride - 2 * padding + output_padding


@transposed_output_size.mistake(
    "last kernel counted as one pixel",
    "You counted one pixel for the last input. It puts down a whole kernel, `kernel` pixels long.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + 1 - 2 * padding + output_padding


@transposed_output_size.mistake(
    "stride left out",
    "You did not use the stride. The kernels begin `stride` pixels apart, so the last one begins "
    "at (size - 1) * stride.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return size - 1 + kernel - 2 * padding + output_padding


@transposed_output_size.mistake(
    "zeros counted, not the values",
    "You counted only the zeros between the values. There are stride - 1 zeros between two values, "
    "so the values lie `stride` apart: (size - 1) * stride.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * (stride - 1) + kernel - 2 * padding + output_padding


@transposed_output_size.mistake(
    "stretched input only",
    "This is the length of the stretched input with its border. The kernel slides along it: a "
    "length n has n - kernel + 1 places.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + 1 + 2 * (kernel - 1 - padding) + output_padding


@transposed_output_size.mistake(
    "kernels do not overlap",
    "You put the kernels one behind the other. They begin `stride` pixels apart, so they can "
    "overlap or leave gaps.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return size * kernel - 2 * padding + output_padding


@transposed_output_size.mistake(
    "padding cut from the input",
    "You cut the padding from the input, so it counts `stride` times. It is cut from the output: 2 "
    "* padding pixels.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1 - 2 * padding) * stride + kernel + output_padding


@transposed_output_size.mistake(
    "output padding cut too",
    "Your bracket cuts the output padding away too. Only the padding is cut at both ends; the "
    "output padding is added once.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 2 * (padding + output_padding)


@transposed_output_size.mistake(
    "output padding always 1",
    "You always add 1. How many pixels are added at the far end, `output_padding` says.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return (size - 1) * stride + kernel - 2 * padding + 1


@transposed_output_size.mistake(
    "a float",
    "The value is right, but it is a float. A number of pixels is a whole number: leave out `/` "
    "and `float`, or return int(...).",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return float((size - 1) * stride + kernel - 2 * padding + output_padding)


@transposed_output_size.mistake(
    "two sides",
    "You returned height and width. One number is asked for: the length of one side.",
)
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    return ((size - 1) * stride + kernel - 2 * padding + output_padding,) * 2


@transposed_output_size.also_right
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    # Where each kernel ends; the last one says how long the output is.
    ends = [i * stride + kernel for i in range(size)]
    return max(ends) - padding - padding + output_padding


@transposed_output_size.also_right
def transposed_output_size(size, kernel, stride, padding, output_padding=0):
    # As section 3.3 has it: the stretched input, its border, and the places of the kernel.
    stretched = size + (size - 1) * (stride - 1)
    border = kernel - 1 - padding
    return np.int64(stretched + 2 * border + output_padding - kernel + 1)
