"""`predict_in_tiles` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from scipy import ndimage

from segcourse.exercises.week6._tiles import filter_of
from segcourse.exercises.week6.predict_in_tiles import predict_in_tiles as exercise

predict_in_tiles = exercise.right.build()


@pytest.mark.parametrize("shape", [(6, 6), (7, 19), (23, 8), (12, 18)])
def test_predict_in_tiles_agrees_with_one_pass(shape):
    rng = np.random.default_rng(sum(shape))
    image, kernel = rng.normal(size=shape), rng.normal(size=(5, 3))
    seen = []

    def predict(part):
        seen.append(part.shape)
        whole = ndimage.correlate(part, kernel, mode="constant")
        return whole[2:-2, 2:-2]

    result = predict_in_tiles(image, 6, 2, predict)
    np.testing.assert_allclose(result, ndimage.correlate(image, kernel, mode="mirror"), atol=1e-12)
    assert set(seen) == {(10, 10)}
    assert len(seen) == -(-shape[0] // 6) * -(-shape[1] // 6)


def test_predict_in_tiles_example():
    begins = []

    def predict(part):
        begins.append(int(part[0, 0]))
        return part

    predict_in_tiles(np.tile(np.arange(10.0), (4, 1)), 4, 0, predict)
    assert begins == [0, 4, 6]


def test_the_network_of_the_cases_is_a_correlation():
    kernel = np.arange(9.0).reshape(3, 3)
    part = np.random.default_rng(0).normal(size=(6, 6))
    expected = ndimage.correlate(part, kernel)[1:-1, 1:-1]
    predict = filter_of(kernel, 4)
    np.testing.assert_allclose(predict(part), expected)
    with pytest.raises(ValueError, match=r"6 by 6 pixels; it got \(6, 5\)"):
        predict(part[:, :5])


def test_tiles_picture_marks_the_gap(drawn):
    figure = drawn(exercise, "last tiles left out")
    assert "wrong pixel" in figure.axes[0].get_title()
