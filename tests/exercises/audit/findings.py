"""The audit of one exercise: everything is tried, and what should not have happened is kept."""

import functools
import inspect
from dataclasses import dataclass, field

from segcourse.exercises.judging.shown import call_of
from tests.exercises.audit.faults import faults
from tests.exercises.audit.judged import Bench
from tests.exercises.audit.mutants import mutants_of
from tests.exercises.audit.unchanged import unchanged

__all__ = ["MANY", "Findings", "audit"]

SEEDS = range(20)
MANY = 1000  # draws in which a right answer must be right
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
        """How many wrong answers pass."""
        return sum(map(len, (self.accepted, self.stale, self.holes, self.mistakes)))


def audit(exercise, says=lambda name: True, known=None, draws=MANY):
    """Tries everything there is for an exercise; gives its `Findings`.

    Args:
        exercise: an `Exercise`.
        says: called with the name of each function before it is tried. Where it gives False, the
            function ended an earlier process: it is not tried, and counts as refused.
        known: mutants that change nothing, by name; by default those of `unchanged/`.
        draws: how many draws right answers and accepted mutants are compared on, at most.
    """
    work = _Audit(exercise, says, draws)
    work.try_right_answers()
    work.try_mistakes()
    work.try_faults()
    work.try_mutants(unchanged(exercise) if known is None else known)
    return work.found


class _Audit:
    def __init__(self, exercise, says, draws):
        self.exercise, self.says, self.draws = exercise, says, draws
        self.bench = Bench(exercise)
        self.found = Findings(exercise.id, exercise.function, exercise.space is not None)

    def try_right_answers(self):
        answers = (self.exercise.right, *self.exercise.also)
        self.found.right = len(answers)
        for answer in answers:
            if not self._may_try(answer.name):
                self.found.refused[answer.name] = "it ended the process"
                continue
            function = answer.build()
            case = self.bench.first_refused_case(function, SEEDS)
            case = case or self.bench.first_difference(function, self.draws)
            if case:
                self.found.refused[answer.name] = call_of(self.exercise, case)

    def try_mistakes(self):
        for mistake in self.exercise.mistakes:
            self.found.wrong += 1
            if self._may_try(mistake.name) and self.bench.accepts(mistake.build()):
                self.found.mistakes.append(mistake.name)

    def try_faults(self):
        cases, results = zip(*self.bench.drawn(DRAWS), strict=True)
        names = list(inspect.signature(self.bench.right).parameters)
        for fault in faults(cases, results, names):
            self.found.faults += 1
            make = functools.partial(fault.make, self.bench.right)
            if self._may_try(fault.name) and self.bench.accepts_made(make):
                case = self.bench.first_difference(make(), DRAWS)
                if case:
                    self.found.holes[fault.name] = call_of(self.exercise, case)

    def try_mutants(self, known):
        """All mutants; of the known ones, whether it is true that they change nothing."""
        self.found.unchanged = len(known)
        self.found.stale = dict.fromkeys(known, "there is no such mutant")
        for mutant in mutants_of(self.exercise):
            self.found.mutants += 1
            function = mutant.build()
            if self._may_try(mutant.name) and self.bench.accepts(function):
                case = self.bench.first_difference(function, self.draws)
                self._keep_accepted(mutant.name, case)
            elif mutant.name in known:
                self.found.stale[mutant.name] = "the check refuses it"

    def _keep_accepted(self, name, case):
        call = case and call_of(self.exercise, case)
        if name not in self.found.stale:
            self.found.accepted[name] = call
        elif call:
            self.found.stale[name] = f"it differs: {call}"
        else:
            del self.found.stale[name]

    def _may_try(self, name):
        may = self.says(name)
        if not may:
            self.found.lost.append(name)
        return may
