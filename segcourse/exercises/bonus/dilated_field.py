"""Exercise B.2: Receptive field with dilation."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, exact
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
        ([(3, 2, 1), (3, 2, 1), (3, 2, 2), (1, 1, 1)],),
        ([],),
        ([(3, 2, 1)] * 9 + [(7, 1, 24), (25, 1, 2), (1, 1, 1)],),  # a jump of more than 255
        (stack(3),),
        (stack(4),),
    ]


def _space(rng):
    count = int(rng.choice([0, 1, 2, 3, 5, 8]))
    spans = ((1, 8), (1, 4), (1, 7))
    return Case([tuple(int(rng.integers(*span)) for span in spans) for _ in range(count)])


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
    space=_space,
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
        to the last pixel, holes included. Without any layer it is 1.

    Example:

    >>> dilated_field([(3, 1, 1), (2, 2, 1), (3, 1, 2)])
    12

    (3, 1, 1) has 2 gaps of 1 pixel: 1 + 2 = 3.
    (2, 2, 1) has 1 gap of 1 pixel: 4. From here on, one place is 2 pixels.
    (3, 1, 2) has 2 gaps of 2 places, each 2 pixels: 4 + 8 = 12.
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
    "puts the layer's outputs further apart, so it acts on the layers after it.",
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


@dilated_field.mistake(
    "strides added",
    "You add the strides to the jump. Each stride multiplies it: after strides of 2 and 2, "
    "neighbours lie 4 pixels apart.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * jump
        jump += stride
    return size


@dilated_field.mistake(
    "strides less 1 added",
    "You add stride - 1 to the jump. Each stride multiplies it: after strides of 2 and 2, "
    "neighbours lie 4 pixels apart, not 3.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * jump
        jump += stride - 1
    return size


@dilated_field.mistake(
    "only the last stride",
    "Your jump is the stride of the last layer alone. All strides before a layer count together: "
    "jump *= stride.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * jump
        jump = stride
    return size


@dilated_field.mistake(
    "its own stride only",
    "You multiplied each layer by its own stride. A stride acts on the layers after it: keep a "
    "`jump` that grows from layer to layer.",
)
def dilated_field(layers):
    size = 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * stride
    return size


@dilated_field.mistake(
    "dilation less 1",
    "You multiplied by dilation - 1, so an ordinary convolution adds nothing. The gap between two "
    "weights is `dilation` places wide.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * (dilation - 1) * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "holes alone added",
    "You wrote kernel * (dilation - 1). A kernel has kernel - 1 gaps, and each gap is `dilation` "
    "places wide.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += kernel * (dilation - 1) * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "fields multiplied",
    "You multiplied the fields of the layers. They are added: each layer makes the field larger by "
    "its own gaps.",
)
def dilated_field(layers):
    size = 1
    for kernel, _, dilation in layers:
        size *= (kernel - 1) * dilation + 1
    return size


@dilated_field.mistake(
    "fields added, from 1",
    "You add the whole field of each layer. Its first place is counted already: a layer adds only "
    "its gaps, (kernel - 1) * dilation * jump.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += ((kernel - 1) * dilation + 1) * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "fields added, from 0",
    "You add the fields of the layers as if they lay side by side. They begin at the same pixel: "
    "start at 1, and let each layer add its gaps only.",
)
def dilated_field(layers):
    size = 0
    for kernel, _, dilation in layers:
        size += (kernel - 1) * dilation + 1
    return size


@dilated_field.mistake(
    "rule and order do not fit",
    "Your rule belongs to the other direction. From the first layer to the last: size += (kernel - "
    "1) * dilation * jump, then jump *= stride. Or from the last layer back to the image: size = "
    "(size - 1) * stride + (kernel - 1) * dilation + 1.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in reversed(layers):
        size += (kernel - 1) * dilation * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "largest field",
    "You took the largest field of one layer. The layers run one after the other, so each of them "
    "makes the field larger.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size = max(size, (kernel - 1) * dilation * jump + 1)
        jump *= stride
    return size


@dilated_field.mistake(
    "last layer only",
    "You forgot the layers before: `size = ...` begins anew in each. Add to it: size += (kernel - "
    "1) * dilation * jump.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size = 1 + (kernel - 1) * dilation * jump
        jump *= stride
    return size


@dilated_field.mistake(
    "return in the loop",
    "You return after the first layer: the `return` stands in the loop. Move it to the left, below "
    "the `for`.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * jump
        jump *= stride
        return size
    return size


@dilated_field.mistake(
    "pixels read, not spanned",
    "You count the pixels that are read, without the holes between them. The field goes from the "
    "first to the last pixel, holes included.",
)
def dilated_field(layers):
    seen, jump = {0}, 1
    for kernel, stride, dilation in layers:
        seen = {place + i * dilation * jump for place in seen for i in range(kernel)}
        jump *= stride
    return len(seen)


@dilated_field.mistake(
    "the jump returned",
    "You returned the jump, the product of the strides. The size of the field is asked for.",
)
def dilated_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * jump
        jump *= stride
    return jump


@dilated_field.mistake(
    "a float",
    "The value is right, but it is a float; np.prod of no number is 1.0. A number of pixels is a "
    "whole number: return int(...).",
)
def dilated_field(layers):
    size = 1
    for index, (kernel, _, dilation) in enumerate(layers):
        jump = np.prod([stride for _, stride, _ in layers[:index]])
        size += (kernel - 1) * dilation * float(jump)
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


@dilated_field.also_right
def dilated_field(layers):
    # Where the last pixel lies: a kernel has (k - 1) * dilation + 1 places in each layer.
    last, jump = 0, 1
    for kernel, stride, dilation in layers:
        spread = dilation * (kernel - 1) + 1
        last += (spread - 1) * jump
        jump = jump * stride
    return last + 1
