"""The example in a docstring is run, compared and made a case."""

import numpy as np
import pytest

from segcourse.exercises.judging.example import example_cases, shown_results
from segcourse.exercises.judging.exercise import Answer


def answer(example, body="return a + b"):
    return Answer("f", f'def f(a, b=1):\n    """Adds.\n\n{example}    """\n    {body}\n', "f")


def test_the_case_of_an_exercise(shift):
    (case,) = example_cases(shift.right)
    np.testing.assert_array_equal(case.args[0], np.arange(5.0))
    assert case.kwargs == {"by": 2}


def test_it_is_made_anew_each_time(shift):
    one, other = example_cases(shift.right)[0], example_cases(shift.right)[0]
    assert one.args[0] is not other.args[0]


def test_lines_before_the_call_are_run_and_those_after_it_are_not():
    found = answer("    >>> n = 3\n    >>> f(n, b=n + 1)\n    7\n    >>> 1 / 0\n")
    (case,) = example_cases(found)
    assert (case.args, case.kwargs) == ((3,), {"b": 4})


@pytest.mark.parametrize("example", ["", "    >>> n = 3\n"])
def test_without_a_call_there_is_no_case(example):
    assert example_cases(answer(example)) == []


def test_a_call_within_a_call_is_the_case():
    (case,) = example_cases(answer("    >>> round(f(2, 3))\n    5\n"))
    assert case.args == (2, 3)


def test_what_is_shown_and_what_comes():
    example = "    >>> f(1)\n    2\n    >>> n = np.nan\n    >>> f(np.array([1.0, n]))\n"
    pairs = shown_results(answer(example + "    array([2.0, nan])\n"))
    assert pairs[0] == (2, 2)
    np.testing.assert_array_equal(*pairs[1])
    assert shown_results(answer("")) == []
