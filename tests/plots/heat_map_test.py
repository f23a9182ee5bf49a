import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import LineCollection

from segcourse.plots import heat_map

IMAGE = np.zeros((8, 12, 3), "uint8")
SCORES = np.array([[0.0, 1.0, 2.0], [3.0, 4.0, -1.0]])


def test_map_covers_the_picture():
    ax = heat_map(IMAGE, SCORES, title="cat", label="logit")
    picture, mapped = ax.images
    np.testing.assert_array_equal(mapped.get_array(), SCORES)
    assert list(mapped.get_extent()) == [-0.5, 11.5, 7.5, -0.5]
    assert list(picture.get_extent()) == list(mapped.get_extent())
    assert mapped.get_interpolation() == "nearest"
    assert mapped.get_clim() == (-1, 4)
    assert ax.get_title() == "cat"
    assert ax.figure.axes[1].get_ylabel() == "logit"


def test_grid_lies_between_the_cells():
    def lines(**options):
        ax = heat_map(IMAGE, SCORES, **options)
        return [c for c in ax.collections if isinstance(c, LineCollection)]

    (grid,) = lines()
    # Cells are 4 pixels wide and high: lines at y = 3.5 and at x = 3.5 and 7.5.
    np.testing.assert_allclose(
        grid.get_segments(),
        [
            [[-0.5, 3.5], [11.5, 3.5]],
            [[3.5, -0.5], [3.5, 7.5]],
            [[7.5, -0.5], [7.5, 7.5]],
        ],
    )
    assert not lines(grid=False)


def test_colours_grow_lighter_with_the_score():
    image = heat_map(IMAGE, np.arange(9.0).reshape(3, 3)).images[1]
    rgb = image.cmap(image.norm(np.arange(9.0)))[:, :3]
    assert (np.diff(rgb @ [0.2126, 0.7152, 0.0722]) > 0).all()


def test_shared_limits():
    assert heat_map(IMAGE, SCORES, limits=(0, 1)).images[1].get_clim() == (0, 1)


@pytest.mark.parametrize(
    "name, change",
    [
        ("image", {"image": IMAGE[..., 0]}),
        ("scores", {"scores": SCORES[None]}),
        ("scores", {"scores": np.full((2, 2), np.inf)}),
        ("scores", {"scores": np.array([["a"]])}),
        ("limits", {"limits": (1, 1)}),
        ("alpha", {"alpha": 2}),
    ],
)
def test_wrong_arguments(name, change):
    with pytest.raises(ValueError, match=f"`{name}`"):
        heat_map(**{"image": IMAGE, "scores": SCORES} | change)
    assert not plt.get_fignums()
