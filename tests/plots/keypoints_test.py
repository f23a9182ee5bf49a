import numpy as np
import pytest

from segcourse.plots import keypoints

IMAGE = np.zeros((20, 30, 3), "uint8")
POINTS = np.array([(1, 2, 2), (10, 12, 1), (0, 0, 0)])


def places(ax, marker):
    lines = [line for line in ax.lines if line.get_marker() == marker]
    return [tuple(xy) for line in lines for xy in line.get_xydata().tolist()]


def test_points_with_their_visibility():
    ax = keypoints(IMAGE, POINTS)
    assert places(ax, "o") == [(1, 2), (10, 12)]  # the third is not labelled
    seen, hidden = (line for line in ax.lines if line.get_marker() == "o")
    assert seen.get_markerfacecolor() == "white"
    assert hidden.get_markerfacecolor() == "none"


def test_links_join_points_that_are_drawn():
    ax = keypoints(IMAGE, POINTS, [(0, 1), (1, 2)])
    joined = {tuple(map(tuple, line.get_xydata().tolist())) for line in ax.lines
              if line.get_marker() == "None"}  # fmt: skip
    assert joined == {((1, 2), (10, 12))}


def test_several_bodies_and_predictions():
    ax = keypoints(IMAGE, np.stack([POINTS, POINTS + [2, 2, 0]]), predicted=POINTS[:, :2])
    assert len(places(ax, "o")) == 4
    assert set(places(ax, "x")) == {(1, 2), (10, 12), (0, 0)}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((POINTS[:, :2],), r"`points` must be finite numbers of shape \[points, 3\]"),
        ((POINTS, [(0, 3)]), r"`links` must be pairs of points below 3. Received: \(0, 3\)"),
        ((POINTS, (), POINTS), r"`predicted` must be finite numbers of shape \[points, 2\]"),
    ],
)
def test_wrong_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        keypoints(IMAGE, *arguments)
