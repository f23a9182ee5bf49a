import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse.plots import overlaps


def parts(ax):
    """The bars as (start, length, lane), and the counts below them."""
    bars = [
        (round(p.get_x() + 0.44), round(p.get_width() + 0.12), p.get_y())
        for p in ax.patches
        if p.get_height() == 0.8
    ]
    return bars, [int(t.get_text()) for t in ax.texts if t.get_text().isdigit()]


@pytest.mark.parametrize("size, kernel, stride", [(5, 3, 2), (4, 4, 2), (3, 5, 2), (4, 2, 3)])
def test_counts_are_the_bars_above(size, kernel, stride):
    bars, counts = parts(overlaps(size, kernel, stride))
    assert [(start, length) for start, length, _ in bars] == [
        (i * stride, kernel) for i in range(size)
    ]
    covered = np.convolve(
        np.isin(np.arange((size - 1) * stride + 1) % stride, [0]), np.ones(kernel)
    )
    assert counts == covered.tolist()


def test_bars_of_one_lane_do_not_overlap():
    bars, _ = parts(overlaps(9, 7, 2))
    for start, length, lane in bars:
        others = [other for other in bars if other[2] == lane and other[0] > start]
        assert all(other[0] >= start + length for other in others)


@pytest.mark.parametrize("change", [{"size": 0}, {"kernel": 0}, {"stride": -1}])
def test_wrong_arguments(change):
    with pytest.raises(ValueError, match=f"`{next(iter(change))}`"):
        overlaps(**{"size": 3, "kernel": 3, "stride": 2} | change)
    assert not plt.get_fignums()
