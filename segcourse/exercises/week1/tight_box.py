"""Exercise 1.4: Box of a mask."""

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    masks = [_diamond(rng), _pieces(rng), _pieces(rng).T, _at_the_edges(rng), _one_pixel(rng)]
    row = np.ones((1, int(rng.integers(2, 6))), bool)
    large = np.zeros((3, 270), bool)
    large[1, int(rng.integers(1, 200)) : 260] = True
    return [Case(mask) for mask in (*masks, row, row.T, large, large.T)]


def _diamond(rng):
    """Its first and last pixel, in reading order, are no corners of its box."""
    up, down, side_left, side_right = (int(n) for n in 1 + rng.permutation(4))
    top, left = int(rng.integers(2, 5)), int(rng.integers(6, 9))
    height, width = top + up + down + int(rng.integers(2, 5)), left + 12
    y, x = top + up, left + side_left
    mask = np.zeros((height, width), bool)
    mask[y, x - side_left : x + side_right + 1] = True
    mask[y - up : y + down + 1, x] = True
    return mask


def _pieces(rng):
    """Two pieces in the same rows, with empty columns between them, as behind a tree."""
    mask = np.zeros((7, 13), bool)
    top, left, gap = int(rng.integers(1, 3)), int(rng.integers(1, 4)), int(rng.integers(2, 4))
    mask[top : top + 3, left : left + 2] = True
    mask[top + 1, left + 2 + gap : left + 4 + gap] = True
    return mask


def _at_the_edges(rng):
    """The object reaches all four edges of a map that is not square."""
    height, width = (int(n) for n in rng.permutation([5, 8]))
    mask = np.zeros((height, width), bool)
    mask[int(rng.integers(1, height - 1))] = True
    mask[:, int(rng.integers(1, width - 1))] = True
    return mask


def _one_pixel(rng):
    mask = np.zeros(rng.integers(4, 8, 2), bool)
    mask[int(rng.integers(1, 3)), int(rng.integers(1, 3))] = True
    return mask


def _space(rng):
    """Any mask that is not empty: one row, one column, scattered pixels, full."""
    mask = rng.random(rng.integers(1, 12, 2)) < rng.choice([0, 0.03, 0.3, 1])
    mask[tuple(rng.integers(0, mask.shape))] = True
    return Case(mask)


def _picture(case, got, expected):
    """The mask with both boxes around it."""
    import matplotlib.pyplot as plt

    from segcourse import plots  # not needed, and slow to import, until an answer is wrong

    grey = np.where(plain(case.args[0]), 0.75, 0.25)
    height, width = grey.shape
    figure, ax = plt.subplots(figsize=(6, 1 + 5 * min(height / width, 1)))
    title = "the mask is light; your box dashed, the expected one solid"
    boxes = [np.asarray(plain(box), "float64") for box in (expected, got)]
    plots.boxes(np.stack([grey] * 3, -1), boxes[:1], predicted=boxes[1:], ax=ax, title=title)
    # A box that is too large reaches out of the picture.
    left, top, right, bottom = zip(*boxes, (0, 0, width, height), strict=True)
    ax.set(xlim=(min(left) - 1, max(right)), ylim=(max(bottom), min(top) - 1))
    return figure


tight_box = Exercise(
    id="1.4",
    title=N_("Box of a mask"),
    function="tight_box",
    hints=(
        N_("Which columns hold a pixel of the mask? The first of them is `left`."),
        N_("rows, columns = np.nonzero(mask) gives the row and the column of every True pixel."),
        N_("left = columns.min(). `right` is exclusive: one more than the last column."),
    ),
    cases=_cases,
    space=_space,
    # As code: "right" alone is what an answer is, and is said so in other languages.
    compare=exact(parts=("`left`", "`top`", "`right`", "`bottom`")),
    picture=_picture,
    points=1,
)


@tight_box.reference
def tight_box(mask):
    """Give the smallest box that holds a mask.

    Args:
        mask: bool array [height, width], True where the object is. At least one pixel
            is True. The object may be in pieces.

    Returns:
        (left, top, right, bottom), four ints. x counts columns and grows to the right,
        y counts rows and grows downwards. `right` and `bottom` are exclusive: they are
        the first column and the first row after the object, as in mask[top:bottom].

    Example:

    >>> tight_box(np.array([[0, 0, 0, 0], [0, 1, 1, 0]], bool))
    (1, 1, 3, 2)

    Columns 1 and 2, row 1.
    """
    rows, columns = np.nonzero(mask)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


@tight_box.mistake(
    "x and y swapped",
    "You gave (top, left, bottom, right). A box begins with x: np.nonzero gives the rows (y) "
    "first, then the columns (x).",
)
def tight_box(mask):
    columns, rows = np.nonzero(mask)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


@tight_box.mistake(
    "end inclusive",
    "Your right and bottom are the last column and row of the object. They are exclusive here: add "
    "1, so that right - left is the width.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return columns.min(), rows.min(), columns.max(), rows.max()


@tight_box.mistake(
    "width and height",
    "You gave (left, top, width, height), as COCO writes its boxes. Here the last two numbers are "
    "right and bottom.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    left, top = columns.min(), rows.min()
    return left, top, columns.max() + 1 - left, rows.max() + 1 - top


@tight_box.mistake(
    "both columns, then both rows",
    "You gave (left, right, top, bottom). The order is left, top, right, bottom: first one corner, "
    "then the other.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return columns.min(), columns.max() + 1, rows.min(), rows.max() + 1


@tight_box.mistake(
    "first and last pixel",
    "You took the first and the last pixel in reading order. They need not be the corners: the "
    "column furthest to the left can be in any row. Take the smallest and the largest.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1


@tight_box.mistake(
    "whole image",
    "You gave the box of the whole image. Look only at the pixels where the mask is True.",
)
def tight_box(mask):
    height, width = mask.shape
    return 0, 0, width, height


@tight_box.mistake(
    "one pixel too large",
    "You added 1 to all four numbers, or counted from 1. Columns and rows are counted from 0; only "
    "right and bottom get + 1.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return columns.min() + 1, rows.min() + 1, columns.max() + 1, rows.max() + 1


@tight_box.mistake(
    "begins too early",
    "Your left and top are one too small. They are inclusive: the first column and row that hold a "
    "pixel of the mask.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return columns.min() - 1, rows.min() - 1, columns.max() + 1, rows.max() + 1


@tight_box.mistake(
    "counted from the other side",
    "You counted the empty columns and rows behind the object, as argmax on a reversed array does. "
    "Subtract them from the width and the height.",
)
def tight_box(mask):
    in_column, in_row = mask.any(axis=0), mask.any(axis=1)
    return in_column.argmax(), in_row.argmax(), in_column[::-1].argmax(), in_row[::-1].argmax()


@tight_box.mistake(
    "shares of the image",
    "You divided by the width and the height. The box is asked for in pixels.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    h, w = mask.shape
    return columns.min() / w, rows.min() / h, (columns.max() + 1) / w, (rows.max() + 1) / h


@tight_box.mistake(
    "number of columns with a pixel",
    "You counted the columns and rows that hold a pixel and added them to left and top. An object "
    "in pieces has empty columns between them: `right` is the last column + 1.",
)
def tight_box(mask):
    in_column, in_row = mask.any(axis=0), mask.any(axis=1)
    left, top = in_column.argmax(), in_row.argmax()
    return left, top, left + in_column.sum(), top + in_row.sum()


@tight_box.mistake(
    "first gap",
    "You ended the box at the first empty column or row. An object can be in pieces, and the box "
    "holds all of them: take the last column and the last row with a pixel.",
)
def tight_box(mask):
    height, width = mask.shape
    left, top = mask.any(axis=0).argmax(), mask.any(axis=1).argmax()
    right, bottom = left, top
    while right < width and mask[:, right].any():
        right += 1
    while bottom < height and mask[bottom].any():
        bottom += 1
    return left, top, right, bottom


@tight_box.mistake(
    "width and height, ends inclusive",
    "You gave (left, top, last - first column, last - first row). The last two numbers are right "
    "and bottom: the last column + 1 and the last row + 1.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    left, top = columns.min(), rows.min()
    return left, top, columns.max() - left, rows.max() - top


@tight_box.mistake(
    "both rows, then both columns",
    "You gave (top, bottom, left, right). The order is left, top, right, bottom: first one corner, "
    "then the other, each with its column before its row.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return rows.min(), rows.max() + 1, columns.min(), columns.max() + 1


@tight_box.mistake(
    "right and bottom exchanged",
    "left and top are right, but you exchanged right and bottom. right comes from the columns, "
    "bottom from the rows.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return columns.min(), rows.min(), rows.max() + 1, columns.max() + 1


@tight_box.mistake(
    "left and top exchanged",
    "right and bottom are right, but you exchanged left and top. left comes from the columns, top "
    "from the rows.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return rows.min(), columns.min(), columns.max() + 1, rows.max() + 1


@tight_box.mistake(
    "rows and columns mixed up, ends inclusive",
    "You took rows for columns: np.nonzero gives the rows (y) first, then the columns (x). And "
    "right and bottom are exclusive: add 1.",
)
def tight_box(mask):
    columns, rows = np.nonzero(mask)
    return columns.min(), rows.min(), columns.max(), rows.max()


@tight_box.mistake(
    "only right exclusive",
    "You added 1 to right only. bottom is exclusive, too: the last row + 1.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return columns.min(), rows.min(), columns.max() + 1, rows.max()


@tight_box.mistake(
    "only bottom exclusive",
    "You added 1 to bottom only. right is exclusive, too: the last column + 1.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return columns.min(), rows.min(), columns.max(), rows.max() + 1


@tight_box.mistake(
    "held inside the image",
    "You did not let right and bottom be as large as the width and the height. They are exclusive: "
    "for an object at the edge, right is the width of the mask.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    height, width = mask.shape
    right, bottom = min(columns.max() + 1, width - 1), min(rows.max() + 1, height - 1)
    return columns.min(), rows.min(), right, bottom


@tight_box.mistake(
    "two corners",
    "You gave two pairs, one for each corner. Four numbers are asked for, in one tuple: left, top, "
    "right, bottom.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return (columns.min(), rows.min()), (columns.max() + 1, rows.max() + 1)


@tight_box.mistake(
    "two slices",
    "You gave slices, which cut the box out. Four numbers are asked for: left, top, right, bottom.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1)


@tight_box.mistake(
    "the piece cut out",
    "You cut the box out of the mask. Its four numbers are asked for: left, top, right, bottom.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    return mask[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


@tight_box.mistake(
    "centre and size",
    "You gave the centre of the box, its width and its height. The corners are asked for: left, "
    "top, right, bottom.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    left, top, right, bottom = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
    return (left + right) / 2, (top + bottom) / 2, right - left, bottom - top


@tight_box.mistake(
    "first piece only",
    "You looked at one row or one column only. The object can be wider in another row: look at all "
    "its pixels.",
)
def tight_box(mask):
    rows, columns = np.nonzero(mask)
    in_first_row = columns[rows == rows.min()]
    return in_first_row.min(), rows.min(), in_first_row.max() + 1, rows.max() + 1


@tight_box.also_right
def tight_box(mask):
    in_column, in_row = mask.any(axis=0), mask.any(axis=1)
    height, width = mask.shape
    right, bottom = width - in_column[::-1].argmax(), height - in_row[::-1].argmax()
    return [int(in_column.argmax()), int(in_row.argmax()), int(right), int(bottom)]


@tight_box.also_right
def tight_box(mask):
    left, top, right, bottom = mask.shape[1], mask.shape[0], 0, 0
    for y in range(mask.shape[0]):
        for x in range(mask.shape[1]):
            if mask[y, x]:
                left, top = min(left, x), min(top, y)
                right, bottom = max(right, x + 1), max(bottom, y + 1)
    return left, top, right, bottom


@tight_box.also_right
def tight_box(mask):
    places = np.argwhere(mask)
    (top, left), (bottom, right) = places.min(axis=0), places.max(axis=0) + 1
    return np.array([left, top, right, bottom])


@tight_box.also_right
def tight_box(mask):
    from scipy import ndimage

    rows, columns = ndimage.find_objects(mask.astype(int))[0]
    return columns.start, rows.start, columns.stop, rows.stop
