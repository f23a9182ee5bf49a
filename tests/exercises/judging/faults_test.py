"""One sentence on what is wrong with one call."""

import numpy as np
import pytest

from segcourse.exercises.judging.exercise import Case
from segcourse.exercises.judging.faults import fault
from segcourse.exercises.judging.trial import Trial

CASE = Case(np.arange(3.0), by=1)
EXPECTED = Trial(CASE, value=np.array([2.0, 0.0, 1.0]))


def trial(**found):
    return Trial(CASE, **found)


SAID = {
    "value": (
        trial(value=np.arange(3.0)),
        "3 of 3 values differ: [0] is 0, expected 2.",
        False,
    ),
    "none": (
        trial(value=None),
        "it returned None, expected array([2., 0., 1.]): is a `return` missing?",
        True,
    ),
    "changed": (
        trial(value=np.arange(3.0), changed="row"),
        "your function changed its input `row`: work on a copy.",
        True,
    ),
    "changed, and an error": (
        trial(ended="error", error=ValueError("x"), changed="row"),
        "your function changed its input `row`: work on a copy.",
        True,
    ),
    "timeout": (
        trial(ended="timeout"),
        "it did not come to an end within 1 s: is a loop endless?",
        False,
    ),
    "signature": (
        trial(ended="signature", error=TypeError("missing a required argument: 'by'.")),
        "`shift(row, by)` is asked for, and yours is not called like this: "
        "missing a required argument: 'by'.",
        True,
    ),
    "error": (
        trial(ended="error", error=ValueError("too many.\nmore"), line=(3, "a, b = c")),
        "line 3 of your cell, `a, b = c`, raised ValueError: too many.",
        False,
    ),
    "error elsewhere": (
        trial(ended="error", error=KeyError("x")),
        "your function raised KeyError: 'x'.",
        False,
    ),
    "error in a line without text": (
        trial(ended="error", error=KeyError(), line=(2, "")),
        "line 2 of your cell raised KeyError.",
        False,
    ),
    "exit": (
        trial(ended="error", error=SystemExit(1)),
        "your function left Python with `sys.exit`; a function ends with `return`.",
        False,
    ),
}


@pytest.mark.parametrize("came, said, alone", SAID.values(), ids=SAID)
def test_said(shift, came, said, alone):
    found = fault(shift, came, EXPECTED)
    assert (found.text, found.alone) == (said, alone)


def test_nothing_is_wrong(shift):
    assert fault(shift, trial(value=np.array([2.0, 0.0, 1.0], "float32")), EXPECTED) is None


def test_a_long_error_is_cut(shift):
    came = trial(ended="error", error=ValueError("x" * 900), line=(2, "f()"))
    assert len(fault(shift, came, EXPECTED).text) < 300


def test_what_cannot_be_compared(shift, monkeypatch):
    monkeypatch.setattr(shift, "compare", lambda got, expected: got.missing)
    text = fault(shift, trial(value=3), EXPECTED).text
    assert text.startswith("it is 3, which cannot be compared (AttributeError: ")
