"""What several exercises of week 7 check with."""

import numpy as np


def maps(rng, shape, num_classes):
    """A label map with every class and some void, and predictions that are right half the time."""
    pixels = int(np.prod(shape))
    labels = np.concatenate([np.arange(num_classes), rng.integers(0, num_classes, pixels)])[:pixels]
    labels = rng.permutation(labels).astype("uint8")
    guess = rng.integers(0, num_classes, pixels).astype("uint8")
    predictions = np.where(rng.random(pixels) < 0.5, labels, guess)
    # Ties of single counts hide mistakes: a few pixels say one thing for certain.
    labels[:4], predictions[:4] = 0, [0, 0, 1, 1]
    labels[4:7], predictions[4:7] = num_classes - 1, [num_classes - 1, 0, 0]
    labels[7:12] = 255
    predictions[7:12] = rng.integers(0, num_classes, 5)
    return labels.reshape(shape), predictions.reshape(shape)


def matrix_with_gaps(rng, classes):
    """Counts in which one class is absent, one is never predicted, one only predicted."""
    # Rows of very different size, and columns too, so that no two weightings agree.
    matrix = rng.integers(3, 20, (classes, classes)) * (1 + np.arange(classes))[:, None]
    matrix += np.diag(rng.integers(40, 90, classes) + 30 * np.arange(classes)[::-1])
    absent, missed, invented = rng.permutation(classes)[:3]
    matrix[absent] = matrix[:, absent] = 0
    matrix[:, missed] = 0
    matrix[invented] = 0
    return matrix


def matrix_cases(rng):
    full = rng.integers(2, 30, (3, 3)) * np.array([[1], [2], [4]])
    full += np.diag(rng.integers(20, 60, 3))
    return [
        (full,),
        (matrix_with_gaps(rng, 6),),
        (matrix_with_gaps(rng, int(rng.integers(7, 9))),),
    ]
