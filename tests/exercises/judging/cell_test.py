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
            "your cell is not Python: expected ':', line 1. It gave no new `shift`.",
        ),
        (
            [GOOD, f"def shfit(row, by):\n{TEXT}\n    return row"],
            "your cell defines `shfit`; the function has to be called `shift`.",
        ),
        (
            [GOOD, "# Shifts a row of numbers to the right, around the end."],
            "your cell defines nothing; it has to define the function `shift`.",
        ),
        (
            [GOOD, "missing\ndef shift(row, by):\n    return row"],
            "your cell stopped with an error before it had defined `shift`.",
        ),
    ],
)
def test_what_is_said(shift, cells, said):
    assert stale(shift, Notebook(*cells).names) == said


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
