"""What must hold for every exercise of the course."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest

from segcourse.exercises.judging import testing
from segcourse.exercises.judging.registry import LETTERS, all_exercises
from tests.exercises.backend import touches_backend
from tests.thorough import sample

TENSORFLOW = keras.backend.backend() == "tensorflow"
SEEDS = range(sample(3, all=20))
#: Where layers are built, and each shape is compiled.
FEWER_SEEDS = range(sample(1, all=8))

NUMPY_1 = np.lib.NumpyVersion(np.__version__) < "2.0.0"  # wraps round where NumPy 2 raises

#: What has no backend in it is the same on each.
EXERCISES = [e for e in all_exercises() if TENSORFLOW or touches_backend(e)]
every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)


@every_exercise
def test_complete(exercise):
    testing.assert_complete(exercise)


@every_exercise
def test_stub_is_untouched(exercise):
    testing.assert_stub_untouched(exercise)


@every_exercise
def test_reference_passes_as_shown(exercise):
    testing.assert_reference_passes(exercise)


@every_exercise
def test_the_example_is_the_first_case_and_gives_what_is_shown(exercise):
    testing.assert_example_runs(exercise)


@every_exercise
def test_right_answers_pass(exercise):
    testing.assert_right_answers_pass(exercise, seeds=sample((0,), all=(0, 1, 2)))


@every_exercise
def test_every_mistake_gets_its_own_message_whatever_the_inputs(exercise):
    seeds = FEWER_SEEDS if touches_backend(exercise) else SEEDS
    testing.assert_mistakes_recognised(exercise, seeds=seeds, wraps=NUMPY_1)


def test_the_assertions_can_fail(week90, student):
    shift, half = week90
    testing.assert_complete(shift)
    with pytest.raises(AssertionError, match="five wrong answers"):
        testing.assert_complete(half)
    two_alike = type(half)(
        **{name: getattr(half, name) for name in ("id", "title", "function", "hints", "cases")}
    )
    two_alike.right = half.right
    two_alike.mistakes += [half.mistakes[0], type(half.right)("half", half.mistakes[0].source, "b")]
    with pytest.raises(AssertionError, match="'b' gave 'not a whole number'"):
        testing.assert_mistakes_recognised(two_alike, seeds=[0])
    with pytest.raises(AssertionError, match="'b' is taken for 'not a whole number'"):
        testing.assert_told_apart(two_alike, seed=0)
    two_alike.mistakes[:] = [type(half.right)("half", half.right.source, "none")]
    with pytest.raises(AssertionError, match="'none' passes"):
        testing.assert_told_apart(two_alike, seed=0)


def test_every_exercise_stands_in_a_notebook_in_its_order():
    stands = []
    for path in sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        tags = [tag for cell in cells for tag in cell["metadata"].get("tags", [])]
        stands += [tag.partition(":")[2] for tag in tags if tag.startswith("exercise:")]
    lettered = [id for id in stands if id[0] in LETTERS]  # their files come before the weeks'
    weeks = [id for id in stands if id not in lettered]
    assert weeks + lettered == [exercise.id for exercise in all_exercises()]
