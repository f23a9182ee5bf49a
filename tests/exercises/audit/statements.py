"""What may be changed in the statements of a function: lines lost, branches, lines moved."""

import ast

from tests.exercises.audit.expressions import OPERATORS, _made

__all__ = ["statement_changes"]

LOOPS = (ast.For, ast.While)
SHORT = 60


def statement_changes(node, place):
    """All changes at a statement, as triples (place, new statements, what was done).

    A place is a tuple (holder, field, index), or (holder, field, None) for a whole body.
    """
    if not isinstance(node, ast.stmt) or place.index is None:
        return
    at = (place.holder, place.field, place.index)
    siblings = getattr(place.holder, place.field)
    for new, said in _changes(node, place, siblings):
        yield at, new, said
    if place.index + 1 < len(siblings):
        for new, said in _with_the_next(node, siblings[place.index + 1]):
            body = [*siblings[: place.index], *new, *siblings[place.index + 2 :]]
            yield (place.holder, place.field, None), body, said


def _changes(node, place, siblings):
    said = _line(node)
    alone = len(siblings) == 1
    last = isinstance(place.holder, ast.FunctionDef) and place.index == len(siblings) - 1
    if not (last and isinstance(node, ast.Return)):
        yield [ast.Pass()] if alone else [], f"without `{said}`"
    if isinstance(node, ast.If):
        yield node.body, f"always: `{said}`"
        yield node.orelse or ([ast.Pass()] if alone else []), f"never: `{said}`"
        turned = ast.UnaryOp(ast.Not(), node.test)
        yield [_made(node, test=turned)], f"the other way round: `{said}`"
    if isinstance(node, ast.AugAssign):
        for operator in OPERATORS.get(type(node.op), ()):
            new = _made(node, op=operator())
            yield [new], f"{said} → {_line(new)}"
        new = ast.Assign([node.target], node.value)
        yield [new], f"{said} → {_line(new)}"
    if isinstance(node, ast.Break):
        yield [ast.Continue()], "break → continue"
    if isinstance(node, ast.Continue):
        yield [ast.Break()], "continue → break"
    if isinstance(node, LOOPS) and len(node.body) > 1:
        yield (
            [_made(node, body=node.body[:-1]), node.body[-1]],
            (f"behind the loop: `{_line(node.body[-1])}`"),
        )
        yield (
            [node.body[0], _made(node, body=node.body[1:])],
            (f"before the loop: `{_line(node.body[0])}`"),
        )


def _with_the_next(node, following):
    if isinstance(node, LOOPS):
        new = _made(node, body=[*node.body, following])
        rest = [following] if isinstance(following, ast.Return) else []
        yield [new, *rest], f"inside the loop: `{_line(following)}`"
    if isinstance(following, LOOPS) and not isinstance(node, LOOPS):
        yield [_made(following, body=[node, *following.body])], f"inside the loop: `{_line(node)}`"
    if not isinstance(following, ast.Return) and _depend(node, following):
        yield [following, node], f"exchanged: `{_line(node)}` and the next line"


def _depend(one, other):
    """Whether the order of two statements may matter: one sets a name that the other has, too.

    Where something is changed in place, or a line only does something, nothing is known. What is
    imported or defined is there in time, or the function does not run at all.
    """
    if any(
        isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef)) for node in (one, other)
    ):
        return False
    if not all(isinstance(node, ast.Assign) and _plain(node) for node in (one, other)):
        return True
    sets = [{name.id for target in n.targets for name in _names(target)} for n in (one, other)]
    has = [{name.id for name in _names(n)} for n in (one, other)]
    return bool(sets[0] & has[1] or sets[1] & has[0])


def _plain(assignment):
    stored = [n for target in assignment.targets for n in ast.walk(target)]
    return all(isinstance(n, (ast.Name, ast.Tuple, ast.expr_context)) for n in stored)


def _names(node):
    return [child for child in ast.walk(node) if isinstance(child, ast.Name)]


def _line(node):
    text = ast.unparse(ast.fix_missing_locations(node)).splitlines()[0]
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
