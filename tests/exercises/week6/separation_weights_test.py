"""`separation_weights` against independent implementations, and the example of its text."""

import numpy as np
import pytest

from segcourse.exercises.week6.separation_weights import separation_weights as exercise

separation_weights = exercise.right.build()


@pytest.mark.parametrize("numbers", [(1, 2), (4, 1, 9)])
def test_separation_weights_agree_with_a_loop(numbers):
    rng = np.random.default_rng(len(numbers))
    cells = np.zeros((8, 11), int)
    for number, column in zip(numbers, (1, 5, 8), strict=False):
        cells[rng.integers(0, 3) : rng.integers(4, 8), column : column + 2] = number
    result = separation_weights(cells, 8.0, 3.0)
    shares = {True: np.mean(cells > 0), False: np.mean(cells == 0)}
    for place in np.ndindex(cells.shape):
        expected = 0.5 / shares[bool(cells[place])]
        if not cells[place]:
            distances = [
                min(np.hypot(*(np.array(place) - other)) for other in np.argwhere(cells == number))
                for number in numbers
            ]
            expected += 8 * np.exp(-(sum(sorted(distances)[:2]) ** 2) / 18)
        assert result[place] == pytest.approx(expected)


def test_the_class_weights_have_the_mean_1():
    cells = np.zeros((20, 30), int)
    cells[2:5, 3:9], cells[12:19, 20:28] = 1, 2
    assert separation_weights(cells, w0=0).mean() == pytest.approx(1)


def test_separation_weights_example():
    result = separation_weights(np.array([[1, 0, 2]]))
    np.testing.assert_allclose(result, [[0.75, 1.5 + 9.23116, 0.75]], rtol=1e-5)


@pytest.mark.parametrize(("mistake", "panels"), [("d1 only", 2), ("no class weight", 2)])
def test_weights_picture_shows_both(mistake, panels, drawn):
    figure = drawn(exercise, mistake)
    assert [ax.get_title() for ax in figure.axes[:panels]] == ["yours", "expected"]
