import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse.plots import two_grids


def points(ax, label):
    (line,) = [line for line in ax.lines if line.get_label() == label]
    return line.get_xydata()


def test_half_pixel_and_align_corners():
    ax = two_grids((2, 3), (4, 5))
    half, corners = points(ax, "half-pixel"), points(ax, "align-corners")
    assert len(half) == len(corners) == 20
    # By hand: old 2 and new 4 make steps of 1/2 from -1/4; old 3 and new 5 steps of 3/5 from -1/5.
    np.testing.assert_allclose(np.unique(half[:, 1]), [-0.25, 0.25, 0.75, 1.25])
    np.testing.assert_allclose(np.unique(half[:, 0].round(9)), [-0.2, 0.4, 1, 1.6, 2.2])
    np.testing.assert_allclose(np.unique(corners[:, 1]), [0, 1 / 3, 2 / 3, 1])
    np.testing.assert_allclose(np.unique(corners[:, 0]), [0, 0.5, 1, 1.5, 2])


def test_old_pixels_and_their_centres():
    ax = two_grids((2, 3), 4)
    corners = sorted(p.get_xy() for p in ax.patches)
    assert corners == [(j - 0.5, i - 0.5) for j in range(3) for i in range(2)]
    np.testing.assert_array_equal(
        sorted(map(tuple, points(ax, "old centres"))), [(j, i) for j in range(3) for i in range(2)]
    )
    assert ax.get_title() == "2 × 3 pixels resized to 4 × 4"


def test_markers_differ_without_colour():
    ax = two_grids(2, 4, title="a")
    marks = [line.get_marker() for line in ax.lines if not line.get_label().startswith("_")]
    assert marks == ["o", "o", "x"] and ax.get_title() == "a"
    assert [t.get_text() for t in ax.get_legend().get_texts()] == [
        "old centres",
        "half-pixel",
        "align-corners",
    ]


@pytest.mark.parametrize("name", ["old", "new"])
@pytest.mark.parametrize("size", [0, 17, 2.5, (2, 0), (1, 2, 3), True, "2"])
def test_wrong_sizes(name, size):
    with pytest.raises(ValueError, match=f"`{name}`"):
        two_grids(**{"old": 2, "new": 4} | {name: size})
    assert not plt.get_fignums()
