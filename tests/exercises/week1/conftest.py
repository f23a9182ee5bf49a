"""Pictures of the course, with all their truth, and answers that only luck would refuse."""

import textwrap

import pytest

from segcourse import data
from segcourse.exercises.judging.cases import build_cases
from segcourse.exercises.judging.judge import Outcome, judge
from segcourse.exercises.judging.stub import signature


@pytest.fixture(scope="module")
def scenes():
    return data.load("scenes").val.take(16)


@pytest.fixture
def refused_by_cases(student):
    """Says whether an answer is refused by the cases, whatever is drawn from the space."""

    def check(exercise, body, seed):
        source = f"{signature(exercise.right.source)}:\n{textwrap.indent(body, '    ')}"
        verdict = judge(exercise, student(source, exercise.function), seed)
        assert verdict.outcome is Outcome.WRONG
        assert verdict.failing.build is build_cases, verdict.message

    return check
