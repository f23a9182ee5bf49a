"""Which mistake a wrong answer is, by what it does on the same cases."""

import numpy as np
import pytest

from segcourse.exercises.judging.exercise import Case
from segcourse.exercises.judging.recognise import gist, recognise, same_result, words
from segcourse.exercises.judging.trial import Trial

CASE = Case(np.arange(3.0), by=1)


def values(*found):
    return [Trial(CASE, value=np.asarray(value)) for value in found]


def error(text, kind=ValueError):
    return Trial(CASE, ended="error", error=kind(text))


RIGHT = values(1.0, 2.0, 3.0, 4.0)
DOUBLE = values(2.0, 4.0, 6.0, 8.0)


def found(shift, came, *candidates):
    return recognise(shift, came, list(enumerate(candidates)), RIGHT)


def test_the_one_that_does_the_same(shift):
    assert found(shift, DOUBLE, values(0.0, 0.0, 0.0, 0.0), DOUBLE) == 1
    assert found(shift, DOUBLE, values(2.0, 4.0, 6.0, 9.0)) is None
    assert found(shift, DOUBLE) is None


def test_the_first_of_two_that_do_exactly_the_same(shift):
    assert found(shift, DOUBLE, DOUBLE, DOUBLE) == 0


def test_errors_of_one_gist_where_no_other_has_it(shift):
    came = [error("index 3 is out of bounds for axis 0")] * 4
    alike = [error("index 7 is out of bounds for axis 1")] * 4
    assert found(shift, came, DOUBLE, alike) == 1
    assert found(shift, came, alike, list(alike)) is None
    assert found(shift, came, alike, came) == 1


def test_a_few_errors_where_the_other_has_values(shift):
    came = [error("x"), *DOUBLE[1:]]
    assert found(shift, came, DOUBLE) == 0
    assert found(shift, [error("x"), error("x"), *DOUBLE[2:]], DOUBLE) is None
    # Values that are right tell nothing.
    assert found(shift, [error("x"), *RIGHT[1:]], values(2.0, 2.0, 3.0, 4.0)) is None


def test_a_changed_input_is_another_result(shift):
    changed = Trial(CASE, value=np.asarray(2.0), changed="row")
    assert not same_result(shift, DOUBLE[0], changed, words)
    assert same_result(shift, DOUBLE[0], values(2.0)[0], words)


def test_right_numbers_in_a_wrong_form(shift):
    right = Trial(CASE, value=np.array([1.0, 2.0]))
    one, other = Trial(CASE, value=[1.0, 2.0]), Trial(CASE, value=np.array([1, 2]))
    assert same_result(shift, one, Trial(CASE, value=[1.0, 2.0]), words, right)
    assert not same_result(shift, one, other, words, right)
    assert not same_result(shift, one, right, words, right)


@pytest.mark.parametrize("kind, same", [(ValueError, True), (NameError, False)])
def test_names_count_in_slips_alone(kind, same):
    one, other = kind("name 'a' is not defined"), kind("name 'b' is not defined")
    assert (gist(one) == gist(other)) is same


def test_words_in_any_order_and_brackets_in_brackets():
    assert words(ValueError("shapes (2,3) (4,)")) == words(ValueError("shapes (4,) (2,3)"))
    assert gist(ValueError("got {'a': [(1, 2)]} here 3.5")) == ["got", "here"]
