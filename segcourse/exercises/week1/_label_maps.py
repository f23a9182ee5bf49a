"""Label maps to check 1.1 with."""

import numpy as np

from segcourse.exercises.judging.exercise import Case


def label_maps(rng):
    """Maps whose height, width and number of classes all differ.

    In the second one the last class is absent, in the third there is no void. Two more have one
    class only, without void and with it.
    """
    cases = []
    for absent, void in ((0, True), (1, True), (0, False)):
        num_classes, height, width = (int(n) for n in 3 + rng.permutation(3))
        labels = rng.integers(0, num_classes - absent, (height, width)).astype("uint8")
        labels[0, :2] = 0, 1
        labels[2, 2] = num_classes - 1 - absent
        if void:
            labels[0, 2] = labels[1, 1] = 255
        cases.append((labels, num_classes))
    for void in (0, 255):
        labels = np.zeros((2, int(rng.integers(2, 5))), "uint8")
        labels[0, 1] = void
        cases.append((labels, 1))
    return cases


def any_label_map(rng):
    """Any size, any number of classes up to 255, no void, some, or nothing but void."""
    num_classes = int(rng.choice([1, 2, rng.integers(3, 9), rng.integers(9, 256)]))
    present = int(rng.integers(1, num_classes + 1))
    # No map is one pixel wide: keras.utils.to_categorical, a fair way to go, drops such an axis.
    shape = int(rng.integers(1, 7)), int(rng.integers(2, 7))
    labels = rng.integers(0, present, shape).astype("uint8")
    labels[rng.random(shape) < rng.choice([0, 0.2, 0.5, 1])] = 255
    return Case(labels, num_classes)
