"""The cases of a check: built from a seed, and fresh for each function that is called on them."""

import random

import numpy as np

from segcourse.exercises.judging.copies import copied, is_data
from segcourse.exercises.judging.example import example_cases
from segcourse.exercises.judging.exercise import Case
from segcourse.exercises.judging.safety.kept import set_keras_state

__all__ = ["Cases", "build_cases", "draw_cases"]


def build_cases(exercise, seed):
    """The example and the cases of an exercise, built anew; the same seed gives the same ones."""
    return _built(seed, lambda rng: [*example_cases(exercise.right), *exercise.cases(rng)])


def draw_cases(exercise, seed, number=None):
    """Cases from all that is allowed, built anew; by default `exercise.draws` of them."""
    if exercise.space is None:
        return []
    number = exercise.draws if number is None else number
    return _built(seed, lambda rng: [exercise.space(rng) for _ in range(number)])


class Cases:
    """What functions are called on, the same for each of them.

    Args:
        exercise: an `Exercise`.
        seed: int.
        build: `build(exercise, seed)` gives the list of `Case`s.

    Attributes:
        kept: the cases as they are before a call; nobody may change them.
    """

    def __init__(self, exercise, seed, build=build_cases):
        self._build = lambda: build(exercise, seed)
        self.kept = self._build()
        self._copied = all(is_data([case.args, case.kwargs]) for case in self.kept)

    def fresh(self):
        """Yields the cases once more, for a function that may change them.

        Numbers and arrays are copied when their turn comes: most wrong answers are told apart by
        the first case. Layers and models are built anew, all at once, from the same random state.
        """
        if not self._copied:
            yield from self._build()
            return
        for case in self.kept:
            yield Case(*copied(case.args), **copied(case.kwargs))


def _built(seed, build):
    random.seed(seed)
    np.random.seed(seed % 2**32)
    set_keras_state(None)
    cases = build(np.random.default_rng(seed))
    return [case if isinstance(case, Case) else Case(*case) for case in cases]
