"""Exercise 6.2: Crop and concatenate."""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.exercises.week6 import _crop_and_concatenate
from segcourse.texts import N_


def _maps(rng, n, channels, deeper, rows, columns, size=None):
    """A skip and an `up` that differ by `rows` and `columns`, all values different ones."""
    height, width = size or (int(k) for k in 3 + rng.permutation(3)[:2])
    shape = (n, height + rows, width + columns, channels)
    skip = rng.permutation(int(np.prod(shape))).reshape(shape)
    up = -1.0 - rng.permutation(n * height * width * deeper)
    return skip.astype("float32"), up.reshape(n, height, width, deeper).astype("float32")


def _cases(rng):
    return [
        # As many channels on both sides, and different crops of the two axes.
        _maps(rng, 1, 2, 2, 2, 4),
        # Several images, and different channels.
        _maps(rng, 2, 3, 2, 4, 2),
        _maps(rng, 3, 2, 4, 6, 4),
        # Nothing to crop from the columns, from the rows, from both.
        _maps(rng, 1, 2, 4, 2, 0),
        _maps(rng, 2, 1, 1, 0, 6),
        _maps(rng, 2, 2, 3, 0, 0, size=(3, int(rng.integers(4, 7)))),
        # One row of `up`, one row of the skip, one column.
        _maps(rng, 1, 2, 3, 4, 2, size=(1, 3)),
        _maps(rng, 2, 1, 2, 0, 2, size=(1, 4)),
        _maps(rng, 1, 2, 1, 2, 0, size=(4, 1)),
    ]


def _space(rng):
    n, channels, deeper = (int(k) for k in rng.integers(1, 4, 3))
    height, width = (int(k) for k in rng.integers(1, 7, 2))
    rows, columns = (int(k) for k in 2 * rng.integers(0, 5, 2))
    skip = rng.normal(size=(n, height + rows, width + columns, channels))
    up = rng.normal(size=(n, height, width, deeper))
    return Case(skip.astype("float32"), up.astype("float32"))


def _picture(case, got, expected):
    """The first channel of the skip, with the part that was asked for framed."""
    from segcourse import plots  # not needed, and slow to import, until an answer is wrong

    skip, up = case.args
    rows, columns = up.shape[1:3]
    top, left = (skip.shape[1] - rows) // 2, (skip.shape[2] - columns) // 2
    asked = np.zeros(skip.shape[1:3], bool)
    asked[top : top + rows, left : left + columns] = True
    title = "skip, channel 0: the framed part"
    return plots.numbers(skip[0, ..., 0], title=title, highlight=asked).figure


crop_and_concatenate = Exercise(
    id="6.2",
    title=N_("Crop and concatenate"),
    function="crop_and_concatenate",
    hints=(
        N_(
            "Two maps can be stacked only if their height and width agree. So what "
            "has to happen first, and to which of the two?"
        ),
        N_(
            "The crop is centred: as many rows go at the top as at the bottom. The first row that "
            "stays is (height of skip - height of up) // 2; the columns have their own number."
        ),
        N_(
            "Cut with skip[:, top : top + height, left : left + width] (a slice that ends at -top "
            "is empty when top is 0), then np.concatenate([cropped, up], axis=-1)."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=exact(array=False),  # the network's own layers give tensors
    picture=_picture,
    points=2,
)


@crop_and_concatenate.reference
def crop_and_concatenate(skip, up):
    """Crop the skip around its centre to the size of `up`; stack the channels of both.

    Args:
        skip: float array [n, height of the skip, width of the skip, channels], from the
            way down. It is at least as large as `up`, and what is too much is an even
            number of rows and of columns.
        up: float array [n, height, width, other channels], from the up-convolution.

    Returns:
        Array [n, height, width, channels + other channels]: first the channels of the
        cropped skip, then those of `up`.

    Example:

    >>> skip = np.array([1.0, 2, 3, 4, 5, 6, 7, 8]).reshape(1, 2, 4, 1)
    >>> up = np.array([-1.0, -2, -3, -4]).reshape(1, 2, 2, 1)
    >>> crop_and_concatenate(skip, up)[0]
    array([[[2., -1.], [3., -2.]], [[6., -3.], [7., -4.]]])

    The skip has two columns too many: one goes on each side. No row goes.
    """
    height, width = up.shape[1:3]
    top = (skip.shape[1] - height) // 2
    left = (skip.shape[2] - width) // 2
    cropped = skip[:, top : top + height, left : left + width]
    return np.concatenate([cropped, up], axis=-1)


@crop_and_concatenate.mistake(
    "concatenated without a crop before",
    "You concatenated the skip as it came. Maps of different height and width cannot stand behind "
    "each other: crop the skip first, then concatenate what stays of it.",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    top = (skip.shape[1] - height) // 2
    left = (skip.shape[2] - width) // 2
    both = np.concatenate([skip, up], axis=-1)
    return both[:, top : top + height, left : left + width]


@crop_and_concatenate.mistake(
    "concatenated by Keras without a crop before",
    "You gave Keras the skip as it came. Maps of different height and width cannot stand behind "
    "each other: crop the skip first, to the height and width of `up`.",
)
def crop_and_concatenate(skip, up):
    return ops.concatenate([skip, up], axis=-1)


@crop_and_concatenate.mistake(
    "slices exchanged",
    "You cut the rows by the numbers of the columns and the other way round. Axis 1 is the height: "
    "skip[:, top : top + height, left : left + width].",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    top = (skip.shape[1] - height) // 2
    left = (skip.shape[2] - width) // 2
    cropped = skip[:, left : left + width, top : top + height]
    return np.concatenate([cropped, up], axis=-1)


@crop_and_concatenate.mistake(
    "up enlarged with zeros",
    "You left the skip whole and put zeros around `up`. U-Net does the opposite: the skip, which "
    "is larger, is cropped to the size of `up`.",
)
def crop_and_concatenate(skip, up):
    rows = (skip.shape[1] - up.shape[1]) // 2
    columns = (skip.shape[2] - up.shape[2]) // 2
    padded = np.pad(up, ((0, 0), (rows, rows), (columns, columns), (0, 0)))
    return np.concatenate([skip, padded], axis=-1)


@crop_and_concatenate.mistake(
    "wrong one cropped",
    "You cropped `up`. It is the smaller of the two: the skip from the way down has too many rows "
    "and columns.",
)
def crop_and_concatenate(skip, up):
    top = (skip.shape[1] - up.shape[1]) // 2
    left = (skip.shape[2] - up.shape[2]) // 2
    cropped = up[:, top : top + skip.shape[1], left : left + skip.shape[2]]
    return np.concatenate([skip, cropped], axis=-1)


@crop_and_concatenate.mistake(
    "only the rows cropped",
    "You cropped the rows and kept all columns. Axis 0 is the images of the batch: the height is "
    "axis 1, the width is axis 2, and both have to be cropped.",
)
def crop_and_concatenate(skip, up):
    height = up.shape[1]
    top = (skip.shape[1] - height) // 2
    return np.concatenate([skip[:, top : top + height], up], axis=-1)


@crop_and_concatenate.mistake(
    "only the columns cropped",
    "You cropped the columns and kept all rows. Both axes of the skip may be too long: crop axis 1 "
    "and axis 2.",
)
def crop_and_concatenate(skip, up):
    width = up.shape[2]
    left = (skip.shape[2] - width) // 2
    return np.concatenate([skip[:, :, left : left + width], up], axis=-1)


@crop_and_concatenate.mistake(
    "halved with /",
    "`/` gives a float, and a slice takes whole numbers only. Halve with `//`.",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    top = (skip.shape[1] - height) / 2
    left = (skip.shape[2] - width) / 2
    cropped = skip[:, top : top + height, left : left + width]
    return np.concatenate([cropped, up], axis=-1)


@crop_and_concatenate.mistake(
    "slice that ends at the size",
    "Your slice ends at the height and width of `up`. A slice is [begin : end], and the end is "
    "begin + size: top : top + height.",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    top = (skip.shape[1] - height) // 2
    left = (skip.shape[2] - width) // 2
    cropped = skip[:, top:height, left:width]
    return np.concatenate([cropped, up], axis=-1)


@crop_and_concatenate.mistake(
    "sliced without the images",
    "Your slice begins with the rows, but axis 0 is the images of the batch. Keep all of them with "
    "a colon: skip[:, top : top + height, left : left + width].",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    top = (skip.shape[1] - height) // 2
    left = (skip.shape[2] - width) // 2
    cropped = skip[top : top + height, left : left + width]
    return np.concatenate([cropped, up], axis=-1)


@crop_and_concatenate.mistake(
    "three axes unpacked",
    "You read three numbers from the shape. It has four, because axis 0 is the images of the "
    "batch: n, height, width, channels = up.shape.",
)
def crop_and_concatenate(skip, up):
    height, width, channels = up.shape
    top = (skip.shape[1] - height) // 2
    left = (skip.shape[2] - width) // 2
    cropped = skip[:, top : top + height, left : left + width]
    return np.concatenate([cropped, up], axis=-1)


@crop_and_concatenate.mistake(
    "cropped from the top left corner",
    "You kept the top left part of the skip. The crop is centred: without padding, the same "
    "number of pixels was lost on all four sides.",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    return np.concatenate([skip[:, :height, :width], up], axis=-1)


@crop_and_concatenate.mistake(
    "cropped from the bottom right corner",
    "You dropped everything that is too much at the top and at the left. Half of it has to go "
    "there, the other half at the bottom and at the right.",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    cropped = skip[:, skip.shape[1] - height :, skip.shape[2] - width :]
    return np.concatenate([cropped, up], axis=-1)


@crop_and_concatenate.mistake(
    "one pixel too early",
    "Your crop begins one pixel too early. If 2 rows are too much, 1 goes at the top, and row 1 "
    "is the first that stays: begin at (height of skip - height of up) // 2.",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    top = max((skip.shape[1] - height) // 2 - 1, 0)
    left = max((skip.shape[2] - width) // 2 - 1, 0)
    cropped = skip[:, top : top + height, left : left + width]
    return np.concatenate([cropped, up], axis=-1)


@crop_and_concatenate.mistake(
    "slice that ends at minus zero",
    "Your slice ends at -top or -left. When there is nothing to crop this is -0, which is 0, and "
    "the slice is empty. End it at top + height and left + width.",
)
def crop_and_concatenate(skip, up):
    top = (skip.shape[1] - up.shape[1]) // 2
    left = (skip.shape[2] - up.shape[2]) // 2
    return np.concatenate([skip[:, top:-top, left:-left], up], axis=-1)


@crop_and_concatenate.mistake(
    "rows and columns swapped",
    "You cropped the rows by the number that belongs to the columns. Axis 1 is the height, axis 2 "
    "the width.",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    left = (skip.shape[1] - height) // 2
    top = (skip.shape[2] - width) // 2
    cropped = skip[:, top : top + height, left : left + width]
    return np.concatenate([cropped, up], axis=-1)


@crop_and_concatenate.mistake(
    "one offset for both axes",
    "You computed one offset, from the rows, and used it for the columns too. Each axis has its "
    "own.",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    offset = (skip.shape[1] - height) // 2
    cropped = skip[:, offset : offset + height, offset : offset + width]
    return np.concatenate([cropped, up], axis=-1)


@crop_and_concatenate.mistake(
    "channels first",
    "You cropped the last two axes, as if the arrays were [n, channels, height, width]. In Keras "
    "height and width are the axes 1 and 2.",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[2:4]
    top = (skip.shape[2] - height) // 2
    left = (skip.shape[3] - width) // 2
    cropped = skip[:, :, top : top + height, left : left + width]
    return np.concatenate([cropped, up], axis=1)


@crop_and_concatenate.mistake(
    "resized",
    "You resized the skip. Then its pixels no longer lie on the pixels of `up`. U-Net only cuts "
    "off the border and leaves every value where it is.",
)
def crop_and_concatenate(skip, up):
    resized = ops.convert_to_numpy(ops.image.resize(skip, up.shape[1:3]))
    return np.concatenate([resized, up], axis=-1)


@crop_and_concatenate.also_right
def crop_and_concatenate(skip, up):
    rows, columns = skip.shape[1] - up.shape[1], skip.shape[2] - up.shape[2]
    cut = ((rows // 2, rows - rows // 2), (columns // 2, columns - columns // 2))
    return keras.layers.Concatenate()([keras.layers.Cropping2D(cut)(skip), up])


@crop_and_concatenate.also_right
def crop_and_concatenate(skip, up):
    n, height, width, deeper = up.shape
    channels = skip.shape[-1]
    result = np.zeros((n, height, width, channels + deeper), skip.dtype)
    for y in range(height):
        for x in range(width):
            row = y + (skip.shape[1] - height) // 2
            column = x + (skip.shape[2] - width) // 2
            result[:, y, x, :channels] = skip[:, row, column]
            result[:, y, x, channels:] = up[:, y, x]
    return result


@crop_and_concatenate.also_right
def crop_and_concatenate(skip, up):
    top = (skip.shape[1] - up.shape[1]) // 2
    left = (skip.shape[2] - up.shape[2]) // 2
    cropped = skip[:, top : -top or None, left : -left or None]
    return ops.concatenate([cropped, up], axis=-1)


_crop_and_concatenate.register(crop_and_concatenate)
