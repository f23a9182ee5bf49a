"""The cell at which a notebook broke, in words that lead to it."""

import re

from segcourse.texts import _, ngettext

__all__ = ["failing_cells"]

_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def failing_cells(notebook, failures):
    """Sentences about the first cell that raised, or of those that only warn the first one.

    What fails below it is most often its consequence, and is only counted.

    Args:
        notebook: nbformat notebook.
        failures: list of `segcourse.notebook.execute.Failure`.

    Returns:
        list of str; cells are counted from 1, cells of text too, as they stand in JupyterLab.
    """
    if not failures:
        return []
    first = min(failures, key=lambda one: (one.warns, one.index))
    said = [_where(notebook, first)]
    more = len({one.index for one in failures} - {first.index})
    if more:
        text = ngettext(
            "{count} more cell failed. Mend the first one first.",
            "{count} more cells failed. Mend the first one first.",
            more,
        )
        said.append(text.format(count=more))
    return said


def _where(notebook, failure):
    heading = _heading(notebook, failure.index)
    text = _("Cell {number} of {count}: {line}")
    if heading:
        text = _("Cell {number} of {count}, below the heading “{heading}”: {line}")
    number, count = failure.index + 1, len(notebook.cells)
    return text.format(number=number, count=count, heading=heading, line=failure.line)


def _heading(notebook, index):
    """The last heading above a cell, or None."""
    for cell in reversed(notebook.cells[: index + 1]):
        found = _HEADING.findall(cell.source) if cell.cell_type == "markdown" else []
        if found:
            return found[-1]
    return None
