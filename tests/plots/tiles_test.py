import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse.plots import tiles
from segcourse.plots.tiles import INPUT, OUTPUT

IMAGE = np.random.default_rng(0).integers(0, 256, (10, 14, 3)).astype("uint8")


def frames(ax, color):
    from matplotlib.colors import to_rgba

    return [
        (patch.get_y() + 0.5, patch.get_x() + 0.5, patch.get_height(), patch.get_width())
        for patch in ax.patches
        if patch.get_edgecolor() == to_rgba(color)
    ]


def test_tiles_cover_the_picture_and_the_last_ones_end_at_its_edge():
    ax = tiles(IMAGE, 6, 2, title="tiles")
    drawn = frames(ax, "white")
    assert drawn == [(y, x, 6, 6) for y in (0, 4) for x in (0, 6, 8)]
    assert ax.get_title() == "tiles"


@pytest.mark.parametrize(("chosen", "corner"), [(0, (0, 0)), (4, (4, 6))])
def test_the_chosen_tile_and_its_input(chosen, corner):
    ax = tiles(IMAGE, 6, 2, chosen=chosen)
    assert frames(ax, OUTPUT) == [(*corner, 6, 6)]
    assert frames(ax, INPUT) == [(corner[0] - 2, corner[1] - 2, 10, 10)]


def test_the_border_is_mirrored_and_dimmed():
    ax = tiles(IMAGE, 6, 2)
    shown = ax.images[0].get_array()
    assert shown.shape == (14, 18, 3)
    assert list(ax.images[0].get_extent()) == [-2.5, 15.5, 11.5, -2.5]
    np.testing.assert_allclose(shown[2:-2, 2:-2], IMAGE / 255, rtol=1e-6)
    # Two pixels above the first row lies the third one, half as dark.
    np.testing.assert_allclose(shown[0, 2:-2], 0.5 + IMAGE[2] / 510, rtol=1e-6)


def test_grey_pictures():
    assert tiles(IMAGE[..., :1], 10, 0).images[0].get_array().shape == (10, 14, 3)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((0, 2), "tile"),
        ((11, 2), "tile"),
        ((6, -1), "margin"),
        ((6, 10), "margin"),
        ((6, 2, 6), "chosen"),
        ((6, 2, -1), "chosen"),
    ],
)
def test_what_does_not_fit(arguments, name):
    with pytest.raises(ValueError, match=f"`{name}` must"):
        tiles(IMAGE, *arguments)
    assert not plt.get_fignums()
