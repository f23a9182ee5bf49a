"""Notebooks in another language as Jupyter and nbval take them."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from segcourse.command import environment
from segcourse.notebook.execute import execute

ROOT = Path(__file__).parents[2]
ASKED = """
import os
from segcourse.texts import language
print(language(), os.path.isdir("../data"))
"""


def collected(*arguments):
    command = [sys.executable, "-m", "pytest", "--nbval", "--collect-only", "-q", *arguments]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    return {line.partition("::")[0] for line in done.stdout.splitlines() if "::" in line}


def test_nbval_goes_into_a_folder_of_a_language_where_it_is_named():
    english = {path.relative_to(ROOT).as_posix() for path in (ROOT / "notebooks").glob("*.ipynb")}
    korean = {path.relative_to(ROOT).as_posix() for path in (ROOT / "notebooks/ko").glob("*.ipynb")}
    assert collected("notebooks/") == english
    assert collected("notebooks/ko/") == korean
    assert collected("notebooks/ko/week4_fcn.ipynb") == {"notebooks/ko/week4_fcn.ipynb"}


@pytest.mark.parametrize(("folder", "said"), [("ko", "ko True\n"), ("", " True\n")])
def test_the_first_cell_finds_course_data_and_language(folder, said, monkeypatch):
    monkeypatch.delenv("SEGCOURSE_LANG", raising=False)
    home = ROOT / "notebooks" / folder
    cells = json.loads((home / "week4_fcn.ipynb").read_text(encoding="utf-8"))["cells"]
    first = next("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(first), nbformat.v4.new_code_cell(ASKED)]
    )
    env = environment.variables(ROOT)
    env.pop("PYTHONPATH")  # as in an editor that knows nothing of `lab`
    assert execute(notebook, home, env) == []
    assert notebook.cells[1].outputs[0].text == said
