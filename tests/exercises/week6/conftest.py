"""A check of right answers."""

import textwrap

import pytest

from segcourse.exercises.judging.judge import Outcome, judge
from segcourse.exercises.judging.stub import signature


@pytest.fixture
def passes(student):
    """Says whether the answer of a student is right, whatever the inputs are."""

    def check(exercise, body):
        source = f"{signature(exercise.right.source)}:\n{textwrap.indent(body, '    ')}"
        for seed in range(4):
            verdict = judge(exercise, student(source, exercise.function), seed)
            assert verdict.outcome is Outcome.RIGHT, verdict.message

    return check
