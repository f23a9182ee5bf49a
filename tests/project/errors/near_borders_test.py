import math

import numpy as np
import pytest

from segcourse.project import near_borders


def test_by_loops():
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 2, (2, 4, 5)).repeat(3, 1).repeat(3, 2)
    guesses = np.where(rng.random(labels.shape) < 0.3, 1 - labels, labels)
    found = near_borders(labels, guesses, widths=[1])
    right = []
    for n, y, x in np.ndindex(labels.shape):
        beside = [(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)]
        inside = [p for p in beside if 0 <= p[0] < labels.shape[1] and 0 <= p[1] < labels.shape[2]]
        if any(labels[n][p] != labels[n, y, x] for p in inside):
            right.append(labels[n, y, x] == guesses[n, y, x])
    assert found == {1: pytest.approx(np.mean(right))}


def test_void_is_no_border_and_does_not_count():
    labels = np.array([[[1, 1, 255, 1, 1]]])
    assert all(math.isnan(one) for one in near_borders(labels, labels).values())
    labels = np.array([[[0, 0, 255, 255, 1, 1]], [[255] * 6]])
    guesses = np.where(labels == 255, 7, labels)
    assert near_borders(labels, guesses, widths=(2, 3)) == {2: 1.0, 3: 1.0}
    assert near_borders(labels, guesses * 0, widths=(2,)) == {2: pytest.approx(1 / 2)}
