"""What the notebook's history says about the exercise's cell.

A name in the notebook may be left from an earlier run: after a syntax error, after a renamed
function, after a cell that stopped on its way. What stands in the cell now was run last.
"""

import ast
import difflib
import linecache
import re
import types

from segcourse.texts import _

__all__ = ["MARK", "stale"]

#: The attribute of a reference that a check has put under a name: how many cells had run by then.
MARK = "__segcourse_reference__"


def stale(exercise, namespace, transform=None):
    """Why the newest version of the exercise's cell did not give its function, or None.

    Args:
        exercise: an `Exercise`.
        namespace: the notebook's names; `In`, the list of the cells run so far, is among them in
            IPython, and without it nothing is known.
        transform: makes Python of a cell's text, where it may hold IPython's own commands.

    Returns:
        A sentence, or None: the cell gave what stands under the name, or none was found.
    """
    cells = namespace.get("In", [])
    number = _newest(exercise, cells)
    if number is None:
        return None
    source = transform(cells[number]) if transform else cells[number]
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        text = _("your cell is not Python: {error}, line {line}. It gave no new `{name}`.")
        return text.format(error=error.msg, line=error.lineno, name=exercise.function)
    defined = _defined(tree)
    if exercise.function not in defined:
        found = difflib.get_close_matches(exercise.function, defined, 1, 0)
        if not found:
            text = _("your cell defines nothing; it has to define the function `{name}`.")
            return text.format(name=exercise.function)
        text = _("your cell defines `{found}`; the function has to be called `{name}`.")
        return text.format(found=found[0], name=exercise.function)
    function = namespace.get(exercise.function)
    bound = getattr(function, MARK, None)
    if number >= bound if bound is not None else _is_of_another_cell(function, source):
        text = _("your cell stopped with an error before it had defined `{name}`.")
        return text.format(name=exercise.function)
    return None


def _newest(exercise, cells):
    """The number of the exercise's cell that was run last: it has its name, or its text."""
    text = ast.get_docstring(ast.parse(exercise.right.source).body[0]) or ""
    title = text.splitlines()[0] if text else None
    gives = re.compile(rf"^(def {exercise.function}\b|{exercise.function} *=)", re.MULTILINE)
    for number in reversed(range(len(cells))):
        if gives.search(cells[number]) or (title and title in cells[number]):
            return number
    return None


def _defined(tree):
    """The names that the cell's own statements give."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
            names.append(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.append(node.id)
        elif isinstance(node, ast.alias):
            names.append(node.asname or node.name.partition(".")[0])
    return names


def _is_of_another_cell(function, source):
    """Whether a function comes from an older cell; of what is no plain function nobody can tell."""
    if not isinstance(function, types.FunctionType):
        return False
    lines = "".join(linecache.getlines(function.__code__.co_filename)).strip()
    return bool(lines) and function.__name__ in lines and lines != source.strip()
