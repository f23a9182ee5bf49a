from itertools import combinations

import numpy as np
import pytest

from segcourse.metrics import rand_error


def test_by_hand():
    # Two cells of 3 pixels: 3 + 3 pairs. The gap in the membrane joins all six and itself.
    labels = np.array([[1, 1, 1], [0, 0, 0], [1, 1, 1]])
    gap = np.array([[1, 1, 1], [0, 1, 0], [1, 1, 1]])
    assert rand_error(labels, gap) == pytest.approx(1 - 2 * 6 / (6 + 15))
    # The upper cell lost its middle: of its 3 pairs none is left, and one pixel is background.
    split = np.array([[1, 0, 1], [0, 0, 0], [1, 1, 1]])
    assert rand_error(labels, split) == pytest.approx(1 - 2 * 3 / (6 + 3))
    assert rand_error(labels, labels) == 0.0
    assert rand_error(labels, np.zeros_like(labels)) == 1.0


def test_foreground_beyond_the_true_cells_does_not_count():
    labels = np.array([[1, 1, 0, 0, 0, 1, 1]])
    wide = np.array([[1, 1, 1, 0, 1, 1, 1]])
    assert rand_error(labels, wide) == 0.0


def test_cells_touch_by_edges_only():
    # At a corner: two true cells of 2 pixels that one predicted row and its neighbour repeat.
    labels = np.array([[1, 1, 0, 0], [0, 0, 1, 1]])
    assert rand_error(labels, labels) == 0.0
    joined = np.array([[1, 1, 0, 0], [0, 1, 1, 1]])
    assert rand_error(labels, joined) == pytest.approx(1 - 2 * 2 / (2 + 6))


def test_cells_of_one_pixel_have_no_pairs():
    assert rand_error([[1, 0, 1]], [[1, 0, 0]]) == 0.0


def flood(foreground):
    """Numbers of the edge-connected pieces, by walking from pixel to pixel."""
    numbers, left = {}, set(zip(*np.nonzero(foreground), strict=True))
    while left:
        edge = [left.pop()]
        number = len(numbers) + 1
        while edge:
            i, j = edge.pop()
            numbers[i, j] = number
            near = {(i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)} & left
            left -= near
            edge.extend(near)
    return numbers


def by_pairs(stack, predictions):
    """All pairs of pixels, one by one."""
    both = true = predicted = 0
    for labels, prediction in zip(stack, predictions, strict=True):
        cells, found = flood(labels), flood(prediction)
        for one, other in combinations(cells, 2):
            same = cells[one] == cells[other]
            same_found = one in found and found[one] == found.get(other)
            true, predicted, both = true + same, predicted + same_found, both + (same & same_found)
    return 1 - 2 * both / (true + predicted)


def test_against_all_pairs_of_pixels():
    rng = np.random.default_rng(0)
    for _ in range(20):
        labels, predictions = rng.random((2, 2, 7, 8)) < 0.65
        assert rand_error(labels, predictions) == pytest.approx(by_pairs(labels, predictions))


def test_against_the_pair_counts_of_scikit_learn():
    cluster = pytest.importorskip("sklearn.metrics.cluster")
    rng = np.random.default_rng(1)
    for _ in range(10):
        labels, predictions = rng.random((2, 30, 25)) < 0.6
        cells, found = flood(labels), flood(predictions)
        # A pixel predicted as background is a cluster of its own.
        clusters = [found.get(place, -1 - k) for k, place in enumerate(cells)]
        (_, joined), (parted, both) = cluster.pair_confusion_matrix(list(cells.values()), clusters)
        expected = 1 - 2 * both / (2 * both + joined + parted)
        assert rand_error(labels, predictions) == pytest.approx(expected)


def test_the_least_error_over_the_thresholds_of_all_pictures_together():
    labels = np.array([[[1, 1, 0, 1, 1]]] * 2)
    probabilities = np.array([[[0.9, 0.8, 0.6, 0.9, 0.8]], [[0.9, 0.8, 0.2, 0.4, 0.7]]])
    at_half = 1 - 2 * (2 + 1) / (4 + (6 + 1))
    at_seventy = 1 - 2 * (2 + 1) / (4 + (2 + 1))
    assert rand_error(labels, probabilities) == pytest.approx(at_half)
    assert rand_error(labels, probabilities, [0.5, 0.65]) == pytest.approx(at_seventy)
