"""Exercise 4.3: Receptive field."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
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
        (stack(3),),
        (stack(4),),
    ]


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
            "Keep two numbers: the field, and the jump, which is how many input pixels lie from "
            "one neighbour of the current map to the next. Both start at 1; stride 2 doubles the "
            "jump."
        ),
        N_("For each layer: first field += (kernel - 1) * jump, then jump *= stride."),
    ),
    cases=_cases,
    compare=exact(),
    points=2,
)


@receptive_field.reference
def receptive_field(layers):
    """Give the side length of the window of input pixels that one output sees.

    Args:
        layers: list of (kernel, stride), in the order in which they run.

    Returns:
        int, side length of the receptive field in input pixels.

    Example: receptive_field([(3, 1), (2, 2), (3, 1)]) is 8.
        Kernel 3: 3 pixels. Kernel 2: one neighbour more, 4 pixels.
        After stride 2 the jump from neighbour to neighbour is 2 pixels, so
        the last kernel adds 2 neighbours * 2 pixels: 4 + 4 = 8.
    """
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "kernel in place of kernel - 1",
    "Each layer adds one neighbour too many. A kernel of 3 adds only 2: its first position "
    "is already in the field.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += kernel * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "jump updated too early",
    "You multiplied the jump by a layer's stride before you used it for that same layer. A "
    "stride spreads the layer's outputs, so it acts on the layers after it.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        jump *= stride
        size += (kernel - 1) * jump
    return size


@receptive_field.mistake(
    "strides added",
    "You added the strides up. Two layers of stride 2 put neighbours 2 * 2 pixels apart: strides "
    "multiply.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump += stride
    return size


@receptive_field.mistake(
    "strides left out",
    "You left the strides out. After a stride, one step of the kernel covers several input "
    "pixels, so later kernels add more.",
)
def receptive_field(layers):
    size = 1
    for kernel, _ in layers:
        size += kernel - 1
    return size


@receptive_field.mistake(
    "only the stride just before",
    "You used only the stride of the layer just before. The jump between neighbours comes from "
    "all layers before: keep the product of their strides.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump = stride
    return size


@receptive_field.mistake(
    "started from 0",
    "Your field is one pixel too small. Before the first layer an output is one pixel and sees "
    "itself, so the field starts from 1.",
)
def receptive_field(layers):
    size, jump = 0, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "wrong order",
    "You went through the layers from the last to the first with the rule for the other "
    "direction. With this rule begin at the input, since a stride acts on the layers after it.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in reversed(layers):
        size += (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "kernels added",
    "You added the kernel sizes up. Neighbouring windows overlap, so a second 3×3 convolution "
    "adds 2 pixels and not 3; and the strides count too.",
)
def receptive_field(layers):
    return sum(kernel for kernel, _ in layers)


@receptive_field.mistake(
    "kernels multiplied",
    "You multiplied the kernel sizes. Neighbouring windows overlap: two 3×3 convolutions see 5 "
    "pixels along a side, not 9.",
)
def receptive_field(layers):
    size = 1
    for kernel, _ in layers:
        size *= kernel
    return size


@receptive_field.mistake(
    "first stride lost",
    "You began with the first kernel but left the first stride out. The jump after the "
    "first layer is its stride, not 1.",
)
def receptive_field(layers):
    size, jump = layers[0][0], 1
    for kernel, stride in layers[1:]:
        size += (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "returned the stride",
    "You returned the jump: the product of the strides. The receptive field is how much one "
    "output sees.",
)
def receptive_field(layers):
    jump = 1
    for _, stride in layers:
        jump *= stride
    return jump


@receptive_field.mistake(
    "returned after the first layer",
    "You gave the field of the first layer only. If your `return` stands inside the loop, put it "
    "after the loop.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
        return size


@receptive_field.mistake(
    "field and jump returned",
    "You returned the field and the jump. Only the field is asked for: return that one number.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size, jump


@receptive_field.mistake(
    "not added to the field",
    "You replaced the field at each layer, so only the last layer counts. Each layer adds to the "
    "field: size = size + (kernel - 1) * jump.",
)
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size = (kernel - 1) * jump
        jump *= stride
    return size


@receptive_field.mistake(
    "field as a float",
    "The value is right, but its type is float. The field counts pixels, so return an int: start "
    "from 1 and not from 1.0, or use `int`.",
)
def receptive_field(layers):
    size, jump = 1.0, 1.0
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
