"""Exercise 6.3: Mirrored border."""

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.texts import N_


def _image(rng, height, width, channels):
    """All values different ones."""
    values = 1 + rng.permutation(height * width * channels)
    return values.reshape(height, width, channels).astype("float32")


def _cases(rng):
    cases = []
    # At least two more pixels than the margin on each axis, and more channels than margin in one.
    for margin, channels in ((2, 1), (1, 3), (3, 4)):
        height, width = (int(n) for n in margin + 2 + rng.permutation(3)[:2])
        cases.append((_image(rng, height, width, channels), margin))
    # The widest border there may be: the mirror reaches to the opposite edge.
    margin = int(rng.integers(3, 6))
    cases.append((_image(rng, margin + 1, margin + 3, 3), margin))
    cases.append((_image(rng, margin + 2, margin + 1, 1), margin))
    return cases


def _space(rng):
    margin = int(rng.integers(1, 6))
    height, width = (margin + int(n) for n in rng.choice([1, 1, 2, 3, 6], 2))
    image = rng.normal(size=(height, width, int(rng.integers(1, 5))))
    return Case(image.astype(rng.choice(["float32", "float64"])), margin)


def _picture(case, got, expected):
    """Both results side by side, the image itself framed."""
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
    title=N_("Mirrored border"),
    function="mirror_border",
    hints=(
        N_(
            "Write the row 1 2 3 4 on paper and put a mirror through the middle of the first "
            "pixel. What do you see to the left of the 1?"
        ),
        N_(
            "The mirror stands on the edge pixel itself, so the edge pixel is not repeated: "
            "3 2 | 1 2 3 4 | 3 2."
        ),
        N_(
            "np.pad knows several ways. `mode='symmetric'` repeats the edge pixel, "
            "`mode='reflect'` does not. It takes one pair (before, after) for each axis. The "
            "channels get no border: (0, 0) for the last axis."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=exact(),
    picture=_picture,
    points=1,
)


@mirror_border.reference
def mirror_border(image, margin):
    """Put a border around an image, in which the image is mirrored.

    The mirror stands on the outermost pixel itself, so this pixel is not repeated.

    Args:
        image: float array [height, width, channels].
        margin: int, width of the border in pixels: at least 1, smaller than height and
            width.

    Returns:
        Array [height + 2 * margin, width + 2 * margin, channels] with the image in the
        middle.

    Example:

    >>> image = np.arange(1.0, 13).reshape(3, 4, 1)
    >>> mirror_border(image, 2)[2, :, 0]
    array([3., 2., 1., 2., 3., 4., 3., 2.])

    Two rows are above it now: the row 1 2 3 4 was the first, and is the third.
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
    "You gave each side half of `margin`. Each side gets `margin` pixels, so the image grows by 2 "
    "* margin.",
)
def mirror_border(image, margin):
    half = margin // 2
    return np.pad(image, ((half, half), (half, half), (0, 0)), mode="reflect")


@mirror_border.mistake(
    "shared between the sides",
    "You shared `margin` between the two sides. Each side gets `margin` pixels, so the image grows "
    "by 2 * margin.",
)
def mirror_border(image, margin):
    pair = (margin // 2, margin - margin // 2)
    return np.pad(image, (pair, pair, (0, 0)), mode="reflect")


@mirror_border.mistake(
    "only at the beginning",
    "There is a border at the top and at the left only. Every side loses `margin` pixels, so every "
    "side needs a border.",
)
def mirror_border(image, margin):
    return np.pad(image, ((margin, 0), (margin, 0), (0, 0)), mode="reflect")


@mirror_border.mistake(
    "twice as wide",
    "Your border is twice too wide. `margin` pixels go on each side: (margin, margin).",
)
def mirror_border(image, margin):
    pair = (2 * margin, 2 * margin)
    return np.pad(image, (pair, pair, (0, 0)), mode="reflect")


@mirror_border.mistake(
    "margin typed in",
    "Your border is 2 pixels wide, whatever `margin` is. Use the argument.",
)
def mirror_border(image, margin):
    return np.pad(image, ((2, 2), (2, 2), (0, 0)), mode="reflect")


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
    "pairs for two axes",
    "You gave np.pad two pairs, and the image has three axes. The channels need a pair as well: "
    "(0, 0).",
)
def mirror_border(image, margin):
    return np.pad(image, ((margin, margin), (margin, margin)), mode="reflect")


@mirror_border.mistake(
    "pairs for channels first",
    "You gave the border to the width and the channels. The axes are [height, width, channels]: "
    "(0, 0) stands last.",
)
def mirror_border(image, margin):
    return np.pad(image, ((0, 0), (margin, margin), (margin, margin)), mode="reflect")


@mirror_border.mistake(
    "mode mirror",
    "NumPy has no mode 'mirror'. One of its modes mirrors with the edge pixel repeated, one "
    "without: read help(np.pad), and try both on the row 1 2 3 4.",
)
def mirror_border(image, margin):
    return np.pad(image, ((margin, margin), (margin, margin), (0, 0)), mode="mirror")


@mirror_border.mistake(
    "one number for each axis",
    "You gave np.pad one number for each axis. It takes a pair for each, before and after: "
    "((margin, margin), (margin, margin), (0, 0)).",
)
def mirror_border(image, margin):
    return np.pad(image, (margin, margin, 0), mode="reflect")


@mirror_border.mistake(
    "two axes unpacked",
    "You read two numbers from the shape. It has three: height, width, channels = image.shape, or "
    "image.shape[:2] for the first two.",
)
def mirror_border(image, margin):
    height, width = image.shape
    rows = (height - 1) - np.abs((height - 1) - np.abs(np.arange(-margin, height + margin)))
    columns = (width - 1) - np.abs((width - 1) - np.abs(np.arange(-margin, width + margin)))
    return image[rows][:, columns]


@mirror_border.mistake(
    "one channel only",
    "You returned the first channel only, without its axis. The result has three axes, as the "
    "image has.",
)
def mirror_border(image, margin):
    return np.pad(image[..., 0], margin, mode="reflect")


@mirror_border.mistake(
    "channels in front",
    "You put the channels together along axis 0. They are the last axis: np.stack(…, axis=-1).",
)
def mirror_border(image, margin):
    channels = [np.pad(channel, margin, mode="reflect") for channel in np.moveaxis(image, -1, 0)]
    return np.stack(channels)


@mirror_border.mistake(
    "no mirror at the end",
    "Top and left are right: there abs() turns the negative indices round. Beyond the last pixel "
    "the indices have to come back as well: index height + k is row height - 2 - k.",
)
def mirror_border(image, margin):
    height, width, channels = image.shape
    result = np.zeros((height + 2 * margin, width + 2 * margin, channels))
    for y in range(height + 2 * margin):
        for x in range(width + 2 * margin):
            result[y, x] = image[abs(y - margin), abs(x - margin)]
    return result


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
    "edge pixel repeated at the end",
    "Top and left are right. At the bottom and at the right the edge pixel stands there twice: the "
    "last pixel of the image must not be in the border, image[-margin - 1 : -1].",
)
def mirror_border(image, margin):
    top, bottom = image[1 : margin + 1][::-1], image[-margin:][::-1]
    image = np.concatenate([top, image, bottom], axis=0)
    left, right = image[:, 1 : margin + 1][:, ::-1], image[:, -margin:][:, ::-1]
    return np.concatenate([left, image, right], axis=1)


@mirror_border.mistake(
    "edge pixel repeated at the beginning",
    "Bottom and right are right. At the top and at the left the edge pixel stands there twice: the "
    "first pixel of the image must not be in the border, image[1 : margin + 1].",
)
def mirror_border(image, margin):
    top, bottom = image[:margin][::-1], image[-margin - 1 : -1][::-1]
    image = np.concatenate([top, image, bottom], axis=0)
    left, right = image[:, :margin][:, ::-1], image[:, -margin - 1 : -1][:, ::-1]
    return np.concatenate([left, image, right], axis=1)


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


@mirror_border.also_right
def mirror_border(image, margin):
    height, width, channels = image.shape
    result = np.zeros((height + 2 * margin, width + 2 * margin, channels))
    for y in range(result.shape[0]):
        for x in range(result.shape[1]):
            row, column = abs(y - margin), abs(x - margin)
            row = row if row < height else 2 * (height - 1) - row
            column = column if column < width else 2 * (width - 1) - column
            result[y, x] = image[row, column]
    return result
