import numpy as np
import pytest

from segcourse.data.own.annotations.polygons import fill


def is_inside(x, y, points):
    """The even-odd rule for one point: a ray to the right, one edge after the other."""
    inside = False
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        if (y0 <= y) != (y1 <= y):
            crossing = x0 + (y - y0) * (x1 - x0) / (y1 - y0)
            if crossing <= x:
                inside = not inside
    return inside


def by_hand(points, height, width):
    return np.array(
        [[is_inside(c + 0.5, r + 0.5, points) for c in range(width)] for r in range(height)]
    )


@pytest.mark.parametrize("seed", range(40))
def test_random_polygons_against_a_ray_from_each_pixel(seed):
    rng = np.random.default_rng(seed)
    points = rng.uniform(-6, 20, (rng.integers(3, 9), 2))
    if seed % 2:  # corners on pixel borders and middles
        points = np.round(points * 2) / 2
    mask = np.zeros((13, 15), "uint8")
    fill(mask, points.ravel().tolist(), 5)
    np.testing.assert_array_equal(mask == 5, by_hand(points.tolist(), 13, 15))


def test_rectangles_that_share_a_side_share_no_pixel_and_leave_none():
    mask = np.zeros((6, 9), "uint8")
    fill(mask, [0, 0, 4, 0, 4, 6, 0, 6], 1)
    fill(mask, [4, 0, 9, 0, 9, 6, 4, 6], 2)
    assert (mask[:, :4] == 1).all() and (mask[:, 4:] == 2).all()


def test_outside_and_thin_ones_paint_nothing():
    mask = np.zeros((6, 9), "uint8")
    for points in ([20, 20, 30, 20, 30, 30], [-9, -9, -1, -9, -1, -1], [1, 1, 5, 1, 3, 1]):
        fill(mask, points, 1)
    assert not mask.any()


@pytest.mark.parametrize("points", [[0, 0, 1, 1], [0, 0, 1, 1, 2], [0, 0, 1, float("nan"), 2, 2],
                                    "abc", [None] * 6])  # fmt: skip
def test_what_is_no_polygon(points):
    with pytest.raises(ValueError, match="three or more points"):
        fill(np.zeros((4, 4), "uint8"), points, 1)
