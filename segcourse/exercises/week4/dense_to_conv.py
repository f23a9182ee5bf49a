"""Exercise 4.1: Dense layer to convolution."""

import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    # Height, width, channels and units all differ, so that no two axes can be mistaken unseen.
    cases = []
    for low in (2, 3):
        height, width, channels, units = (int(n) for n in low + rng.permutation(4))
        kernel = rng.permutation(height * width * channels * units).astype("float32")
        cases.append((kernel.reshape(-1, units), height, width))
    return cases


dense_to_conv = Exercise(
    id="4.1",
    title=N_("Dense layer to convolution"),
    function="dense_to_conv",
    hints=(
        N_(
            "No weight changes its value. Ask only where each weight goes: which row of the dense "
            "kernel belongs to pixel (y, x) and channel c of the feature map?"
        ),
        N_(
            "`Flatten` reads row by row and keeps the channels of one pixel together, so the row "
            "is (y * width + x) * channels + c. NumPy's `reshape` counts in the same order."
        ),
        N_(
            "The number of channels is kernel.shape[0] // (height * width). One `reshape` to four "
            "axes is enough."
        ),
    ),
    cases=_cases,
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
