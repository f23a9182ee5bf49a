"""`without_void` against distances computed by loops."""

import numpy as np
import pytest

from segcourse import data


def test_a_void_pixel_gets_the_class_of_a_nearest_one():
    rng = np.random.default_rng(0)
    for _ in range(20):
        labels = rng.integers(0, 4, (6, 7)).astype("uint8")
        labels[rng.random((6, 7)) < 0.6] = data.VOID
        filled = data.without_void(labels)
        assert filled.dtype == labels.dtype
        known = np.argwhere(labels != data.VOID)
        for i in range(6):
            for j in range(7):
                squares = ((known - (i, j)) ** 2).sum(axis=1)
                near = known[squares == squares.min()]
                assert filled[i, j] in {labels[tuple(place)] for place in near}


def test_a_map_without_void_stays():
    labels = np.array([[0, 1], [2, 3]])
    filled = data.without_void(labels)
    np.testing.assert_array_equal(filled, labels)
    assert filled is not labels


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (np.zeros((1, 2, 2), int), "must be \\[height, width\\]"),
        (np.zeros((2, 2)), "integer class ids"),
        (np.full((2, 2), 255), "a class somewhere"),
    ],
)
def test_what_is_no_label_map_is_refused(labels, said):
    with pytest.raises(ValueError, match=said):
        data.without_void(labels)
