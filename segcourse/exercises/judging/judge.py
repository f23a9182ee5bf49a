"""From a function to a verdict: untouched, right, or wrong, and if wrong, in which way.

A wrong answer is recognised by what it does, not by how it is written: every catalogued mistake
of the exercise is run on the same cases, and the first one that gives what the student's function
gave, on all of them, speaks. Two errors are the same mistake only if their texts say the same.
"""

import enum
import itertools
import re
import secrets
from dataclasses import dataclass

from segcourse.exercises.judging.compare import describe
from segcourse.exercises.judging.trial import (
    build_cases,
    draw_cases,
    kept_state,
    named_arguments,
    quiet,
    trials,
)

__all__ = ["ExerciseError", "Outcome", "Verdict", "bind_reference", "judge"]

MARK = "__segcourse_reference__"

#: Slips of the pen. The quoted names in their texts are what they are about.
SLIPS = (NameError, AttributeError, TypeError, ImportError, SyntaxError, RecursionError)


class Outcome(enum.Enum):
    UNTOUCHED = "untouched"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass
class Verdict:
    """What a check found.

    Attributes:
        outcome: an `Outcome`.
        message: one or two lines for the student.
        mistake: name of the catalogued mistake that was recognised, or None.
        standing: whether what was found is the reference an earlier check had put there.
        printed: what the student's function printed on the case that went wrong.
        picture: `(case, got, expected)` of the case that went wrong, if there are values to draw.
    """

    outcome: Outcome
    message: str
    mistake: str | None = None
    standing: bool = False
    printed: str = ""
    picture: tuple | None = None


class ExerciseError(Exception):
    """A wrong answer. Notebooks show its lines and no stack."""

    def __init__(self, message, printed=""):
        super().__init__(message)
        self.lines = message.splitlines()
        if printed.strip():
            said = printed.rstrip().splitlines()
            self.lines += ["Your function printed:", *(f"    {line}" for line in said[:10])]
            self.lines += ["    ..."] if len(said) > 10 else []

    def _render_traceback_(self):
        return self.lines


def bind_reference(exercise, namespace):
    """Puts the reference under the exercise's name, so that the notebook goes on."""
    function = exercise.right.build()
    setattr(function, MARK, exercise.id)
    namespace[exercise.function] = function


def judge(exercise, function, seed=None):
    """Judges a student's function.

    Args:
        exercise: an `Exercise`.
        function: whatever stands under its name.
        seed: int, for tests; new cases on every call without it.

    Returns:
        A `Verdict`. Python's, NumPy's and Keras' random state are as before.
    """
    seed = secrets.randbits(32) if seed is None else seed
    name = exercise.function
    if getattr(function, MARK, None) is not None:
        message = (
            f"Exercise {exercise.id}: the reference stands under `{name}` here, put there by an "
            "earlier check. Run your exercise cell again to have your own function checked."
        )
        return Verdict(Outcome.UNTOUCHED, message, standing=True)
    if not callable(function):
        return _wrong(exercise, f"`{name}` is {describe(function)}, not a function.")
    with kept_state(), quiet():
        came = list(_until_stub(trials(exercise, function, seed)))
        if came[0].stub:
            message = (
                f"Exercise {exercise.id} ({exercise.title}) waits for you. Until then the "
                f'reference stands in for `{name}`. A start: hint("{exercise.id}")'
            )
            return Verdict(Outcome.UNTOUCHED, message)
        build = build_cases
        first, expected = first_fault(exercise, came, seed, build)
        if first is None:
            build = draw_cases
            came = list(trials(exercise, function, seed, build))
            first, expected = first_fault(exercise, came, seed, build)
        if first is None:
            return Verdict(Outcome.RIGHT, f"Exercise {exercise.id} ({exercise.title}): right.")
        candidates = ((m, trials(exercise, m.build(), seed, build)) for m in exercise.mistakes)
        mistake = recognise(exercise, came, candidates)
        what = fault(exercise, came[first], expected)
        return _explain(exercise, came[first], expected, what, mistake)


def same_result(exercise, one, other, said):
    """Whether two trials of the same case came out the same.

    Args:
        exercise: an `Exercise`.
        one, other: two trials.
        said: what of an error's text must agree: `words` or `gist`.
    """
    if one.ended != other.ended:
        return False
    if one.ended == "error":
        return type(one.error) is type(other.error) and said(one.error) == said(other.error)
    return one.ended != "value" or _difference(exercise, one.value, other.value) is None


def words(error):
    """The words and numbers of an error's text in any order: `a + b` and `b + a` say the same."""
    return sorted(re.findall(r"[^\s,()[\]]+", _text(error)))


def gist(error):
    """An error's text without its numbers, shapes, brackets and, but for slips, quoted names."""
    text = _text(error)
    if not isinstance(error, SLIPS):
        text = re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`", "", text)
    text, found = re.subn(r"\([^()]*\)|\[[^][]*\]|\{[^{}]*\}", "", text)
    while found:  # brackets in brackets
        text, found = re.subn(r"\([^()]*\)|\[[^][]*\]|\{[^{}]*\}", "", text)
    return re.sub(r"[-+]?\d+(\.\d+)?", "", text).split()


def _text(error):
    """The text without the names that TensorFlow puts in for its own use."""
    return re.sub(r"\{\{.*?\}\} ?", "", str(error)).strip()


def _until_stub(tried):
    for trial in tried:
        yield trial
        if trial.stub:
            return


def first_fault(exercise, came, seed, build=build_cases):
    """The number of the first trial that went wrong and the reference's trial of it, or Nones."""
    expected = _reference(exercise, seed, len(came), build)
    for number, (one, other) in enumerate(zip(came, expected, strict=True)):
        if fault(exercise, one, other):
            return number, other
    return None, None


def _reference(exercise, seed, number, build):
    for trial in itertools.islice(trials(exercise, exercise.right.build(), seed, build), number):
        if trial.ended != "value":
            raise RuntimeError(
                f"The reference of exercise {exercise.id} fails on its own case {trial.case}: "
                f"{trial.ended}"
            ) from trial.error
        yield trial


def recognise(exercise, came, candidates):
    """The catalogued mistake that does what the student's function did, or None.

    Args:
        exercise: an `Exercise`.
        came: the student's trials.
        candidates: pairs (mistake, its trials). The first that fits to the word is it; otherwise
            the only one whose errors differ from the student's in numbers and names alone.
    """
    alike = []
    for mistake, tried in candidates:
        said = _agreement(exercise, came, tried)
        if said is words:
            return mistake
        if said is gist:
            alike.append(mistake)
    # Errors of one gist and other numbers: between two mistakes it would be a guess.
    return alike[0] if len(alike) == 1 else None


def _agreement(exercise, came, tried):
    """How far all trials agree: `words`, `gist` or None. After one that differs none is run."""
    said = words
    for one, other in zip(came, tried, strict=False):
        if said is words and not same_result(exercise, one, other, words):
            said = gist
        if said is gist and not same_result(exercise, one, other, gist):
            return None
    return said


def fault(exercise, came, expected):
    """What is wrong with one trial, as a phrase, or None."""
    name = exercise.function
    if came.ended == "signature":
        asked = ", ".join(argument for argument, _ in named_arguments(exercise, came.case))
        return f"`{name}({asked})` is asked for, and yours is not called like this: {came.error}"
    if came.ended == "timeout":
        return f"it did not come to an end within {exercise.seconds:g} s: is a loop endless?"
    if came.ended == "error":
        return _raised(came)
    if came.value is None and expected.value is not None:
        return f"it returned None, expected {describe(expected.value)}: is a `return` missing?"
    difference = _difference(exercise, came.value, expected.value)
    if difference is None and came.changed:
        return f"your function changed its input `{came.changed}`: work on a copy"
    return difference


def _raised(came):
    if isinstance(came.error, SystemExit):
        said = "left Python with `sys.exit`; a function ends with `return`"
    else:
        said = f"raised {type(came.error).__name__}"
        text = _text(came.error).splitlines()
        said += f": {text[0][:200]}" if text else ""
    if came.line is None:
        return f"your function {said}"
    number, text = came.line
    return f"line {number} of your cell" + (f", `{text}`," if text else "") + f" {said}"


def _difference(exercise, got, expected):
    try:
        return exercise.compare(got, expected)
    except Exception as error:
        return f"it is {describe(got)}, which cannot be compared ({type(error).__name__}: {error})"


def _explain(exercise, came, expected, what, mistake):
    arguments = named_arguments(exercise, came.case)
    call = ", ".join(f"{name}={describe(value)}" for name, value in arguments)
    end = "" if what.endswith(("?", ".")) else "."
    verdict = _wrong(exercise, f"for {exercise.function}({call}), {what}{end}", mistake)
    verdict.printed = came.printed
    if came.ended == "value" and came.value is not None:
        verdict.picture = came.case, came.value, expected.value
    return verdict


def _wrong(exercise, what, mistake=None):
    help = mistake.message if mistake else f'hint("{exercise.id}") may help.'
    message = f"Exercise {exercise.id} is not right yet: {what}\n{help}"
    return Verdict(Outcome.WRONG, message, mistake and mistake.name)


def missing(exercise):
    """The verdict when nothing stands under the name."""
    return _wrong(
        exercise, f"there is no `{exercise.function}`. Run the exercise cell above first."
    )
