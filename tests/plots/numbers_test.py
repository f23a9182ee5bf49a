import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.patches import Rectangle

from segcourse.plots import numbers


def texts(ax):
    return [text.get_text() for text in ax.texts]


def cells(ax):
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def test_numbers_stand_in_their_cells():
    ax = numbers(np.array([[1, 2, 3], [4, 5, 6]]), title="map")
    assert texts(ax) == ["1", "2", "3", "4", "5", "6"]
    assert [text.get_position() for text in ax.texts][:4] == [(0, 0), (1, 0), (2, 0), (0, 1)]
    assert len(cells(ax)) == 6
    assert ax.get_title() == "map"


@pytest.mark.parametrize(
    "array, fmt, expected",
    [
        (np.array([[0.125, -1.0]]), None, ["0.12", "−1.00"]),
        (np.array([[2.0, 3.0]]), None, ["2", "3"]),
        (np.array([[True, False]]), None, ["1", "0"]),
        (np.array([[0.125, -0.0]]), ".1f", ["0.1", "−0.0"]),
        (np.array([[-0.0, 1.0]]), None, ["0", "1"]),
    ],
)
def test_formats(array, fmt, expected):
    assert texts(numbers(array, fmt=fmt)) == expected


def test_colour_follows_the_value_and_stays_light():
    for array in (np.arange(12).reshape(3, 4), np.arange(12).reshape(3, 4) - 6):
        light = [
            np.dot(c.get_facecolor()[:3], [0.2126, 0.7152, 0.0722]) for c in cells(numbers(array))
        ]
        assert min(light) > 0.45
        assert len({c.get_facecolor() for c in cells(numbers(array))}) == 12


def test_groups_differ_in_colour_and_hatch():
    groups = np.arange(-1, 12).reshape(1, 13)
    names = [f"shift {k}" for k in range(12)]
    ax = numbers(np.zeros((1, 13)), highlight=groups, names=names)
    nothing, *rest = cells(ax)
    assert nothing.get_facecolor() == (1, 1, 1, 1)
    assert len({c.get_facecolor() for c in rest}) == 12
    assert len({c.get_hatch() for c in rest}) == 12
    assert [t.get_text() for t in ax.get_legend().get_texts()] == names


def test_marked_cells_are_outlined():
    marked = np.array([[True, False], [False, False]])
    strong = [
        line
        for line in numbers(np.zeros((2, 2)), highlight=marked).lines
        if line.get_linewidth() > 2
    ]
    # The four sides of the top left cell, those on the map's own border too.
    sides = {tuple(map(tuple, line.get_xydata())) for line in strong}
    assert sides == {
        ((-0.5, -0.5), (-0.5, 0.5)),
        ((0.5, -0.5), (0.5, 0.5)),
        ((-0.5, -0.5), (0.5, -0.5)),
        ((-0.5, 0.5), (0.5, 0.5)),
    }


def test_numbers_fit_their_cells():
    ax = numbers(np.array([[-123.45, 2.5], [0.25, 1000.75]]))
    ax.figure.canvas.draw()
    width = ax.get_window_extent().width / 2
    assert all(text.get_window_extent().width < width for text in ax.texts)


@pytest.mark.parametrize(
    "name, change",
    [
        ("array", {"array": np.zeros(3)}),
        ("array", {"array": np.zeros((33, 2))}),
        ("array", {"array": np.full((2, 2), np.nan)}),
        ("highlight", {"highlight": np.zeros((2, 3), int)}),
        ("highlight", {"highlight": np.zeros((2, 2))}),
        ("highlight", {"highlight": np.full((2, 2), 12)}),
        ("names", {"highlight": np.array([[0, 1], [2, 3]]), "names": ("a", "b", "c")}),
    ],
)
def test_wrong_arguments(name, change):
    with pytest.raises(ValueError, match=f"`{name}`"):
        numbers(**{"array": np.zeros((2, 2))} | change)
    assert not plt.get_fignums()
