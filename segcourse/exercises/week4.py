"""Week 4 · FCN: the exercises, each with its reference and the wrong answers people give.

A reference's docstring is the text of the notebook's exercise cell. Its body runs in a notebook
that has `import numpy as np`, `import keras` and `from keras import ops`. Each wrong answer is
complete, and the cases are built so that no two answers of one exercise agree on all of them.
"""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.compare import plain
from segcourse.exercises.exercise import Exercise, close, exact

# 4.1 ---------------------------------------------------------------------------------------------


def _dense_to_conv_cases(rng):
    # Height, width, channels and units all differ, so that no two axes can be mistaken unseen.
    cases = []
    for low in (2, 3):
        height, width, channels, units = (int(n) for n in low + rng.permutation(4))
        kernel = rng.permutation(height * width * channels * units).astype("float32")
        cases.append((kernel.reshape(-1, units), height, width))
    return cases


dense_to_conv = Exercise(
    id="4.1",
    title="Dense layer to convolution",
    function="dense_to_conv",
    hints=(
        "No weight changes its value. Ask only where each weight goes: which row of the dense "
        "kernel belongs to pixel (y, x) and channel c of the feature map?",
        "`Flatten` reads row by row and keeps the channels of one pixel together, so the row is "
        "(y * width + x) * channels + c. NumPy's `reshape` counts in the same order.",
        "The number of channels is kernel.shape[0] // (height * width). One `reshape` to four "
        "axes is enough.",
    ),
    cases=_dense_to_conv_cases,
    compare=exact(),
    points=2,
)


@dense_to_conv.reference
def dense_to_conv(kernel, height, width):
    """Turn the kernel of a dense layer into the kernel of a convolution.

    The dense layer follows a `Flatten` layer. `Flatten` reads the feature map
    [height, width, channels] row by row; the channels of one pixel stay together.

    Args:
        kernel: array [height * width * channels, units], the dense kernel.
        height, width: size of the feature map before `Flatten`.

    Returns:
        Array [height, width, channels, units], the kernel of a `Conv2D`.

    Example: kernel = [[1], [2], [3], [4], [5], [6]], height 1, width 3.
        6 rows / (1 * 3) = 2 channels; the answer is
        [[[[1], [2]], [[3], [4]], [[5], [6]]]] with shape [1, 3, 2, 1].
    """
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.reshape(height, width, channels, units)


@dense_to_conv.mistake(
    "channels first",
    "You read the rows as [channels, height, width]. Keras stores channels last: `Flatten` puts "
    "all channels of one pixel next to each other.",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.reshape(channels, height, width, units).transpose(1, 2, 0, 3)


@dense_to_conv.mistake(
    "kernel flipped",
    "You turned the kernel by 180 degrees. The convolution layer of a network does not flip its "
    "kernel, so the weight for pixel (y, x) stays at (y, x).",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.reshape(height, width, channels, units)[::-1, ::-1]


@dense_to_conv.mistake(
    "height and width swapped",
    "Your first two axes are [width, height]. An image array is indexed [row, column], so the "
    "height comes first.",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.reshape(width, height, channels, units)


@dense_to_conv.mistake(
    "read column by column",
    "The shape is right, but you read the feature map column by column. `Flatten` reads it row by "
    "row: x changes faster than y.",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.reshape(width, height, channels, units).transpose(1, 0, 2, 3)


@dense_to_conv.mistake(
    "units before channels",
    "Your last two axes are [units, channels]; that is the layout of `Conv2DTranspose`. A `Conv2D` "
    "kernel ends in [channels, units].",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.reshape(height, width, channels, units).transpose(0, 1, 3, 2)


@dense_to_conv.mistake(
    "Fortran order",
    "order='F' lets the first axis change fastest. `Flatten` works in C order, where the last "
    "axis, the channels, changes fastest.",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.reshape((height, width, channels, units), order="F")


@dense_to_conv.mistake(
    "kernel transposed first",
    "You transposed the dense kernel before you reshaped it, which mixes the weights of different "
    "units. In Keras the units are already the last axis of a dense kernel.",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.T.reshape(height, width, channels, units)


@dense_to_conv.mistake(
    "1×1 convolution",
    "You built a 1×1 kernel with height * width * channels input channels. It cannot slide over "
    "the feature map: the kernel must be as large as the map, [height, width, channels, units].",
)
def dense_to_conv(kernel, height, width):
    return kernel[None, None]


@dense_to_conv.mistake(
    "sizes typed in",
    "You typed in the sizes of one example. The function must work for every kernel: take the "
    "units and the channels from kernel.shape, and use `height` and `width`.",
)
def dense_to_conv(kernel, height, width):
    return kernel.reshape(4, 4, 16, 10)


@dense_to_conv.mistake(
    "channels as a float",
    "`/` gives a float, and an axis needs a whole number. Divide with `//`: "
    "rows // (height * width).",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows / (height * width)
    return kernel.reshape(height, width, channels, units)


@dense_to_conv.mistake(
    "channels from kernel.shape[1]",
    "You took kernel.shape[1] as the channels, but it is the number of units. The rows hold "
    "height * width * channels: divide kernel.shape[0] by (height * width).",
)
def dense_to_conv(kernel, height, width):
    channels = kernel.shape[1]
    return kernel.reshape(height, width, channels, -1)


@dense_to_conv.mistake(
    "channels and units both from kernel.shape[1]",
    "You used kernel.shape[1] twice, for the channels and for the units. It is the number of "
    "units; the channels are kernel.shape[0] // (height * width).",
)
def dense_to_conv(kernel, height, width):
    channels = kernel.shape[1]
    return kernel.reshape(height, width, channels, kernel.shape[1])


@dense_to_conv.mistake(
    "rows as channels",
    "You took all rows of the kernel as channels. The rows hold height * width * channels, so "
    "divide their number by height * width.",
)
def dense_to_conv(kernel, height, width):
    channels, units = kernel.shape
    return kernel.reshape(height, width, channels, units)


@dense_to_conv.mistake(
    "batch axis added",
    "You added a batch axis. A batch has one, but all images share one kernel, so it has four "
    "axes: [height, width, channels, units].",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.reshape(1, height, width, channels, units)


@dense_to_conv.also_right
def dense_to_conv(kernel, height, width):
    units = kernel.shape[-1]
    return ops.reshape(kernel, (height, width, -1, units))


@dense_to_conv.also_right
def dense_to_conv(kernel, height, width):
    channels = len(kernel) // (height * width)
    result = np.zeros((height, width, channels, kernel.shape[1]), kernel.dtype)
    for y in range(height):
        for x in range(width):
            start = (y * width + x) * channels
            result[y, x] = kernel[start : start + channels]
    return result


# 4.2 ---------------------------------------------------------------------------------------------


def _output_size_cases(rng):
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
    title="Output size",
    function="output_size",
    hints=(
        "Draw one row of 7 pixels and a kernel of 3 with stride 2. Count the places where the "
        "kernel fits completely.",
        "The first place is always there. After it there are size + 2 * padding - kernel pixels "
        "left, and each further place needs `stride` of them.",
        "In a loop over the layers: size = (size + 2 * padding - kernel) // stride + 1.",
    ),
    cases=_output_size_cases,
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


# 4.3 ---------------------------------------------------------------------------------------------


def _receptive_field_cases(rng):
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
    title="Receptive field",
    function="receptive_field",
    hints=(
        "One 3×3 convolution sees 3 pixels along a side. Two of them see 5: the second adds "
        "2 = kernel - 1, for the first window is already counted.",
        "Keep two numbers: the field, and the jump, which is how many input pixels lie from one "
        "neighbour of the current map to the next. Both start at 1; stride 2 doubles the jump.",
        "For each layer: first field += (kernel - 1) * jump, then jump *= stride.",
    ),
    cases=_receptive_field_cases,
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


# 4.4 ---------------------------------------------------------------------------------------------


def _fuse_cases(rng):
    cases = []
    for batch, classes, extra in ((1, 1, 2), (2, 3, 10)):
        # What hangs over is neither 2 * offset nor offset, so that a centred crop and a crop at
        # the far corner miss. Few shapes: some backends compile a resize for each.
        offset = int(rng.integers(5, 7))
        height, width = (int(n) for n in 3 + rng.permutation(3)[:2])
        shape = (batch, height, width, classes)
        larger = (batch, height + offset + extra, width + offset + extra + 1, classes)
        coarse = rng.integers(0, 10, shape).astype("float32")
        skip = 10 * rng.permutation(int(np.prod(larger))).reshape(larger).astype("float32")
        cases.append((coarse, skip, offset))
    return cases


def _fuse_picture(case, got, expected):
    """The skip score, with the part to take and, if it can be told, the part that was taken."""
    from segcourse import plots  # not needed, and slow to import, until an answer is wrong

    coarse, skip, offset = case.args
    rows, columns = coarse.shape[1:3]
    asked = np.zeros(skip.shape[1:3], bool)
    asked[offset : offset + rows, offset : offset + columns] = True
    # The skip's numbers are all different, so what was added says where it came from.
    added = plain(got)[0, :, :, 0] - coarse[0, :, :, 0]
    taken = np.isin(skip[0, :, :, 0], added)
    told = taken.sum() == added.size
    axes = plots.numbers(
        skip[0, :, :, 0],
        title="The skip score of the first image and class",
        highlight=asked + 2 * (taken & told) - 1,
        names=("asked for", "yours", "both") if told else ("asked for",),
    )
    return axes.figure


fuse = Exercise(
    id="4.4",
    title="Crop and add",
    function="fuse",
    hints=(
        "Two maps can be added only when they have the same size. Which one is larger, and where "
        "does the smaller one lie in it?",
        "Cut the skip to rows offset … offset + h and columns offset … offset + w, where h and w "
        "are the height and width of `coarse`. All images of the batch and all classes stay.",
        "skip[:, offset : offset + h, offset : offset + w] is the part to add.",
    ),
    cases=_fuse_cases,
    picture=_fuse_picture,
    compare=exact(),
    points=2,
)


@fuse.reference
def fuse(coarse, skip, offset):
    """Crop the skip layer's score to the coarse score's size, and add the two.

    Args:
        coarse: array [batch, h, w, classes], the upsampled coarse score.
        skip: array [batch, H, W, classes], the skip layer's score. It is
            larger: H >= offset + h and W >= offset + w.
        offset: int, the row and the column of `skip` where `coarse` begins.

    Returns:
        Array [batch, h, w, classes].

    Example (one image, one class, offset 1):
        skip 1 2 3 4    coarse 10 20    cropped skip 6 7    result 16 27
             5 6 7 8
    """
    height, width = coarse.shape[1:3]
    cropped = skip[:, offset : offset + height, offset : offset + width]
    return coarse + cropped


@fuse.mistake(
    "sizes do not match",
    "The two maps do not have the same size when you add them. First crop the skip: as many rows "
    "and columns as `coarse` has, beginning at `offset`; then add.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    total = coarse + skip
    return total[:, offset : offset + height, offset : offset + width]


@fuse.mistake(
    "centred crop",
    "You cropped from the centre of the skip. The coarse map does not lie in the centre: it "
    "begins at row `offset` and column `offset`.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    top = (skip.shape[1] - height) // 2
    left = (skip.shape[2] - width) // 2
    return coarse + skip[:, top : top + height, left : left + width]


@fuse.mistake(
    "crop one pixel late",
    "Your crop begins one pixel too late. Python counts from 0, so `offset` itself is the first "
    "row and the first column.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    top = offset + 1
    return coarse + skip[:, top : top + height, top : top + width]


@fuse.mistake(
    "crop one pixel early",
    "Your crop begins one pixel too early. `offset` is already an index that counts from 0: do "
    "not subtract 1 from it.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    top = offset - 1
    return coarse + skip[:, top : top + height, top : top + width]


@fuse.mistake(
    "offset left out",
    "You cropped from the upper left corner and left the offset out. The scores then come from "
    "other places of the image: begin at `offset` on both axes.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return coarse + skip[:, :height, :width]


@fuse.mistake(
    "offset on one axis",
    "You moved the crop down but not to the right. The offset holds for the rows and for the "
    "columns.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return coarse + skip[:, offset : offset + height, :width]


@fuse.mistake(
    "crop at the lower right",
    "You took the last rows and columns of the skip. Count the offset from the top and the left; "
    "what remains at the bottom and the right is dropped.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return coarse + skip[:, -height:, -width:]


@fuse.mistake(
    "concatenated",
    "You concatenated the two maps, as U-Net does, so there are twice as many channels. FCN adds "
    "its scores, and the number of classes stays.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    cropped = skip[:, offset : offset + height, offset : offset + width]
    return np.concatenate([coarse, cropped], axis=-1)


@fuse.mistake(
    "not added",
    "You returned the cropped skip alone. The fine score only corrects the coarse one: add "
    "`coarse` to it.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return skip[:, offset : offset + height, offset : offset + width]


@fuse.mistake(
    "resized in place of cropped",
    "You resized the whole skip to the smaller size. That squeezes the picture, and its pixels "
    "no longer match those of `coarse`: crop without changing the scale.",
)
def fuse(coarse, skip, offset):
    return coarse + ops.convert_to_numpy(ops.image.resize(skip, coarse.shape[1:3]))


@fuse.mistake(
    "sizes do not match, with keras.ops",
    "You added two maps of different sizes. Crop the skip first, to the rows and columns of "
    "`coarse`, beginning at `offset`; then add.",
)
def fuse(coarse, skip, offset):
    return ops.add(coarse, skip)


@fuse.mistake(
    "four axes unpacked into two names",
    "`coarse` has four axes: [batch, h, w, classes]. Take the two in the middle: "
    "height, width = coarse.shape[1:3].",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape
    return coarse + skip[:, offset : offset + height, offset : offset + width]


@fuse.mistake(
    "batch as height",
    "coarse.shape[:2] gives the batch and the height. The batch is the first axis, so the height "
    "and the width are coarse.shape[1:3].",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[:2]
    return coarse + skip[:, offset : offset + height, offset : offset + width]


@fuse.mistake(
    "batch axis forgotten",
    "You cropped the first two axes, batch and rows. Keep the whole batch with a `:` in the first "
    "place: skip[:, rows, columns].",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return coarse + skip[offset : offset + height, offset : offset + width]


@fuse.mistake(
    "slice ends at the height",
    "Your slices end at `height` and `width`. The end of a slice is an index, not a length: the "
    "crop ends at offset + height and offset + width.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return coarse + skip[:, offset:height, offset:width]


@fuse.mistake(
    "slice without an end",
    "Your slices run to the end of the skip, which reaches further than `coarse`. End them at "
    "offset + height and offset + width.",
)
def fuse(coarse, skip, offset):
    return coarse + skip[:, offset:, offset:]


@fuse.mistake(
    "whole skip returned",
    "You added at the right place, but returned a map as large as the skip. Only the part under "
    "`coarse` is asked for: [batch, h, w, classes].",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    result = skip.copy()
    result[:, offset : offset + height, offset : offset + width] += coarse
    return result


@fuse.mistake(
    "sizes do not match, with a layer",
    "`Add` takes maps of one size only. First crop the skip to the rows and columns of `coarse`, "
    "beginning at `offset`, then add.",
)
def fuse(coarse, skip, offset):
    return keras.layers.Add()([coarse, skip])


@fuse.also_right
def fuse(coarse, skip, offset):
    below = skip.shape[1] - coarse.shape[1] - offset
    right = skip.shape[2] - coarse.shape[2] - offset
    crop = keras.layers.Cropping2D(((offset, below), (offset, right)))
    return keras.layers.Add()([coarse, crop(skip)])


@fuse.also_right
def fuse(coarse, skip, offset):
    result = coarse.copy()
    for y in range(coarse.shape[1]):
        for x in range(coarse.shape[2]):
            result[:, y, x] += skip[:, offset + y, offset + x]
    return result


# 4.5 ---------------------------------------------------------------------------------------------


def _interlace_cases(rng):
    cases = []
    for stride in (2, 3):
        height, width = (int(n) for n in 2 + rng.permutation(3)[:2])
        # With a fraction, so that a result of whole numbers shows.
        values = rng.permutation(stride * stride * height * width).astype("float32") + 0.5
        cases.append((values.reshape(-1, height, width), stride))
    return cases


def _interlace_picture(case, got, expected):
    """Both results, each cell marked with the number of the map it came from."""
    import matplotlib.pyplot as plt

    from segcourse import plots

    outputs, _ = case.args
    figure, axes = plt.subplots(1, 2, figsize=(9, 4))
    for ax, title, result in zip(axes, ("yours", "expected"), (got, expected), strict=True):
        result = plain(result)
        # The numbers are all different, so each says from which map it came; an average says -1.
        found = result[..., None, None, None] == outputs
        maps = np.where(found.any((2, 3, 4)), found.any((3, 4)).argmax(-1), -1)
        plots.numbers(result, ax=ax, title=title, highlight=maps if maps.min() >= 0 else None)
    return figure


interlace = Exercise(
    id="4.5",
    title="Interlace the outputs",
    function="interlace",
    hints=(
        "Take stride 2 and four maps of one pixel each. Where does each pixel go in the 2×2 "
        "result?",
        "outputs[dy * stride + dx][y, x] goes to row y * stride + dy and column x * stride + dx.",
        "Either two loops that fill result[dy::stride, dx::stride], or without loops: reshape to "
        "[dy, dx, y, x], transpose to [y, dy, x, dx], reshape.",
    ),
    cases=_interlace_cases,
    picture=_interlace_picture,
    compare=exact(),
    points=2,
)


@interlace.reference
def interlace(outputs, stride):
    """Interlace the outputs for all shifts of the input into one full-size map.

    Args:
        outputs: array [stride * stride, h, w]. outputs[dy * stride + dx] holds
            the results for the rows dy, dy + stride, dy + 2 * stride, ... and
            the columns dx, dx + stride, dx + 2 * stride, ...
        stride: int, the stride of the network.

    Returns:
        Array [h * stride, w * stride].

    Example: outputs = [[[1, 2]], [[3, 4]], [[5, 6]], [[7, 8]]], stride 2:
        [[1, 3, 2, 4],
         [5, 7, 6, 8]]
    """
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    rows_and_columns = shifts.transpose(2, 0, 3, 1)  # [y, dy, x, dx]
    return rows_and_columns.reshape(height * stride, width * stride)


@interlace.mistake(
    "side by side",
    "You put the maps side by side as blocks. Each map holds every stride-th pixel of the result, "
    "so neighbours in the result come from different maps.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(0, 2, 1, 3).reshape(height * stride, width * stride)


@interlace.mistake(
    "dy and dx swapped",
    "You swapped dy and dx. In dy * stride + dx, the shift to the right (dx) changes from one "
    "map to the next, and the shift down (dy) only after `stride` maps.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(2, 1, 3, 0).reshape(height * stride, width * stride)


@interlace.mistake(
    "reshape without transpose",
    "You only reshaped. `reshape` keeps the order of the numbers, but here pixels of different "
    "maps must come to lie next to each other: change the order of the axes first.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    return outputs.reshape(height * stride, width * stride)


@interlace.mistake(
    "first map repeated",
    "You enlarged the first map by repeating its pixels. The other maps hold what the network "
    "says about the pixels in between: use all of them.",
)
def interlace(outputs, stride):
    return outputs[0].repeat(stride, axis=0).repeat(stride, axis=1)


@interlace.mistake(
    "averaged",
    "You averaged the maps. They belong to different pixels, so they must be placed next to each "
    "other and not mixed.",
)
def interlace(outputs, stride):
    return outputs.mean(axis=0).repeat(stride, axis=0).repeat(stride, axis=1)


@interlace.mistake(
    "shifts reversed",
    "You placed the shifts in the opposite order. Map 0 has shift (0, 0): its first pixel is the "
    "upper left pixel of the result.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs[::-1].reshape(stride, stride, height, width)
    return shifts.transpose(2, 0, 3, 1).reshape(height * stride, width * stride)


@interlace.mistake(
    "only the rows interlaced",
    "You interlaced the rows, but the columns still lie side by side as blocks. Each x must stand "
    "directly before its dx, as each y stands before its dy.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(2, 0, 1, 3).reshape(height * stride, width * stride)


@interlace.mistake(
    "rows and columns swapped",
    "Your result is [w * stride, h * stride]: rows and columns are swapped. The height comes "
    "first, and dy belongs to the rows.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(3, 1, 2, 0).reshape(width * stride, height * stride)


@interlace.mistake(
    "shifts as the last axes",
    "You put the shifts after y and x, so all shifts of one place come one after the other in a "
    "row. dy belongs to the rows and dx to the columns: order the axes [y, dy, x, dx].",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(2, 3, 0, 1).reshape(height * stride, width * stride)


@interlace.mistake(
    "only the columns interlaced",
    "You interlaced the columns, but the rows of one dy still lie together as a block. Each y "
    "must stand directly before its dy, as each x stands before its dx.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(0, 2, 3, 1).reshape(height * stride, width * stride)


@interlace.mistake(
    "all axes reversed",
    "`.T` reverses all axes, so x comes before y and the rows are filled with columns. Give the "
    "order of the axes to `transpose`: [y, dy, x, dx].",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    return outputs.T.reshape(height * stride, width * stride)


@interlace.mistake(
    "map dy + dx",
    "You took map dy + dx, so different shifts get the same map. There are `stride` maps for "
    "each dy: take outputs[dy * stride + dx].",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride), outputs.dtype)
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy + dx]
    return result


@interlace.mistake(
    "stride 2 in the reshape",
    "Your reshape works only for stride 2. The network may have another stride: use the argument "
    "`stride` in place of the 2.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(2, 2, height, width).transpose(2, 0, 3, 1)
    return shifts.reshape(height * 2, width * 2)


@interlace.mistake(
    "stride 2 everywhere",
    "Your result is right only for stride 2, and too small for a larger one. Use the argument "
    "`stride` wherever you wrote 2.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * 2, width * 2), outputs.dtype)
    for dy in range(2):
        for dx in range(2):
            result[dy::2, dx::2] = outputs[dy * 2 + dx]
    return result


@interlace.mistake(
    "stride 2 in the loops",
    "Your result has the right size, but you place the maps as for stride 2. Use the argument "
    "`stride` in the loops and in the slices, too.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride), outputs.dtype)
    for dy in range(2):
        for dx in range(2):
            result[dy::2, dx::2] = outputs[dy * 2 + dx]
    return result


@interlace.mistake(
    "result of whole numbers",
    "Your result holds whole numbers, so the fractions are cut off. Scores are floats: create the "
    "result with outputs.dtype.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride), int)
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy * stride + dx]
    return result


@interlace.mistake(
    "shift subtracted",
    "You subtracted the shift: row y * stride - dy. A map with shift dy holds the rows dy, "
    "dy + stride, ..., so add it: y * stride + dy, and the same for x.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride), outputs.dtype)
    for dy in range(stride):
        for dx in range(stride):
            for y in range(height):
                for x in range(width):
                    place = y * stride - dy, x * stride - dx
                    result[place] = outputs[dy * stride + dx, y, x]
    return result


@interlace.also_right
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride), outputs.dtype)
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy * stride + dx]
    return result


@interlace.also_right
def interlace(outputs, stride):
    _, height, width = outputs.shape
    y, x = np.mgrid[: height * stride, : width * stride]
    return outputs[y % stride * stride + x % stride, y // stride, x // stride]


# 4.6 ---------------------------------------------------------------------------------------------


def _pixel_loss_cases(rng):
    cases = []
    # Shifted by 1000, every exp overflows; stretched by 1000, some probability becomes 0.
    for scale, shift in ((1, 0), (1, 0), (1, 1000), (1000, 0)):
        height, width, classes = (int(n) for n in 3 + rng.permutation(3))
        spread = np.tile(np.linspace(-2, 2, classes), (height, width, 1))
        logits = rng.permuted(spread, axis=-1) + rng.uniform(-0.2, 0.2, spread.shape)
        labels = rng.integers(0, classes, height * width)
        labels[: height * width // 4] = 255
        labels = rng.permutation(labels).reshape(height, width).astype("int32")
        # One pixel that counts is as wrong as can be, and all its logits are low.
        y, x = np.argwhere(labels != 255)[0]
        labels[y, x] = logits[y, x].argmin()
        logits[y, x] -= 2
        cases.append(((scale * logits + shift).astype("float32"), labels))
    return cases


pixel_loss = Exercise(
    id="4.6",
    title="Loss per pixel",
    function="pixel_loss",
    hints=(
        "It is the loss of classification, once for every pixel that is not void. "
        "`labels != 255` picks those pixels out of both arrays.",
        "The loss of one pixel is -log softmax = log(sum of exp(logits)) - logit of its class. "
        "exp(1000) is infinite: subtract the largest logit of the pixel from all its logits first; "
        "the loss stays the same.",
        "kept = labels != 255; scores = logits[kept] minus its max over the last axis (keepdims); "
        "then np.log(np.exp(scores).sum(-1)) minus scores at the label, and the mean of that.",
    ),
    cases=_pixel_loss_cases,
    compare=close(1e-4),
    points=2,
)


@pixel_loss.reference
def pixel_loss(logits, labels):
    """Give the mean multinomial logistic loss over the pixels that are not void.

    The loss of one pixel is -log(softmax(its logits)[its label]).

    Args:
        logits: float array [h, w, classes], also with values in the thousands.
        labels: int array [h, w], class ids; 255 is void and does not count.
            At least one pixel is not void.

    Returns:
        float, the mean loss per pixel that counts.

    Example: one row of three pixels with logits [0, 0], [0, log 3], [5, 1]
        and labels 0, 1, 255: the probabilities are 1/2 and 3/4, the third
        pixel is void. (log 2 + log 4/3) / 2 = (0.693 + 0.288) / 2 = 0.490.
    """
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    losses = log_sums - scores[np.arange(len(classes)), classes]
    return float(losses.mean())


@pixel_loss.mistake(
    "void counted as a class",
    "You counted void pixels as pixels of the last class. Nobody knows what they are, so the "
    "network must not be trained on them: leave them out.",
)
def pixel_loss(logits, labels):
    labels = np.minimum(labels, logits.shape[-1] - 1)
    scores = logits - logits.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-np.take_along_axis(log_p, labels[..., None], axis=-1).mean())


@pixel_loss.mistake(
    "void counted as class 0",
    "You turned void into class 0. Class 0 is a class like the others, so this teaches the "
    "network something wrong: leave void pixels out.",
)
def pixel_loss(logits, labels):
    labels = np.where(labels == 255, 0, labels)
    scores = logits - logits.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-np.take_along_axis(log_p, labels[..., None], axis=-1).mean())


@pixel_loss.mistake(
    "divided by all pixels",
    "You gave void pixels a loss of 0 but still divided by the number of all pixels, so the loss "
    "is too small. Divide by the number of pixels that are not void.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    losses = log_sums - scores[np.arange(len(classes)), classes]
    return float(losses.sum() / labels.size)


@pixel_loss.mistake(
    "void not removed",
    "The label 255 has no logit: there are only as many logits as classes. Remove the void pixels "
    "before you look up the logit of each label.",
)
def pixel_loss(logits, labels):
    scores = logits - logits.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-np.take_along_axis(log_p, labels[..., None], axis=-1).mean())


@pixel_loss.mistake(
    "exp overflows",
    "exp() of a large logit is infinite, and the loss is no longer a number. Subtract each "
    "pixel's largest logit before exp(): softmax stays the same.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores)
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return float(-np.log(probabilities[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "log of the sum overflows",
    "The sum of exp() of large logits is infinite, and so is its log. Subtract each pixel's "
    "largest logit from all its logits first: the loss stays the same.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "largest logit of the whole map",
    "You subtracted one largest logit from the whole map. Where all logits are far below it every "
    "exp() becomes 0, so take the largest logit of each pixel (axis=-1, keepdims=True).",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max()
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "log of 0",
    "You took the softmax first and then its log. A very small probability becomes 0 and its log "
    "infinite: write log softmax as the logit minus the log of the sum of exp.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return float(-np.log(probabilities[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "probability clipped",
    "You clipped the probability before the log, so a very wrong pixel costs at most about 16. "
    "Nothing must be clipped when you compute log softmax from the logits directly.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    probabilities = np.clip(probabilities, 1e-7, 1)
    return float(-np.log(probabilities[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "sum in place of mean",
    "You summed the losses of the pixels. The mean is asked for, so that a large image does not "
    "count more than a small one: divide by the number of pixels that are not void.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).sum())


@pixel_loss.mistake(
    "averaged over the classes too",
    "You took the mean over pixels and classes, so the loss is too small by the number of "
    "classes. Each pixel has one loss, that of its own class: sum over the classes first.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    one_hot = np.eye(logits.shape[-1])[classes]
    return float(-(one_hot * log_p).mean())


@pixel_loss.mistake(
    "softmax over the wrong axis",
    "You took the softmax over the pixels. The classes of one pixel compete with each other, so "
    "the sum runs over the last axis, the classes.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=0, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=0, keepdims=True))
    return float(-log_p[np.arange(len(classes)), classes].mean())


@pixel_loss.mistake(
    "log left out",
    "You averaged 1 - p, with the probability p of the right class. The logistic loss is -log(p), "
    "which grows without limit when p goes to 0.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return float((1 - probabilities[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "minus sign forgotten",
    "Your loss is negative: the log of a probability is never above 0. Put a minus before it, so "
    "that a smaller loss is a better one.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((scores[np.arange(len(classes)), classes] - log_sums).mean())


@pixel_loss.mistake(
    "pixel accuracy",
    "You returned the share of pixels where argmax is right. That is an accuracy and has no "
    "useful gradient; the loss looks at the probability of the right class.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    return float((logits[kept].argmax(axis=-1) == labels[kept]).mean())


@pixel_loss.mistake(
    "positions of all pixels",
    "You counted the positions of all pixels, but the void ones are removed: there are fewer "
    "rows. Use np.arange(len(classes)) with the labels that are left.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(labels.size), classes]).mean())


@pixel_loss.mistake(
    "rows and columns of the map counted",
    "np.arange(h) and np.arange(w) do not pair up to all pixels. Take scores[labels != 255], which "
    "is [n, classes], and index it with [np.arange(n), labels].",
)
def pixel_loss(logits, labels):
    height, width, _ = logits.shape
    scores = logits - logits.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    losses = -log_p[np.arange(height), np.arange(width), labels]
    return float(losses[labels != 255].mean())


@pixel_loss.mistake(
    "largest logit subtracted in the sum only",
    "You subtracted the largest logit inside exp(), but not from the logit of the label. Use the "
    "same shifted logits in both places, or add the largest logit to the log of the sum again.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    shifted = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "every label for every pixel",
    "`[:, labels]` takes the labels of all pixels for every pixel. One value a pixel is needed: "
    "index with the pair [np.arange(n), labels].",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-log_p[:, classes].mean())


@pixel_loss.mistake(
    "keepdims missing",
    "A max or a sum over the classes drops the last axis, so it no longer fits the logits. Keep "
    "the axis with keepdims=True.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "keepdims missing, on the map",
    "A max or a sum over the classes turns [h, w, classes] into [h, w], which does not fit the "
    "logits. Keep the axis with keepdims=True.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores = logits - logits.max(axis=-1)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return float(-log_p[kept][np.arange(kept.sum()), labels[kept]].mean())


@pixel_loss.mistake(
    "Keras' loss on probabilities",
    "Keras' loss takes your logits for probabilities. Say that they are logits: from_logits=True.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    loss = keras.losses.sparse_categorical_crossentropy(labels[kept], logits[kept])
    return float(ops.mean(loss))


@pixel_loss.mistake(
    "log2",
    "You used log2, so the loss is too large by the factor 1 / log(2) = 1.44. The logistic loss "
    "takes the natural logarithm: np.log.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    losses = log_sums - scores[np.arange(len(classes)), classes]
    return float(losses.mean() / np.log(2))


@pixel_loss.mistake(
    "log2 in the sum only",
    "You used log2 of the sum of exp. exp belongs to the natural logarithm, so take np.log.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log2(np.exp(scores).sum(axis=-1))
    return float((log_sums - scores[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "log2 of the probability",
    "You used log2 of the probability, and it becomes log2(0) where the probability is very "
    "small. Use the natural logarithm, and write log softmax as the logit minus the log of the "
    "sum of exp.",
)
def pixel_loss(logits, labels):
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return float(-np.log2(probabilities[np.arange(len(classes)), classes]).mean())


@pixel_loss.mistake(
    "void not removed, with keras.ops",
    "You looked up the logit of label 255, and there is none: void is no class. Keep only the "
    "pixels with labels != 255.",
)
def pixel_loss(logits, labels):
    log_p = ops.log_softmax(logits)
    return -ops.mean(ops.take_along_axis(log_p, labels[..., None], axis=-1))


# With JAX such a label costs nothing, and the answer is "divided by all pixels".
if keras.backend.backend() == "tensorflow":

    @pixel_loss.mistake(
        "void given to Keras' loss",
        "Keras' loss does not know that 255 is void. Remove those pixels first, or tell it: "
        "ignore_class=255.",
    )
    def pixel_loss(logits, labels):
        loss = keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
        return float(ops.mean(loss))


@pixel_loss.also_right
def pixel_loss(logits, labels):
    log_p = logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)
    losses = [
        -log_p[y, x, labels[y, x]]
        for y in range(labels.shape[0])
        for x in range(labels.shape[1])
        if labels[y, x] != 255
    ]
    return sum(losses) / len(losses)


@pixel_loss.also_right
def pixel_loss(logits, labels):
    kept = labels != 255
    return ops.mean(
        keras.losses.sparse_categorical_crossentropy(labels[kept], logits[kept], from_logits=True)
    )


# 4.7 ---------------------------------------------------------------------------------------------


def _sgd_step_cases(rng):
    # Far from 0, and the decay large enough that leaving it out shows in every element.
    def values():
        return (rng.choice([-1, 1], 3) * rng.uniform(0.5, 2, 3).round(1)).astype("float32")

    def settings():
        spans = ((0.1, 0.3), (0.7, 0.8), (0.2, 0.4))
        return [round(float(rng.uniform(*span)), 2) for span in spans]

    weight, gradient, velocity = (round(float(values()[0]), 1) for _ in range(3))
    return [
        (weight, gradient, velocity, *settings()),
        (values(), values(), values(), *settings(), False),
        (values(), values(), values(), *settings(), True),
        # With the defaults; the rate is large enough that a decay of 5e-4 shows.
        (values(), values(), values(), 0.5),
    ]


sgd_step = Exercise(
    id="4.7",
    title="One step of SGD",
    function="sgd_step",
    hints=(
        "Two things happen one after the other: the velocity gets a new value, then the weight "
        "moves by it. Begin with the rate and the decay that hold for this weight.",
        "The gradient of the decay term is decay * weight: add it to the gradient. A bias takes "
        "twice the rate and no decay.",
        "velocity = momentum * velocity + rate * (gradient + decay * weight); then return "
        "weight - velocity and velocity.",
    ),
    cases=_sgd_step_cases,
    compare=close(1e-5, parts=("the new weight", "the new velocity")),
    points=2,
)


@sgd_step.reference
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    """Make one step of stochastic gradient descent, as FCN was trained.

    The new velocity is momentum times the old one, plus the rate times the
    gradient, to which decay * weight was added. The new weight is the old one
    minus the new velocity. A bias takes twice the rate and no decay.

    Args:
        weight, gradient, velocity: numbers, or arrays of one shape.
        rate, momentum, decay: floats.
        is_bias: bool, whether `weight` is a bias.

    Returns:
        Tuple (new weight, new velocity).

    Example: weight 1, gradient 0.5, velocity 0.2, rate 0.1, decay 0.1.
        velocity = 0.9 * 0.2 + 0.1 * (0.5 + 0.1 * 1) = 0.24, weight = 0.76.
        As a bias: 0.9 * 0.2 + 0.2 * 0.5 = 0.28, weight = 0.72.
    """
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "bias rate not doubled",
    "The rate of a bias is not doubled. In the published training a bias takes twice the rate of "
    "the other weights.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        decay = 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "decay on the bias",
    "You let the bias decay. Weight decay keeps kernels small; a bias only moves the threshold "
    "and takes no decay.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate = 2 * rate
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "bias like every weight",
    "You did not use `is_bias`. A bias is treated in another way in two points: it takes twice "
    "the rate, and it does not decay.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "decay with the wrong sign",
    "Your decay has the wrong sign, so weights grow. The velocity is subtracted at the end: add "
    "decay * weight to the gradient to make the weight smaller.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient - decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "decay without the rate",
    "Your decay is not multiplied by the rate. It is part of the gradient: add it to the gradient "
    "before you multiply by the rate.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * gradient + decay * weight
    return weight - velocity, velocity


@sgd_step.mistake(
    "decay beside the velocity",
    "You subtracted the decay from the weight directly, as AdamW does. In the published "
    "training it is part of the gradient, so it also goes into the velocity.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * gradient
    return weight - velocity - rate * decay * weight, velocity


@sgd_step.mistake(
    "decay left out",
    "You left the weight decay out. Add decay * weight to the gradient of every weight that is "
    "not a bias.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate = 2 * rate
    velocity = momentum * velocity + rate * gradient
    return weight - velocity, velocity


@sgd_step.mistake(
    "rate not in the velocity",
    "You multiplied by the rate when you moved the weight, as PyTorch does. Here the rate is "
    "already in the velocity, so multiply the gradient by it.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + gradient + decay * weight
    return weight - rate * velocity, velocity


@sgd_step.mistake(
    "rate used twice",
    "You multiplied by the rate twice, so the step is far too small. The rate is already in the "
    "velocity: subtract the velocity as it is.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - rate * velocity, velocity


@sgd_step.mistake(
    "gradient times 1 - momentum",
    "You multiplied the new gradient by 1 - momentum, as in a running mean. In this rule the new "
    "gradient counts fully.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    step = rate * (gradient + decay * weight)
    velocity = momentum * velocity + (1 - momentum) * step
    return weight - velocity, velocity


@sgd_step.mistake(
    "weight + velocity",
    "You added the velocity to the weight. The velocity points along the gradient, in which the "
    "loss grows: subtract it.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight + velocity, velocity


@sgd_step.mistake(
    "velocity with Keras' sign",
    "Your velocity points against the gradient and is added, as inside Keras. Here it has the "
    "other sign: it points along the gradient and is subtracted.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity - rate * (gradient + decay * weight)
    return weight + velocity, velocity


@sgd_step.mistake(
    "Nesterov",
    "That is Nesterov momentum: you applied the new velocity and one more gradient step. FCN was "
    "trained with plain momentum: subtract the velocity only.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    step = rate * (gradient + decay * weight)
    velocity = momentum * velocity + step
    return weight - (momentum * velocity + step), velocity


@sgd_step.mistake(
    "momentum left out",
    "Your new velocity does not depend on the old one. Momentum keeps a part of it: start from "
    "momentum * velocity.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "moved by the old velocity",
    "You moved the weight by the old velocity. First compute the new velocity, then subtract it "
    "from the weight.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    new_velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, new_velocity


@sgd_step.mistake(
    "returned in the wrong order",
    "You returned the velocity first. The text asks for the new weight first, then the new "
    "velocity.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return velocity, weight - velocity


@sgd_step.mistake(
    "only the weight returned",
    "You returned the weight alone. The next step needs the new velocity too, so return both, "
    "the weight first.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity


@sgd_step.mistake(
    "whole velocity doubled for a bias",
    "For a bias you doubled the whole velocity, with the part kept from the step before. Only "
    "the rate is doubled: 2 * rate * gradient.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        velocity = 2 * (momentum * velocity + rate * gradient)
    else:
        velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "step of a bias doubled",
    "For a bias you subtracted twice the velocity. The doubled rate belongs into the new "
    "velocity, next to the gradient: 2 * rate * gradient.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        velocity = momentum * velocity + rate * gradient
        return weight - 2 * velocity, velocity
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "is_bias inverted",
    "You treated the weights as biases and the biases as weights. Twice the rate and no decay "
    "hold when `is_bias` is True.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if not is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "weight changed before the velocity",
    "You changed the weight first, by the old velocity, and its decay then came from the new "
    "weight. Compute the new velocity first, then subtract it from the weight.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    weight = weight - velocity
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight, velocity


@sgd_step.mistake(
    "momentum typed in",
    "You typed in the momentum 0.9. That is only its default: use the argument `momentum`.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = 0.9 * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "decay typed in",
    "You typed in the decay 5e-4. That is only its default: use the argument `decay`.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        velocity = momentum * velocity + 2 * rate * gradient
    else:
        velocity = momentum * velocity + rate * (gradient + 5e-4 * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "momentum and decay typed in",
    "You typed in the momentum 0.9 and the decay 5e-4. Those are only defaults: use the arguments "
    "`momentum` and `decay`.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        velocity = 0.9 * velocity + 2 * rate * gradient
    else:
        velocity = 0.9 * velocity + rate * (gradient + 5e-4 * weight)
    return weight - velocity, velocity


@sgd_step.also_right
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    local_rate = rate * (2 if is_bias else 1)
    local_decay = decay * (0 if is_bias else 1)
    change = -momentum * velocity - local_rate * gradient - local_rate * local_decay * weight
    return weight + change, -change
