import numpy as np
import pytest

from segcourse.metrics import boundary_f_score
from tests.metrics.boundaries.two_regions import (
    OF_TORCHMETRICS,
    blob,
    nearest_by_loops,
    outline_by_loops,
)


@pytest.mark.parametrize("spacing", [(1.0, 1.0), (2.0, 0.5)])
@pytest.mark.parametrize("tolerance", [0, 1, 2, 4.5])
def test_it_is_what_all_pairs_of_points_give(tolerance, spacing):
    true, predicted = blob(1), blob(2)
    points, others = outline_by_loops(true), outline_by_loops(predicted)
    recall = np.mean(np.array(nearest_by_loops(points, others, spacing)) <= tolerance)
    precision = np.mean(np.array(nearest_by_loops(others, points, spacing)) <= tolerance)
    wanted = 2 * precision * recall / (precision + recall)
    got = boundary_f_score(true, predicted, tolerance, spacing=spacing)
    assert 0 < got < 1 and got == pytest.approx(wanted)


def test_precision_and_recall_by_hand():
    """A line of 4 pixels, of which 2 are found, and 1 far away: recall 1/2, precision 2/3."""
    labels, predictions = np.zeros((2, 12, 12), int)
    labels[2, 2:6] = 1
    predictions[2, 2:4] = predictions[9, 9] = 1
    assert boundary_f_score(labels, predictions, 0) == pytest.approx(2 / (2 + 3 / 2))
    assert boundary_f_score(labels, predictions, 2) == pytest.approx(2 / (1 + 3 / 2))


def test_a_wider_tolerance_gives_no_less():
    found = [boundary_f_score(blob(3), blob(4), tolerance) for tolerance in range(30)]
    assert found == sorted(found) and found[-1] == 1.0 and found[0] < 0.5


def test_void_belongs_to_no_region():
    true, predicted = blob(1), blob(2)
    labels = true.copy()
    labels[:, :10] = 255
    cut = [np.where(labels == 255, 0, one) for one in (true, predicted)]
    assert boundary_f_score(labels, predicted) == boundary_f_score(*cut)


def test_empty_regions():
    empty, there = np.zeros((5, 6), int), np.eye(5, 6, dtype=int)
    assert np.isnan(boundary_f_score(empty, empty))
    assert boundary_f_score(empty, there) == boundary_f_score(there, empty) == 0.0
    assert boundary_f_score(there, there, 0) == 1.0


@pytest.mark.parametrize("spacing", OF_TORCHMETRICS)
def test_it_is_what_the_distances_of_torchmetrics_give(spacing):
    true, predicted = (blob(seed, (28, 28), 0.03) for seed in (1, 2))
    for tolerance, wanted in OF_TORCHMETRICS[spacing]["boundary_f_score"].items():
        got = boundary_f_score(true, predicted, tolerance, spacing=spacing)
        assert got == pytest.approx(wanted, rel=1e-9)
