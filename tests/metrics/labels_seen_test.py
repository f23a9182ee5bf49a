import re

import numpy as np
import pytest

from segcourse.metrics import confusion_matrix
from segcourse.metrics.labels_seen import labels_seen, too_few_classes

BLACK_AND_WHITE = "only 0 and 255, where 255 is void. A mask of black and white.*labels > 0"


@pytest.mark.parametrize(
    ("seen", "void", "said"),
    [
        ([0, 255], 255, BLACK_AND_WHITE),
        ([1, 255], 255, "only 1 and 255, where 255 is void. If 255 is a class too"),
        ([0, 7], 0, "only 0 and 7, where 0 is void. If 0 is a class too, void must be another"),
        ([-1, 3], -1, "only -1 and 3, where -1 is void"),
        ([255], 255, "only void .255., so that no pixel counts"),
        ([2], 255, "only class 2: who always answers it is always right"),
    ],
)
def test_what_is_wrong_is_said(seen, void, said):
    assert re.search(said, too_few_classes(seen, void))


@pytest.mark.parametrize("seen", [[0, 1], [0, 1, 255], [3, 9, 255]])
def test_two_classes_are_enough(seen):
    assert too_few_classes(seen, 255) is None


def test_every_map_is_looked_at_until_two_classes_are_found():
    maps = np.full((5, 4, 4), 255, "uint8")
    maps[3, 0, 0] = 2
    assert labels_seen(maps, 255) == [2, 255]
    maps[4, 3, 3] = 0
    assert labels_seen(maps, 255) == [0, 2, 255]
    assert labels_seen(maps == 2, void=-1) == [0, 1]


@pytest.mark.parametrize("dtype", ["uint8", "int32"])
@pytest.mark.parametrize(
    ("labels", "said"),
    [([[0, 255]], BLACK_AND_WHITE), ([[255, 255]], "only void"), ([[1, 255]], "only 1 and 255")],
)
def test_the_confusion_matrix_warns(labels, said, dtype):
    with pytest.warns(UserWarning, match=f"`labels` hold {said}") as caught:
        matrix = confusion_matrix(np.array(labels, dtype), [[0, 0]], 2)
    assert caught[0].filename == __file__
    assert matrix.sum() == np.sum(np.array(labels) != 255)


@pytest.mark.parametrize("labels", [[[0, 0]], [[0, 1]], [[1, 1]]])
def test_a_picture_of_one_class_without_void_is_as_good_as_any(labels, recwarn):
    confusion_matrix(labels, [[0, 0]], 2)
    confusion_matrix([[0, 255]], [[0, 0]], 1)
    assert not recwarn.list
