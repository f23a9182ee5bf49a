"""Exercise 4.4: Crop and add. The wrong answers that people give."""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.week4.asked.fuse import fuse


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


@fuse.mistake(
    "offset cut off at both ends",
    "offset:-offset drops `offset` rows at the bottom too, and as many columns at the right. How "
    "much hangs over there is not known: end the slices at offset + height and offset + width.",
)
def fuse(coarse, skip, offset):
    return coarse + skip[:, offset:-offset, offset:-offset]


@fuse.mistake(
    "height for both axes",
    "You used the height of `coarse` for the columns, too. Maps need not be square: the columns "
    "end at offset + width, with width = coarse.shape[2].",
)
def fuse(coarse, skip, offset):
    size = coarse.shape[1]
    return coarse + skip[:, offset : offset + size, offset : offset + size]


@fuse.mistake(
    "width for both axes",
    "You used the width of `coarse` for the rows, too. Maps need not be square: the rows end at "
    "offset + height, with height = coarse.shape[1].",
)
def fuse(coarse, skip, offset):
    size = coarse.shape[2]
    return coarse + skip[:, offset : offset + size, offset : offset + size]


@fuse.mistake(
    "height and width swapped",
    "You read the width before the height. The axes are [batch, h, w, classes]: "
    "height, width = coarse.shape[1:3].",
)
def fuse(coarse, skip, offset):
    width, height = coarse.shape[1:3]
    return coarse + skip[:, offset : offset + height, offset : offset + width]


@fuse.mistake(
    "crop ends one pixel early",
    "Your slices end one pixel too early. The end of a slice is not part of it, so no 1 is "
    "subtracted: offset + height.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return coarse + skip[:, offset : offset + height - 1, offset : offset + width - 1]


@fuse.mistake(
    "crop ends one pixel late",
    "Your slices end one pixel too late. From offset to offset + height are exactly `height` "
    "rows: do not add 1.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return coarse + skip[:, offset : offset + height + 1, offset : offset + width + 1]


@fuse.mistake(
    "only the rows cropped",
    "You cropped the rows, but the columns of the skip are still too many. Crop the third axis in "
    "the same way, to `width` columns.",
)
def fuse(coarse, skip, offset):
    height = coarse.shape[1]
    return coarse + skip[:, offset : offset + height]


@fuse.mistake(
    "only the columns cropped",
    "You cropped the columns, but the rows of the skip are still too many. Crop the second axis "
    "in the same way, to `height` rows.",
)
def fuse(coarse, skip, offset):
    width = coarse.shape[2]
    return coarse + skip[:, :, offset : offset + width]


@fuse.mistake(
    "offset on the columns only",
    "You moved the crop to the right but not down. The offset holds for the columns and for the "
    "rows.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return coarse + skip[:, :height, offset : offset + width]


@fuse.mistake(
    "offset from the lower right",
    "You counted the offset from the bottom and the right. It is the row and the column where "
    "`coarse` begins, counted from the top and the left.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    rows = slice(skip.shape[1] - offset - height, skip.shape[1] - offset)
    columns = slice(skip.shape[2] - offset - width, skip.shape[2] - offset)
    return coarse + skip[:, rows, columns]


@fuse.mistake(
    "skip of the first image for all",
    "You added the skip of the first image to every image. Each image has its own skip: keep the "
    "batch axis with a `:`.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return coarse + skip[0, offset : offset + height, offset : offset + width]


@fuse.mistake(
    "first image only",
    "You returned the first image only, without the batch axis. All images of the batch are asked "
    "for: [batch, h, w, classes].",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return coarse[0] + skip[0, offset : offset + height, offset : offset + width]


@fuse.mistake(
    "coarse cropped",
    "You cropped `coarse`. The skip is the larger map: crop `skip`, and leave `coarse` whole.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return coarse[:, offset : offset + height, offset : offset + width] + skip


@fuse.mistake(
    "one pixel of the skip",
    "skip[:, offset, offset] is a single pixel. Take as many rows and columns as `coarse` has: "
    "offset : offset + height and offset : offset + width.",
)
def fuse(coarse, skip, offset):
    return coarse + skip[:, offset, offset]


@fuse.mistake(
    "axes of PyTorch",
    "You cropped the last two axes, columns and classes. In Keras the classes come last: crop "
    "axis 1, the rows, and axis 2, the columns.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[2:]
    return coarse + skip[:, :, offset : offset + height, offset : offset + width]


@fuse.mistake(
    "columns and classes cropped",
    "Your slices stand one place too far to the right, at the columns and the classes. One `:` "
    "for the batch, then the rows, then the columns.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return coarse + skip[:, :, offset : offset + height, offset : offset + width]


@fuse.mistake(
    "averaged",
    "You took the mean of the two. FCN adds the scores: do not divide by 2.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return (coarse + skip[:, offset : offset + height, offset : offset + width]) / 2


@fuse.mistake(
    "multiplied",
    "You multiplied the two. FCN adds the scores.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return coarse * skip[:, offset : offset + height, offset : offset + width]


@fuse.mistake(
    "larger of the two",
    "You took the larger of the two scores at each place. FCN adds them.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return np.maximum(coarse, skip[:, offset : offset + height, offset : offset + width])


@fuse.mistake(
    "subtracted",
    "You subtracted the skip. FCN adds the two scores.",
)
def fuse(coarse, skip, offset):
    height, width = coarse.shape[1:3]
    return coarse - skip[:, offset : offset + height, offset : offset + width]
