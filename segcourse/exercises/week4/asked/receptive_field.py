"""Exercise 4.3: what is asked and right; wrong answers are in `week4/receptive_field.py`."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    def stack(length):
        return [(int(rng.integers(3, 6)), int(rng.integers(2, 4))) for _ in range(length)]

    kernel = int(rng.integers(3, 6))
    blocks = [(3, 1), (3, 1), (2, 2)] * int(rng.integers(2, 4))
    return [
        ([(kernel, 1), (kernel, 1)],),
        ([(5, 2), (3, 3), (2, 1)],),
        (blocks + [(kernel, 1)],),
        (blocks * 3,),  # a field of more than 255 pixels
        ([(kernel, 2)],),
        (stack(3),),
        (stack(4),),
    ]


def _space(rng):
    length = int(rng.integers(1, 7))
    kernels, strides = rng.integers(1, 8, length), rng.integers(1, 5, length)
    return Case(list(zip(kernels.tolist(), strides.tolist(), strict=True)))


receptive_field = Exercise(
    id="4.3",
    title=N_("Receptive field"),
    function="receptive_field",
    hints=(
        N_(
            "One 3×3 convolution sees 3 pixels along a side. Two of them see 5: the second adds "
            "2 = kernel - 1, for the first window is already counted."
        ),
        N_(
            "Keep two numbers: the field, and the jump, which is how many input pixels apart two "
            "neighbours of the current map are. Both start at 1; stride 2 doubles the jump."
        ),
        N_("For each layer: first field += (kernel - 1) * jump, then jump *= stride."),
    ),
    cases=_cases,
    space=_space,
    compare=exact(),
    points=2,
)


@receptive_field.reference
def receptive_field(layers):
    """Give the side length of the window of input pixels that one output sees.

    Args:
        layers: list of one or more (kernel, stride), in the order in which they run.

    Returns:
        int, side length of the receptive field in input pixels.

    Example:

    >>> receptive_field([(3, 1), (2, 2), (3, 1)])
    8

    Kernel 3: 3 pixels. Kernel 2: one neighbour more, 4 pixels. After stride 2 the jump
    from neighbour to neighbour is 2 pixels, so the last kernel adds 2 neighbours * 2
    pixels: 4 + 4 = 8.
    """
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.also_right
def receptive_field(layers):
    size = 1
    for kernel, stride in reversed(layers):
        size = (size - 1) * stride + kernel
    return size


@receptive_field.also_right
def receptive_field(layers):
    kernels = np.array([kernel for kernel, _ in layers])
    strides = np.array([1] + [stride for _, stride in layers[:-1]])
    return int(1 + np.sum((kernels - 1) * np.cumprod(strides)))


@receptive_field.also_right
def receptive_field(layers):
    # How far the outermost pixel lies that the first output sees.
    last = 0
    for kernel, stride in layers[::-1]:
        last = last * stride + kernel - 1
    return last + 1


@receptive_field.also_right
def receptive_field(layers):
    size, jump = layers[0]
    for kernel, stride in layers[1:]:
        size = size + (kernel - 1) * jump
        jump = jump * stride
    return size
