"""The exercises of a notebook of the course, as its tags and metadata say."""

import ast
from dataclasses import dataclass
from pathlib import Path

import nbformat

from segcourse.texts import _


@dataclass(frozen=True)
class Task:
    """An exercise: its id, the function it asks for, its points, its notebook's name."""

    id: str
    function: str
    points: int
    notebook: str


def tasks(path):
    """List of `Task` of the notebook at `path`, in its order.

    Raises:
        ValueError: it is no notebook, or a check has no exercise cell or no points.
    """
    path = Path(path)
    notebook = read(path)
    functions = {}
    found = []
    for cell in notebook.cells:
        if id := tagged(cell, "exercise"):
            functions[id] = defined(cell.source)
        if id := tagged(cell, "check"):
            points = cell.metadata.get("nbgrader", {}).get("points")
            if not functions.get(id) or not isinstance(points, int):
                text = _("{name}: exercise {id} has no function or no points in its metadata")
                raise ValueError(text.format(name=path.name, id=id))
            found.append(Task(id, functions[id], points, path.stem))
    return found


def read(path):
    """The notebook at `path`. Raises ValueError where it is none."""
    try:
        notebook = nbformat.read(path, as_version=4)
        cells = notebook.cells
        if not all(isinstance(cell.source, str) for cell in cells):
            raise ValueError("a cell without a source")
    except OSError as error:
        text = _("{name} cannot be read: {error}")
        raise ValueError(text.format(name=Path(path).name, error=error.strerror)) from None
    except Exception as error:  # damage has many faces, each with an error of its own in nbformat
        said = (str(error).splitlines() or [type(error).__name__])[0][:200]
        text = _("{name} is not a notebook: {error}")
        raise ValueError(text.format(name=Path(path).name, error=said)) from None
    return notebook


def tagged(cell, kind):
    """ "4.1" of a code cell tagged `kind:4.1`, else None.

    The metadata of nbgrader say it too, for an editor that keeps no tags.
    """
    if cell.get("cell_type") != "code":
        return None
    metadata = _dict(cell.get("metadata"))
    tags = metadata.get("tags")
    for tag in tags if isinstance(tags, list) else []:
        if isinstance(tag, str) and tag.startswith(f"{kind}:"):
            return tag.removeprefix(f"{kind}:")
    grade_id = str(_dict(metadata.get("nbgrader")).get("grade_id", ""))
    start = {"exercise": "ex-", "check": "check-"}[kind]
    return grade_id.removeprefix(start).replace("-", ".") if grade_id.startswith(start) else None


def _dict(found):
    """Students' files hold anything."""
    return found if isinstance(found, dict) else {}


def defined(source):
    """The name of the first function that a cell defines, or None."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return None
    return next((node.name for node in body if isinstance(node, ast.FunctionDef)), None)
