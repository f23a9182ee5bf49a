"""Exercise 4.2: Output size."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
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
        (3 * n + 2, [(3, 3, 1)]),  # (3n + 1) / 3: here only rounding up does
        (int(rng.integers(200, 500)), alexnet),
        (int(rng.integers(100, 200)), stack),
    ]


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
    compare=exact(),
    points=2,
)


@output_size.reference
def output_size(size, layers):
    """Give the side length that is left after a stack of layers.

    Args:
        size: int, side length of the input in pixels.
        layers: list of (kernel, stride, padding), in the order in which they run.
            `padding` pixels are added at both ends.

    Returns:
        int, side length of the output. A place where the kernel does not fit
        completely gives no output.

    Example: output_size(8, [(3, 2, 1), (2, 2, 0)]) is 2.
        First layer: 8 + 2 * 1 = 10 pixels, the kernel starts at 0, 2, 4, 6: 4 outputs.
        Second layer: the kernel starts at 0, 2: 2 outputs.
    """
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel) // stride + 1
    return size


@output_size.mistake(
    "forgot the + 1",
    "Each layer is one output short: you counted the steps of the kernel. Count its places; the "
    "one where it starts is a place too.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel) // stride
    return size


@output_size.mistake(
    "rounded up",
    "You rounded up. When the last step is not complete, the kernel would reach over the border, "
    "so that place gives no output: round down.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = int(np.ceil((size + 2 * padding - kernel) / stride)) + 1
    return size


@output_size.mistake(
    "rounded to the nearest",
    "`round` goes up when more than half a step is left. A step that is not complete never gives "
    "an output: always round down.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = round((size + 2 * padding - kernel) / stride) + 1
    return size


@output_size.mistake(
    "not rounded",
    "Your size is not a whole number: `/` keeps the fraction. A map has a whole number of pixels, "
    "so divide and round down.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel) / stride + 1
    return size


@output_size.mistake(
    "float in place of int",
    "The value is right, but its type is float. A size counts pixels, so return an int: divide "
    "with `//`, or use `int`.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = np.floor((size + 2 * padding - kernel) / stride) + 1
    return size


@output_size.mistake(
    "padding once",
    "You added the padding once. It is put at both ends, so the side grows by twice the padding.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + padding - kernel) // stride + 1
    return size


@output_size.mistake(
    "padding left out",
    "You left the padding out. The kernel also moves over the padded pixels, so they count as "
    "part of the input.",
)
def output_size(size, layers):
    for kernel, stride, _ in layers:
        size = (size - kernel) // stride + 1
    return size


@output_size.mistake(
    "stride left out",
    "You left the stride out. The kernel does not stop at every pixel: it moves `stride` pixels "
    "at a time.",
)
def output_size(size, layers):
    for kernel, _, padding in layers:
        size = size + 2 * padding - kernel + 1
    return size


@output_size.mistake(
    "added 1 before the division",
    "You added the 1 before you divided by the stride. The 1 is a whole output, not a pixel: "
    "divide first, then add it.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel + 1) // stride
    return size


@output_size.mistake(
    "product of the strides",
    "You divided by the product of all strides. That holds only when every layer pads exactly "
    "enough; here the kernels and paddings matter, so go through the layers one by one.",
)
def output_size(size, layers):
    total = 1
    for _, stride, _ in layers:
        total *= stride
    return size // total


@output_size.mistake(
    "returned after the first layer",
    "You gave the size after the first layer only. If your `return` stands inside the loop, put it "
    "after the loop.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel) // stride + 1
        return size


@output_size.mistake(
    "every layer on the input",
    "You applied every layer to the input's size, so only the last layer counts. Each layer gets "
    "what the layer before it left.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        result = (size + 2 * padding - kernel) // stride + 1
    return result


@output_size.mistake(
    "stride and padding swapped",
    "You read each layer as (kernel, padding, stride). The order is (kernel, stride, padding): "
    "`for kernel, stride, padding in layers`.",
)
def output_size(size, layers):
    for kernel, padding, stride in layers:
        size = (size + 2 * padding - kernel) // stride + 1
    return size


@output_size.mistake(
    "stride and padding swapped, divided with /",
    "You took the padding for the stride, and it can be 0. A layer is (kernel, stride, padding), "
    "in this order.",
)
def output_size(size, layers):
    for kernel, padding, stride in layers:
        size = int((size + 2 * padding - kernel) / stride + 1)
    return size


@output_size.mistake(
    "size over stride, rounded up",
    'You divided the size by the stride and rounded up. That is the rule for padding="same" in '
    "Keras; here the padding is given, so kernel and padding belong into the formula.",
)
def output_size(size, layers):
    for _, stride, _ in layers:
        size = int(np.ceil(size / stride))
    return size


@output_size.mistake(
    "brackets missing",
    "Python divides before it adds, so only the kernel was divided by the stride. Put "
    "size + 2 * padding - kernel in brackets, then divide.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = size + 2 * padding - kernel // stride + 1
    return size


@output_size.mistake(
    "brackets missing, not rounded",
    "Python divides before it adds, so only the kernel was divided. Put size + 2 * padding - "
    "kernel in brackets, and divide with `//` to get a whole number.",
)
def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = size + 2 * padding - kernel / stride + 1
    return size


@output_size.mistake(
    "list of all sizes",
    "You returned a list with the size after every layer. Only the size after the last layer is "
    "asked for: return that one number.",
)
def output_size(size, layers):
    sizes = []
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel) // stride + 1
        sizes.append(size)
    return sizes


@output_size.mistake(
    "list of all sizes with the input",
    "You returned a list: the input's size and the size after every layer. Return only the last "
    "number of it.",
)
def output_size(size, layers):
    sizes = [size]
    for kernel, stride, padding in layers:
        sizes.append((sizes[-1] + 2 * padding - kernel) // stride + 1)
    return sizes


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
