"""A notebook of the course as nbgrader wants its source: with solutions and hidden tests."""

import copy
from pathlib import Path

import nbformat

from segcourse.exercises.judging import registry
from segcourse.export.nbgrader.first_cell import first_cell, is_first_cell
from segcourse.export.nbgrader.graded_cells import id_in, with_hidden_test, with_solution
from segcourse.export.nbgrader.links import in_notebook

__all__ = ["read", "source_notebook"]

_TAGS = ("exercise", "question", "project")


def read(path):
    """The notebook at `path`; a ValueError where it is damaged or none of the course."""
    path = Path(path)
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, AttributeError) as error:
        reason = (str(error).splitlines() or ["?"])[0][:200]
        raise ValueError(f"{path.name} is not a notebook: {reason}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from None
    if not any(id_in(cell, kind) for cell in notebook.cells for kind in _TAGS):
        raise ValueError(
            f"{path.name} is not a notebook of the course: it has no exercise and no question"
        )
    return notebook


def source_notebook(notebook, checkout, names):
    """A copy for nbgrader's folder source/, and what it needs beside it.

    Questions, text and all other cells stay free for the student. The cells under the title, with
    the imports, are locked: nbgrader puts them back before it grades.

    Args:
        notebook: of nbformat.
        checkout: path of the course.
        names: dict from the file of a notebook to its assignment.

    Returns:
        tuple of the notebook, without outputs, and a set of paths relative to `checkout`.
    """
    source, needed = copy.deepcopy(notebook), set()
    for number, cell in enumerate(_set_up(source.cells), start=1):
        if is_first_cell(cell):
            cell.source = first_cell()
        cell.metadata["nbgrader"] = _locked(f"set-up-{number}")
    for cell in source.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        cell.source, files = in_notebook(cell.source, checkout, names)
        needed |= files
        if id := id_in(cell, "exercise"):
            cell.source = with_solution(registry.find(id))
        elif id := id_in(cell, "check"):
            cell.source = with_hidden_test(cell.source, id)
    return source, needed


def _set_up(cells):
    """The first code cells, up to the next text."""
    kinds = [cell.cell_type == "code" for cell in cells] + [False]
    begin = kinds.index(True) if any(kinds) else 0
    return [
        cell
        for cell in cells[begin : kinds.index(False, begin)]
        if not cell.metadata.get("tags")  # an exercise, or what is not run alike each time
    ]


def _locked(name):
    return {
        "schema_version": 3,
        "grade_id": name,
        "grade": False,
        "solution": False,
        "locked": True,
        "task": False,
    }
