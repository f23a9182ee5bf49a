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


def test_an_error_is_kept_without_paths_of_the_machine(tmp_path):
    run = rerun(notebook("1", "def f(): 1 / 0\nf()", "2"), tmp_path, tmp_path, dict(os.environ), 60)
    assert run.broke and [one.index for one in run.failures] == [1]
    assert run.notebook.cells[1].outputs[0].traceback == ["ZeroDivisionError: division by zero"]
    assert run.notebook.cells[2].execution_count == 3


def test_nothing_below_an_error_is_run_where_that_is_asked_for(tmp_path):
    given = notebook("1 / 0", "open('ran', 'w').close()")
    given.cells[1].outputs = [
        nbformat.v4.new_output("error", ename="E", evalue="old", traceback=["old"])
    ]
    run = rerun(given, tmp_path, tmp_path, dict(os.environ), 60, stop=True)
    assert [(one.index, one.warns) for one in run.failures] == [(0, False)]
    assert not (tmp_path / "ran").exists()


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
