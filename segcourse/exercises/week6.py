"""Week 6 · U-Net: the exercises, each with its reference and the wrong answers people give.

A reference's docstring is the text of the notebook's exercise cell. Its body runs in a notebook
that has `import numpy as np`, `import keras` and `from keras import ops`. Each wrong answer is
complete, and the cases are built so that no two answers of one exercise agree on all of them.
"""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.compare import plain
from segcourse.exercises.exercise import Exercise, close, exact

# 6.1 ---------------------------------------------------------------------------------------------


def _unet_output_cases(rng):
    # An input that tiles comes from below: any even side at the bottom, doubled, plus 4 each time.
    def tiling(depth, bottom):
        for _ in range(depth):
            bottom = 2 * bottom + 4
        return bottom + 4

    first, second = (int(n) for n in 2 * rng.permutation(np.arange(10, 16))[:2])
    return [
        (572, 4),
        (tiling(2, first), 2),
        (tiling(3, second), 3),
        # Sides that meet an odd map at the first, the second and the third pooling.
        (tiling(3, second) + 1, 3),
        (tiling(3, second) + 2, 3),
        (tiling(3, second) + 4, 3),
        # It tiles, and nothing is left at the end: 20, 16, 8, 4, 2, -2, …
        (tiling(2, 2), 2),
        (128, 3),
    ]


unet_output = Exercise(
    id="6.1",
    title="Output size of U-Net",
    function="unet_output",
    hints=(
        "Follow the side down by hand for depth 1: two convolutions, one pooling, two "
        "convolutions. Then up: one enlargement, two convolutions. How many pixels does each "
        "3×3 convolution without padding take away?",
        "Two 3×3 convolutions take away 4 pixels a side. Down: size - 4, then look whether it is "
        "even, then size // 2. Between the two paths: size - 4. Up: 2 * size - 4.",
        "Return 0 as soon as a pooling layer would meet an odd side, and at the end return "
        "max(size, 0), so that an empty map is 0 too.",
    ),
    cases=_unet_output_cases,
    compare=exact(),
    points=2,
)


@unet_output.reference
def unet_output(size, depth):
    """Give the side of the output of the unpadded U-Net.

    Down, `depth` times: two 3×3 convolutions without padding, then 2×2 max pooling.
    At the bottom: two 3×3 convolutions without padding.
    Up, `depth` times: an up-convolution that doubles the side, then two 3×3
    convolutions without padding.

    Args:
        size: int, side of the input in pixels.
        depth: int, number of pooling layers.

    Returns:
        int, side of the output; 0 if a pooling layer meets an odd side, or if nothing
        is left at the end.

    Example: unet_output(28, 1) is 12.
        28 - 4 = 24, halved 12; 12 - 4 = 8; doubled 16, 16 - 4 = 12.
        unet_output(27, 1) is 0: 27 - 4 = 23 is odd.
    """
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "one convolution forgotten",
    "You took 2 pixels away at each level. That is one 3×3 convolution; every level of U-Net has "
    "two, so 4 pixels go.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 2
        if size % 2:
            return 0
        size = size // 2
    size = size - 2
    for _ in range(depth):
        size = 2 * size - 2
    return max(size, 0)


@unet_output.mistake(
    "bottom forgotten",
    "You left out the two convolutions at the bottom, between the way down and the way up.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "no convolutions on the way up",
    "On the way up you only doubled the side. Each level there has two 3×3 convolutions as well.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size
    return max(size, 0)


@unet_output.mistake(
    "odd sides rounded down",
    "You rounded an odd side down. The pooling would drop a row, and the picture would no longer "
    "fit the skip by the same crop on both sides: such an input does not tile, return 0.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = (size - 4) // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "odd sides rounded up",
    "You rounded an odd side up. Keras pools only complete 2×2 windows, and here an odd side "
    "means that the input does not tile: return 0.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = -(-(size - 4) // 2)
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "divisible by 2 ** depth",
    "You asked whether the input can be halved `depth` times. That is the rule of the padded "
    "form. Here 4 pixels go before each halving, so look at the side at each pooling layer: 572 "
    "is no multiple of 16, and 572 tiles.",
)
def unet_output(size, depth):
    if size % 2**depth:
        return 0
    for _ in range(depth):
        size = (size - 4) // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "only the input looked at",
    "You looked only whether the input is even. Every pooling layer must meet an even side: look "
    "again at each level.",
)
def unet_output(size, depth):
    if size % 2:
        return 0
    for _ in range(depth):
        size = (size - 4) // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "looked after the pooling",
    "You looked whether the side is even after it was halved. The pooling layer needs an even "
    "side before: look first, then halve.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = (size - 4) // 2
        if size % 2:
            return 0
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "convolutions before the enlargement",
    "On the way up you took 4 pixels away and then doubled. The up-convolution comes first: "
    "2 * size - 4.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * (size - 4)
    return max(size, 0)


@unet_output.mistake(
    "pooling before the convolutions",
    "On the way down you halved first and then took 4 pixels away. The two convolutions come "
    "before the pooling.",
)
def unet_output(size, depth):
    for _ in range(depth):
        if size % 2:
            return 0
        size = size // 2 - 4
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "up-convolution takes a pixel",
    "You took one pixel away for the 2×2 up-convolution. Its stride is 2, so its windows do not "
    "overlap, and the side becomes exactly twice as large.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 1 - 4
    return max(size, 0)


@unet_output.mistake(
    "one level too many",
    "You counted the bottom as one more pooling. `depth` is the number of pooling layers; the "
    "bottom has two convolutions and no pooling.",
)
def unet_output(size, depth):
    for _ in range(depth + 1):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    for _ in range(depth + 1):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "one level too few",
    "You went down and up one level too few. `depth` is the number of pooling layers.",
)
def unet_output(size, depth):
    for _ in range(depth - 1):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(depth - 1):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "padded network",
    "You gave back the input's side. That holds for the padded form; here every 3×3 convolution "
    "loses one pixel on each side.",
)
def unet_output(size, depth):
    return 0 if size % 2**depth else size


@unet_output.mistake(
    "below zero",
    "For a small input you returned a side below zero. A map cannot be smaller than empty: "
    "return 0 then.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return size


@unet_output.mistake(
    "float in place of int",
    "The value is right, but its type is float. A side counts pixels: halve with `//`.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size / 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "None in place of 0",
    "You returned None for an input that does not tile. The text asks for 0 then.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return None
        size = size // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.also_right
def unet_output(size, depth):
    # Each level takes 4 pixels of its own grid on each way, the bottom 4 more.
    lost = 4 * 2**depth + 8 * (2**depth - 1)
    tiles = (size - 4 * (2**depth - 1)) % 2**depth == 0
    side = size
    for _ in range(depth):
        tiles = tiles and side % 2 == 0
        side = (side - 4) // 2
    return max(size - lost, 0) if tiles else 0


@unet_output.also_right
def unet_output(size, depth):
    def level(side, below):
        side -= 4
        if below == 0 or side % 2:
            return side if below == 0 else -(10**9)
        return 2 * level(side // 2, below - 1) - 4

    return max(level(size, depth), 0)


# 6.2 ---------------------------------------------------------------------------------------------


def _crop_and_concatenate_cases(rng):
    cases = []
    # The first has as many channels on both sides, and different crops of the two axes; the
    # second has different channels; the third has nothing to crop from the columns.
    for channels, deeper, rows, columns in ((2, 2, 2, 4), (3, 2, 4, 2), (2, 4, 2, 0)):
        height, width = (int(n) for n in 3 + rng.permutation(3)[:2])
        up = -1.0 - rng.permutation(height * width * deeper)
        shape = (1, height + rows, width + columns, channels)
        skip = rng.permutation(int(np.prod(shape))).reshape(shape)
        up = up.reshape(1, height, width, deeper)
        cases.append((skip.astype("float32"), up.astype("float32")))
    return cases


def _crop_picture(case, got, expected):
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
    title="Crop and concatenate",
    function="crop_and_concatenate",
    hints=(
        "Two maps can stand behind each other only if their height and width agree. So what has "
        "to happen first, and to which of the two?",
        "The crop is centred: as many rows go at the top as at the bottom. The first row that "
        "stays is (height of skip - height of up) // 2; the columns have their own number.",
        "Cut with skip[:, top : top + height, left : left + width] (a slice that ends at -top "
        "is empty when top is 0), then np.concatenate([cropped, up], axis=-1).",
    ),
    cases=_crop_and_concatenate_cases,
    compare=exact(),
    picture=_crop_picture,
    points=2,
)


@crop_and_concatenate.reference
def crop_and_concatenate(skip, up):
    """Crop the skip around its centre to the size of `up`, then put both behind each other.

    Args:
        skip: array [n, height of the skip, width of the skip, channels], from the way
            down. It is at least as large as `up`, and what is too much is an even number
            of rows and of columns.
        up: array [n, height, width, other channels], from the up-convolution.

    Returns:
        Array [n, height, width, channels + other channels]: first the channels of the
        cropped skip, then those of `up`.

    Example: skip is [[1, 2, 3, 4], [5, 6, 7, 8]] (2 rows, 4 columns) and up is
        [[-1, -2], [-3, -4]] (2 rows, 2 columns), both with one channel. One column goes on
        each side, no row. The result has the channels [[2, 3], [6, 7]] and
        [[-1, -2], [-3, -4]].
    """
    height, width = up.shape[1:3]
    top = (skip.shape[1] - height) // 2
    left = (skip.shape[2] - width) // 2
    cropped = skip[:, top : top + height, left : left + width]
    return np.concatenate([cropped, up], axis=-1)


@crop_and_concatenate.mistake(
    "concatenated before the crop",
    "You concatenated first and cropped then. Maps of different height and width cannot stand "
    "behind each other: crop the skip first.",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    top = (skip.shape[1] - height) // 2
    left = (skip.shape[2] - width) // 2
    both = np.concatenate([skip, up], axis=-1)
    return both[:, top : top + height, left : left + width]


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
    "added",
    "You added the two maps. That is the skip of FCN. U-Net keeps both and puts their channels "
    "behind each other.",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    top = (skip.shape[1] - height) // 2
    left = (skip.shape[2] - width) // 2
    return skip[:, top : top + height, left : left + width] + up


@crop_and_concatenate.mistake(
    "axis 1",
    "You concatenated along axis 1, the height. Channels are the last axis in Keras: axis=-1.",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    top = (skip.shape[1] - height) // 2
    left = (skip.shape[2] - width) // 2
    cropped = skip[:, top : top + height, left : left + width]
    return np.concatenate([cropped, up], axis=1)


@crop_and_concatenate.mistake(
    "no axis",
    "You gave no axis, so NumPy took axis 0, the images of the batch. Channels are the last axis: "
    "axis=-1.",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    top = (skip.shape[1] - height) // 2
    left = (skip.shape[2] - width) // 2
    cropped = skip[:, top : top + height, left : left + width]
    return np.concatenate([cropped, up])


@crop_and_concatenate.mistake(
    "up first",
    "The channels are in the wrong order: the text asks for the skip first, then `up`. Either "
    "order works in a network, but its weights must know which one it is.",
)
def crop_and_concatenate(skip, up):
    height, width = up.shape[1:3]
    top = (skip.shape[1] - height) // 2
    left = (skip.shape[2] - width) // 2
    cropped = skip[:, top : top + height, left : left + width]
    return np.concatenate([up, cropped], axis=-1)


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


# 6.3 ---------------------------------------------------------------------------------------------


def _mirror_border_cases(rng):
    cases = []
    # At least two more pixels than the margin on each axis, and more channels than margin in one.
    for margin, channels in ((2, 1), (1, 3), (3, 4)):
        height, width = (int(n) for n in margin + 2 + rng.permutation(3)[:2])
        values = 1 + rng.permutation(height * width * channels)
        cases.append((values.reshape(height, width, channels).astype("float32"), margin))
    return cases


def _mirror_picture(case, got, expected):
    """Both results side by side, the picture itself framed."""
    import matplotlib.pyplot as plt

    from segcourse import plots

    image, margin = case.args
    figure, axes = plt.subplots(1, 2, figsize=(9, 4.5))
    for ax, title, result in zip(axes, ("yours", "expected"), (got, expected), strict=True):
        result = np.asarray(plain(result))
        inside = None
        if result.shape == plain(expected).shape:
            inside = np.pad(np.ones(image.shape[:2], bool), margin)
        if result.ndim == 3:
            plots.numbers(result[..., 0], ax=ax, title=title, highlight=inside)
    return figure


mirror_border = Exercise(
    id="6.3",
    title="Mirrored border",
    function="mirror_border",
    hints=(
        "Write the row 1 2 3 4 on paper and put a mirror through the middle of the first pixel. "
        "What do you see to the left of the 1?",
        "The mirror stands on the edge pixel itself, so the edge pixel is not repeated: "
        "3 2 | 1 2 3 4 | 3 2.",
        "np.pad knows several ways. `mode='symmetric'` repeats the edge pixel, `mode='reflect'` "
        "does not. The channels get no border: (0, 0) for the last axis.",
    ),
    cases=_mirror_border_cases,
    compare=exact(),
    picture=_mirror_picture,
    points=1,
)


@mirror_border.reference
def mirror_border(image, margin):
    """Put a border around an image, in which the image is mirrored.

    The mirror stands on the outermost pixel itself, so this pixel is not repeated.

    Args:
        image: array [height, width, channels].
        margin: int, width of the border in pixels, smaller than height and width.

    Returns:
        Array [height + 2 * margin, width + 2 * margin, channels] with the image in the
        middle.

    Example: the row 1 2 3 4 becomes, with margin 2, the row 3 2 1 2 3 4 3 2.
    """
    return np.pad(image, ((margin, margin), (margin, margin), (0, 0)), mode="reflect")


@mirror_border.mistake(
    "edge pixel repeated",
    "The edge pixel stands there twice: 2 1 | 1 2 3. That is NumPy's mode 'symmetric'. In U-Net "
    "the mirror stands on the edge pixel, which is mode 'reflect': 3 2 | 1 2 3.",
)
def mirror_border(image, margin):
    return np.pad(image, ((margin, margin), (margin, margin), (0, 0)), mode="symmetric")


@mirror_border.mistake(
    "zeros",
    "Your border is zero. The network would see a black frame that no training image has; "
    "mirror the image instead.",
)
def mirror_border(image, margin):
    return np.pad(image, ((margin, margin), (margin, margin), (0, 0)))


@mirror_border.mistake(
    "edge pixel stretched",
    "You repeated the edge pixel all over the border. That makes stripes; a mirrored border keeps "
    "the texture of the image.",
)
def mirror_border(image, margin):
    return np.pad(image, ((margin, margin), (margin, margin), (0, 0)), mode="edge")


@mirror_border.mistake(
    "wrapped around",
    "Your border at the left shows the pixels from the right. That continues the image as a "
    "pattern of tiles; a mirror shows what lies next to the edge.",
)
def mirror_border(image, margin):
    return np.pad(image, ((margin, margin), (margin, margin), (0, 0)), mode="wrap")


@mirror_border.mistake(
    "copied without mirroring",
    "You copied the pixels next to the edge without turning their order round. In a mirror the "
    "nearest pixel stays the nearest.",
)
def mirror_border(image, margin):
    height, width = image.shape[:2]
    rows = np.r_[1 : margin + 1, :height, height - 1 - margin : height - 1]
    columns = np.r_[1 : margin + 1, :width, width - 1 - margin : width - 1]
    return image[rows][:, columns]


@mirror_border.mistake(
    "odd reflection",
    "You mirrored the values as well: with reflect_type='odd' the row 1 2 3 goes on to the left "
    "as 0, -1. Leave the values as they are.",
)
def mirror_border(image, margin):
    border = ((margin, margin), (margin, margin), (0, 0))
    return np.pad(image, border, mode="reflect", reflect_type="odd")


@mirror_border.mistake(
    "only the rows",
    "There is a border at the top and at the bottom only. Width needs one as well.",
)
def mirror_border(image, margin):
    return np.pad(image, ((margin, margin), (0, 0), (0, 0)), mode="reflect")


@mirror_border.mistake(
    "only the columns",
    "There is a border at the left and at the right only. Height needs one as well.",
)
def mirror_border(image, margin):
    return np.pad(image, ((0, 0), (margin, margin), (0, 0)), mode="reflect")


@mirror_border.mistake(
    "only at the end",
    "There is a border at the bottom and at the right only. Every side loses `margin` pixels, so "
    "every side needs a border.",
)
def mirror_border(image, margin):
    return np.pad(image, ((0, margin), (0, margin), (0, 0)), mode="reflect")


@mirror_border.mistake(
    "half of it on each side",
    "You shared `margin` between the two sides. Each side gets `margin` pixels.",
)
def mirror_border(image, margin):
    pair = (margin // 2, margin - margin // 2)
    return np.pad(image, (pair, pair, (0, 0)), mode="reflect")


@mirror_border.mistake(
    "one pixel too wide",
    "Your border is one pixel too wide on each side. Perhaps you counted the edge pixel, which "
    "belongs to the image.",
)
def mirror_border(image, margin):
    pair = (margin + 1, margin + 1)
    return np.pad(image, (pair, pair, (0, 0)), mode="reflect")


@mirror_border.mistake(
    "channels mirrored too",
    "The channels got a border as well. np.pad with one number pads every axis; give one pair per "
    "axis, and (0, 0) for the channels.",
)
def mirror_border(image, margin):
    return np.pad(image, margin, mode="reflect")


@mirror_border.mistake(
    "corners empty",
    "Your four corners are zero. Mirror the rows first, then the columns of the result: the "
    "corners are mirrored twice.",
)
def mirror_border(image, margin):
    result = np.pad(image, ((margin, margin), (margin, margin), (0, 0)))
    result[:margin, margin:-margin] = image[1 : margin + 1][::-1]
    result[-margin:, margin:-margin] = image[-margin - 1 : -1][::-1]
    result[margin:-margin, :margin] = image[:, 1 : margin + 1][:, ::-1]
    result[margin:-margin, -margin:] = image[:, -margin - 1 : -1][:, ::-1]
    return result


@mirror_border.mistake(
    "image turned as well",
    "You mirrored the whole image. Only the border is mirrored; the image in the middle stays as "
    "it is.",
)
def mirror_border(image, margin):
    border = ((margin, margin), (margin, margin), (0, 0))
    return np.pad(image[::-1, ::-1], border, mode="reflect")


@mirror_border.also_right
def mirror_border(image, margin):
    def places(size):
        distance = np.abs(np.arange(-margin, size + margin))
        return (size - 1) - np.abs(size - 1 - distance)

    height, width = image.shape[:2]
    return image[places(height)][:, places(width)]


@mirror_border.also_right
def mirror_border(image, margin):
    for axis in (0, 1):
        image = np.moveaxis(image, axis, 0)
        above, below = image[margin:0:-1], image[-2 : -margin - 2 : -1]
        image = np.moveaxis(np.concatenate([above, image, below]), 0, axis)
    return image


# 6.4 ---------------------------------------------------------------------------------------------


def _filter_of(kernel, tile):
    """A network of one unpadded convolution that takes exactly one size."""
    margin = len(kernel) // 2
    side = tile + 2 * margin

    def predict(part):
        part = np.asarray(part, "float64")
        if part.shape != (side, side):
            raise ValueError(
                f"the network takes an array of {side} by {side} pixels; it got {part.shape}"
            )
        windows = np.lib.stride_tricks.sliding_window_view(part, kernel.shape)
        return np.einsum("yxij,ij->yx", windows, kernel)

    return predict


def _predict_in_tiles_cases(rng):
    cases = []
    # The margin is smaller than half a tile, and neither side is a multiple of the tile; one
    # picture is wider than high, one higher than wide. No value is 0.
    for margin, flat in ((1, True), (2, False)):
        tile = 2 * margin + int(rng.integers(2, 4))
        short, long = tile + 1, 2 * tile + int(rng.integers(1, tile - margin))
        shape = (short, long) if flat else (long, short)
        kernel = rng.integers(1, 9, (2 * margin + 1, 2 * margin + 1)).astype("float64")
        image = rng.integers(1, 50, shape).astype("float64")
        cases.append((image, tile, margin, _filter_of(kernel, tile)))
    return cases


def _tiles_picture(case, got, expected):
    """Where the result is right, pixel by pixel."""
    from segcourse import plots

    got, expected = np.asarray(plain(got)), plain(expected)
    if got.shape != expected.shape:
        return None
    wrong = ~np.isclose(got, expected)
    return plots.numbers(wrong.astype(int), title="1: wrong pixel", highlight=wrong).figure


predict_in_tiles = Exercise(
    id="6.4",
    title="Overlap-tile prediction",
    function="predict_in_tiles",
    hints=(
        "Think of the output first: it is laid out with tiles side by side, in steps of `tile`. "
        "For each tile, which pixels of the picture does the network need?",
        "The network needs `margin` more pixels on every side. Give the picture a mirrored border "
        "of `margin` first; then the tile at (top, left) needs the part of the padded picture "
        "that begins at (top, left) and has tile + 2 * margin pixels a side.",
        "The last tile of a row may reach over the edge. Move it back to left = width - tile; it "
        "then overlaps its neighbour; write it over what is there.",
    ),
    cases=_predict_in_tiles_cases,
    compare=close(1e-6),
    picture=_tiles_picture,
    points=3,
)


@predict_in_tiles.reference
def predict_in_tiles(image, tile, margin, predict):
    """Predict a picture of any size with a network that takes one size only.

    Args:
        image: float array [height, width]. Both sides are at least `tile`, and larger
            than `margin`.
        tile: int, side of the network's output.
        margin: int, pixels that the network loses on every side.
        predict: function, the network: takes an array [tile + 2 * margin,
            tile + 2 * margin] and gives an array [tile, tile].

    Returns:
        Float array [height, width], one prediction for every pixel. Outside of the
        picture the network sees the picture mirrored, without the edge pixel repeated.

    Example: width 10, tile 4. The tiles begin at the columns 0, 4 and 6: the last one
        is moved back so that it ends at the edge.
    """
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "step too long",
    "Your tiles are as far apart as the network's input is large, so there are gaps. The network "
    "answers only for the inner `tile` pixels: the step is `tile`.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, side):
        top = min(top, height - tile)
        for left in range(0, width, side):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "each tile mirrored by itself",
    "You cut out the tile first and mirrored it then. Inside the picture the network should see "
    "the true neighbours: mirror the whole picture once, then cut out larger parts.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = np.pad(image[top : top + tile, left : left + tile], margin, mode="reflect")
            result[top : top + tile, left : left + tile] = predict(part)
    return result


@predict_in_tiles.mistake(
    "zeros around the picture",
    "You put zeros around the picture. Near its border the network then sees black; mirror the "
    "picture instead.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin)
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "edge pixel repeated",
    "Your mirrored border repeats the edge pixel (mode 'symmetric'). The mirror stands on the "
    "edge pixel: mode 'reflect', as in exercise 6.3.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="symmetric")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "last tiles left out",
    "You stopped before the last tile of a row or column because it would reach over the edge. "
    "Its pixels get no prediction: move that tile back to the edge.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height - tile + 1, tile):
        for left in range(0, width - tile + 1, tile):
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "last tile over the edge",
    "Your last tile reaches over the edge, so the network gets too few pixels there. Move the "
    "last tile back: left = min(left, width - tile), and the same for the rows.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        for left in range(0, width, tile):
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "no border around the picture",
    "You cut the network's input out of the picture itself. It has no pixels to spare: give it a "
    "mirrored border of `margin` first.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(image[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "input as small as the output",
    "You gave the network only the tile itself. It loses `margin` pixels on every side, so it "
    "needs tile + 2 * margin.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + tile, left : left + tile])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "margin on one side",
    "You gave the network tile + margin pixels. The margin is lost on both sides: "
    "tile + 2 * margin.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "margin subtracted twice",
    "You began at top - margin in the padded picture. The border has already moved everything by "
    "`margin`: the part for the tile at (top, left) begins at (top, left) of the padded picture.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            rows = slice(top - margin, top + tile + margin)
            columns = slice(left - margin, left + tile + margin)
            result[top : top + tile, left : left + tile] = predict(padded[rows, columns])
    return result


@predict_in_tiles.mistake(
    "result still has the border",
    "Your result is as large as the padded picture. The network has already taken the border "
    "away: the result has the size of the picture.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros(padded.shape)
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[margin + top : margin + top + tile, margin + left : margin + left + tile] = part
    return result


@predict_in_tiles.mistake(
    "last tile in the wrong place",
    "You moved the last tile back when you read it, and wrote its first pixels to the place where "
    "it would have been. Write it where it was read.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        for left in range(0, width, tile):
            y, x = min(top, height - tile), min(left, width - tile)
            part = predict(padded[y : y + side, x : x + side])
            rows, columns = min(tile, height - top), min(tile, width - left)
            result[top : top + rows, left : left + columns] = part[:rows, :columns]
    return result


@predict_in_tiles.mistake(
    "as if the picture were square",
    "You used the height for the columns too. A picture need not be square: the columns end at "
    "`width`.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, height, tile):
            left = min(left, height - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "overlaps added",
    "You added the tiles to the result. Where two tiles overlap the prediction counts twice: "
    "write it there with =, so that one tile counts.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] += part
    return result


@predict_in_tiles.also_right
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    down, right = -height % tile, -width % tile
    border = ((margin, margin + down), (margin, margin + right))
    padded = np.pad(image, border, mode="reflect")
    rows = []
    for top in range(0, height, tile):
        parts = [
            predict(padded[top : top + tile + 2 * margin, left : left + tile + 2 * margin])
            for left in range(0, width, tile)
        ]
        rows.append(np.concatenate(parts, axis=1))
    return np.concatenate(rows)[:height, :width]


@predict_in_tiles.also_right
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    result = np.zeros((height, width))
    for y in range(height - tile + 1):
        for x in range(width - tile + 1):
            part = padded[y : y + tile + 2 * margin, x : x + tile + 2 * margin]
            result[y : y + tile, x : x + tile] = predict(part)
    return result


# 6.5 ---------------------------------------------------------------------------------------------


def _deform_cases(rng):
    cases = []
    for ids in ((0, 1), (0, 3, 7)):
        height, width = (int(n) for n in 6 + rng.permutation(4)[:2])
        image = rng.uniform(0.2, 1, (height, width)).astype("float32")
        labels = rng.choice(ids, (height, width)).astype("int32")
        # Up to 2.5 pixels, never near half a pixel, where nearest is a matter of rounding; the
        # first row looks beyond the upper edge, the last column beyond the right one.
        whole = rng.integers(-2, 2, (2, height, width))
        dy, dx = whole + rng.choice([0.2, 0.3, 0.7, 0.8], whole.shape)
        dy[0], dx[:, -1] = -1.3, 1.7
        cases.append((image, labels, dy, dx))
    return cases


deform = Exercise(
    id="6.5",
    title="Elastic deformation of image and labels",
    function="deform",
    hints=(
        "Ask for every pixel of the result: from which place does it come? The places are not "
        "whole pixels, so they have to be interpolated, one way for images and another for class "
        "numbers.",
        "np.indices(labels.shape) gives the rows and the columns of all pixels. The places are "
        "rows + dy and columns + dx, for the image and for the labels alike.",
        "`ndimage.map_coordinates(image, [y, x], order=1, mode='nearest')` reads the image; the "
        "labels need order=0.",
    ),
    cases=_deform_cases,
    compare=close(1e-4, parts=("the image", "the label map")),
    points=2,
)


@deform.reference
def deform(image, labels, dy, dx):
    """Deform an image and its label map by the same displacements.

    Pixel (y, x) of the result is read at the place (y + dy[y, x], x + dx[y, x]): the
    image bilinear, the labels from the nearest pixel. A place outside is read at the
    nearest pixel of the border.

    Args:
        image: float array [height, width].
        labels: integer array [height, width].
        dy, dx: float arrays [height, width], displacements in pixels, down and right.

    Returns:
        (image, labels), both of the same size and kind as before.

    Help: `from scipy import ndimage`; `ndimage.map_coordinates(array, [y, x],
        order=1, mode="nearest")` reads an array at places y, x (arrays of their own):
        order 0 takes the nearest pixel, 1 is bilinear, 3 is cubic. Here mode="nearest"
        says what happens outside: the border's pixels go on.

    Example: image [[10, 20, 30]], labels [[0, 0, 1]], dy all 0, dx all 0.75.
        The image becomes [[17.5, 27.5, 30]], the labels become [[0, 1, 1]].
    """
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "labels interpolated",
    "You interpolated the labels. A number between two classes is no class at all, or a third "
    "one: labels are read from the nearest pixel, order=0.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=1, mode="nearest")
    return image, labels


@deform.mistake(
    "labels interpolated as float",
    "You interpolated the labels and got fractions. A class number is a name: read the labels "
    "from the nearest pixel, order=0.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels.astype(float), places, order=1, mode="nearest")
    return image, labels


@deform.mistake(
    "labels not moved",
    "You deformed the image and left the labels as they were. Then the labels no longer lie on "
    "the image: both need the same displacements.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    return ndimage.map_coordinates(image, places, order=1, mode="nearest"), labels


@deform.mistake(
    "labels moved the other way",
    "You moved the labels against the image. Both are read at the same places, (y + dy, x + dx).",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    image = ndimage.map_coordinates(image, [rows + dy, columns + dx], order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, [rows - dy, columns - dx], order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "sign reversed",
    "You read at (y - dy, x - dx). The text says where a pixel of the result comes from: add the "
    "displacement.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows - dy, columns - dx]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "dx and dy swapped",
    "You added dx to the rows and dy to the columns. dy moves along the height, which is the "
    "first axis.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dx, columns + dy]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "places as x, y",
    "You gave the places as [x, y]. Arrays are indexed row first: [y, x].",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [columns + dx, rows + dy]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "displacement taken for the place",
    "You read at (dy, dx). These are displacements: add them to the row and the column of each "
    "pixel, np.indices(labels.shape).",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    image = ndimage.map_coordinates(image, [dy, dx], order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, [dy, dx], order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "image read from the nearest pixel",
    "You read the image from the nearest pixel too. That makes jagged edges; the image is "
    "interpolated, order=1.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, order=0, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "cubic",
    "You left out `order` for the image, and SciPy's default is 3, cubic. The text asks for "
    "bilinear, order=1.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return image, labels


@deform.mistake(
    "zero outside",
    "Outside of the picture you got 0: SciPy's default mode is 'constant'. Class 0 would grow "
    "into the picture from the border; use mode='nearest'.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, order=1)
    labels = ndimage.map_coordinates(labels, places, order=0)
    return image, labels


@deform.mistake(
    "labels rounded down",
    "You cut off the fraction of the labels' places, which moves them by up to one pixel against "
    "the image. Round to the nearest pixel: np.round, then astype(int).",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    height, width = labels.shape
    rows, columns = np.indices(labels.shape)
    y = np.clip(rows + dy, 0, height - 1)
    x = np.clip(columns + dx, 0, width - 1)
    image = ndimage.map_coordinates(image, [y, x], order=1, mode="nearest")
    return image, labels[y.astype(int), x.astype(int)]


@deform.mistake(
    "pushed in place of read",
    "You pushed every pixel to its new place. Some places then get two pixels and some none. Ask "
    "for every pixel of the result where it comes from.",
)
def deform(image, labels, dy, dx):
    height, width = labels.shape
    rows, columns = np.indices(labels.shape)
    y = np.clip(np.round(rows + dy), 0, height - 1).astype(int)
    x = np.clip(np.round(columns + dx), 0, width - 1).astype(int)
    new_image, new_labels = np.zeros_like(image), np.zeros_like(labels)
    new_image[y, x] = image
    new_labels[y, x] = labels
    return new_image, new_labels


@deform.mistake(
    "labels first",
    "You returned the labels first. The text asks for (image, labels).",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = [rows + dy, columns + dx]
    image = ndimage.map_coordinates(image, places, order=1, mode="nearest")
    labels = ndimage.map_coordinates(labels, places, order=0, mode="nearest")
    return labels, image


@deform.mistake(
    "only the image returned",
    "You returned the image alone. The labels, deformed by the same displacements, have to come "
    "with it.",
)
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    return ndimage.map_coordinates(image, [rows + dy, columns + dx], order=1, mode="nearest")


@deform.also_right
def deform(image, labels, dy, dx):
    height, width = labels.shape
    y, x = np.mgrid[:height, :width]
    y = np.clip(y + dy, 0, height - 1)
    x = np.clip(x + dx, 0, width - 1)
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    below, right = np.minimum(top + 1, height - 1), np.minimum(left + 1, width - 1)
    down, across = y - top, x - left
    upper = (1 - across) * image[top, left] + across * image[top, right]
    lower = (1 - across) * image[below, left] + across * image[below, right]
    nearest = labels[np.round(y).astype(int), np.round(x).astype(int)]
    return (1 - down) * upper + down * lower, nearest


@deform.also_right
def deform(image, labels, dy, dx):
    from scipy import ndimage

    rows, columns = np.indices(labels.shape)
    places = np.stack([rows + dy, columns + dx])
    moved = ndimage.map_coordinates(image.astype("float64"), places, order=1, mode="nearest")
    moved_labels = np.zeros_like(labels)
    for label in np.unique(labels):
        mask = ndimage.map_coordinates(
            (labels == label).astype("uint8"), places, order=0, mode="nearest"
        )
        moved_labels[mask == 1] = label
    return moved, moved_labels


# 6.6 ---------------------------------------------------------------------------------------------


def _separation_weights_cases(rng):
    # Rectangles in different corners, a few pixels apart; in the second case there are three, so
    # that "the two nearest" and "all" differ, and numbers of cells that do not begin at 1.
    first = np.zeros((9, int(rng.integers(12, 15))), "int32")
    gap = int(rng.integers(1, 4))
    first[2:7, 1:5], first[1:8, 5 + gap : 9 + gap] = 1, 2
    second = np.zeros((14, int(rng.integers(13, 16))), "int32")
    second[1:5, 1:6], second[1:6, 8:12], second[9:13, 2 : int(rng.integers(6, 9))] = 2, 5, 3
    return [
        (first,),
        (second, round(float(rng.uniform(4, 8)), 1), round(float(rng.uniform(2, 3)), 1)),
        (second, round(float(rng.uniform(11, 15)), 1), round(float(rng.uniform(6, 7)), 1)),
    ]


def _weights_picture(case, got, expected):
    """Both maps in one scale."""
    import matplotlib.pyplot as plt

    got, expected = np.asarray(plain(got)), plain(expected)
    if got.shape != expected.shape or not np.isfinite(got).all():
        return None
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    for ax, title, result in zip(axes, ("yours", "expected"), (got, expected), strict=True):
        drawn = ax.imshow(result, vmin=0, vmax=float(expected.max()))
        ax.set_title(title)
        ax.axis("off")
    figure.colorbar(drawn, ax=axes, label="weight", shrink=0.8)
    return figure


separation_weights = Exercise(
    id="6.6",
    title="Separation weight map",
    function="separation_weights",
    hints=(
        "Begin with the distances. For one cell, `ndimage.distance_transform_edt(cells != number)` "
        "gives every pixel its distance to this cell, and 0 inside of it.",
        "Stack the distance maps of all cells and sort them along the first axis: the first is "
        "d1, the second d2. The border term is w0 * exp(-(d1 + d2)² / (2 σ²)), and it counts on "
        "the background only.",
        "The class weight of a pixel is all pixels / (2 * pixels of its class), with the two "
        "classes cells == 0 and cells > 0. Add the two terms.",
    ),
    cases=_separation_weights_cases,
    compare=close(1e-4),
    picture=_weights_picture,
    points=3,
)


@separation_weights.reference
def separation_weights(cells, w0=10.0, sigma=5.0):
    """Give every pixel its weight in the loss: class weight plus border term.

    Class weight: (all pixels) / (2 · pixels of its class). The classes are background
    (0) and cell (any other number). The mean of this term over the image is 1.
    Border term, on the background only: w0 · exp(−(d1 + d2)² / (2 σ²)), where d1 is the
    distance to the nearest cell and d2 the distance to the second nearest cell.

    Args:
        cells: integer array [height, width]: 0 background, each cell its own number.
            There are at least two cells.
        w0, sigma: numbers, the largest border term, and how fast it falls (pixels).

    Returns:
        Float array [height, width].

    Help: `from scipy import ndimage`; `ndimage.distance_transform_edt(mask)` gives
        every pixel where `mask` is True its distance to the nearest pixel where it is False.

    Example: cells [[1, 0, 2]]. Two of three pixels are cell: weight 3 / (2 · 2) = 0.75.
        The pixel between: 3 / (2 · 1) + 10 · exp(−(1 + 1)² / (2 · 5²)) = 1.5 + 9.231.
    """
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "class weight not normalised",
    "Your class weight is 1 / (pixels of the class), a tiny number, so the border term is all "
    "that counts. Multiply by (all pixels) / 2: then its mean over the image is 1.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return 1 / pixels + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "not divided by the number of classes",
    "Your class weight is (all pixels) / (pixels of the class): twice too large. Its mean over "
    "the image is 2, the number of classes; divide by 2.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / pixels + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "frequency in place of its inverse",
    "Your class weight grows with the number of pixels. It should balance the classes: the rare "
    "one weighs more.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return pixels / cells.size + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "every cell a class",
    "You counted the pixels of each cell by itself. There are two classes, background and cell: "
    "all cells together are one class.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    balance = np.zeros(cells.shape)
    for number in np.unique(cells):
        balance[cells == number] = cells.size / (2 * np.sum(cells == number))
    return balance + np.where(cells > 0, 0, border)


@separation_weights.mistake(
    "no class weight",
    "Only the border term came. Add the class weight of every pixel: without it, the inside of a "
    "cell would not count at all.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    return np.where(cells > 0, 0, border)


@separation_weights.mistake(
    "border term inside the cells",
    "You added the border term inside the cells too. The narrow strips of background between "
    "cells are to weigh more; inside a cell the term is 0.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + border


@separation_weights.mistake(
    "d1 only",
    "Your border term depends on the nearest cell alone, so the outer side of every cell gets a "
    "high weight. Add d2; and when you list the cells, leave out 0: the background is no cell.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1 = np.min(distances, axis=0)
    border = w0 * np.exp(-(d1**2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "twice d1",
    "You took the distance to any cell for d1 and for d2. d2 belongs to another cell than d1: "
    "compute one distance map for each cell.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    d1 = d2 = ndimage.distance_transform_edt(cells == 0)
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "not the two nearest",
    "You took the distances to the first two cells of the list. Which cells are nearest differs "
    "from pixel to pixel: sort the distances at every pixel.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = distances[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "all cells summed",
    "You added the distances to all cells. Only the nearest two count, d1 and d2.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    border = w0 * np.exp(-(np.sum(distances, axis=0) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "distance to the background",
    "Your distances are 0 on the background: `distance_transform_edt(cells == number)` measures "
    "inside the cell. Give it the pixels that are not the cell, cells != number.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells == number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "squares summed",
    "You summed the squares, d1² + d2². The formula squares the sum: (d1 + d2)².",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-(d1**2 + d2**2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "sum not squared",
    "You did not square d1 + d2. The formula has (d1 + d2)², the bell curve of Gauss.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-(d1 + d2) / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "factor 2 missing",
    "You divided by σ². The formula divides by 2 σ².",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / sigma**2)
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "sigma not squared",
    "You divided by 2 σ. The formula divides by 2 σ²: square sigma.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "brackets missing under the fraction",
    "Python computes a / 2 * sigma**2 from the left, as (a / 2) * sigma**2. Put the denominator "
    "into brackets: a / (2 * sigma**2).",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp(-((d1 + d2) ** 2) / 2 * sigma**2)
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "minus forgotten",
    "Your border term grows with the distance: the minus in the exponent is missing.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = w0 * np.exp((d1 + d2) ** 2 / (2 * sigma**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.mistake(
    "w0 and sigma typed in",
    "You typed in 10 and 5. Those are only the defaults: use the arguments `w0` and `sigma`.",
)
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy import ndimage

    numbers = [number for number in np.unique(cells) if number != 0]
    distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
    d1, d2 = np.sort(distances, axis=0)[:2]
    border = 10 * np.exp(-((d1 + d2) ** 2) / (2 * 5**2))
    is_cell = cells > 0
    pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
    return cells.size / (2 * pixels) + np.where(is_cell, 0, border)


@separation_weights.also_right
def separation_weights(cells, w0=10.0, sigma=5.0):
    height, width = cells.shape
    background = np.mean(cells == 0)
    result = np.full(cells.shape, 0.5 / (1 - background))
    for y in range(height):
        for x in range(width):
            if cells[y, x]:
                continue
            nearest = {}
            for row, column in np.argwhere(cells):
                number, distance = int(cells[row, column]), np.hypot(row - y, column - x)
                nearest[number] = min(distance, nearest.get(number, np.inf))
            total = sum(sorted(nearest.values())[:2])
            result[y, x] = 0.5 / background + w0 * np.exp(-0.5 * (total / sigma) ** 2)
    return result


@separation_weights.also_right
def separation_weights(cells, w0=10.0, sigma=5.0):
    from scipy.ndimage import distance_transform_edt

    maps = np.stack([distance_transform_edt(cells != n) for n in set(cells.ravel().tolist()) - {0}])
    total = np.partition(maps, 1, axis=0)[:2].sum(axis=0)
    empty = cells == 0
    weights = np.empty(cells.shape)
    weights[empty] = cells.size / empty.sum() / 2
    weights[~empty] = cells.size / (cells.size - empty.sum()) / 2
    weights[empty] += w0 * np.exp(-(total[empty] ** 2) / (2 * sigma**2))
    return weights
