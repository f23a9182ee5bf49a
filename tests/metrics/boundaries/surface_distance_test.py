import numpy as np
import pytest
from scipy.spatial.distance import directed_hausdorff

from segcourse.metrics import surface_distance
from tests.metrics.boundaries.two_regions import (
    OF_TORCHMETRICS,
    blob,
    nearest_by_loops,
    outline_by_loops,
)


@pytest.mark.parametrize("spacing", [(1.0, 1.0), (2.0, 0.5)])
@pytest.mark.parametrize("seeds", [(1, 2), (3, 4)])
def test_it_is_what_all_pairs_of_points_give(seeds, spacing):
    true, predicted = map(blob, seeds)
    points, others = outline_by_loops(true), outline_by_loops(predicted)
    one, other = (
        nearest_by_loops(points, others, spacing),
        nearest_by_loops(others, points, spacing),
    )
    found = surface_distance(true, predicted, spacing=spacing)
    assert found["average"] == pytest.approx(np.mean(one + other))
    assert found["hausdorff"] == pytest.approx(max(one + other))
    wanted = max(np.percentile(one, 95), np.percentile(other, 95))
    assert found["hausdorff_95"] == pytest.approx(wanted)
    scaled = np.array(points) * spacing, np.array(others) * spacing
    both = directed_hausdorff(*scaled)[0], directed_hausdorff(*scaled[::-1])[0]
    assert found["hausdorff"] == pytest.approx(max(both))


def test_it_is_the_same_both_ways_and_grows_with_the_pixels():
    true, predicted = blob(1), blob(2)
    found = surface_distance(true, predicted)
    assert surface_distance(predicted, true) == pytest.approx(found)
    larger = surface_distance(true.astype(bool), predicted, spacing=3)
    assert larger == pytest.approx({name: 3 * value for name, value in found.items()})
    assert set(surface_distance(true, true).values()) == {0.0}


def test_a_stray_pixel_changes_the_hausdorff_distance_alone():
    true = np.zeros((40, 40), int)
    true[5:20, 5:20] = 1
    predicted = true.copy()
    predicted[35, 35] = 1
    found = surface_distance(true, predicted)
    assert found["hausdorff"] == pytest.approx(np.hypot(16, 16))
    assert found["hausdorff_95"] == 0 and found["average"] < 0.3


def test_void_belongs_to_no_region():
    true, predicted = blob(1), blob(2)
    labels = true.copy()
    labels[:, :10] = 255
    cut = [np.where(labels == 255, 0, one) for one in (true, predicted)]
    assert surface_distance(labels, predicted) == surface_distance(*cut)
    assert surface_distance(np.where(labels == 255, 9, labels), predicted, void=9) == (
        surface_distance(*cut)
    )


def test_empty_regions():
    empty = np.zeros((5, 6), int)
    there = empty.copy()
    there[2, 2:4] = 1
    assert all(np.isnan(value) for value in surface_distance(empty, empty).values())
    for pair in ((empty, there), (there, empty)):
        assert set(surface_distance(*pair).values()) == {np.inf}


@pytest.mark.parametrize("spacing", OF_TORCHMETRICS)
def test_the_numbers_are_those_of_torchmetrics(spacing):
    found = surface_distance(*(blob(seed, (28, 28), 0.03) for seed in (1, 2)), spacing=spacing)
    for name, value in found.items():
        assert value == pytest.approx(OF_TORCHMETRICS[spacing][name], rel=1e-6)
