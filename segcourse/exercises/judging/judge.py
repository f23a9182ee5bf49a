"""From a function to a verdict: untouched, right, or wrong, and if wrong, in which way."""

import inspect
import itertools
import math
import secrets
from dataclasses import dataclass

from segcourse.exercises.judging import stub
from segcourse.exercises.judging.cases import Cases, build_cases, draw_cases
from segcourse.exercises.judging.cell import MARK
from segcourse.exercises.judging.compare import describe
from segcourse.exercises.judging.failing import Failing
from segcourse.exercises.judging.faults import fault
from segcourse.exercises.judging.recognise import recognise
from segcourse.exercises.judging.record.outcome import Outcome
from segcourse.exercises.judging.safety.guard import cell_names, guarded
from segcourse.exercises.judging.safety.kept import kept_names, kept_state
from segcourse.exercises.judging.safety.quiet import quiet
from segcourse.exercises.judging.shown import call_of
from segcourse.exercises.judging.trial import trials
from segcourse.text_columns import text_columns
from segcourse.texts import N_, _

__all__ = ["ExerciseError", "Outcome", "Verdict", "bind_reference", "judge", "wrong"]


#: What is noted where no function was there to be called.
NOT_RUN = N_("the cell did not run through")
WIDTH = 100  # characters of a printed line that are shown
COLUMNS = 88  # where a sentence goes on in the next line: JupyterLab would break it inside a word


@dataclass
class Verdict:
    """What a check found.

    Attributes:
        outcome: an `Outcome`.
        message: a few lines for the student; of a wrong answer what helps, what came and was
            expected, and how to go on.
        mistake: name of the catalogued mistake that was recognised, or None.
        met: what was wrong, in a few words for the record: the mistake's name, otherwise the
            fault's; None where nothing was.
        standing: whether what was found is the reference an earlier check had put there.
        printed: what the student's function printed on the case that went wrong.
        picture: `(case, got, expected)` of the case that went wrong, if there are values to draw.
        failing: the case that went wrong, as a `Failing`, or None.
    """

    outcome: Outcome
    message: str
    mistake: str | None = None
    standing: bool = False
    printed: str = ""
    picture: tuple | None = None
    failing: Failing | None = None
    met: str | None = None


class ExerciseError(Exception):
    """A wrong answer. Notebooks show its lines and no stack."""

    def __init__(self, message, printed=""):
        super().__init__(message)
        self.lines = message.splitlines()
        if printed.strip():
            said = printed.rstrip().splitlines()
            self.lines += [_("Your function printed:")]
            self.lines += [f"    {line[:WIDTH]}" for line in said[:10]]
            self.lines += ["    ..."] if len(said) > 10 else []

    def _render_traceback_(self):
        return [part for line in self.lines for part in _wrapped(line)]


def bind_reference(exercise, namespace):
    """Puts the reference under the exercise's name, so that the notebook goes on."""
    function = exercise.right.build()
    setattr(function, MARK, len(namespace.get("In", ())))
    namespace[exercise.function] = function


def judge(exercise, function, seed=None):
    """Judges a student's function.

    Args:
        exercise: an `Exercise`.
        function: whatever stands under its name.
        seed: int, for tests; new cases on every call without it.

    Returns:
        A `Verdict`. Random state, settings and the names of the notebook are as before.
    """
    seed = secrets.randbits(32) if seed is None else seed
    if getattr(function, MARK, None) is not None:
        return _standing(exercise)
    if not callable(function):
        what = _("`{name}` is {value}, not a function.")
        value = describe(function)
        what = what.format(name=exercise.function, value=value)
        return wrong(exercise, what, help="", met=N_("not a function"))
    with kept_state(), kept_names(cell_names(function)), quiet():
        for build, seconds in ((build_cases, math.inf), (draw_cases, exercise.seconds)):
            cases = Cases(exercise, seed, build)
            with guarded(function) as put_back:
                tried = trials(exercise, function, cases, after=put_back)
                came = list(_until_told(tried, seconds))
            if came and came[0].stub:
                return _waits(exercise, function, came[0])
            expected = references_of(exercise, cases, len(came))
            first = first_fault(exercise, came, expected)
            if first is not None:
                break
        else:
            text = _("Exercise {id} ({title}): right.")
            return Verdict(Outcome.RIGHT, text.format(id=exercise.id, title=_(exercise.title)))
        candidates = [
            (mistake, trials(exercise, mistake.build(), cases)) for mistake in exercise.mistakes
        ]
        mistake = recognise(exercise, came, candidates, expected)
        failing = Failing(function, seed, build, first)
        return _explain(exercise, came[first], expected[first], mistake, failing)


def first_fault(exercise, came, expected):
    """The number of the first trial that went wrong, or None; `expected` are the reference's."""
    pairs = enumerate(zip(came, expected, strict=True))
    return next((number for number, pair in pairs if fault(exercise, *pair)), None)


def references_of(exercise, cases, number):
    """The reference's trials of the first `number` cases, as a list."""
    tried = trials(exercise, exercise.right.once, cases)
    expected = list(itertools.islice(tried, number))
    for trial in expected:
        if trial.ended != "value":
            raise RuntimeError(
                f"The reference of exercise {exercise.id} fails on its own case {trial.case}: "
                f"{trial.ended}"
            ) from trial.error
    return expected


def wrong(exercise, what, help=None, failing=None, met=NOT_RUN):
    """The verdict on a wrong answer.

    Args:
        exercise: an `Exercise`.
        what: a sentence: what came and what was expected.
        help: a sentence that helps; by default it names the hints. None is needed where it is "".
        failing: a `Failing`, or None where no case went wrong.
        met: str, what was wrong, in a few words for the record.
    """
    head = _("Exercise {id} is not right yet.").format(id=exercise.id)
    if help is None:
        help = _('hint("{id}") may help.').format(id=exercise.id)
    last = _("Until you run your cell again, the reference stands in for `{name}`.")
    lines = [f"{head} {help}".rstrip(), what, last.format(name=exercise.function)]
    if failing is not None:  # a line of its own, which is copied as it stands
        text = _("Your own function with this input: {line}")
        lines.append(text.format(line=failing.line(exercise.id)))
    return Verdict(Outcome.WRONG, "\n".join(lines), failing=failing, met=met)


# Details


def _wrapped(line):
    """A line of the message as lines that fit; what a function printed stays as it is."""
    if line.startswith(" "):
        return [line]
    lines = [""]
    for word in line.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and text_columns(longer) > COLUMNS:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _until_told(tried, seconds):
    """Trials until one tells that nobody has written anything, or until they took so long together.

    Nobody waits for a slow answer: what was right for so many seconds is right.
    """
    spent = 0.0
    for trial in tried:
        yield trial
        spent += trial.seconds
        if trial.stub or spent > seconds:
            return


def _standing(exercise):
    text = _(
        "Exercise {id}: the reference stands under `{name}` here, put there by an earlier check. "
        "Run your exercise cell again to have your own function checked."
    )
    message = text.format(id=exercise.id, name=exercise.function)
    return Verdict(Outcome.UNTOUCHED, message, standing=True)


def _waits(exercise, function, trial):
    """Of a function that ends in the stub's error: an untouched one, or one with code above it."""
    lines, first = _source(function)
    own = first <= trial.line[0] < first + len(lines)
    if own and stub.has_code("".join(lines)):
        what = _(
            "Line {number} of your cell, `raise NotImplementedError`, still ends it: delete it."
        )
        what = what.format(number=trial.line[0])
        return wrong(exercise, what, help="", met=N_("`raise NotImplementedError` left in"))
    return Verdict(Outcome.UNTOUCHED, waiting(exercise))


def waiting(exercise):
    """What is said of an exercise that nobody has begun."""
    text = _(
        "Exercise {id} ({title}) waits for you. Until then the reference stands in for `{name}`. "
        'A start: hint("{id}")'
    )
    title, name = _(exercise.title), exercise.function
    return text.format(id=exercise.id, title=title, name=name)


def _source(function):
    """The lines of a function and the number of the first one in its cell."""
    try:
        return inspect.getsourcelines(function)
    except (OSError, TypeError):
        return [], 1


def _explain(exercise, came, expected, mistake, failing):
    found = fault(exercise, came, expected)
    help = _(mistake.message) if mistake else "" if found.alone else None
    what = _("{call}: {what}").format(call=call_of(exercise, came.case), what=found.text)
    met = mistake.name if mistake else found.name
    verdict = wrong(exercise, what, help, failing, met)
    verdict.mistake = mistake and mistake.name
    verdict.printed = came.printed
    if came.ended == "value" and came.value is not None:
        verdict.picture = came.case, came.value, expected.value
    return verdict
