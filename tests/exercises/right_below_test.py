"""What a check accepts runs in every later cell that uses it, and shows what the reference shows.

The cells that train a network for long, and what needs their networks, are left out.
"""

import functools
from pathlib import Path

import pytest

from segcourse.exercises.judging.judge import Outcome, judge
from segcourse.exercises.judging.registry import all_exercises
from tests.exercises.below.cells import cells_of
from tests.exercises.below.forms import forms, in_form
from tests.exercises.below.walk import Run, walk

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def runs_of(exercise):
    """All that the check is known to accept, but for the reference."""
    stored = [Run(exercise, answer.name, answer.build) for answer in exercise.also]
    return stored + [
        Run(exercise, name, lambda namespace, c=change: in_form(exercise.right.build(namespace), c))
        for name, change in forms().items()
        if accepted(exercise, change)
    ]


def accepted(exercise, change):
    """Whether the check takes the reference's results in this form, and there is one."""
    function = in_form(exercise.right.build(), change)
    right = all(judge(exercise, function, seed).outcome is Outcome.RIGHT for seed in (0, 1))
    return right and function.differs


@functools.cache
def walked(path):
    """The runs of a notebook at its end, and the cells left out below each exercise."""
    ids = [cell.tagged("exercise") for cell in cells_of(path)]
    runs = [run for e in all_exercises() if e.id in ids for run in runs_of(e)]
    return runs, walk(path, runs)


@functools.cache
def notebook_of(id):
    return next(
        path
        for path in sorted(NOTEBOOKS.glob("*.ipynb"))
        if any(cell.tagged("exercise") == id for cell in cells_of(path))
    )


def assert_same_below(exercise, runs):
    found = [run for run in runs if run.exercise is exercise]
    assert sum(run.cells for run in found), "no cell uses the function"
    faults = [f"{exercise.id}, {run.name}: {run.fault}" for run in found if run.fault]
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda exercise: exercise.id)
def test_what_is_accepted_shows_the_same_below(exercise):
    runs, _ = walked(notebook_of(exercise.id))
    assert_same_below(exercise, runs)
