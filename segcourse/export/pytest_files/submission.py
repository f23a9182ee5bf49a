"""A student's notebook: the cell of an exercise in it, and what that cell needs."""

import ast
from pathlib import Path

from segcourse.export.pytest_files.needs import needs
from segcourse.export.pytest_files.tasks import read, tagged
from segcourse.texts import _


def find(name, wanted, beside):
    """Path of a student's notebook.

    Args:
        name: of the file, "week4_fcn.ipynb".
        wanted: a notebook or a folder that somebody named, or None.
        beside: the folder of the tests, looked in otherwise, with those around it.

    Raises:
        ValueError: it is not there; the places that were looked at are named.
    """
    if wanted:
        path = Path(wanted)
        places = [path if path.suffix == ".ipynb" else path / name]
    else:
        beside = Path(beside)
        folders = [beside, beside / "notebooks", beside.parent, beside.parent / "notebooks"]
        places = [folder / name for folder in folders]
    for place in places:
        if place.is_file():
            return place
    text = _("{name} is missing. Looked for: {places}")
    raise ValueError(text.format(name=name, places=", ".join(str(place) for place in places)))


def request(path, id, function):
    """What the worker is asked: a dict that JSON can hold.

    Args:
        path: of the notebook.
        id, function: of the exercise.

    Raises:
        ValueError: the notebook or the exercise's cell is missing or damaged.
    """
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    place = _place(cells, id, function)
    if place is None:
        text = _("Exercise {id}: its cell is missing, no cell defines `{function}`.")
        raise ValueError(text.format(id=id, function=function))
    source = cells[place].source
    # A check cell may hold anything by now: nothing of it is used.
    above = [
        (tagged(cell, "exercise"), python(cell.source))
        for cell in cells[:place]
        if not tagged(cell, "check")
    ]
    found = needs(python(source), above)
    return {
        "id": id,
        "cell": source,
        "imports": found.imports,
        "definitions": found.definitions,
        "references": [other for other in found.references if other != id],
    }


def python(source):
    """A cell's source as Python: with IPython's own commands as calls."""
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        return TransformerManager().transform_cell(source)
    except SyntaxError:
        return source


def _place(cells, id, function):
    """Number of the cell with the answer; None without one.

    That is the tagged one; where it is still the stub, or no longer there, the last one that
    defines the function: some write their answer into a cell of their own.
    """
    marked = [n for n, cell in enumerate(cells) if tagged(cell, "exercise") == id]
    written = [n for n, cell in enumerate(cells) if not tagged(cell, "check")]
    defining = [n for n in written if _defines(cells[n].source, function)]
    own = [n for n in defining if not _is_stub(cells[n].source, function)]
    best = [n for n in own if n in marked] or own or marked or defining
    return best[-1] if best else None


def _defines(source, function):
    return any(getattr(node, "name", None) == function for node in _body(source))


def _is_stub(source, function):
    """Whether the function does nothing but raise."""
    found = [node for node in _body(source) if getattr(node, "name", None) == function]
    body = getattr(found[-1], "body", [])
    return all(isinstance(node, (ast.Expr, ast.Raise, ast.Pass)) for node in body)


def _body(source):
    try:
        return ast.parse(python(source)).body
    except (SyntaxError, ValueError):
        return []
