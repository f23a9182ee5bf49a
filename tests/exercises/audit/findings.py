"""The audit of one exercise: everything is tried, and what should not have happened is kept."""

import functools
import inspect
from dataclasses import dataclass, field

from segcourse.exercises.judging.shown import call_of
from tests.exercises.audit.faults import faults
from tests.exercises.audit.judged import Bench
from tests.exercises.audit.mutants import mutants_of
from tests.exercises.audit.unchanged import unchanged

__all__ = ["Findings", "audit"]

SEEDS = range(20)
DRAWS = 200  # in which a fault may show


@dataclass
class Findings:
    """What the audit of an exercise found.

    Attributes:
        id: of the exercise.
        function: its name.
        drawn: whether it has a `space` to draw from.
        right: how many right answers it has, with the reference.
        wrong: how many catalogued mistakes.
        mutants: how many mutants were made.
        unchanged: how many of them are known to change nothing.
        accepted: mutants that pass and are not known: their names, and the call that tells them
            from the reference, or None where a thousand draws did not find one.
        stale: entries of `unchanged/` that are wrong: the name, and what is wrong.
        faults: how many faults were put into the reference.
        holes: those that pass and change a result: their names, and the call that shows it.
        mistakes: names of catalogued mistakes that pass.
        refused: names of right answers that are refused, and the call.
        lost: names of functions that ended the process they were tried in.
    """

    id: str
    function: str
    drawn: bool
    right: int = 0
    wrong: int = 0
    mutants: int = 0
    unchanged: int = 0
    accepted: dict = field(default_factory=dict)
    stale: dict = field(default_factory=dict)
    faults: int = 0
    holes: dict = field(default_factory=dict)
    mistakes: list = field(default_factory=list)
    refused: dict = field(default_factory=dict)
    lost: list = field(default_factory=list)

    @property
    def accepted_wrong(self):
        return sum(map(len, (self.accepted, self.stale, self.holes, self.mistakes)))


def audit(exercise, says=lambda name: True, known=None):
    """Tries everything there is for an exercise; gives its `Findings`.

    Args:
        exercise: an `Exercise`.
        says: called with the name of each function before it is tried. Where it gives False, the
            function is not tried, and counts as refused.
        known: mutants that change nothing, by name; by default those of `unchanged/`.
    """
    found = Findings(exercise.id, exercise.function, exercise.space is not None)
    found.right, found.wrong = 1 + len(exercise.also), len(exercise.mistakes)
    bench = Bench(exercise)
    _try_right_answers(found, bench)
    _try_mistakes(found, bench, says)
    _try_faults(found, bench, says)
    _try_mutants(found, bench, says, unchanged(exercise) if known is None else known)
    return found


def _try_mutants(found, bench, says, known):
    found.unchanged = len(known)
    left = dict.fromkeys(known, "there is no such mutant")
    for mutant in mutants_of(bench.original):
        found.mutants += 1
        function = mutant.build()
        if not (says(mutant.name) and bench.accepts(function)):
            if mutant.name in left:
                left[mutant.name] = "the check refuses it"
            continue
        difference = bench.first_difference(function)
        said = difference and call_of(bench.original, difference)
        if mutant.name not in left:
            found.accepted[mutant.name] = said
        elif said:
            left[mutant.name] = f"it differs: {said}"
        else:
            del left[mutant.name]
    found.stale = left


def _try_faults(found, bench, says):
    cases, results = zip(*bench.drawn(DRAWS), strict=True)
    names = list(inspect.signature(bench.right).parameters)
    for fault in faults(cases, results, names):
        found.faults += 1
        make = functools.partial(fault.make, bench.right)
        if not (says(fault.name) and bench.accepts_made(make)):
            continue
        difference = bench.first_difference(make(), DRAWS)
        if difference:
            found.holes[fault.name] = call_of(bench.original, difference)


def _try_mistakes(found, bench, says):
    for mistake in bench.original.mistakes:
        if says(mistake.name) and bench.accepts(mistake.build()):
            found.mistakes.append(mistake.name)


def _try_right_answers(found, bench):
    exercise = bench.original
    for answer in (exercise.right, *exercise.also):
        function = answer.build()
        case = bench.first_refused_case(function, SEEDS) or bench.first_difference(function)
        if case:
            found.refused[answer.name] = call_of(exercise, case)
