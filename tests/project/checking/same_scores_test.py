import math

import pytest

from segcourse.project.checking.same_scores import differences


def test_differences():
    one = {"scores": {"a": 0.5, "b": None, "c": 0.1}, "iou": {"cat": 0.2}}
    assert differences(one, one) == {}
    other = {"scores": {"a": 0.5001, "b": 0.0, "d": 1.0}, "iou": {"cat": math.nan}}
    found = differences(one, other, tolerance=0.001)
    assert found == {"b": (None, 0.0), "c": (0.1, None), "d": (None, 1.0), "IoU cat": (0.2, None)}
    for garbage in (None, [], {"scores": 3}, {"scores": {"a": "x"}}):
        assert set(differences(garbage, one)) >= {"a", "c", "IoU cat"}
    with pytest.raises(ValueError, match="`tolerance`"):
        differences(one, one, tolerance=-1)
