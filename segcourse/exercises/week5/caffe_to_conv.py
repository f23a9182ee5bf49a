"""Exercise 5.1: Transplant from channels first."""

import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.texts import N_


def _cases(rng):
    # Height, width, channels and units all differ, so that no two axes can be mistaken unseen.
    cases = []
    for low in (2, 3):
        height, width, channels, units = (int(n) for n in low + rng.permutation(4))
        weight = rng.permutation(height * width * channels * units).astype("float32")
        cases.append((weight.reshape(units, -1), channels, height, width))
    return cases


def _allowed(rng):
    """Sizes that agree, and sides of one, are allowed too."""
    channels, height, width, units = (int(n) for n in rng.integers(1, 6, size=4))
    dtype = str(rng.choice(["float32", "float64"]))
    weight = rng.normal(size=(units, channels * height * width)).astype(dtype)
    return Case(weight, channels, height, width)


caffe_to_conv = Exercise(
    id="5.1",
    title=N_("Transplant from channels first"),
    function="caffe_to_conv",
    hints=(
        N_(
            "Two things differ from exercise 4.1: the units are the first axis here, and the "
            "feature map was flattened one channel after the other."
        ),
        N_(
            "First give the weights four axes, in the order in which they are stored: "
            "weight.reshape(units, channels, height, width)."
        ),
        N_(
            "Then bring the axes into Keras' order [height, width, channels, units]: axes 2, 3, 1, "
            "0. NumPy does it with `transpose(2, 3, 1, 0)`."
        ),
    ),
    cases=_cases,
    space=_allowed,
    compare=close(1e-6),  # the weights may become float32 on the way
    points=2,
)


@caffe_to_conv.reference
def caffe_to_conv(weight, channels, height, width):
    """Turn the weights of a dense layer of Caffe into the kernel of a Keras convolution.

    Caffe, in which the FCN networks were published, stores a feature map channels first,
    [channels, height, width], and flattens it in this order: all pixels of channel 0, row
    by row, then all pixels of channel 1, and so on. A dense layer has one row for a unit.

    Args:
        weight: float array [units, channels * height * width].
        channels, height, width: size of the feature map before it was flattened.

    Returns:
        Float array [height, width, channels, units], the kernel of a `Conv2D`.

    Example:

    >>> caffe_to_conv(np.array([[1.0, 2.0, 3.0, 4.0]]), channels=2, height=1, width=2)
    array([[[[1.0], [3.0]], [[2.0], [4.0]]]])

    1 and 2 belong to channel 0, 3 and 4 to channel 1: the first pixel has 1 and 3.
    """
    units = len(weight)
    return weight.reshape(units, channels, height, width).transpose(2, 3, 1, 0)


@caffe_to_conv.mistake(
    "read as channels last",
    "You read the weights as Keras flattens a map, [height, width, channels]. Caffe flattens "
    "channel by channel: all pixels of one channel stand together.",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.T.reshape(height, width, channels, -1)


@caffe_to_conv.mistake(
    "axes not moved",
    "The four axes are right, but they still stand in Caffe's order [units, channels, height, "
    "width]. A Keras kernel is [height, width, channels, units]: move them with `transpose`.",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.reshape(len(weight), channels, height, width)


@caffe_to_conv.mistake(
    "reshaped to the wanted shape",
    "You reshaped to the shape that is asked for. `reshape` never moves a weight, it only cuts the "
    "row of numbers at other places: reshape to the stored order first, then `transpose`.",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.reshape(height, width, channels, len(weight))


@caffe_to_conv.mistake(
    "height and width swapped",
    "You turned the order of all axes round, so the kernel is [width, height, …]. The height comes "
    "before the width in both layouts: use the axes 2, 3, 1, 0.",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.reshape(len(weight), channels, height, width).transpose(3, 2, 1, 0)


@caffe_to_conv.mistake(
    "width before height",
    "You read the width before the height. Caffe stores row by row, so the order is [units, "
    "channels, height, width]: first reshape to this.",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.reshape(len(weight), channels, width, height).transpose(3, 2, 1, 0)


@caffe_to_conv.mistake(
    "width before height, in the kernel as well",
    "In your kernel the width comes before the height. In both libraries it is the other way "
    "round: reshape to [units, channels, height, width], then move the axes.",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.reshape(len(weight), channels, width, height).transpose(2, 3, 1, 0)


@caffe_to_conv.mistake(
    "units read from the second axis",
    "You took weight.shape[1] for the number of units. In Caffe a unit is a row: the number of "
    "units is weight.shape[0].",
)
def caffe_to_conv(weight, channels, height, width):
    units = weight.shape[1]
    return weight.reshape(units, channels, height, width).transpose(2, 3, 1, 0)


@caffe_to_conv.mistake(
    "units forgotten",
    "Your kernel has no axis for the units. There is one row of weights for each unit: reshape to "
    "four axes, [units, channels, height, width].",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.reshape(channels, height, width).transpose(1, 2, 0)


@caffe_to_conv.mistake(
    "units last already",
    "You reshaped as if the units were the last axis of `weight`. They are the first: a unit is a "
    "row.",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.reshape(channels, height, width, len(weight)).transpose(1, 2, 0, 3)


@caffe_to_conv.mistake(
    "first unit only",
    "You used the first row of `weight` only. Each row is a unit, and the kernel holds all units "
    "on its last axis.",
)
def caffe_to_conv(weight, channels, height, width):
    return weight[0].reshape(channels, height, width).transpose(1, 2, 0)[..., None]


@caffe_to_conv.mistake(
    "channels turned",
    "You turned the order of the channels round, channel 0 comes last. Only the axes move; on each "
    "axis everything keeps its place.",
)
def caffe_to_conv(weight, channels, height, width):
    kernel = weight.reshape(len(weight), channels, height, width).transpose(2, 3, 1, 0)
    return kernel[:, :, ::-1]


@caffe_to_conv.mistake(
    "units before channels",
    "Your last two axes are [units, channels]. The kernel of a `Conv2D` ends in "
    "[channels, units]: use the axes 2, 3, 1, 0.",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.reshape(len(weight), channels, height, width).transpose(2, 3, 0, 1)


@caffe_to_conv.mistake(
    "kernel flipped",
    "You turned the kernel by 180 degrees. Neither Caffe nor Keras flips a kernel: the weight for "
    "pixel (y, x) stays at (y, x).",
)
def caffe_to_conv(weight, channels, height, width):
    kernel = weight.reshape(len(weight), channels, height, width).transpose(2, 3, 1, 0)
    return kernel[::-1, ::-1]


@caffe_to_conv.mistake(
    "only the units moved",
    "You moved the units to the end and left [channels, height, width] as it is. A Keras kernel "
    "is [height, width, channels, units].",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.reshape(len(weight), channels, height, width).transpose(1, 2, 3, 0)


@caffe_to_conv.mistake(
    "dense kernel",
    "You transposed the weights into the kernel of a `Dense` layer, with two axes. A convolution "
    "needs four: [height, width, channels, units].",
)
def caffe_to_conv(weight, channels, height, width):
    return weight.T


@caffe_to_conv.also_right
def caffe_to_conv(weight, channels, height, width):
    kernel = ops.reshape(weight, (-1, channels, height, width))
    return ops.convert_to_numpy(ops.transpose(kernel, (2, 3, 1, 0)))


@caffe_to_conv.also_right
def caffe_to_conv(weight, channels, height, width):
    kernel = np.zeros((height, width, channels, len(weight)))
    for c in range(channels):
        for y in range(height):
            for x in range(width):
                kernel[y, x, c] = weight[:, (c * height + y) * width + x]
    return kernel


@caffe_to_conv.also_right
def caffe_to_conv(weight, channels, height, width):
    rows = [row.reshape(channels, height, width) for row in np.array(weight, dtype=float)]
    return np.moveaxis(np.stack(rows, axis=-1), 0, 2)
