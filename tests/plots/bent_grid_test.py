import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse.plots import bent_grid

IMAGE = np.zeros((9, 13, 3), "uint8")
ZERO = np.zeros((9, 13))


def lines(ax):
    return ax.collections[-1].get_segments()


def test_without_displacement_the_lines_are_straight_and_centred():
    drawn = lines(bent_grid(IMAGE, ZERO, ZERO, step=5))
    rows = [line for line in drawn if np.ptp(line[:, 1]) == 0]
    columns = [line for line in drawn if np.ptp(line[:, 0]) == 0]
    assert [line[0, 1] for line in rows] == [1, 6]
    assert [line[0, 0] for line in columns] == [1, 6, 11]
    assert len(drawn) == 5


def test_a_line_goes_through_the_places_that_are_read():
    rng = np.random.default_rng(0)
    dy, dx = rng.normal(size=(2, 9, 13))
    first = lines(bent_grid(IMAGE, dy, dx, step=5))[0]
    np.testing.assert_allclose(first, np.stack([np.arange(13) + dx[1], 1 + dy[1]], axis=-1))


def test_the_picture_is_not_deformed():
    image = np.random.default_rng(1).uniform(size=(9, 13, 1))
    ax = bent_grid(image, ZERO + 1, ZERO, title="before")
    np.testing.assert_allclose(ax.images[0].get_array()[..., 0], image[..., 0], rtol=1e-6)
    assert ax.get_title() == "before"


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((ZERO[:8], ZERO), "dy"),
        ((ZERO, ZERO.T), "dx"),
        ((ZERO, ZERO + np.nan), "dx"),
        ((ZERO, ZERO, 0), "step"),
    ],
)
def test_what_does_not_fit(arguments, name):
    with pytest.raises(ValueError, match=f"`{name}` must"):
        bent_grid(IMAGE, *arguments)
    assert not plt.get_fignums()
