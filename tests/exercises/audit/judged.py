"""Whether the check of an exercise accepts a function, found quickly.

It is what `judge` does, with everything shared that is the same for all functions: the cases are
built once, the reference is run once, and the first fault ends it. No mistake is
recognised.
"""

import contextlib
import copy
import functools
import time

from segcourse.exercises.judging.cases import Cases, build_cases, draw_cases
from segcourse.exercises.judging.copies import copied, same
from segcourse.exercises.judging.faults import fault
from segcourse.exercises.judging.safety.kept import kept_state
from segcourse.exercises.judging.safety.quiet import quiet
from segcourse.exercises.judging.safety.time_limit import TimeLimit, time_limit
from segcourse.exercises.judging.trial import trials

__all__ = ["Bench"]

SEEDS = (0, 1)
PATIENT = 20  # times as long as a right answer a call may take
SOONEST = 0.2  # seconds
SLOW = 20  # an exercise with fewer draws than that has slow calls
FEWER = 20  # of so many draws, one is enough for those


class Bench:
    """Judges functions of one exercise.

    Args:
        exercise: an `Exercise`.
        seeds: what is accepted at one of them is accepted.
    """

    def __init__(self, exercise, seeds=SEEDS):
        self.original = exercise
        self.exercise = copy.copy(exercise)
        self.right = exercise.right.once
        self.seeds = seeds
        self._kept = {}
        with kept_state(), quiet():
            self.exercise.seconds = min(exercise.seconds, self._limit())

    def accepts(self, function):
        """Whether the check calls the function right, at one of the seeds."""
        return self.accepts_made(lambda: function)

    def accepts_made(self, make):
        """Whether it does so with what `make()` gives, made anew for each seed."""
        with kept_state(), quiet():
            return any(self._is_right(make(), seed) for seed in self.seeds)

    def _is_right(self, function, seed):
        return all(self._has_no_fault(function, seed, b) for b in (build_cases, draw_cases))

    def _has_no_fault(self, function, seed, build):
        expected = self._expected(seed, build)
        came = trials(self.exercise, function, self._cases(seed, build))
        return not any(
            fault(self.exercise, one, other) for one, other in zip(came, expected, strict=False)
        )

    # On many inputs

    def drawn(self, number):
        """The cases and as many draws, and what the reference gives: pairs (case, value)."""
        with kept_state(), quiet():
            builds = dict.fromkeys([build_cases, self._draws(number)])
            kept = [trial for build in builds for trial in self._expected(0, build)]
        return [(trial.case, trial.value) for trial in kept]

    def first_difference(self, function, number):
        """The first of `number` draws in which the function is wrong, a `Case`; or None."""
        with kept_state(), quiet():
            return self._difference(function, 0, self._draws(number))

    def first_refused_case(self, function, seeds):
        """The first case of any of the seeds in which the function is wrong; or None."""
        with kept_state(), quiet():
            found = (self._difference(function, seed, build_cases) for seed in seeds)
            return next((case for case in found if case), None)

    def _draws(self, number):
        """What builds so many draws; the cases, where there is no space to draw from."""
        if self.exercise.space is None:
            return build_cases
        return _draws(number if self.exercise.draws >= SLOW else number // FEWER)

    def _difference(self, function, seed, build):
        """As a check would find it, but without all that keeps one call safe from the next."""
        cases = self._cases(seed, build)
        for case, trial in zip(cases.fresh(), self._expected(seed, build), strict=True):
            if not self._agree(function, case, trial):
                return trial.case
        return None

    def _agree(self, function, case, trial):
        given = copied([case.args, case.kwargs])
        try:
            with time_limit(self.original.seconds):
                value = function(*case.args, **case.kwargs)
            agree = self.exercise.compare(value, trial.value) is None
        except (Exception, TimeLimit):
            return False
        return agree and same([case.args, case.kwargs], given)

    # What is shared

    def _expected(self, seed, build):
        """The trials of the reference, once for all functions."""
        key = "expected", seed, build
        if key not in self._kept:
            self._kept[key] = list(trials(self.exercise, self.right, self._cases(seed, build)))
            for trial in self._kept[key]:
                if trial.ended != "value":
                    raise RuntimeError(
                        f"The reference of exercise {self.exercise.id} fails on {trial.case}: "
                        f"{trial.ended}"
                    ) from trial.error
        return self._kept[key]

    def _cases(self, seed, build):
        key = "cases", seed, build
        if key not in self._kept:
            self._kept[key] = Cases(self.exercise, seed, build)
        return self._kept[key]

    def _limit(self):
        """Seconds for a call, from what the right answers take: mutants often loop for ever."""
        longest = 0.0
        for function in (self.right, *(answer.build() for answer in self.exercise.also)):
            for seed in self.seeds:
                for case in build_cases(self.exercise, seed):
                    begun = time.process_time()
                    with contextlib.suppress(Exception):  # told later: it is refused
                        function(*case.args, **case.kwargs)
                    longest = max(longest, time.process_time() - begun)
        return max(SOONEST, PATIENT * longest)


@functools.cache
def _draws(number):
    def build(exercise, seed):
        return draw_cases(exercise, seed, number)

    return build
