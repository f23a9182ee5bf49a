"""`deform` against independent implementations, and the example of its text."""

import numpy as np

from segcourse.exercises.week6.deform import deform as exercise

deform = exercise.right.build()


def bilinear(image, y, x):
    """One value by hand."""
    y, x = min(max(y, 0), image.shape[0] - 1), min(max(x, 0), image.shape[1] - 1)
    top, left = min(int(y), image.shape[0] - 2), min(int(x), image.shape[1] - 2)
    total = 0
    for row in (top, top + 1):
        for column in (left, left + 1):
            total += (1 - abs(y - row)) * (1 - abs(x - column)) * image[row, column]
    return total


def test_deform_agrees_with_a_loop():
    rng = np.random.default_rng(0)
    image, labels = rng.uniform(size=(5, 8)), rng.integers(0, 9, (5, 8))
    dy, dx = rng.uniform(-3, 3, (2, 5, 8))
    new_image, new_labels = deform(image, labels, dy, dx)
    assert new_labels.dtype == labels.dtype
    for y, x in np.ndindex(5, 8):
        row, column = y + dy[y, x], x + dx[y, x]
        np.testing.assert_allclose(new_image[y, x], bilinear(image, row, column), rtol=1e-6)
        nearest = min(max(round(row), 0), 4), min(max(round(column), 0), 7)
        assert new_labels[y, x] == labels[nearest]


def test_deform_example():
    image, labels = np.array([[10.0, 20, 30]]), np.array([[0, 0, 1]])
    image, labels = deform(image, labels, np.zeros((1, 3)), np.full((1, 3), 0.75))
    assert image.tolist() == [[17.5, 27.5, 30]]
    assert labels.tolist() == [[0, 1, 1]]
