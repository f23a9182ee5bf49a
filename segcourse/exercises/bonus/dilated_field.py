"""Exercise B.2: Receptive field with dilation."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    def stack(length):
        spans = ((3, 6), (2, 4), (2, 5))
        return [tuple(int(rng.integers(*span)) for span in spans) for _ in range(length)]

    kernel = int(rng.integers(3, 6))
    return [
        ([(kernel, 1, 1), (kernel, 1, 2), (kernel, 1, 4)],),
        ([(3, 1, 1), (2, 2, 1), (3, 1, 2)],),
        ([(5, 2, 3), (3, 3, 2), (2, 1, 4)],),
        (stack(3),),
        (stack(4),),
    ]


dilated_field = Exercise(
    id="B.2",
    title=N_("Receptive field with dilation"),
    function="dilated_field",
    hints=(
        N_(
            "Start from exercise 4.3: the field grows by (kernel - 1) * jump, and the stride "
            "enlarges the jump afterwards. Only the distance between two taps of the kernel is new."
        ),
        N_(
            "A kernel of k taps has k - 1 gaps between them. Each gap is `dilation` places of the "
            "current map, and each place is `jump` pixels."
        ),
        N_("For each layer: size += (kernel - 1) * dilation * jump, then jump *= stride."),
    ),
    cases=_cases,
    compare=exact(),
    points=2,
)


@dilated_field.reference
def dilated_field(layers):
    """Give the side length of the window of input pixels that one output sees.

    Args:
        layers: list of (kernel, stride, dilation), in the order in which they run.
            dilation 1 is an ordinary convolution.

    Returns:
        int, side length of the receptive field in input pixels, from the first
        to the last pixel, holes included.

    Example: dilated_field([(3, 1, 1), (3, 1, 2)]) is 7.
        Kernel 3, dilation 1: 1 + 2 gaps of 1 pixel = 3.
        Kernel 3, dilation 2: 2 gaps of 2 pixels more: 3 + 4 = 7.
    """
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "dilation times the kernel",
    "You multiplied the kernel by the dilation. A kernel of 3 has only 2 gaps, and only the gaps "
    "grow: it covers (kernel - 1) * dilation + 1 places.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel * dilation - 1) * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "kernel in place of kernel - 1",
    "Each layer adds one gap too many. Between `kernel` taps there are kernel - 1 gaps.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += kernel * dilation * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "stride left out",
    "You left the strides out. After a stride of 2 two neighbours of the map are twice as far "
    "apart in the image, and every later gap counts twice.",
)
def dilated_field(layers):
    size = 1
    for kernel, _, dilation in layers:
        size += (kernel - 1) * dilation
    return size


@dilated_field.mistake(
    "dilation left out",
    "You left the dilation out; this is the answer of exercise 4.3. A dilated kernel reads every "
    "`dilation`-th place, so it reaches `dilation` times as far.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, _ in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "jump updated too early",
    "You multiplied the jump by a layer's stride before you used it for that same layer. A stride "
    "spreads the layer's outputs, so it acts on the layers after it.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        jump *= stride
        size += (kernel - 1) * dilation * jump
    return size


@dilated_field.mistake(
    "dilation carried on",
    "You let the dilation enlarge the jump, so that it acts on the later layers too. A dilated "
    "convolution still answers at every place: its outputs are not further apart.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * jump
        jump *= stride * dilation
    return size


@dilated_field.mistake(
    "dilation counted as holes",
    "You counted `dilation` zeros between two taps. Dilation 2 means a distance of 2, that is one "
    "zero between them; dilation 1 has none.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * (dilation + 1) * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "one gap only",
    "You made one gap wider, and left the others as they were. All kernel - 1 gaps become "
    "`dilation` places wide.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel + dilation - 2) * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "started at 0",
    "Your field is one pixel short: it starts at 0. Without any layer an output sees one pixel, "
    "itself.",
)
def dilated_field(layers):
    size, jump = 0, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "stride and dilation swapped",
    "You read each layer as (kernel, dilation, stride). The order is (kernel, stride, dilation).",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, dilation, stride in layers:
        size += (kernel - 1) * dilation * jump
        jump *= stride
    return size


@dilated_field.also_right
def dilated_field(layers):
    # From one output back to the image: n outputs of a layer need this many inputs.
    size = 1
    for kernel, stride, dilation in reversed(layers):
        size = (size - 1) * stride + (kernel - 1) * dilation + 1
    return size


@dilated_field.also_right
def dilated_field(layers):
    strides = [stride for _, stride, _ in layers]
    return 1 + sum(
        (kernel - 1) * dilation * int(np.prod(strides[:index], dtype=int))
        for index, (kernel, _, dilation) in enumerate(layers)
    )
