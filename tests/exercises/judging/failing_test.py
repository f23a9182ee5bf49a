"""The input that went wrong is had again."""

import random

import numpy as np

from segcourse.exercises.judging.cases import build_cases, draw_cases
from segcourse.exercises.judging.failing import Failing
from segcourse.exercises.judging.judge import judge


def test_arguments_in_order_and_made_anew(shift):
    failing = Failing(len, 3, build_cases, 2)
    (row, by), case = failing.arguments(shift), build_cases(shift, 3)[2]
    np.testing.assert_array_equal(row, case.args[0])
    assert by == case.kwargs["by"]
    assert failing.arguments(shift)[0] is not row


def test_random_numbers_are_as_before(shift):
    before = random.getstate(), np.random.get_state()[1].tolist()
    Failing(len, 3, build_cases, 1).arguments(shift)
    assert (random.getstate(), np.random.get_state()[1].tolist()) == before


def test_the_line_to_paste(shift):
    line = Failing(abs, 3, build_cases, 0).line("90.1")
    assert line == 'yours, inputs = failed("90.1"); yours(*inputs)'


def test_the_case_of_a_verdict_is_the_one_that_is_shown(shift, student):
    function = student("def shift(row, by):\n    return row if len(row) > 6 else np.roll(row, by)")
    verdict = judge(shift, function, 5)
    row, by = verdict.failing.arguments(shift)
    assert len(row) > 6 and f"by={by}" in verdict.message
    assert verdict.failing.function is function


def test_one_of_the_inputs_drawn(shift, student):
    verdict = judge(shift, student("def shift(row, by):\n    return np.roll(row, by or 1)"), 1)
    assert verdict.failing.build is draw_cases
    assert verdict.failing.arguments(shift)[1] == 0
