"""What the notebook's history says about the exercise's cell.

A name in the notebook may be left from an earlier run: after a syntax error, after a renamed
function, after a cell that stopped on its way. What stands in the cell now was run last.

Only what is sure is said: a right function may come from anywhere.
"""

import ast
import difflib
import linecache
import re
import types
from dataclasses import dataclass

from segcourse.texts import _

__all__ = ["MARK", "stale"]

#: The attribute of a reference that a check has put under a name: how many cells had run by then.
MARK = "__segcourse_reference__"
#: Cell magics that run what stands below them. What others do with it is theirs to say.
RUN_PYTHON = ("%%time", "%%capture", "%%prun")


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
    cells = [_Cell(text, transform) for text in namespace.get("In", [])]
    asked = _Asked(exercise)
    for number in reversed(range(len(cells))):
        cell = cells[number]
        if asked.stands_in(cell):
            return asked.fault(cell) or _stopped(exercise, namespace, cells, number)
    return None


class _Cell:
    """A cell that was run: its text, its Python, and its syntax tree once it is asked for."""

    def __init__(self, text, transform):
        self.text, self._transform = text, transform
        self._tree = None

    def python(self):
        first, _newline, rest = self.text.lstrip().partition("\n")
        if first.startswith("%%"):
            text = rest if first.startswith(RUN_PYTHON) else ""
        else:
            text = self.text
        return self._transform(text) if self._transform else text

    def tree(self):
        """The tree, or the SyntaxError."""
        if self._tree is None:
            try:
                self._tree = ast.parse(self.python())
            except SyntaxError as error:
                self._tree = error
        return self._tree


@dataclass
class _Asked:
    """What a cell of the exercise looks like: it gives the name, or it has the text asked for."""

    exercise: object

    def __post_init__(self):
        self.reference = ast.parse(self.exercise.right.source).body[0]
        self.text = ast.get_docstring(self.reference) or ""
        name = re.escape(self.exercise.function)
        self.hints_at_it = re.compile(rf"\b{name}\b|{re.escape(self.text.partition(chr(10))[0])}")
        self.defines_it = re.compile(rf"^def +{name}\b", re.MULTILINE)

    def stands_in(self, cell):
        if not self.hints_at_it.search(cell.text):
            return False
        tree = cell.tree()
        if isinstance(tree, SyntaxError):
            title = self.text.partition("\n")[0]
            return bool(self.defines_it.search(cell.text)) or bool(title and title in cell.text)
        return self.exercise.function in _given(tree) or bool(self.renamed(tree))

    def renamed(self, tree):
        """Functions with the text of the exercise and another name, that are not its solution."""
        return [
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef)
            and self._is_text(ast.get_docstring(node))
            and ast.dump(ast.Module(node.body, [])) != ast.dump(ast.Module(self.reference.body, []))
        ]

    def _is_text(self, docstring):
        """Whether it is what the exercise asks, or the beginning of it."""
        lines = [line.strip() for line in (docstring or "").splitlines()]
        asked = [line.strip() for line in self.text.splitlines()]
        return bool(lines) and lines[0] == asked[0] and set(lines) <= set(asked)

    def fault(self, cell):
        name, tree = self.exercise.function, cell.tree()
        if isinstance(tree, SyntaxError):
            text = _("Your cell is not Python (line {line}: {error}). It gave no new `{name}`.")
            return text.format(error=tree.msg, line=tree.lineno, name=name)
        if name in _given(tree):
            return None
        found = difflib.get_close_matches(name, self.renamed(tree), 1, 0)
        text = _("Your cell defines `{found}`; the function has to be called `{name}`.")
        return text.format(found=found[0], name=name)


def _given(tree):
    """The names that the statements of a cell give, those inside `if` and `try` as well."""
    names, waiting = set(), list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.partition(".")[0])
        waiting += ast.iter_child_nodes(node)
    return names


def _stopped(exercise, namespace, cells, number):
    """What is said of a cell that would have given the function and did not, or None."""
    function = namespace.get(exercise.function)
    bound = getattr(function, MARK, None)
    if number >= bound if bound is not None else _is_older(exercise, function, cells, number):
        text = _("Your cell stopped with an error before it had defined `{name}`.")
        return text.format(name=exercise.function)
    return None


def _is_older(exercise, function, cells, number):
    """Whether a function comes from a cell above the one that defines it as its own statement."""
    plain = any(
        isinstance(node, ast.FunctionDef)
        and node.name == exercise.function
        and not node.decorator_list
        for node in cells[number].tree().body
    )
    if not plain or not isinstance(function, types.FunctionType):
        return False
    if function.__name__ != exercise.function:
        return False
    lines = "".join(linecache.getlines(function.__code__.co_filename)).strip()
    come_from = [k for k, cell in enumerate(cells) if lines in (cell.text.strip(), _python(cell))]
    return bool(lines) and bool(come_from) and max(come_from) < number


def _python(cell):
    return cell.python().strip()
