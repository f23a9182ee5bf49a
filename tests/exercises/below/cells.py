"""The code cells of a notebook, and which of them need which others.

A whole notebook takes a minute or two; what hangs on one function is a few cells. Which cell needs
which is read from the names: a cell takes some from above, assigns some, and changes some.
"""

import ast
import builtins
import json
from dataclasses import dataclass

#: Modules: `plt.show()` changes nothing that another cell needs.
MODULES = {"plt", "np", "ops", "keras", "data", "plots", "models", "layers", "metrics", "training"}


@dataclass(frozen=True)
class Cell:
    """A code cell.

    Attributes:
        number: its place in the notebook.
        source: its text.
        tags: those of the notebook, `"exercise:4.1"` and the like.
        takes: the names it uses as cells above have left them.
        assigns: the names it gives a value.
        changes: the names whose value it may change where it stands.
        statements: the same three for each of its statements.
    """

    number: int
    source: str
    tags: tuple
    takes: frozenset
    assigns: frozenset
    changes: frozenset
    statements: tuple

    def tagged(self, kind):
        """What stands behind `kind:` in one of the tags, or None."""
        found = [tag.partition(":")[2] for tag in self.tags if tag.startswith(f"{kind}:")]
        return found[0] if found else None

    @property
    def trains(self):
        """Whether it trains a network for so long that its numbers are not the same everywhere."""
        return "nbval-ignore-output" in self.tags and any(
            isinstance(node, ast.Call) and _called(node).startswith("fit")
            for node in ast.walk(ast.parse(self.source))
        )


def cells_of(path):
    """The code cells of a notebook, without those that check an exercise."""
    found = []
    for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
        tags = tuple(cell["metadata"].get("tags", []))
        if cell["cell_type"] == "code" and not any(tag.startswith("check:") for tag in tags):
            source = "".join(cell["source"])
            found.append(Cell(number, source, tags, *names(source), _statements(source)))
    return found


def names(source):
    """The names that a cell takes from above, those it assigns, and those it may change: sets."""
    tree = ast.parse(source)
    taken, assigned = _flow(tree.body, set())
    changed = set()
    for node in ast.walk(tree):
        # `model.fit(...)`, `row[0] = 1` and `layer.trainable = False` change what stands there.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            changed |= _root(node.value.func)
        elif isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store):
            changed |= _root(node)
    return frozenset(taken), frozenset(assigned), frozenset(changed & taken - MODULES)


def _statements(source):
    body = ast.parse(source).body
    return tuple(names(ast.get_source_segment(source, statement)) for statement in body)


def needed(cells, wanted):
    """The cells that give what the `wanted` ones need, with them, in the notebook's order."""
    numbers = {cell.number for cell in wanted}
    chosen, missing = [], set()
    for cell in reversed(cells):
        if cell.number in numbers or (cell.assigns | cell.changes) & missing:
            chosen.append(cell)
            missing = (missing - cell.assigns) | cell.takes
    return chosen[::-1]


def below(cells, given):
    """The cells that take one of the `given` names, or what came of it, and those left out.

    A cell that trains for long is left out, and so is what takes one of the names it gives.
    """
    followed, lost, reached, left_out = set(given), set(), [], []
    for cell in cells:
        if cell.takes & lost or (cell.takes & followed and cell.trains):
            left_out.append(cell)
            lost |= cell.assigns
        elif cell.takes & followed:
            reached.append(cell)
            followed = _follow(cell, followed)
            lost -= cell.assigns
        else:
            followed -= cell.assigns
            lost -= cell.assigns
    return reached, left_out


def _follow(cell, followed):
    """The names that hold what came of the `followed` ones, after a cell."""
    for takes, assigns, changes in cell.statements:
        followed = followed | assigns | changes if takes & followed else followed - assigns
    return followed


# Which names a piece of code takes from above it: those it reads before it assigns them itself.


def _flow(statements, known):
    """The names that statements take and those they assign; `known` ones are theirs already."""
    taken, assigned = set(), set()
    for statement in statements:
        more, new = _one(statement, known | assigned)
        taken |= more
        assigned |= new
    return taken, assigned


def _one(node, known):
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return set(), {(a.asname or a.name).partition(".")[0] for a in node.names}
    if isinstance(node, (ast.FunctionDef, ast.Lambda)):
        return _function(node, known)
    if isinstance(node, ast.ClassDef):
        taken, _ = _flow([*node.bases, *node.decorator_list, *node.body], known)
        return taken, {node.name}
    if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
        inner = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        taken, _ = _flow([*node.generators, *inner], known)
        return taken, set()
    if isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Store):
            return set(), {node.id}
        return {node.id} - known - set(dir(builtins)), set()
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        taken, _ = _flow([node.value], known)
        return taken | ({node.target.id} - known), {node.target.id}
    return _flow(_in_order(node), known)


def _function(node, known):
    """Its body is run later, with arguments and names of its own; it takes all others."""
    every = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
    own = {a.arg for a in [*every, node.args.vararg, node.args.kwarg] if a}
    body = node.body if isinstance(node.body, list) else [node.body]
    taken, _ = _flow(body, known | own)
    name = {node.name} if isinstance(node, ast.FunctionDef) else set()
    defaults = [*node.args.defaults, *(d for d in node.args.kw_defaults if d)]
    more, _ = _flow([*defaults, *getattr(node, "decorator_list", [])], known)
    return (taken | more) - name, name


def _in_order(node):
    """The parts of a node as they are run: what is assigned is read first."""
    if isinstance(node, (ast.For, ast.comprehension)):
        rest = node.ifs if isinstance(node, ast.comprehension) else node.body + node.orelse
        return [node.iter, node.target, *rest]
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and node.value:
        return [node.value, *getattr(node, "targets", [getattr(node, "target", None)])]
    return list(ast.iter_child_nodes(node))


def _root(node):
    """The name at the left end of `name.a[0].b`, unless it is the name alone."""
    if isinstance(node, ast.Name):
        return set()
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def _called(call):
    """`fit` of `model.fit(...)` and of `fit(...)`."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))
