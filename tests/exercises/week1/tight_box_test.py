"""`tight_box` against independent implementations, and the example of its text."""

import numpy as np

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
