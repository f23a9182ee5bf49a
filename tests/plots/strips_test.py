import matplotlib.pyplot as plt
import pytest
from matplotlib.patches import Rectangle

from segcourse.plots import strips


def test_bars_are_as_long_as_the_segments():
    rows = {"true": [(0, 10, "T")], "predicted": [(6, 12, "B"), (1, 6, "A")]}
    ax = strips(rows, marks=[5])
    bars = [p for p in ax.patches if isinstance(p, Rectangle)]
    assert [(p.get_x(), p.get_width()) for p in bars] == [(0, 10), (6, 6), (1, 5)]
    assert [text.get_text() for text in ax.texts] == ["T", "B", "A"]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["true", "predicted"]
    dashed = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert [list(line.get_xdata()) for line in dashed] == [[5, 5]]
    low, high = ax.get_xlim()
    assert low < 0 and high > 12


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({}, "at least one segment"),
        ({"a": []}, "at least one segment"),
        ({"a": [(3, 3, "x")]}, "start < stop"),
        ({"a": [(0, 3, "x"), (2, 4, "y")]}, "share pixel 2 in 'a'"),
    ],
)
def test_wrong_rows(rows, said):
    with pytest.raises(ValueError, match=said):
        strips(rows)
    assert not plt.get_fignums()
