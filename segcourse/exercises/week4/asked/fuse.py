"""Exercise 4.4: what is asked and right; wrong answers are in `week4/fuse.py`."""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Case, Exercise, exact
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
    # Here nothing hangs over: the last row and the last column count, too.
    coarse, skip = (rng.integers(0, 100, (1, n, n + 1, 2)).astype("float32") for n in (2, 3))
    return [*cases, (coarse, skip, 1)]


#: Batch, height, width and classes of the coarse map, the offset, and what hangs over below and at
#: the right: one pixel, one row, no offset, nothing left over. Few, for the same reason as above.
SHAPES = (
    (1, 1, 1, 1, 0, 0, 0),
    (1, 1, 3, 2, 2, 1, 0),
    (2, 4, 1, 1, 1, 0, 7),
    (3, 2, 2, 1, 0, 3, 2),
    (1, 3, 4, 3, 7, 2, 2),
    (2, 5, 5, 2, 1, 1, 1),
)


def _space(rng):
    batch, height, width, classes, offset, below, right = SHAPES[rng.integers(len(SHAPES))]
    larger = (batch, offset + height + below, offset + width + right, classes)
    coarse = rng.integers(-9, 10, (batch, height, width, classes)) / 2
    kind = rng.choice(["float32", "float64"])
    return Case(coarse.astype(kind), (rng.integers(-9, 10, larger) / 2).astype(kind), offset)


def _picture(case, got, expected):
    """The skip score, with the part to take and, if it can be told, the part that was taken."""
    from segcourse import plots  # not needed, and slow to import, until an answer is wrong

    coarse, skip, offset = case.args
    rows, columns = coarse.shape[1:3]
    asked = np.zeros(skip.shape[1:3], bool)
    asked[offset : offset + rows, offset : offset + columns] = True
    # The skip's numbers are all different, so what was added says where it came from.
    added = np.asarray(plain(got))[0, :, :, 0] - coarse[0, :, :, 0]
    taken = np.isin(skip[0, :, :, 0], added)
    told = taken.sum() == added.size
    axes = plots.numbers(
        skip[0, :, :, 0],
        title="skip[0, :, :, 0]",  # short: the map of the example is small
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
    space=_space,
    draws=10,
    picture=_picture,
    compare=exact(array=False),
    points=2,
)


@fuse.reference
def fuse(coarse, skip, offset):
    """Crop the skip layer's score to the coarse score's size, and add the two.

    Args:
        coarse: float array [batch, h, w, classes], the upsampled coarse score.
        skip: float array [batch, H, W, classes], the skip layer's score, with
            H >= offset + h and W >= offset + w.
        offset: int, 0 or more: the row and the column of `skip` where `coarse` begins.

    Returns:
        The sum, [batch, h, w, classes]. `coarse` and `skip` stay as they are.

    Example: one image, one class; of the skip 6 and 7 remain.

    >>> skip = np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]).reshape(1, 2, 4, 1)
    >>> coarse = np.array([[10.0, 20.0]]).reshape(1, 1, 2, 1)
    >>> fuse(coarse, skip, 1)
    array([[[[16.], [27.]]]])
    """
    height, width = coarse.shape[1:3]
    cropped = skip[:, offset : offset + height, offset : offset + width]
    return coarse + cropped


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


@fuse.also_right
def fuse(coarse, skip, offset):
    result = np.zeros(coarse.shape)
    batch, height, width, classes = coarse.shape
    for n, y, x, c in np.ndindex(batch, height, width, classes):
        result[n, y, x, c] = coarse[n, y, x, c] + skip[n, offset + y, offset + x, c]
    return result


@fuse.also_right
def fuse(coarse, skip, offset):
    below = skip[:, offset:, offset:]
    return ops.add(below[:, : coarse.shape[1], : coarse.shape[2]], coarse)
