"""What the history of a notebook tells of an exercise's cell."""

import linecache

import numpy as np
import pytest

from segcourse.exercises.judging.cell import stale
from segcourse.exercises.judging.judge import bind_reference

GOOD = "def shift(row, by):\n    return np.roll(row, by)"
TEXT = '    """Shifts a row of numbers to the right, around the end."""'


class Notebook:
    """Names, and the cells that have run, as IPython keeps them."""

    def __init__(self, *cells):
        self.names = {"np": np, "In": [""]}
        for cell in cells:
            self.run(cell)

    def run(self, cell):
        name = f"<cell {len(self.names['In'])}>"
        self.names["In"].append(cell)
        linecache.cache[name] = (len(cell), None, cell.splitlines(True), name)
        try:
            exec(compile(cell, name, "exec"), self.names)
        except (SyntaxError, NameError):
            pass
        return self


@pytest.mark.parametrize(
    "cells, said",
    [
        ([], None),
        (["x = 1"], None),
        ([GOOD], None),
        ([GOOD, "x = shift(np.arange(3), 1)"], None),
        (["def shift(row, by)\n    return row", GOOD], None),
        (["shift = lambda row, by: row"], None),
        (
            [GOOD, "def shift(row, by)\n    return row"],
            "Your cell is not Python (line 1: expected ':'). It gave no new `shift`.",
        ),
        (
            [GOOD, f"def shfit(row, by):\n{TEXT}\n    return row"],
            "Your cell defines `shfit`; the function has to be called `shift`.",
        ),
        (
            [GOOD, f"shift\ndef shfit(row, by):\n{TEXT}\n    return row"],
            "Your cell defines `shfit`; the function has to be called `shift`.",
        ),
        (
            [GOOD, "missing\ndef shift(row, by):\n    return row"],
            "Your cell stopped with an error before it had defined `shift`.",
        ),
    ],
)
def test_what_is_said(shift, cells, said):
    assert stale(shift, Notebook(*cells).names) == said


OLD = "def shift(row, by):\n    return row"


@pytest.mark.parametrize(
    "below",
    [
        "shift == 5",
        'text = """\ndef shift(row, by):\n    return row\n"""',
        "def other(row, by):\n    return np.roll(row, by)\nshift = other",
        "from math import floor as shift",
        "try:\n    def shift(row, by):\n        return np.roll(row, by)\nfinally:\n    pass",
        "def same(f):\n    return lambda *a: f(*a)\n\n@same\ndef shift(row, by):\n    return row",
        "# Shifts a row of numbers to the right, around the end.",
        f"def turn(row, by):\n{TEXT[:-3]}\n\n    Also a column.\n    {TEXT[4:7]}\n    return row",
    ],
)
def test_a_function_may_come_from_anywhere(shift, below):
    for cells in ([GOOD, below], [OLD, below]):
        assert stale(shift, Notebook(*cells).names) is None


def test_a_solution_pasted_below_is_no_renamed_function(shift):
    solution = shift.right.source.replace("def shift(", "def reference_shift(")
    assert stale(shift, Notebook(shift.right.source, solution).names) is None
    changed = solution.replace("return ", "return 1 + ")
    assert "defines `reference_shift`" in stale(shift, Notebook(OLD, changed).names)


def test_ones_own_function_put_back_after_a_check_is_judged(shift):
    notebook = Notebook(OLD)
    notebook.names["yours"] = notebook.names["shift"]
    bind_reference(shift, notebook.names)
    assert stale(shift, notebook.run("shift = yours").names) is None


@pytest.mark.parametrize("magic", ["%%time", "%%capture out"])
def test_cell_magics_that_run_python_are_no_errors(shift, magic):
    notebook = Notebook(GOOD)
    notebook.names["In"].append(f"{magic}\n{GOOD}")
    assert stale(shift, notebook.names) is None
    notebook.names["In"].append(f"{magic}\ndef shift(row, by)\n    return row")
    assert "not Python" in stale(shift, notebook.names)
    notebook.names["In"][-1] = f"%%writefile a.py\n{OLD}("
    assert stale(shift, notebook.names) is None


def test_without_a_history_nothing_is_known(shift):
    assert stale(shift, {"shift": len}) is None


def test_a_reference_that_a_check_has_put_there(shift):
    notebook = Notebook(GOOD)
    bind_reference(shift, notebook.names)
    assert stale(shift, notebook.names) is None
    notebook.run("missing\ndef shift(row, by):\n    return row")
    assert "stopped with an error" in stale(shift, notebook.names)
    notebook.run(GOOD)
    assert stale(shift, notebook.names) is None


def test_commands_of_ipython_are_no_errors(shift):
    notebook = Notebook()
    notebook.names["In"].append("%time\n" + GOOD)
    assert "not Python" in stale(shift, notebook.names)
    assert stale(shift, notebook.names, lambda cell: cell.replace("%time", "")) is None
