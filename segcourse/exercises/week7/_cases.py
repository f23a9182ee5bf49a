"""What several exercises of week 7 check with."""

import numpy as np

from segcourse.exercises.judging.exercise import Case

VOID = 255


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
    labels[7:12] = VOID
    predictions[7:12] = rng.integers(0, num_classes, 5)
    return labels.reshape(shape), predictions.reshape(shape)


def any_maps(rng, num_classes):
    """Two maps of any sides from one pixel on: few of the classes or all, no void or nothing else.

    The predictions are all right, all drawn anew, or something between.
    """
    shape = tuple(rng.integers(1, 10, size=2))
    labels = rng.choice(_some(rng, num_classes), shape).astype("uint8")
    guess = rng.choice(_some(rng, num_classes), shape)
    right = rng.random(shape) < rng.choice([0, 0.5, 0.9, 1])
    predictions = np.where(right, labels, guess).astype("uint8")
    labels[rng.random(shape) < rng.choice([0, 0, 0.2, 0.7, 1])] = VOID
    return labels, predictions


def _some(rng, num_classes):
    """A few of the classes, and often not the last one."""
    return rng.permutation(num_classes)[: int(rng.integers(1, num_classes + 1))]


def matrix_with_gaps(rng, classes):
    """Counts in which a class is absent, one never predicted, one only predicted, one never right.

    The last three have no TP and are present all the same.
    """
    # Rows of very different size, and columns too, so that no two weightings agree.
    matrix = rng.integers(3, 20, (classes, classes)) * (1 + np.arange(classes))[:, None]
    matrix += np.diag(rng.integers(40, 90, classes) + 30 * np.arange(classes)[::-1])
    absent, missed, invented, mistaken = rng.permutation(classes)[:4]
    matrix[mistaken, mistaken] = 0
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
        # TP + FP of the first class is its FN, and TP + FN of the second one is its FP.
        (int(rng.integers(2, 9)) * np.array([[1, 2], [1, 1]]),),
    ]


def any_matrix(rng):
    """Counts of any size, down to one class and one pixel: small and large, full and nearly empty.

    With diagonals that are everything, or nothing, and with classes that lack a row or a column.
    """
    classes = int(rng.choice([1, 2, 3, 5, 12]))
    matrix = rng.integers(0, rng.choice([2, 30, 300, 1_000_000]), (classes, classes))
    matrix[rng.random(matrix.shape) < rng.choice([0, 0.5, 0.9])] = 0
    diagonal = np.eye(classes, dtype=bool)
    matrix[
        (np.zeros_like(diagonal), diagonal, ~diagonal)[int(rng.choice(3, p=[0.6, 0.2, 0.2]))]
    ] = 0
    matrix[rng.random(classes) < rng.choice([0, 0.3])] = 0
    matrix[:, rng.random(classes) < rng.choice([0, 0.3])] = 0
    if not matrix.any():
        matrix[tuple(rng.integers(classes, size=2))] = 1
    return matrix


def logits_cases(rng):
    """Logits and labels: every class there; one absent and one only predicted; many.

    With 18 classes, class * n + predicted class passes 255.
    """
    cases = []
    for classes, absent, invented in ((3, 0, None), (5, 1, 2), (18, 0, 17)):
        shape = int(rng.integers(8, 10)), int(rng.integers(11, 14))
        labels, predictions = maps(rng, shape, classes)
        # Class 1 is small, and often predicted, so that frequencies of both maps differ.
        labels[(labels == 1) & (rng.random(labels.shape) < 0.7)] = 3 % classes
        chosen = np.where(rng.random(labels.shape) < 0.3, 1, predictions)
        if invented is not None:
            labels[labels == invented] = 0
            chosen[-1, -2:] = invented
        # An absent class: neither in the labels nor ever the largest.
        logits = rng.normal(size=(*shape, classes + absent)).astype("float32")
        logits[..., classes:] -= 30
        np.put_along_axis(logits, chosen[..., None].astype(int), 4, axis=-1)
        cases.append((logits, labels))
    return [*cases, _many_classes(), _many_pixels(rng)]


def _many_classes():
    """Three pixels of 190 classes: class * n + predicted class passes 32767."""
    logits = np.zeros((1, 3, 190), "float32")
    logits[0, [0, 1, 2], [189, 5, 0]] = 1
    return logits, np.array([[189, 0, VOID]], "uint8")


def _many_pixels(rng):
    """Nearly all of one class, and rightly so: no count below 65536 holds their number."""
    logits, labels = np.zeros((257, 257, 2), "float32"), np.zeros((257, 257), "uint8")
    logits[..., 0] = 1
    logits[0, : int(rng.integers(2, 9)), 1] = 2
    labels[1, : int(rng.integers(2, 9))] = 1
    labels[2, : int(rng.integers(2, 9))] = VOID
    return logits, labels


def any_logits(rng):
    """Logits of one class and of many, large and small, all negative; some pixel is not void."""
    classes = int(rng.choice([1, 2, 3, 5, 16, 17, 30]))
    labels, predictions = any_maps(rng, classes)
    if (labels == VOID).all():
        labels[tuple(rng.integers(labels.shape))] = rng.integers(classes)
    logits = rng.normal(size=(*labels.shape, classes)) * rng.choice([0.01, 1, 100])
    largest = logits.max(axis=-1, keepdims=True) + rng.uniform(0.01, 9, (*labels.shape, 1))
    np.put_along_axis(logits, predictions[..., None].astype(int), largest, axis=-1)
    logits -= rng.choice([0, largest.max() + 1])
    return Case(logits.astype(rng.choice(["float32", "float64"])), labels)
