import numpy as np
import pytest

from segcourse.project import confusions

CLASSES = ("a", "b", "c")


def test_largest_share_first():
    matrix = np.array([[90, 10, 0], [0, 0, 0], [1, 1, 2]])
    assert confusions(matrix, CLASSES) == [("c", "a", 0.25), ("c", "b", 0.25), ("a", "b", 0.1)]
    assert confusions(matrix, CLASSES, count=1) == [("c", "a", 0.25)]


def test_a_perfect_network_confuses_nothing():
    assert confusions(np.eye(3), CLASSES) == []


@pytest.mark.parametrize("classes", [("a", "b"), "abc", None, (1, 2, 3)])
def test_wrong_names(classes):
    with pytest.raises(ValueError, match="`classes`"):
        confusions(np.eye(3), classes)
