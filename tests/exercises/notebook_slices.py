"""The cells of a notebook that use an exercise's function, and those they need.

A whole notebook takes a minute or two; what hangs on one function is a few cells. Which cell needs
which is read from the names: a cell assigns some, changes some, and reads some.
"""

import ast
import json
from dataclasses import dataclass, field
from pathlib import Path

#: Modules: `plt.show()` changes nothing that another cell needs.
MODULES = {"plt", "np", "ops", "keras", "data", "plots", "models", "layers", "metrics", "training"}
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@dataclass
class Cell:
    """A code cell: its number in the notebook, its source, its exercise's id, and its names."""

    number: int
    source: str
    exercise: str | None = None
    check: bool = False
    assigns: set = field(default_factory=set)
    changes: set = field(default_factory=set)
    reads: set = field(default_factory=set)


def cells_of(path):
    """The code cells of a notebook."""
    found = []
    for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
        if cell["cell_type"] == "code":
            source = "".join(cell["source"])
            tags = cell["metadata"].get("tags", [])
            ids = [tag.partition(":")[2] for tag in tags if tag.startswith("exercise:")]
            check = any(tag.startswith("check:") for tag in tags)
            found.append(Cell(number, source, ids[0] if ids else None, check, *names(source)))
    return found


def names(source):
    """The names that a cell assigns, those whose value it changes, and those it reads: sets."""
    assigns, changes, reads = set(), set(), set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            (reads if isinstance(node.ctx, ast.Load) else assigns).add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            assigns.add(node.name)
        elif isinstance(node, ast.alias):
            assigns.add((node.asname or node.name).partition(".")[0])
        # `model.fit(...)`, `row[0] = 1` and `layer.trainable = False` change what stands there.
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            changes |= _root(node.value.func)
        elif isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store):
            changes |= _root(node)
    return assigns, changes - MODULES, reads


def _root(node):
    """The name at the left end of `name.a[0].b`, unless it is the name alone."""
    if isinstance(node, ast.Name):
        return set()
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def reached(cells, exercise):
    """The cells below the exercise's cell that call its function, and those that show the results.

    A result is followed to the next exercise: further down its name may mean something else.
    """
    start = next(i for i, cell in enumerate(cells) if cell.exercise == exercise.id)
    results, found = set(), []
    for cell in cells[start + 1 :]:
        if cell.exercise:
            results = set()
        elif not cell.check and (exercise.function in cell.reads or cell.reads & results):
            found.append(cell)
            results |= cell.assigns - MODULES
    return found


def needed(cells, wanted):
    """The cells that give what the `wanted` ones need, with them, in the notebook's order."""
    numbers = {cell.number for cell in wanted}
    chosen, missing = [], set()
    for cell in reversed(cells):
        if cell.number in numbers or (not cell.check and (cell.assigns | cell.changes) & missing):
            chosen.append(cell)
            missing = (missing - cell.assigns) | cell.reads
    return chosen[::-1]
