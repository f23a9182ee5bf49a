"""`box_iou` against independent implementations, and the example of its text."""

import numpy as np
import pytest

from segcourse.exercises.week1.box_iou import box_iou as exercise

box_iou = exercise.right.build()


@pytest.mark.parametrize("seed", range(20))
def test_box_iou_agrees_with_counted_pixels(seed):
    corners = np.random.default_rng(seed).integers(0, 12, (2, 2, 2))
    a, b = ([*c.min(0), *(c.max(0) + 1)] for c in corners)
    rows, columns = np.indices((14, 14))
    inside = [(x0 <= columns) & (columns < x1) & (y0 <= rows) & (rows < y1)
              for x0, y0, x1, y1 in (a, b)]  # fmt: skip
    expected = (inside[0] & inside[1]).sum() / (inside[0] | inside[1]).sum()
    assert box_iou(a, b) == pytest.approx(expected)


def test_box_iou_example():
    assert box_iou((0, 0, 4, 2), (2, 0, 6, 2)) == pytest.approx(4 / 12)
