"""nbgrader itself, from the export to the marks: five hand-ins of a notebook with four exercises.

Each hand-in is run in a kernel of its own.
"""

import csv
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest

from segcourse.exercises.judging import registry
from segcourse.exercises.judging.exercise import PREAMBLE
from segcourse.export.nbgrader import write_course
from segcourse.export.nbgrader.graded_cells import id_in

if not find_spec("nbgrader"):
    pytest.skip("nbgrader is not installed: requirements-dev.txt has it", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[3]
WEEK2 = ROOT / "notebooks" / "week2_bilinear_interpolation.ipynb"
NAME = "week2_short.ipynb"
ONE, TWO, THREE, FOUR = (registry.find(id) for id in ("2.1", "2.4", "2.5", "2.6"))


ALL = ONE, TWO, THREE, FOUR


def short(path):
    """Week 2, cut down to its first cells, four of its exercises and a cell that builds on two."""
    notebook = nbformat.read(WEEK2, as_version=4)
    ids = {exercise.id for exercise in ALL}
    exercises = [
        cell for cell in notebook.cells if {id_in(cell, "exercise"), id_in(cell, "check")} & ids
    ]
    source = f"print({ONE.function}(10, 20, 1, 3), {THREE.function}(np.ones((1, 1)), 2).sum())"
    below = nbformat.v4.new_code_cell(source)
    notebook.cells = [*notebook.cells[:3], *exercises, below]
    notebook.cells[2].source = PREAMBLE  # all of the imports would take longer than the exercises
    nbformat.write(notebook, path)


def cell(notebook, kind, exercise):
    return next(c for c in notebook.cells if id_in(c, kind) == exercise.id)


def answer(notebook, exercise, source):
    cell(notebook, "exercise", exercise).source = source


def loop(exercise):
    """A function that never comes back."""
    head = exercise.right.source.partition('"""')[0]
    return head + "while True:\n        pass"


# The hand-ins: what each student did to the notebook that was handed out.


def right(notebook):
    answer(notebook, ONE, ONE.also[0].source)
    answer(notebook, TWO, TWO.also[0].source)
    answer(notebook, THREE, THREE.right.source)
    answer(notebook, FOUR, FOUR.right.source)


def wrong(notebook):
    """Once recognised, once endless; right below each."""
    answer(notebook, ONE, ONE.mistakes[0].source)
    answer(notebook, TWO, TWO.right.source)
    answer(notebook, THREE, loop(THREE))
    answer(notebook, FOUR, FOUR.right.source)


def untouched(notebook):
    pass


def loose(notebook):
    """Untouched as well, and says that this is no grading."""
    source = "import os\n\nos.environ['SEGCOURSE_STRICT'] = '0'"
    notebook.cells.insert(3, nbformat.v4.new_code_cell(source))


def tampered(notebook):
    """A check that always passes, for a wrong answer; for right ones a check that is broken, one
    that is deleted, which costs its point, and one that is worth more.
    """
    right(notebook)
    answer(notebook, ONE, ONE.mistakes[0].source)
    cell(notebook, "check", ONE).source = "print('Exercise 2.1 is right.')"
    cell(notebook, "check", TWO).source = "chekc('2.4')"
    notebook.cells.remove(cell(notebook, "check", THREE))
    cell(notebook, "check", FOUR).metadata["nbgrader"]["points"] = 100


POINTS = sum(exercise.points for exercise in ALL)
MARKS = {
    right: POINTS,
    wrong: TWO.points + FOUR.points,
    untouched: 0,
    loose: 0,
    tampered: POINTS - ONE.points - THREE.points,
}


def nbgrader(folder, *arguments, **more):
    """Run one command of nbgrader in the exported folder, without any settings of this computer."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("SEGCOURSE", "TF_", "KERAS"))}
    own.pop("PYTHONPATH", None)
    own |= {"JUPYTER_CONFIG_DIR": str(folder.parent), "IPYTHONDIR": str(folder.parent / "ipython")}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=folder,
        env={**own, "OMP_NUM_THREADS": "1", **more},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The exported folder after grading."""
    folder = tmp_path_factory.mktemp("grading") / "course"
    short(folder.parent / NAME)
    write_course(folder, [folder.parent / NAME], ROOT)
    nbgrader(folder, "generate_assignment", "week2")
    for student in MARKS:
        notebook = nbformat.read(folder / "release" / "week2" / NAME, as_version=4)
        student(notebook)
        place = folder / "submitted" / student.__name__ / "week2"
        place.mkdir(parents=True)
        nbformat.write(notebook, place / NAME)
    nbgrader(folder, "autograde", "week2", "--student=right")
    # All others: their kernels start in half the time without TensorFlow.
    nbgrader(folder, "autograde", "week2", KERAS_BACKEND="numpy")
    nbgrader(folder, "export", "--to=marks.csv")
    return folder


def outputs(folder, student):
    """Of each cell, what was printed and raised, in the notebook that nbgrader has run."""
    path = folder / "autograded" / student.__name__ / "week2" / NAME
    return nbformat.read(path, as_version=4).cells


@pytest.fixture(scope="module")
def marks(graded):
    with open(graded / "marks.csv", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("student", MARKS, ids=lambda student: student.__name__)
def test_mark(marks, student):
    row = marks[student.__name__]
    assert (float(row["score"]), float(row["max_score"])) == (MARKS[student], POINTS)


def test_the_database_lies_in_the_folder(graded, marks):
    assert (graded / "gradebook.db").is_file()
    assert set(marks) == {student.__name__ for student in MARKS}


def test_a_right_answer_runs_without_stderr_and_is_checked_twice(graded):
    for ran in outputs(graded, right):
        if ran.cell_type == "code":
            kinds = {out.get("name", out.output_type) for out in ran.outputs}
            assert not kinds & {"stderr", "error"}, ran
    for exercise in ALL:
        ran = cell(nbformat.from_dict({"cells": outputs(graded, right)}), "check", exercise)
        assert "".join(out.text for out in ran.outputs).count(exercise.id) == 2


@pytest.mark.parametrize("student", [wrong, untouched])
def test_the_notebook_goes_on_below_what_is_not_right(graded, student):
    assert outputs(graded, student)[-1].outputs[0].text == "12.5 1.0\n"


def test_a_student_reads_why(graded):
    (error,) = cell(nbformat.from_dict({"cells": outputs(graded, wrong)}), "check", ONE).outputs
    assert error.output_type == "error" and ONE.mistakes[0].message in error.evalue
