import math

import numpy as np

from segcourse.project import by_size


def test_thirds_of_the_objects():
    labels = np.zeros((1, 20, 40), "uint8")
    for place, side in enumerate((1, 2, 3, 4, 5, 6)):
        labels[0, 1 : 1 + side, 6 * place : 6 * place + side] = 1 + place % 2
    found = by_size(labels, np.where(labels == 2, 2, 0), [1, 2])
    areas = {"small": (1, 4), "middle": (9, 16), "large": (25, 36)}
    for name, (low, high) in areas.items():
        assert (found[name]["from"], found[name]["to"], found[name]["count"]) == (low, high, 2)
        assert found[name]["found"] == high / (low + high)


def test_corners_connect_and_classes_do_not():
    labels = np.array([[[1, 0, 2], [0, 1, 1]]])
    found = by_size(labels, labels, (1, 2))
    assert sum(one["count"] for one in found.values()) == 2
    assert found["middle"] == {"found": 1.0, "count": 1, "from": 3, "to": 3}


def test_without_objects():
    found = by_size(np.zeros((1, 2, 2), int), np.zeros((1, 2, 2), int), [7])
    assert all(one["count"] == 0 and math.isnan(one["found"]) for one in found.values())
