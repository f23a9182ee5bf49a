"""`failed` gives back what the last check went wrong with, and forgets it when it is right."""

import numpy as np
import pytest

from segcourse import failed
from segcourse.exercises.failed import remember
from segcourse.exercises.judging.cases import build_cases
from segcourse.exercises.judging.failing import Failing
from segcourse.exercises.judging.judge import judge


def test_function_and_inputs(shift, student):
    function = student("def shift(row, by):\n    return np.roll(row, -by)")
    remember("90.1", judge(shift, function).failing)
    yours, (row, by) = failed("90.1")
    assert yours is function
    np.testing.assert_array_equal(yours(row, by), [2, 3, 4, 0, 1])
    row[:] = 0
    np.testing.assert_array_equal(failed("90.1")[1][0], np.arange(5.0))


def test_the_id_is_understood_as_elsewhere(week90):
    remember("90.1", Failing(len, 0, build_cases, 0))
    assert failed(90.1)[0] is failed(" 90.1 ")[0] is len


def test_nothing_went_wrong(week90):
    said = r"whose last check was wrong for some input\. Received: id='90\.1'"
    with pytest.raises(ValueError, match=said):
        failed("90.1")
    remember("90.1", Failing(len, 0, build_cases, 0))
    remember("90.1", None)
    with pytest.raises(ValueError, match=said):
        failed("90.1")


def test_an_unknown_id(week90):
    with pytest.raises(ValueError, match='nearest are "90.1", "90.2".*Received: id=\'90.7\''):
        failed("90.7")
