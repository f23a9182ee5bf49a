"""Exercise 1.4: Box of a mask."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    # A diamond: its first and last pixel, in reading order, are no corners of its box.
    cases = []
    for _ in range(3):
        up, down, side_left, side_right = (int(n) for n in 1 + rng.permutation(4))
        top, left = int(rng.integers(2, 5)), int(rng.integers(6, 9))
        height, width = top + up + down + int(rng.integers(2, 5)), left + 12
        y, x = top + up, left + side_left
        mask = np.zeros((height, width), bool)
        mask[y, x - side_left : x + side_right + 1] = True
        mask[y - up : y + down + 1, x] = True
        cases.append((mask,))
    return cases


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
    compare=exact(parts=(N_("left"), N_("top"), N_("right"), N_("bottom"))),
    points=1,
)


@tight_box.reference
def tight_box(mask):
    """Give the smallest box that holds a mask.

    Args:
        mask: bool array [height, width], True where the object is. At least one pixel
            is True.

    Returns:
        (left, top, right, bottom), four ints. x counts columns and grows to the right,
        y counts rows and grows downwards. `right` and `bottom` are exclusive: they are
        the first column and the first row after the object, as in mask[top:bottom].

    Example: for the mask [[0, 0, 0, 0], [0, 1, 1, 0]] the box is (1, 1, 3, 2):
        columns 1 and 2, row 1.
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


@tight_box.also_right
def tight_box(mask):
    in_column, in_row = mask.any(axis=0), mask.any(axis=1)
    height, width = mask.shape
    right, bottom = width - in_column[::-1].argmax(), height - in_row[::-1].argmax()
    return [int(in_column.argmax()), int(in_row.argmax()), int(right), int(bottom)]
