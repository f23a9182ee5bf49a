"""Exercise 4.1: Dense layer to convolution. The wrong answers that people give."""

import numpy as np

from segcourse.exercises.week4.asked.dense_to_conv import dense_to_conv


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
    "Your third axis has kernel.shape[1] places, but that is the number of units. The third axis "
    "holds the channels: kernel.shape[0] // (height * width). The units come last.",
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


@dense_to_conv.mistake(
    "rows over the height",
    "You divided the rows by the height only. The rows hold height * width * channels, so the "
    "channels are rows // (height * width).",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // height
    return kernel.reshape(height, width, channels, units)


@dense_to_conv.mistake(
    "brackets missing",
    "rows // height * width divides by the height and then multiplies by the width. Put brackets "
    "around the product: rows // (height * width).",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // height * width
    return kernel.reshape(height, width, channels, units)


@dense_to_conv.mistake(
    "rows over the height, units left to reshape",
    "You divided the rows by the height only. Divide by height * width: each row of the kernel "
    "belongs to one pixel and one channel.",
)
def dense_to_conv(kernel, height, width):
    channels = kernel.shape[0] // height
    return kernel.reshape(height, width, channels, -1)


@dense_to_conv.mistake(
    "channels and units in one axis",
    "Your result has three axes: the channels and the units are together in the last one. A "
    "`Conv2D` kernel has an axis for each: [height, width, channels, units].",
)
def dense_to_conv(kernel, height, width):
    return kernel.reshape(height, width, -1)


@dense_to_conv.mistake(
    "height and width in one axis",
    "Your result has three axes: all pixels are together in the first one. A `Conv2D` kernel has "
    "an axis for the height and one for the width.",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.reshape(height * width, channels, units)


@dense_to_conv.mistake(
    "no axis for the units",
    "The last axis is missing: each unit has a weight for every pixel and channel. Ask for four "
    "axes, [height, width, channels, units].",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.reshape(height, width, channels)


@dense_to_conv.mistake(
    "units first, not transposed",
    "Your first axis is the units. In Keras they are the last axis of a dense kernel and of a "
    "`Conv2D` kernel: [height, width, channels, units].",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.reshape(units, height, width, channels)


@dense_to_conv.mistake(
    "units first, transposed",
    "Your result is [units, height, width, channels]. Keras puts the units last: reshape the "
    "kernel without `.T` to [height, width, channels, units].",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.T.reshape(units, height, width, channels)


@dense_to_conv.mistake(
    "PyTorch's layout",
    "Your result is [units, channels, height, width], and the rows are read as PyTorch flattens "
    "a map. Keras flattens pixel by pixel: reshape to [height, width, channels, units].",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.T.reshape(units, channels, height, width)


@dense_to_conv.mistake(
    "axes turned to PyTorch's order",
    "The weights are placed well, but then you turned the axes to [units, channels, height, "
    "width]. Keras wants [height, width, channels, units].",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    channels = rows // (height * width)
    return kernel.reshape(height, width, channels, units).transpose(3, 2, 0, 1)


@dense_to_conv.mistake(
    "kernel as it was",
    "You returned the kernel in its old shape [rows, units]. Split the rows into three axes: "
    "[height, width, channels, units].",
)
def dense_to_conv(kernel, height, width):
    return kernel


@dense_to_conv.mistake(
    "shape in place of the kernel",
    "You returned the four sizes. The kernel itself is asked for: give these sizes to "
    "kernel.reshape(...).",
)
def dense_to_conv(kernel, height, width):
    rows, units = kernel.shape
    return height, width, rows // (height * width), units


@dense_to_conv.mistake(
    "rows and units swapped",
    "kernel.shape is (rows, units), in this order. You read the units first.",
)
def dense_to_conv(kernel, height, width):
    units, rows = kernel.shape
    channels = rows // (height * width)
    return kernel.reshape(height, width, channels, units)


@dense_to_conv.mistake(
    "channels and units typed in",
    "You typed in 16 channels and 10 units: those of the text above. Take the units from "
    "kernel.shape[1] and compute the channels from kernel.shape[0].",
)
def dense_to_conv(kernel, height, width):
    return kernel.reshape(height, width, 16, 10)


@dense_to_conv.mistake(
    "channels typed in",
    "You typed in 16 channels. Another kernel has another number of channels: "
    "kernel.shape[0] // (height * width).",
)
def dense_to_conv(kernel, height, width):
    return kernel.reshape(height, width, 16, kernel.shape[1])


@dense_to_conv.mistake(
    "sizes of the example typed in",
    "You typed in the sizes of the example. Use `height` and `width`, and take the channels and "
    "the units from kernel.shape.",
)
def dense_to_conv(kernel, height, width):
    return kernel.reshape(1, 3, 2, 1)


@dense_to_conv.mistake(
    "channels and units of the example typed in",
    "You typed in 2 channels and 1 unit: those of the example. The channels are kernel.shape[0] "
    "// (height * width), the units kernel.shape[1].",
)
def dense_to_conv(kernel, height, width):
    return kernel.reshape(height, width, 2, 1)


@dense_to_conv.mistake(
    "one unit",
    "Your last axis has one place. It holds the units: kernel.shape[1] of them.",
)
def dense_to_conv(kernel, height, width):
    return kernel.reshape(height, width, -1, 1)


@dense_to_conv.mistake(
    "10 units typed in",
    "You typed in 10 units. Another dense layer has another number: kernel.shape[1].",
)
def dense_to_conv(kernel, height, width):
    return kernel.reshape(height, width, -1, 10)


@dense_to_conv.mistake(
    "height as the length of a row",
    "You counted y * height + x. A row of the feature map is `width` pixels long, so pixel (y, x) "
    "has the number y * width + x.",
)
def dense_to_conv(kernel, height, width):
    channels = len(kernel) // (height * width)
    result = np.zeros((height, width, channels, kernel.shape[1]))
    for y in range(height):
        for x in range(width):
            for c in range(channels):
                result[y, x, c] = kernel[(y * height + x) * channels + c]
    return result


@dense_to_conv.mistake(
    "pixel not times the channels",
    "You took row y * width + x + c. Each pixel has `channels` rows, so its first row is "
    "(y * width + x) * channels; then add c.",
)
def dense_to_conv(kernel, height, width):
    channels = len(kernel) // (height * width)
    result = np.zeros((height, width, channels, kernel.shape[1]))
    for y in range(height):
        for x in range(width):
            for c in range(channels):
                result[y, x, c] = kernel[y * width + x + c]
    return result


@dense_to_conv.mistake(
    "result of whole numbers",
    "Your result holds whole numbers, so the fractions of the weights are cut off. Weights are "
    "floats: np.zeros(shape) without a dtype, or with kernel.dtype.",
)
def dense_to_conv(kernel, height, width):
    channels = len(kernel) // (height * width)
    result = np.zeros((height, width, channels, kernel.shape[1]), int)
    for row in range(len(kernel)):
        pixel, c = row // channels, row % channels
        result[pixel // width, pixel % width, c] = kernel[row]
    return result
