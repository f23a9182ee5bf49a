"""The notebook once more."""

import os

import nbformat
import pytest

from segcourse.project.handing_in.rerun import read, rerun


def notebook(*sources):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in sources])


def test_it_runs_in_the_given_folder_and_its_path_is_called_by_its_name(tmp_path):
    work = tmp_path / "work"
    source = "import os; path = os.environ['SEGCOURSE_PROJECT_DIR']; print(path); path"
    run = rerun(notebook(source), tmp_path, work, dict(os.environ), 60)
    assert run.failures == []
    printed, value = run.notebook.cells[0].outputs
    assert printed.text == "my_project\n" and value.data["text/plain"] == "'my_project'"


@pytest.mark.parametrize("text", ["", "{ half", "[]", "3", '{"cells": 3}', '{"nbformat": 4}'])
def test_what_is_no_notebook(tmp_path, text):
    path = tmp_path / "a.ipynb"
    path.write_text(text)
    with pytest.raises(ValueError, match="^a.ipynb is not a notebook: .+"):
        read(path)


def test_one_without_code(tmp_path):
    nbformat.write(notebook("  "), tmp_path / "a.ipynb")
    with pytest.raises(ValueError, match="no code cell"):
        read(tmp_path / "a.ipynb")
    with pytest.raises(ValueError, match="b.ipynb cannot be read"):
        read(tmp_path / "b.ipynb")
