import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse.plots import four_neighbours

VALUES = [[10, 20], [30, 40]]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_the_value_at_the_place():
    # 0.5 (0.75 · 10 + 0.25 · 30) + 0.5 (0.75 · 20 + 0.25 · 40) = 7.5 + 12.5
    assert four_neighbours(VALUES, 0.25, 0.5).get_title() == "value at P: 20"


def test_each_weight_is_the_area_across():
    ax = four_neighbours(VALUES, h1=0.25, w1=0.4)
    areas = {p.get_width() * p.get_height() for p in ax.patches}
    np.testing.assert_allclose(sorted(areas), [0.1, 0.15, 0.3, 0.45])
    # A is upper left, so its weight, the largest, is the lower right rectangle.
    (largest,) = [p for p in ax.patches if p.get_width() * p.get_height() > 0.4]
    assert largest.get_xy() == (0.4, 0.25)
    written = next(t for t in ax.texts if t.get_text() == "A\n0.45")
    np.testing.assert_allclose(written.get_position(), (0.7, 0.625))


def test_colors_tie_a_weight_to_its_pixel():
    ax = four_neighbours(VALUES, 0.25, 0.4)
    assert len({p.get_facecolor() for p in ax.patches}) == 4
    assert {"A = 10", "B = 30", "C = 40", "D = 20"} <= set(texts(ax))


def test_distances_are_written():
    written = texts(four_neighbours(VALUES, h1=0.25, w1=0.4, title="here"))
    assert {"h1 = 0.25", "h2 = 0.75", "w1 = 0.4", "w2 = 0.6"} <= set(written)


@pytest.mark.parametrize("h1, w1, value", [(0, 0, 10), (1, 0, 30), (1, 1, 40), (0, 1, 20)])
def test_on_a_pixel(h1, w1, value):
    ax = four_neighbours(VALUES, h1, w1)
    assert ax.get_title() == f"value at P: {value}"
    ax.figure.canvas.draw()


@pytest.mark.parametrize(
    "name, change",
    [
        ("values", {"values": [[1, 2, 3], [4, 5, 6]]}),
        ("values", {"values": [[1, np.nan], [4, 5]]}),
        ("h1", {"h1": -0.1}),
        ("w1", {"w1": 1.5}),
    ],
)
def test_wrong_arguments(name, change):
    with pytest.raises(ValueError, match=f"`{name}`"):
        four_neighbours(**{"values": VALUES, "h1": 0.2, "w1": 0.3} | change)
    assert not plt.get_fignums()
