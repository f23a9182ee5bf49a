"""`tight_box` against others, its example, and what students write."""

import numpy as np
import pytest

from segcourse.exercises.week1.tight_box import tight_box as exercise

tight_box = exercise.right.build()


def test_tight_box_is_that_of_the_scenes(scenes):
    for one in scenes:
        for number, box in enumerate(one["boxes"], start=1):
            assert tight_box(one["instances"] == number) == tuple(box)


def test_tight_box_cuts_out_all_and_no_less():
    mask = np.random.default_rng(0).random((30, 40)) < 0.004
    left, top, right, bottom = tight_box(mask)
    inner = mask[top:bottom, left:right]
    assert inner.sum() == mask.sum() > 0
    assert all(edge.any() for edge in (inner[0], inner[-1], inner[:, 0], inner[:, -1]))


def test_tight_box_example():
    mask = np.array([[0, 0, 0, 0], [0, 1, 1, 0]], bool)
    assert tight_box(mask) == (1, 1, 3, 2)


# Wrong answers that no case told from the right one once.
REFUSED = [
    """xs, ys = mask.any(axis=0), mask.any(axis=1)
left, top = int(np.argmax(xs)), int(np.argmax(ys))
return left, top, left + int(xs.sum()), top + int(ys.sum())""",
    """ys, xs = np.nonzero(mask)
return tuple(np.array([xs.min(), ys.min(), xs.max() + 1, ys.max() + 1], "uint8"))""",
    """ys, xs = np.nonzero(mask[1:, 1:])
return xs.min() + 1, ys.min() + 1, xs.max() + 2, ys.max() + 2""",
]

# Wrong answers as students write them, and the mistake that is recognised.
SAID = [
    (
        "width and height",
        """ys, xs = np.where(mask)
left, top, right, bottom = xs.min(), ys.min(), xs.max() + 1, ys.max() + 1
return left, top, right - left, bottom - top""",
    ),
    (
        "x and y swapped",
        """places = np.argwhere(mask)
return (*places.min(axis=0), *(places.max(axis=0) + 1))""",
    ),
    (
        "right and bottom exchanged",
        """ys, xs = np.where(mask)
return int(xs.min()), int(ys.min()), int(ys.max()) + 1, int(xs.max()) + 1""",
    ),
    (
        "two corners",
        """ys, xs = np.where(mask)
return (xs.min(), ys.min()), (xs.max() + 1, ys.max() + 1)""",
    ),
    (
        "two slices",
        """ys, xs = np.where(mask)
return slice(ys.min(), ys.max() + 1), slice(xs.min(), xs.max() + 1)""",
    ),
    (
        "number of columns with a pixel",
        """xs, ys = mask.any(axis=0), mask.any(axis=1)
left, top = np.argmax(xs), np.argmax(ys)
return left, top, left + sum(xs), top + sum(ys)""",
    ),
]


@pytest.mark.parametrize("body", REFUSED)
@pytest.mark.parametrize("seed", range(4))
def test_tight_box_refuses_by_its_cases(refused_by_cases, body, seed):
    refused_by_cases(exercise, body, seed)


@pytest.mark.parametrize("mistake, body", SAID)
def test_tight_box_says_what_was_done(recognised, mistake, body):
    recognised(exercise, body, mistake, "tight_box")
