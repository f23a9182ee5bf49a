"""`sample` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from scipy import ndimage

from segcourse.exercises.week2.sample import sample as exercise

sample = exercise.right.build()


@pytest.mark.parametrize("shape", [(4, 7), (5, 3, 2), (1, 4), (3, 1, 2)])
def test_sample_is_scipys_linear_spline(shape):
    rng = np.random.default_rng(1)
    image = rng.normal(size=shape)
    planes = np.moveaxis(image.reshape(*shape[:2], -1), -1, 0)
    for y, x in rng.uniform((-2, -2), (shape[0] + 1, shape[1] + 1), (60, 2)):
        expected = [
            ndimage.map_coordinates(plane, [[y], [x]], order=1, mode="nearest")[0]
            for plane in planes
        ]
        came = sample(image, y, x)
        np.testing.assert_allclose(np.ravel(came), expected, atol=1e-9)


def test_sample_at_pixels_and_in_its_example():
    image = np.array([[10.0, 20], [30, 40]])
    for y, x in np.ndindex(2, 2):
        assert sample(image, y, x) == image[y, x]
    assert sample(image, 0.25, 0.5) == 20
    assert sample(image, -3, 0.5) == 15
