"""Whether the check of an exercise accepts a function, found quickly.

It is what `judge` does, with everything shared that is the same for all functions: the cases are
built once and copied, the reference is run once, and the first fault ends it. No mistake is
recognised.
"""

import copy
import functools
import time

import numpy as np

from segcourse.exercises.judging.exercise import Answer
from segcourse.exercises.judging.judge import fault
from segcourse.exercises.judging.trial import build_cases, draw_cases, kept_state, quiet, trials

__all__ = ["Bench"]

SEEDS = (0, 1)
PLAIN = (type(None), bool, int, float, complex, str, bytes, np.generic)
PATIENT = 20  # times as long as the reference a call may take
SOONEST = 0.2  # seconds
SLOW = 20  # an exercise with fewer draws than that has slow calls
MANY, FEW = 1000, 50  # draws that confirm


class _BuiltOnce(Answer):
    """An answer whose function is built once and used for every call."""

    @functools.cached_property
    def _function(self):
        return super().build()

    def build(self, namespace=None):
        return self._function if namespace is None else super().build(namespace)


class Bench:
    """Judges functions of one exercise.

    Args:
        exercise: an `Exercise`.
        seeds: what is accepted at one of them is accepted.
        patient: whether a call gets all the seconds of the exercise, and not only as many as a
            function needs that ends at all.
    """

    def __init__(self, exercise, seeds=SEEDS, patient=False):
        right = exercise.right
        self.exercise = copy.copy(exercise)
        self.exercise.right = _BuiltOnce(right.function, right.source, right.name)
        self.seeds = seeds
        self._kept = {}
        if patient:
            return
        with kept_state(), quiet():
            self.exercise.seconds = min(exercise.seconds, self._limit())

    def accepts(self, function):
        """Whether the check calls the function right, at one of the seeds."""
        with kept_state(), quiet():
            return any(self._refusal(function, seed) is None for seed in self.seeds)

    def first_refusal(self, function):
        """The first trial at any seed for which the check refuses the function; or None."""
        with kept_state(), quiet():
            found = (self._refusal(function, seed) for seed in self.seeds)
            return next((trial for trial in found if trial), None)

    def first_difference(self, function, seed=0):
        """The first trial, of a thousand draws, in which the function is wrong; or None."""
        build = draw_cases if self.exercise.space is not None else build_cases
        with kept_state(), quiet():
            return self._first_fault(function, seed, self._confirming(build))

    def _confirming(self, build):
        if build is build_cases:
            return build_cases
        return _many_draws if self.exercise.draws >= SLOW else _few_draws

    def _refusal(self, function, seed):
        found = (self._first_fault(function, seed, build) for build in (build_cases, draw_cases))
        return next((trial for trial in found if trial), None)

    def _first_fault(self, function, seed, build):
        expected = self._expected(seed, build)
        came = trials(self.exercise, function, seed, self._copied(build))
        for one, other in zip(came, expected, strict=False):
            if fault(self.exercise, one, other):
                return one
        return None

    def _expected(self, seed, build):
        """The trials of the reference, once for all functions."""
        key = "expected", seed, build
        if key not in self._kept:
            right = self.exercise.right.build()
            self._kept[key] = list(trials(self.exercise, right, seed, build))
            for trial in self._kept[key]:
                if trial.ended != "value":
                    raise RuntimeError(
                        f"The reference of exercise {self.exercise.id} fails on {trial.case}: "
                        f"{trial.ended}"
                    ) from trial.error
        return self._kept[key]

    def _copied(self, build):
        """As `build`, with cases that are copies of what was built before, where they can be."""

        def copies(exercise, seed):
            key = "cases", seed, build
            if key not in self._kept:
                cases = build(exercise, seed)
                self._kept[key] = cases if all(map(_is_data, cases)) else None
            kept = self._kept[key]
            return build(exercise, seed) if kept is None else copy.deepcopy(kept)

        return copies

    def _limit(self):
        """Seconds for a call, from what the reference takes: mutants often loop for ever."""
        longest = 0.0
        for seed in self.seeds:
            for case in build_cases(self.exercise, seed):
                begun = time.perf_counter()
                self.exercise.right.build()(*case.args, **case.kwargs)
                longest = max(longest, time.perf_counter() - begun)
        return max(SOONEST, PATIENT * longest)


def _many_draws(exercise, seed):
    return draw_cases(exercise, seed, MANY)


def _few_draws(exercise, seed):
    return draw_cases(exercise, seed, FEW)


def _is_data(case):
    """Whether the arguments are numbers, texts, arrays, and containers of them."""

    def plain(value):
        if isinstance(value, dict):
            return all(map(plain, value.values()))
        if isinstance(value, (tuple, list, set)):
            return all(map(plain, value))
        return isinstance(value, PLAIN) or isinstance(value, np.ndarray) and value.dtype != object

    return all(map(plain, [*case.args, *case.kwargs.values()]))
