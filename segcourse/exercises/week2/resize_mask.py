"""Exercise 2.4: Resize a label map."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    def mask(height, width):
        labels = rng.permutation(np.arange(height * width) % 200).astype("uint8")
        labels[rng.integers(0, labels.size, 3)] = 255
        return labels.reshape(height, width)

    # Odd old sides: no new centre falls on the border of two old pixels, so all ways to round
    # agree. Only the third case, half the size, has such ties; there every scale is exact.
    n = 2 * int(rng.integers(2, 5)) + 1
    return [
        (mask(n, n + 2), 2 * n, 3 * n + 1),
        (mask(3 * n, 3 * n + 2), n + 1, n - 1),
        (mask(2 * n + 2, 2 * n + 6), n + 1, n + 3),
        (mask(n, 3 * n), n + 3, n + 1),
    ]


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
    compare=exact(),
    points=2,
)


@resize_mask.reference
def resize_mask(labels, height, width):
    """Resize a label map by nearest neighbour.

    New row i has its centre at (i + 0.5) * old / height, measured in old pixels from
    the upper border. It copies the old row that covers this place: the whole part of
    that number. The columns in the same way. No label is ever computed, only copied.

    Args:
        labels: integer array [old height, old width] of class ids; void is 255.
        height, width: int, the new size.

    Returns:
        Integer array [height, width].

    Example: resize_mask([[1, 2, 3]], 1, 5) is [[1, 1, 2, 3, 3]]
        The centres are at 0.5, 1.5, ... times 3/5 = 0.3, 0.9, 1.5, 2.1, 2.7.
        Their whole parts are 0, 0, 1, 2, 2.
    """
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "bilinear and rounded",
    "You interpolated the class numbers and rounded. Between class 1 and class 3 that invents "
    "class 2. Numbers of classes have no order: copy, never mix.",
)
def resize_mask(labels, height, width):
    old_height, old_width = labels.shape
    y = np.clip((np.arange(height) + 0.5) * old_height / height - 0.5, 0, old_height - 1)
    x = np.clip((np.arange(width) + 0.5) * old_width / width - 0.5, 0, old_width - 1)
    top, left = y.astype(int), x.astype(int)
    bottom = np.minimum(top + 1, old_height - 1)
    right = np.minimum(left + 1, old_width - 1)
    alpha, p = (y - top)[:, None], x - left
    left_side = (1 - alpha) * labels[top][:, left] + alpha * labels[bottom][:, left]
    right_side = (1 - alpha) * labels[top][:, right] + alpha * labels[bottom][:, right]
    return np.round((1 - p) * left_side + p * right_side).astype(labels.dtype)


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
    "You rounded (i + 0.5) * old / height to the nearest whole number. Old pixel r covers the "
    "length from r to r + 1, so take the whole part.",
)
def resize_mask(labels, height, width):
    rows = np.round((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = np.round((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    rows = np.minimum(rows, labels.shape[0] - 1)
    columns = np.minimum(columns, labels.shape[1] - 1)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "ties to the even row",
    "You subtracted 0.5 and rounded. At a tie `np.round` goes to the EVEN number, once up and "
    "once down. Take the whole part of (i + 0.5) * old / height.",
)
def resize_mask(labels, height, width):
    y = (np.arange(height) + 0.5) * labels.shape[0] / height - 0.5
    x = (np.arange(width) + 0.5) * labels.shape[1] / width - 0.5
    return labels[np.round(y).astype(int)][:, np.round(x).astype(int)]


@resize_mask.mistake(
    "height and width swapped",
    "Your result is [width, height]. A label map is [height, width]: the rows come first.",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(width) + 0.5) * labels.shape[0] / width).astype(int)
    columns = ((np.arange(height) + 0.5) * labels.shape[1] / height).astype(int)
    return labels[rows][:, columns]


@resize_mask.mistake(
    "scale inverted",
    "You multiplied by new / old. To find the OLD row of a NEW one, multiply by old / new.",
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
    "The labels are right, but their dtype is float. Class ids are whole numbers: keep an integer "
    "dtype.",
)
def resize_mask(labels, height, width):
    rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
    columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
    return labels[rows][:, columns].astype("float32")


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
