"""The case on which an answer was wrong last, to be had again.

A check leaves the reference under the student's name; whoever looks for the fault wants the own
function and the very input that went wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass

from segcourse.exercises.judging.safety.kept import kept_state

__all__ = ["Failing"]


@dataclass(frozen=True)
class Failing:
    """A case that went wrong.

    Attributes:
        function: the student's.
        seed: of the check.
        build: `build(exercise, seed)` gave the cases.
        number: of the case among them.
    """

    function: Callable
    seed: int
    build: Callable
    number: int

    def arguments(self, exercise):
        """The arguments in the order of the exercise's text, made anew, as a tuple."""
        with kept_state():
            case = self.build(exercise, self.seed)[self.number]
        return case.positional(exercise.right.once)

    def line(self, id):
        """What is pasted into a cell to call the function with them once more."""
        return f'yours, inputs = failed("{id}"); yours(*inputs)'
