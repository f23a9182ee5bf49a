"""The settings of conftest.py, in runs of pytest on small notebooks beside a copy of them.

Outcomes by environment, cell by cell: this is the table the course promises.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from segcourse.exercises.judging.registry import LETTERS

pytest.importorskip("nbval")

ROOT = Path(__file__).resolve().parents[2]
STUB = 'def shift(row, by):\n    """Shifts."""\n    raise NotImplementedError'
SHIFTED = "[3, 4, 0, 1, 2]\n"


def code(source, *tags, out=None, count=1, err=None):
    cell = nbformat.v4.new_code_cell(source, execution_count=count)
    cell.metadata["tags"] = list(tags)
    for name, text in (("stdout", out), ("stderr", err)):
        if text is not None:
            cell.outputs.append(nbformat.v4.new_output("stream", name=name, text=text))
    return cell


def exercise(answer):
    """Cells 0 to 3: imports, the student's answer, its check, and a cell that builds on it."""
    ignore = "nbval-ignore-output"
    return [
        code("import numpy as np\nfrom segcourse import check, hint, solution"),
        code(answer, "exercise:90.1", ignore),
        code('check("90.1")', "check:90.1", ignore),
        code("print(shift(np.arange(5), 2).tolist())", out=SHIFTED),
    ]


NOTEBOOKS = {
    "untouched": exercise(STUB),
    "right": exercise("def shift(row, by):\n    return np.concatenate([row[-by:], row[:-by]])"),
    "wrong": exercise("def shift(row, by):\n    return np.roll(row, -by)"),
    "settings": [
        code(
            "import os, sys, segcourse\n"
            "print(os.path.dirname(segcourse.__file__) == os.path.abspath('../segcourse'))\n"
            "print(os.environ['SEGCOURSE_QUIET'], os.environ['TF_CPP_MIN_LOG_LEVEL'])",
            out="True\n1 3\n",
        ),
        code("print('\\r 50%|# | 1/2\\r100%|##| 2/2', file=sys.stderr)", err="stored\n"),
        code("import warnings; warnings.warn('x'); print(1)", out="1\n"),
        code(
            f"print(sys.prefix == {sys.prefix!r}, os.path.basename(os.getcwd()))",
            out="True notebooks\n",
        ),
        code("print(1)", out="2\n"),
    ],
    "untagged": exercise(STUB),  # the tag of an exercise cell was forgotten
}
NOTEBOOKS["untagged"][1].metadata["tags"] = []


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """What conftest.py finds around it: the package with two small exercises, and notebooks."""
    root = tmp_path_factory.mktemp("checkout")
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    package = root / "segcourse"
    skip = shutil.ignore_patterns("week*", *LETTERS.values(), "__pycache__")
    shutil.copytree(ROOT / "segcourse" / "exercises", package / "exercises", ignore=skip)
    shutil.copytree(ROOT / "segcourse" / "translation", package / "translation")
    (package / "notebook").mkdir()
    (package / "command").mkdir()
    needed = ("__init__.py", "atomic_write.py", "texts.py", "text_columns.py", "notebook/stderr.py")
    for name in (*needed, "command/__init__.py", "command/solutions.py"):
        shutil.copy(ROOT / "segcourse" / name, package / name)
    shutil.copytree(Path(__file__).parent / "fixtures" / "week90", package / "exercises" / "week90")
    # Exercises 90.1 and 90.2 need NumPy alone, and the kernels start faster without Keras.
    (root / "keras").mkdir()
    (root / "keras" / "__init__.py").write_text("ops = None\n")
    (root / "notebooks").mkdir()
    for name, cells in NOTEBOOKS.items():
        notebook = nbformat.v4.new_notebook(cells=cells)
        notebook.metadata["kernelspec"] = {"name": "no-such-kernel", "display_name": "x"}
        nbformat.write(notebook, root / "notebooks" / f"{name}.ipynb")
    (root / "tests").mkdir()
    (root / "tests" / "plain_test.py").write_text("def test_plain():\n    pass\n")
    return root


def run(checkout, *arguments, within=".", **environment):
    """Outcomes by "notebook cell", and everything pytest said."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SEGCOURSE", "TF_", "PYTEST"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "--color=no", "-p", "no:cacheprovider", *arguments],
        cwd=checkout / within,
        env={**kept, "MPLBACKEND": "agg", **environment},
        capture_output=True,
        text=True,
    )
    said = done.stdout + done.stderr
    outcomes = {}
    for line in said.splitlines():
        word, _, rest = line.partition(" ")
        if word in ("PASSED", "FAILED", "ERROR", "XFAIL") and ".ipynb::Cell " in rest:
            name, cell = rest.split(" - ")[0].split(".ipynb::Cell ")
            outcomes[f"{name.split('/')[-1]} {cell}"] = word
    return outcomes, said


def failed(outcomes):
    return sorted(cell for cell, word in outcomes.items() if word != "PASSED")


@pytest.fixture(scope="module")
def ordinary(checkout):
    return run(checkout, "--nbval", "notebooks/")


def test_every_cell_is_run(ordinary):
    outcomes, said = ordinary
    assert len(outcomes) == sum(len(cells) for cells in NOTEBOOKS.values()), said


@pytest.mark.parametrize("name", ["untouched", "right", "untagged"])
def test_untouched_and_right_pass(ordinary, name):
    assert not [cell for cell in failed(ordinary[0]) if cell.startswith(name)]


def test_wrong_fails_in_its_check_alone_and_says_why(ordinary):
    outcomes, said = ordinary
    assert [cell for cell in failed(outcomes) if cell.startswith("wrong")] == ["wrong 2"]
    assert "Exercise 90.1 is not right yet. You shifted to the left." in said
    assert "shift(row=" in said
    assert "judge.py" not in said, "no stack"


def test_settings_hold_warnings_fail_and_other_outputs_are_compared(ordinary):
    outcomes, said = ordinary
    wrong = [cell for cell in failed(outcomes) if cell.startswith("settings")]
    assert wrong == ["settings 2", "settings 4"], said
    assert "The cell warns, and the reader sees it" in said


def test_no_outcome_is_recorded(checkout, ordinary):
    assert not list(checkout.rglob("progress.json"))


def test_strict(checkout):
    names = [f"notebooks/{name}.ipynb" for name in ("untouched", "right", "wrong")]
    outcomes, said = run(checkout, "--nbval", *names, SEGCOURSE_STRICT="1")
    assert len(outcomes) == 12, said
    assert failed(outcomes) == ["untouched 2", "wrong 2"]


def test_solutions_from_the_notebooks_folder_and_untouched_is_an_error(checkout):
    before = {path: path.read_bytes() for path in (checkout / "notebooks").glob("*.ipynb")}
    outcomes, said = run(checkout, "--nbval", "--solutions", within="notebooks")
    assert len(outcomes) == sum(len(cells) for cells in NOTEBOOKS.values()), said
    assert failed(outcomes) == ["settings 2", "settings 4", "untagged 2"]
    assert before == {path: path.read_bytes() for path in before}, "nothing is written"


@pytest.mark.parametrize("more", [[], ["-p", "no:nbval"]])
def test_plain_tests_run_with_and_without_nbval(checkout, more):
    _, said = run(checkout, "tests", *more)
    assert "1 passed" in said
