"""Exercise 2.4: Resize a label map."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.exercises.week2._cases import three_maps
from segcourse.texts import N_


def _cases(rng):
    def mask(height, width):
        labels = rng.permutation(np.arange(height * width) % 200).astype("uint8")
        labels[rng.integers(0, labels.size, 3)] = 255
        return labels.reshape(height, width)

    # Odd old sides: no new centre falls on the border of two old pixels, so all ways to round
    # agree. Only the third case has such ties; there every scale is exact, and so it is for who
    # exchanges height and width.
    n = 2 * int(rng.integers(2, 5)) + 1
    four = 4 * int(rng.integers(1, 4))
    return [
        (mask(n, n + 2), 2 * n, 3 * n + 1),
        (mask(3 * n, 3 * n + 2), n + 1, n - 1),
        (mask(4, 4 * four), 2, four),
        (mask(n, 3 * n), n + 3, n + 1),
        (mask(n + 4, n), n + 5, n + 7),
        (mask(n, n), n + 1, 1),
        # Sides above 255.
        (mask(301, 3), 7, 300),
        (mask(3, 301), 300, 7),
    ]


def _space(rng):
    def sides():
        old, new = (int(n) for n in rng.integers(1, 18, 2))
        # Ties only where `old / new` is exact, for who computes this scale first.
        return (old, new) if old % 2 or old % new == 0 else (new * old, new)

    (old_height, height), (old_width, width) = sides(), sides()
    ids = [np.arange(256), np.array([0, 1, 2, 255]), np.array([255])][rng.integers(3)]
    return Case(rng.choice(ids, (old_height, old_width)).astype("uint8"), height, width)


resize_mask = Exercise(
    id="2.4",
    title=N_("Resize a label map"),
    function="resize_mask",
    hints=(
        N_(
            "Every new pixel copies ONE old pixel. So you only need, for each new row, the number "
            "of the old row it copies, and the same for columns."
        ),
        N_(
            "The centre of new row i lies at (i + 0.5) * old / height, measured in old pixels from "
            "the upper border. Old pixel r covers the length from r to r + 1."
        ),
        N_(
            "rows = ((np.arange(height) + 0.5) * old / height).astype(int), columns in the same "
            "way, then labels[rows][:, columns]."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=exact(),
    picture=three_maps,
    points=2,
)


@resize_mask.reference
def resize_mask(labels, height, width):
    """Resize a label map by nearest neighbour.

    New row i has its centre at (i + 0.5) * old / height, measured in old pixels from
    the upper border. It copies the old row that covers this place: the whole part of
    that number. The columns in the same way. No label is ever computed, only copied.

    Args:
        labels: uint8 array [old height, old width] of class ids; void is 255.
        height, width: int, the new size.

    Returns:
        Integer array [height, width].

    Example:

    >>> resize_mask(np.array([[1, 2, 3]], "uint8"), 1, 5)
    array([[1, 1, 2, 3, 3]])

    The centres are at 0.5, 1.5, ... times 3/5 = 0.3, 0.9, 1.5, 2.1, 2.7. Their whole
    parts are 0, 0, 1, 2, 2.
    """
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "corner in place of the centre",
    "You used i * old / height, the upper left corner of the new pixel, which moves the mask "
    "against its image. Use the centre: i + 0.5.",
)
def resize_mask(labels, height, width):
    rows = (np.arange(height) * labels.shape[0] / height).astype(int)
    columns = (np.arange(width) * labels.shape[1] / width).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "align corners",
    "You placed the first and the last centres of the two grids on each other: align-corners. The "
    "image is resized on half-pixel centres, and its mask must follow it.",
)
def resize_mask(labels, height, width):
    rows = np.round(np.linspace(0, labels.shape[0] - 1, height)).astype(int)
    columns = np.round(np.linspace(0, labels.shape[1] - 1, width)).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "centre rounded up",
    "You rounded (i + 0.5) * old / height to the nearest whole number, and cut off at the end. Old "
    "pixel r covers the length from r to r + 1, so take the whole part.",
)
def resize_mask(labels, height, width):
    rows = np.round((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = np.round((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    rows = np.minimum(rows, labels.shape[0] - 1)
    columns = np.minimum(columns, labels.shape[1] - 1)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "ties to the even row",
    "You subtracted 0.5 and rounded. For 0.5, 1.5, 2.5 … `np.round` gives 0, 2, 2 …: once down, "
    "once up. Take the whole part of (i + 0.5) * old / height.",
)
def resize_mask(labels, height, width):
    y = (np.arange(height) + 0.5) * labels.shape[0] / height - 0.5
    x = (np.arange(width) + 0.5) * labels.shape[1] / width - 0.5
    return labels[np.round(y).astype(int)][:, np.round(x).astype(int)]


@resize_mask.mistake(
    "height and width swapped",
    "Your result is [width, height]. A label map is [height, width]: the rows come first. (Pillow "
    "is the other way round: its `resize` takes (width, height).)",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(width) + 0.5) * labels.shape[0] / width).astype(int)
    columns = ((np.arange(height) + 0.5) * labels.shape[1] / height).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "scale inverted",
    "You multiplied by new / old, and cut off at the end. To find the OLD row of a NEW one, "
    "multiply by old / new.",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * height / labels.shape[0]).astype(int)
    columns = ((np.arange(width) + 0.5) * width / labels.shape[1]).astype(int)
    rows = np.minimum(rows, labels.shape[0] - 1)
    columns = np.minimum(columns, labels.shape[1] - 1)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "void made class 0",
    "You turned void (255) into class 0. Void stays void, otherwise pixels that nobody labelled "
    "count as a class.",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    result = labels[rows][:, columns]
    return np.where(result == 255, 0, result)


@resize_mask.mistake(
    "float labels",
    "The labels are right, but their dtype is float: that of np.zeros. Class ids are whole "
    "numbers: np.zeros(..., labels.dtype).",
)
def resize_mask(labels, height, width):
    result = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            row = int((i + 0.5) * labels.shape[0] / height)
            column = int((j + 0.5) * labels.shape[1] / width)
            result[i, j] = labels[row, column]
    return result


@resize_mask.mistake(
    "rows and columns paired",
    "`labels[rows, columns]` pairs the first row with the first column and so on. To get every "
    "row with every column, write labels[rows][:, columns].",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    return labels[rows, columns]


@resize_mask.mistake(
    "half a pixel too far up",
    "You subtracted 0.5 and then cut the fraction off, which moves the mask up and to the left by "
    "half an old pixel. Take the whole part of (i + 0.5) * old / height itself.",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height - 0.5).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width - 0.5).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "float32 labels",
    "The labels are right, but their dtype is float32. Class ids are whole numbers: keep the dtype "
    "of `labels`.",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    return labels[rows][:, columns].astype("float32")


@resize_mask.mistake(
    "align corners, cut off",
    "You spread the rows evenly from the first to the last (align-corners) and cut the fraction "
    "off. Take the whole part of (i + 0.5) * old / height.",
)
def resize_mask(labels, height, width):
    rows = np.linspace(0, labels.shape[0] - 1, height).astype(int)
    columns = np.linspace(0, labels.shape[1] - 1, width).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "align corners by formula",
    "You used i * (old - 1) / (new - 1): the align-corners grid, which also divides by 0 where one "
    "new row is asked for. Use the half-pixel grid, (i + 0.5) * old / new.",
)
def resize_mask(labels, height, width):
    rows = np.round(np.arange(height) * (labels.shape[0] - 1) / (height - 1)).astype(int)
    columns = np.round(np.arange(width) * (labels.shape[1] - 1) / (width - 1)).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "centre rounded, too far",
    "You rounded (i + 0.5) * old / height, which can give a row behind the last one. Old pixel r "
    "covers the length from r to r + 1: take the whole part, with astype(int).",
)
def resize_mask(labels, height, width):
    rows = np.round((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = np.round((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "corner rounded",
    "You rounded i * old / height, the upper left corner of the new pixel. Use its centre, i + "
    "0.5, and take the whole part.",
)
def resize_mask(labels, height, width):
    rows = np.round(np.arange(height) * labels.shape[0] / height).astype(int)
    columns = np.round(np.arange(width) * labels.shape[1] / width).astype(int)
    rows = np.minimum(rows, labels.shape[0] - 1)
    columns = np.minimum(columns, labels.shape[1] - 1)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "corner rounded, too far",
    "You rounded i * old / height, which can give a row behind the last one. Take the whole part "
    "of (i + 0.5) * old / height.",
)
def resize_mask(labels, height, width):
    rows = np.round(np.arange(height) * labels.shape[0] / height).astype(int)
    columns = np.round(np.arange(width) * labels.shape[1] / width).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "ceil less 1",
    "You took ceil(...) - 1. It differs where a centre lies on the border of two old pixels: there "
    "the whole part is asked for, the later pixel.",
)
def resize_mask(labels, height, width):
    rows = np.ceil((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int) - 1
    columns = np.ceil((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int) - 1
    return labels[rows][:, columns]


@resize_mask.mistake(
    "scale inverted, too far",
    "You multiplied by new / old and so looked for rows that do not exist. To find the OLD row of "
    "a NEW one, multiply by old / new.",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * height / labels.shape[0]).astype(int)
    columns = ((np.arange(width) + 0.5) * width / labels.shape[1]).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "old sides exchanged",
    "You took the old width for the rows and the old height for the columns. labels.shape is "
    "(height, width).",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[1] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[0] / width).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "old height for both",
    "You took labels.shape[0] for the columns as well. The old width is labels.shape[1]: a map "
    "need not be square.",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[0] / width).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "new height for both",
    "You made as many columns as rows. The columns come from `width` and labels.shape[1].",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(height) + 0.5) * labels.shape[1] / height).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "rows and columns exchanged",
    "You used the numbers of the columns for the rows. The first index is the row: labels[rows][:, "
    "columns].",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    return labels[columns][:, rows]


@resize_mask.mistake(
    "rows taken twice",
    "`labels[rows][columns]` takes rows, and then rows again. The second index needs a colon "
    "before it: labels[rows][:, columns].",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    return labels[rows][columns]


@resize_mask.mistake(
    "indices with a fraction",
    "Your row numbers are floats, also after `np.floor`. An index must be a whole number: add "
    ".astype(int).",
)
def resize_mask(labels, height, width):
    rows = np.floor((np.arange(height) + 0.5) * labels.shape[0] / height)
    columns = np.floor((np.arange(width) + 0.5) * labels.shape[1] / width)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "an index with a fraction",
    "Your row number is a float. An index must be a whole number: int(...).",
)
def resize_mask(labels, height, width):
    result = np.zeros((height, width), labels.dtype)
    for i in range(height):
        for j in range(width):
            row = (i + 0.5) * labels.shape[0] / height
            column = (j + 0.5) * labels.shape[1] / width
            result[i, j] = labels[row, column]
    return result


@resize_mask.mistake(
    "transposed",
    "The labels are right, but rows and columns are exchanged at the end. Leave the `.T` out: the "
    "result is [height, width].",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    return labels[rows][:, columns].T


@resize_mask.mistake(
    "end of the pixel",
    "You used i + 1, the lower right end of the new pixel. Use its centre, i + 0.5.",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 1) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 1) * labels.shape[1] / width).astype(int)
    return labels[rows][:, columns]


@resize_mask.also_right
def resize_mask(labels, height, width):
    result = np.zeros((height, width), labels.dtype)
    for i in range(height):
        for j in range(width):
            row = (2 * i + 1) * labels.shape[0] // (2 * height)
            column = (2 * j + 1) * labels.shape[1] // (2 * width)
            result[i, j] = labels[row, column]
    return result


@resize_mask.also_right
def resize_mask(labels, height, width):
    y = (np.arange(height) + 0.5) * labels.shape[0] / height - 0.5
    x = (np.arange(width) + 0.5) * labels.shape[1] / width - 0.5
    return labels[np.ix_(np.floor(y + 0.5).astype(int), np.floor(x + 0.5).astype(int))]


@resize_mask.also_right
def resize_mask(labels, height, width):
    from PIL import Image

    return np.array(Image.fromarray(labels).resize((width, height), Image.Resampling.NEAREST))


@resize_mask.also_right
def resize_mask(labels, height, width):
    old_height, old_width = labels.shape
    row_scale, column_scale = old_height / height, old_width / width
    result = np.zeros((height, width), dtype=int)
    for i in range(height):
        for j in range(width):
            result[i, j] = labels[int((i + 0.5) * row_scale), int((j + 0.5) * column_scale)]
    return result


# The wrong answers that mix labels or take a ready-made function hang themselves on it, too.
from segcourse.exercises.week2 import _resize_mask_tools  # noqa: E402, F401
