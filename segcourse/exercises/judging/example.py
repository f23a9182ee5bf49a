"""The example in an exercise's docstring, as the first case of every check.

A docstring shows it as Python's own documentation does, so it can be pasted into a cell:

    >>> box_iou((0, 0, 4, 2), (2, 0, 6, 2))
    0.333
"""

import ast
import doctest
import functools

from segcourse.exercises.judging.exercise import PREAMBLE, Case

__all__ = ["example_cases", "shown_results"]


class _Called(BaseException):
    """Ends an example at its call."""


def example_cases(answer):
    """The arguments of the first call that the docstring of `answer` shows, as a list of one Case.

    Args:
        answer: an `Answer`. Lines before the call are run: they may make an array or a model.

    Returns:
        list of a `Case`, made anew; empty without an example.
    """
    called = []

    def recorder(*args, **kwargs):
        called.append(Case(*args, **kwargs))
        raise _Called

    namespace = {}
    exec(PREAMBLE, namespace)
    namespace[answer.function] = recorder
    for code in _codes(answer):
        try:
            exec(code, namespace)
        except _Called:
            return called
    return []


def shown_results(answer):
    """What the docstring shows and what comes of it, as pairs (shown, came).

    The shown text is read as Python: `array([1, 2])` and `nan` mean NumPy's.
    """
    namespace = {}
    exec(PREAMBLE, namespace)
    function = answer.build(namespace)
    assert namespace[answer.function] is function
    pairs = []
    for example in _examples(answer):
        if not example.want:
            exec(example.source, namespace)
            continue
        came = eval(example.source, namespace)
        exec("from numpy import array, inf, nan, float32, uint8, int32, int64", shown := {})
        pairs.append((eval(example.want.strip(), shown), came))
    return pairs


@functools.cache
def _codes(answer):
    """The examples' lines, compiled: every check begins with them."""
    return [compile(example.source, "<example>", "exec") for example in _examples(answer)]


def _examples(answer):
    function = ast.parse(answer.source).body[0]
    return doctest.DocTestParser().get_examples(ast.get_docstring(function) or "")
