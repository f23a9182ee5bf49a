"""Nothing of a student's prints and warnings comes through."""

import sys
import warnings

import pytest

from segcourse.exercises.judging.judge import Outcome, judge
from segcourse.exercises.judging.safety.quiet import PRINTED, quiet


def test_prints_are_caught_and_errors_are_lost(capfd):
    with quiet() as printed:
        print("seen")
        print("lost", file=sys.stderr)
        warnings.warn("lost", stacklevel=1)
    assert printed.getvalue() == "seen\n"
    assert capfd.readouterr() == ("", "")


def test_only_the_beginning_is_kept():
    with quiet() as printed:
        for _ in range(100):
            print("x" * 100)
    assert len(printed.getvalue()) == PRINTED


def test_a_warning_is_no_error_inside_even_where_it_is_one_outside():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with quiet():
            warnings.warn("x", stacklevel=1)
        with pytest.raises(UserWarning):
            warnings.warn("x", stacklevel=1)


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_stream_that_is_closed_or_replaced(shift, student, capfd, stream):
    before = getattr(sys, stream)
    for line in (f"sys.{stream}.close()", f"sys.{stream} = None"):
        source = f"def shift(row, by):\n    {line}\n    return np.roll(row, by)"
        assert judge(shift, student(source)).outcome is Outcome.RIGHT
    assert getattr(sys, stream) is before
    print("here")
    assert capfd.readouterr().out == "here\n"
