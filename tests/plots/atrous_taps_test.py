import matplotlib.pyplot as plt
import pytest

from segcourse.plots import atrous_taps


def test_taps_lie_around_the_middle():
    ax = atrous_taps((1, 3), cells=5)
    near, far = ax.collections
    assert {tuple(place) for place in near.get_offsets()} == {
        (2 + dx, 2 + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)
    }
    assert {tuple(place) for place in far.get_offsets()} == {
        (2 + dx, 2 + dy) for dx in (-3, 0, 3) for dy in (-3, 0, 3)
    }
    # White is outside: all of the far ones but the middle.
    assert [(face == 1).all() for face in far.get_facecolor()].count(True) == 8
    assert [(face == 1).all() for face in near.get_facecolor()].count(True) == 0


@pytest.mark.parametrize(
    "rate, cells, on_it", [(6, 41, 9), (24, 41, 1), (20, 41, 9), (8, 16, 4), (9, 16, 1)]
)
def test_the_legend_counts_the_taps_on_the_map(rate, cells, on_it):
    ax = atrous_taps((rate,), cells)
    assert ax.get_legend().get_texts()[0].get_text() == f"rate {rate}: {on_it} of 9 on the map"


@pytest.mark.parametrize("arguments", [((), 8), ((1, 2, 3, 4, 5), 8), ((0,), 8), ((2,), 0)])
def test_wrong_arguments(arguments):
    with pytest.raises(ValueError, match="must be .* Received"):
        atrous_taps(*arguments)
    assert not plt.get_fignums()
