"""Exercise 6.3: Mirrored border."""

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    cases = []
    # At least two more pixels than the margin on each axis, and more channels than margin in one.
    for margin, channels in ((2, 1), (1, 3), (3, 4)):
        height, width = (int(n) for n in margin + 2 + rng.permutation(3)[:2])
        values = 1 + rng.permutation(height * width * channels)
        cases.append((values.reshape(height, width, channels).astype("float32"), margin))
    return cases


def _picture(case, got, expected):
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
            "`mode='reflect'` does not. The channels get no border: (0, 0) for the last axis."
        ),
    ),
    cases=_cases,
    compare=exact(),
    picture=_picture,
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
