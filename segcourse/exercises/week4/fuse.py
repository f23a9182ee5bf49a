"""Exercise 4.4: Crop and add."""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _cases(rng):
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


def _picture(case, got, expected):
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
    title=N_("Crop and add"),
    function="fuse",
    hints=(
        N_(
            "Two maps can be added only when they have the same size. Which one is larger, and "
            "where does the smaller one lie in it?"
        ),
        N_(
            "Cut the skip to rows offset … offset + h and columns offset … offset + w, where h and "
            "w are the height and width of `coarse`. All images of the batch and all classes stay."
        ),
        N_("skip[:, offset : offset + h, offset : offset + w] is the part to add."),
    ),
    cases=_cases,
    picture=_picture,
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
