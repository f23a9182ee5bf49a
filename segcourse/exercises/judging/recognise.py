"""Which catalogued mistake a student made.

A wrong answer is recognised by what it does, not by how it is written: every catalogued mistake of
the exercise is run on the same cases. The first one that does the same on all of them, to the word
of its errors, is it. Otherwise the only one that does nearly the same: with errors of the same
gist, or with errors in a few cases where the other has values.
"""

import re

import numpy as np

from segcourse.exercises.judging.compare import plain

__all__ = ["error_text", "gist", "recognise", "same_result", "words"]

#: Slips of the pen. The quoted names in their texts are what they are about.
SLIPS = (NameError, AttributeError, TypeError, ImportError, SyntaxError, RecursionError)

BUT_FOR_ERRORS = "but for errors"


def recognise(exercise, came, candidates, expected):
    """The catalogued mistake that does what the student's function did, or None.

    Args:
        exercise: an `Exercise`.
        came: the student's trials.
        candidates: pairs (mistake, its trials).
        expected: the reference's trials.
    """
    alike, nearly = [], []
    for mistake, tried in candidates:
        said = _agreement(exercise, came, tried, expected)
        if said is words:
            return mistake
        if said is gist:
            alike.append(mistake)
        elif said is not None:
            nearly.append(mistake)
    # Between two mistakes it would be a guess.
    for found in (alike, nearly):
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _agreement(exercise, came, tried, expected):
    """How far all trials agree: `words`, `gist`, BUT_FOR_ERRORS or None.

    After a trial that differs in another way none is run.
    """
    said, odd, telling = words, 0, 0
    for one, other, right in zip(came, tried, expected, strict=False):
        if {one.ended, other.ended} == {"value", "error"}:
            odd += 1
        elif not same_result(exercise, one, other, words, right):
            said = gist
            if not same_result(exercise, one, other, gist, right):
                return None
        elif one.ended == "value" and not _same_numbers(one.value, right.value):
            telling += 1
        if odd > len(came) // 3:
            return None
    if not odd:
        return said
    # Two results that are wrong in the same way tell more than an error that is not.
    return BUT_FOR_ERRORS if telling >= 2 else None


def same_result(exercise, one, other, said, expected=None):
    """Whether two trials of the same case came out the same.

    Args:
        exercise: an `Exercise`.
        one, other: two trials.
        said: what of an error's text must agree: `words` or `gist`.
        expected: the reference's trial. Where the numbers are right and only their form is not,
            the forms must agree, too.
    """
    if one.ended != other.ended or one.changed != other.changed:
        return False
    if one.ended == "error":
        if type(one.error) is not type(other.error):
            return False
        return (_raised(one) and _raised(other)) or said(one.error) == said(other.error)
    if one.ended != "value":
        return True
    if expected is not None and _same_numbers(one.value, expected.value):
        if not _same_numbers(other.value, expected.value):
            return False
        right = [_agree(exercise.compare, t.value, expected.value) for t in (one, other)]
        return all(right) or (not any(right) and _same_form(one.value, other.value))
    return _same_values(exercise, one.value, other.value)


def _raised(trial):
    """Whether the answer itself raised the error, in words that are its own."""
    return bool(trial.line and re.match(r"(.*:)?\s*(raise|assert)\b", trial.line[1]))


def _same_values(exercise, one, other):
    return _agree(getattr(exercise.compare, "values", exercise.compare), one, other)


def _agree(compare, one, other):
    try:
        return compare(one, other) is None
    except Exception:
        return False


def _same_numbers(one, other):
    """Whether the numbers are equal, whatever holds them."""
    one, other = plain(one), plain(other)
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return all(map(_same_numbers, one, other))
    try:
        one, other = np.asarray(one, "float64"), np.asarray(other, "float64")
    except (TypeError, ValueError):
        return False
    return one.shape == other.shape and np.allclose(one, other, 1e-5, 1e-5, equal_nan=True)


def _same_form(one, other):
    if isinstance(one, (list, tuple)) and type(one) is type(other) and len(one) == len(other):
        return all(map(_same_form, one, other))
    dtypes = [str(getattr(value, "dtype", type(value).__name__)) for value in (one, other)]
    array = [hasattr(value, "shape") for value in (one, other)]
    return dtypes[0] == dtypes[1] and array[0] == array[1]


def words(error):
    """The words and numbers of an error's text in any order: `a + b` and `b + a` say the same."""
    return sorted(re.findall(r"[^\s,()[\]]+", error_text(error)))


def gist(error):
    """An error's text without its numbers, shapes, brackets and, but for slips, quoted names."""
    text = error_text(error)
    if not isinstance(error, SLIPS):
        text = re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`", "", text)
    text, found = re.subn(r"\([^()]*\)|\[[^][]*\]|\{[^{}]*\}", "", text)
    while found:  # brackets in brackets
        text, found = re.subn(r"\([^()]*\)|\[[^][]*\]|\{[^{}]*\}", "", text)
    return re.sub(r"[-+]?\d+(\.\d+)?", "", text).split()


def error_text(error):
    """The text without the names that TensorFlow puts in for its own use."""
    return re.sub(r"\{\{.*?\}\} ?", "", str(error)).strip()
