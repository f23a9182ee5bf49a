"""Every notebook in JupyterLab: opened, run whole, nothing red. Ten minutes of a core in all."""

import functools

import pytest

from tests.browser.controls import assert_the_picture_follows, controls, move_by_key
from tests.browser.lab import CHECKOUT
from tests.browser.notebook import VIEW

NOTEBOOKS = sorted(path.stem for path in (CHECKOUT / "notebooks").glob("*.ipynb"))
QUICK = "week2_bilinear_interpolation"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_runs_whole_and_shows_nothing_red(opened, name):
    notebook = opened(name)
    notebook.run_all()
    assert notebook.red() == []
    assert run_in_order(notebook.cells())
    saved = notebook.save()
    assert run_in_order(saved.cells)
    stored = [len(cell.outputs) for cell in saved.cells if cell.cell_type == "code"]
    assert stored == [len(cell.outputs) for cell in notebook.cells() if cell.cell_type == "code"]
    for cell in saved.cells:
        if any(VIEW in output.get("data", {}) for output in cell.get("outputs", ())):
            for control in controls(notebook.cell(cell.id)):
                move = functools.partial(move_by_key, control)
                assert_the_picture_follows(notebook, cell.id, move)


def test_restarted_and_run_whole_again(opened):
    notebook = opened(QUICK)
    notebook.run("setup")
    notebook.run("setup")  # numbers begin with 1 again only where the kernel is a new one
    notebook.run_all(restart=True)
    assert notebook.red() == []
    assert run_in_order(notebook.cells())


def run_in_order(cells):
    """Whether every code cell has run, from top to bottom, in a kernel that had run none before."""
    counts = [cell.execution_count for cell in cells if cell.cell_type == "code" and cell.source]
    return counts == list(range(1, len(counts) + 1))
