import numpy as np
import pytest
from scipy import ndimage

from segcourse import data


@pytest.fixture(scope="module")
def drawn():
    return data.cells(24, seed=3)


def test_shapes_and_kinds(drawn):
    images, labels, instances = drawn
    assert images.shape == (24, 64, 64, 1) and images.dtype == np.uint8
    assert labels.shape == instances.shape == (24, 64, 64)
    assert labels.dtype == instances.dtype == np.int32
    np.testing.assert_array_equal(labels, instances > 0)


def test_every_cell_is_one_region_of_its_own(drawn):
    for labels, instances in zip(*drawn[1:], strict=True):
        count = instances.max()
        assert 6 <= count <= 12
        # Corners count as touching: no two cells meet, and none is in pieces by its edges.
        assert ndimage.label(labels, np.ones((3, 3)))[1] <= count
        for number in range(1, count + 1):
            assert ndimage.label(instances == number)[1] == 1
        regions, found = ndimage.label(labels)
        assert found == count
        assert len(set(zip(regions.ravel(), instances.ravel(), strict=True))) == count + 1


def test_most_cells_have_a_neighbour_within_two_pixels(drawn):
    close = total = 0
    for instances in drawn[2]:
        for number in range(1, instances.max() + 1):
            others = (instances > 0) & (instances != number)
            near = ndimage.distance_transform_edt(~others) <= 3
            close += bool((near & (instances == number)).any())
            total += 1
    assert close / total > 0.9


def test_cells_are_brighter_than_gaps_and_gaps_than_the_rest(drawn):
    images, labels, instances = drawn
    away = np.stack([ndimage.distance_transform_edt(one == 0) for one in labels])
    gap = (labels == 0) & (away <= 1.5)
    gap &= np.stack([_between(one) for one in instances])
    shades = [images[..., 0][mask].mean() for mask in (labels == 1, gap, away > 4)]
    assert shades[0] > shades[1] + 5 > shades[2] + 10


def _between(instances):
    """Pixels with two cells within 2.5 pixels."""
    near = [
        ndimage.distance_transform_edt(instances != number) <= 2.5
        for number in range(1, instances.max() + 1)
    ]
    return np.sum(near, axis=0) >= 2


def test_a_picture_depends_on_its_seed_and_its_place_alone():
    few, many, other = data.cells(2, seed=5), data.cells(4, seed=5), data.cells(2, seed=6)
    for one, two, three in zip(few, many, other, strict=True):
        np.testing.assert_array_equal(one, two[:2])
        assert (one != three).any()


def test_other_sizes():
    images, _, instances = data.cells(1, size=96)
    assert images.shape == (1, 96, 96, 1)
    assert instances.max() >= 6


@pytest.mark.parametrize(
    ("arguments", "name"),
    [((0,), "count"), ((2.0,), "count"), ((1, 0, 31), "size"), ((1, -1), "seed")],
)
def test_wrong_arguments(arguments, name):
    with pytest.raises(ValueError, match=f"`{name}` must"):
        data.cells(*arguments)
