"""Label maps with void, and confusion matrices with gaps."""

import numpy as np

TINY = np.array([[3, 1, 0], [2, 4, 0], [0, 0, 0]])


def maps(seed, classes, shape=(13, 17)):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, shape).astype("uint8")
    predictions = np.where(rng.random(shape) < 0.6, labels, rng.integers(0, classes, shape))
    labels[rng.random(shape) < 0.1] = 255
    return labels, predictions.astype("uint8")


def matrix_of(seed, classes):
    """Counts with an absent class, one that is never predicted, and one that is only predicted."""
    matrix = np.random.default_rng(seed).integers(0, 50, (classes, classes))
    matrix[0] = matrix[:, 0] = matrix[:, 1] = matrix[2] = 0
    return matrix
