"""What a cell needs from the cells above it, found in their text: none of them runs.

That are all imports; the functions, classes and written-out constants whose names the cell uses,
and what those use in turn. A value that is computed, as by training, is never one of them.
"""

import ast
from dataclasses import dataclass


@dataclass(frozen=True)
class Needs:
    """Sources, in the order of the notebook, and ids of exercises whose functions are used."""

    imports: list
    definitions: list
    references: list


def needs(source, above):
    """What `source` needs.

    Args:
        source: str, Python of the cell.
        above: list of (id, Python of a cell), from top to bottom; id is that of the exercise the
            cell belongs to, or None. A cell that is not Python is left out.

    Returns:
        `Needs`. An exercise above is named by its id: its reference stands for it.

    Example:

    >>> cells = [(None, "import numpy as np"), (None, "K = 3"), (None, "m = train()")]
    >>> needs("def f(m): return np.sum(m) * K", cells)
    Needs(imports=['import numpy as np'], definitions=['K = 3'], references=[])
    """
    statements = [(id, node) for id, text in above for node in _body(text)]
    imports = [n for _id, n in statements if isinstance(n, (ast.Import, ast.ImportFrom))]
    wanted, waiting, chosen = set(), _used(_body(source)), []
    while waiting - wanted:
        wanted |= waiting
        chosen = [(id, node) for id, node in statements if _gives(node) & wanted]
        waiting = _used([node for id, node in chosen if id is None])
    return Needs(
        [ast.unparse(node) for node in imports],
        [ast.unparse(node) for id, node in chosen if id is None],
        list(dict.fromkeys(id for id, _node in chosen if id is not None)),
    )


def _body(text):
    try:
        return ast.parse(text).body
    except (SyntaxError, ValueError):
        return []


def _used(nodes):
    return {n.id for top in nodes for n in ast.walk(top) if isinstance(n, ast.Name)}


def _gives(node):
    """The names a statement gives, if it is safe to run alone."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, ast.Assign) and _is_written_out(node.value):
        return {target.id for target in node.targets if isinstance(target, ast.Name)}
    return set()


def _is_written_out(value):
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return False
    return True
