import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.patches import Rectangle

from segcourse.plots import matrix

ENTRIES = np.array([[1, 2, 0], [0, 1, 2]])


def test_every_weight_is_named_in_its_place():
    ax = matrix(ENTRIES, names=("a", "b"), title="C", rows="output", columns="input")
    said = {text.get_position(): text.get_text() for text in ax.texts}
    assert said == {(0, 0): "a", (1, 0): "b", (1, 1): "a", (2, 1): "b"}
    assert (ax.get_title(), ax.get_xlabel(), ax.get_ylabel()) == ("C", "input", "output")


def test_zeros_are_dots():
    ax = matrix(ENTRIES)
    dots = {tuple(line.get_xydata()[0]) for line in ax.lines if line.get_marker() == "."}
    assert dots == {(2, 0), (0, 1)}


def test_the_same_weight_has_the_same_colour():
    ax = matrix(ENTRIES)
    colors = [p.get_facecolor() for p in ax.patches if isinstance(p, Rectangle)]
    assert colors[0] == colors[2] != colors[1] == colors[3]


def test_names_of_a_square_kernel():
    ax = matrix(np.arange(1, 10).reshape(3, 3))
    said = [text.get_text() for text in ax.texts]
    assert said[0] == "w₀₀" and said[5] == "w₁₂" and said[8] == "w₂₂"


@pytest.mark.parametrize(
    "name, change",
    [
        ("entries", {"entries": np.array([[0.5]])}),
        ("entries", {"entries": np.array([[-1]])}),
        ("entries", {"entries": np.arange(3)}),
        ("names", {"names": ("a",)}),
    ],
)
def test_wrong_arguments(name, change):
    with pytest.raises(ValueError, match=f"`{name}`"):
        matrix(**{"entries": ENTRIES} | change)
    assert not plt.get_fignums()
