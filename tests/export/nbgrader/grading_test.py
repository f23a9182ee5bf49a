"""nbgrader itself, from the export to the marks: eight hand-ins of a notebook with two exercises.

Each hand-in is run in a kernel of its own: 100 seconds of one core in all, on a busy machine.
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
ONE, TWO = registry.find("2.1"), registry.find("2.4")  # one point, two points


def short(path):
    """Week 2, cut down to its first cells, two of its exercises and a cell that builds on one."""
    notebook = nbformat.read(WEEK2, as_version=4)
    exercises = [
        cell
        for cell in notebook.cells
        if {id_in(cell, "exercise"), id_in(cell, "check")} & {ONE.id, TWO.id}
    ]
    below = nbformat.v4.new_code_cell(f"print({ONE.function}(10, 20, 1, 3))")
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


def wrong(notebook):
    answer(notebook, ONE, ONE.mistakes[0].source)
    answer(notebook, TWO, TWO.right.source)


def untouched(notebook):
    pass


def loose(notebook):
    """Untouched as well, and says that this is no grading."""
    source = "import os\n\nos.environ['SEGCOURSE_STRICT'] = '0'"
    notebook.cells.insert(3, nbformat.v4.new_code_cell(source))


def endless(notebook):
    answer(notebook, ONE, loop(ONE))
    answer(notebook, TWO, TWO.right.source)


def tampered(notebook):
    """One check that always passes; one that the student has broken, for a right answer."""
    answer(notebook, ONE, ONE.mistakes[0].source)
    cell(notebook, "check", ONE).source = "print('Exercise 2.1 is right.')"
    answer(notebook, TWO, TWO.right.source)
    cell(notebook, "check", TWO).source = "chekc('2.4')"


def deleted(notebook):
    right(notebook)
    notebook.cells.remove(cell(notebook, "check", ONE))


def repriced(notebook):
    answer(notebook, ONE, ONE.right.source)
    cell(notebook, "check", ONE).metadata["nbgrader"]["points"] = 100
    answer(notebook, TWO, TWO.mistakes[0].source)


MARKS = {
    right: 3,
    wrong: 2,
    untouched: 0,
    loose: 0,
    endless: 2,
    tampered: 2,
    deleted: 2,
    repriced: 1,
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
    assert (float(row["score"]), float(row["max_score"])) == (MARKS[student], 3)


def test_the_database_lies_in_the_folder(graded, marks):
    assert (graded / "gradebook.db").is_file()
    assert set(marks) == {student.__name__ for student in MARKS}


def test_a_right_answer_runs_without_stderr_and_is_checked_twice(graded):
    for ran in outputs(graded, right):
        if ran.cell_type == "code":
            kinds = {out.get("name", out.output_type) for out in ran.outputs}
            assert not kinds & {"stderr", "error"}, ran
    for exercise in (ONE, TWO):
        ran = cell(nbformat.from_dict({"cells": outputs(graded, right)}), "check", exercise)
        assert "".join(out.text for out in ran.outputs).count(exercise.id) == 2


@pytest.mark.parametrize("student", [wrong, untouched, endless])
def test_the_notebook_goes_on_below_what_is_not_right(graded, student):
    assert outputs(graded, student)[-1].outputs[0].text == "12.5\n"


def test_a_student_reads_why(graded):
    (error,) = cell(nbformat.from_dict({"cells": outputs(graded, wrong)}), "check", ONE).outputs
    assert error.output_type == "error" and ONE.mistakes[0].message in error.evalue
