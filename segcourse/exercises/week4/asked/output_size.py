"""Exercise 4.2: what is asked and right; wrong answers are in `week4/output_size.py`."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    n = int(rng.integers(5, 12))
    alexnet = [(11, 4, 0), (3, 2, 0), (5, 1, 2), (3, 2, 0)]
    stack = [
        (int(rng.integers(3, 6)), int(rng.integers(2, 4)), int(rng.integers(1, 3)))
        for _ in range(3)
    ]
    return [
        (n, [(3, 1, 0)]),
        (3 * n + 3, [(3, 3, 1)]),  # (3n + 2) / 3: rounding to the nearest gives one too many
        (2 * n + 1, [(4, 2, 0)]),
        (3 * n + 2, [(3, 3, 1)]),  # (3n + 1) / 3: here only rounding up does
        (int(rng.integers(30, 60)), [(5, 1, 0), (3, 3, 1)]),  # the order counts
        (int(rng.integers(300, 900)), [(3, 1, 1), (1, 1, 0)]),
        (int(rng.integers(200, 500)), alexnet),
        (int(rng.integers(100, 200)), stack),
    ]


def _space(rng):
    # Padding may be larger than the kernel, and the stride, too: then pixels are left out.
    size, layers = int(rng.integers(1, 400)), []
    left = size
    for _ in range(rng.integers(1, 6)):
        stride, padding = int(rng.integers(1, 5)), int(rng.choice([0, 0, 1, 2, 3]))
        kernel = int(rng.integers(1, min(8, left + 2 * padding + 1)))
        layers.append((kernel, stride, padding))
        left = (left + 2 * padding - kernel) // stride + 1
    return Case(size, layers)


output_size = Exercise(
    id="4.2",
    title=N_("Output size"),
    function="output_size",
    hints=(
        N_(
            "Draw one row of 7 pixels and a kernel of 3 with stride 2. Count the places where the "
            "kernel fits completely."
        ),
        N_(
            "The first place is always there. After it there are size + 2 * padding - kernel "
            "pixels left, and each further place needs `stride` of them."
        ),
        N_("In a loop over the layers: size = (size + 2 * padding - kernel) // stride + 1."),
    ),
    cases=_cases,
    space=_space,
    compare=exact(),
    points=2,
)


@output_size.reference
def output_size(size, layers):
    """Give the side length that is left after a stack of layers.

    Args:
        size: int, side length of the input in pixels.
        layers: list of one or more (kernel, stride, padding), in the order in which they
            run. `padding` pixels are added at both ends. Every kernel fits at least once.

    Returns:
        int, side length of the output. A place where the kernel does not fit
        completely gives no output.

    Example:

    >>> output_size(8, [(3, 2, 1), (2, 2, 0)])
    2

    First layer: 8 + 2 * 1 = 10 pixels, the kernel starts at 0, 2, 4, 6: 4 outputs.
    Second layer: the kernel starts at 0, 2: 2 outputs.
    """
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel) // stride + 1
    return size


@output_size.also_right
def output_size(size, layers):
    if not layers:
        return size
    kernel, stride, padding = layers[0]
    places = range(-padding, size + padding - kernel + 1, stride)
    return output_size(len(places), layers[1:])


@output_size.also_right
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = np.floor((size + 2 * padding - kernel + stride) / stride)
    return int(size)


@output_size.also_right
def output_size(size, layers):
    # What is left over is rounded away at the end: that gives the same as after every layer.
    for kernel, stride, padding in layers:
        size = (size - kernel + 2 * padding) / stride + 1
    return int(size)


@output_size.also_right
def output_size(size, layers):
    # TensorFlow's formula rounds up, and has no + 1.
    for kernel, stride, padding in layers:
        size = -(-(size + 2 * padding - kernel + 1) // stride)
    return size
