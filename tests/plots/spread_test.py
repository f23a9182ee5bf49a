import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse import plots

CURVE = {
    "scratch": {16: [0.1, 0.3, 0.5], 32: [0.4]},
    "frozen": {32: [0.6, 0.7], 16: [0.5, 0.5]},
}


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def test_means_and_the_least_and_largest_value():
    ax = plots.spread(CURVE, "images", "mean IoU")
    lines, bars = zip(*((c.lines[0], c.lines[2][0]) for c in ax.containers), strict=True)
    np.testing.assert_allclose(lines[0].get_ydata(), [0.3, 0.4])
    np.testing.assert_allclose(lines[1].get_ydata(), [0.5, 0.65])
    ends = [np.sort(one[:, 1]) for one in bars[0].get_segments()]
    np.testing.assert_allclose(ends, [[0.1, 0.5], [0.4, 0.4]])
    ends = [np.sort(one[:, 1]) for one in bars[1].get_segments()]
    np.testing.assert_allclose(ends, [[0.5, 0.5], [0.6, 0.7]])
    np.testing.assert_allclose(lines[0].get_xdata(), [16, 32], rtol=0.02)
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["16", "32"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["scratch", "frozen"]


def test_lines_differ_without_colour_and_do_not_hide_one_another():
    ax = plots.spread({name: {16: [0.5]} for name in "abcdef"}, "images", "mean IoU")
    lines = [container.lines[0] for container in ax.containers]
    assert len({line.get_marker() for line in lines}) == len({str(c.get_color()) for c in lines})
    assert len({line.get_marker() for line in lines}) == 6
    assert len({float(line.get_xdata()[0]) for line in lines}) == 6


@pytest.mark.parametrize(
    "values",
    [{}, 3, {str(i): {1: [1]} for i in range(7)}, {"a": {}}, {"a": {0: [1]}}, {"a": {1: []}},
     {"a": {1: [np.nan]}}, {"a": [1]}],
)  # fmt: skip
def test_wrong_values(values):
    with pytest.raises(ValueError, match="`values` must"):
        plots.spread(values, "x", "y")
    assert not plt.get_fignums()
