"""`mirror_border` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from scipy import ndimage

from segcourse.exercises.week6.mirror_border import mirror_border as exercise

mirror_border = exercise.right.build()


@pytest.mark.parametrize("margin", [1, 2, 4])
def test_mirror_border_agrees_with_scipy(margin):
    image = np.random.default_rng(margin).normal(size=(5, 7, 2))
    # Read one by one; SciPy calls a mirror on the edge pixel "mirror", and "reflect" NumPy's other.
    places = np.indices((5 + 2 * margin, 7 + 2 * margin)) - margin
    expected = [
        ndimage.map_coordinates(image[..., c], places, order=0, mode="mirror") for c in (0, 1)
    ]
    result = mirror_border(image, margin)
    np.testing.assert_array_equal(result, np.stack(expected, axis=-1))


def test_mirror_border_example():
    result = mirror_border(np.array([[1, 2, 3, 4]] * 4)[..., None], 2)
    assert result.shape == (8, 8, 1)
    assert result[4, :, 0].tolist() == [3, 2, 1, 2, 3, 4, 3, 2]


@pytest.mark.parametrize(
    "mistake", ["edge pixel repeated", "only the rows", "channels mirrored too"]
)
def test_mirror_picture_shows_both(mistake, drawn):
    figure = drawn(exercise, mistake)
    assert [ax.get_title() for ax in figure.axes] == ["yours", "expected"]
