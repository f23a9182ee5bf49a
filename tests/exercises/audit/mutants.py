"""From one right answer to all answers that differ from it in one place.

A mutant is made on the syntax tree: one change, then the text is written anew (without docstring
and comments). What may be changed is in `expressions` and `statements`; here the changes are
applied, named, and cleared of those that give a text for the second time.
"""

import ast
import contextlib
import warnings
from dataclasses import dataclass

from segcourse.exercises.judging.exercise import Answer
from tests.exercises.audit.expressions import expression_changes
from tests.exercises.audit.scope import Scope
from tests.exercises.audit.statements import statement_changes

__all__ = ["mutants", "mutants_of"]

SHORT = 40  # characters: as much of its surroundings as a changed piece is shown with
LONG = 60  # characters: a longer piece is cut


@dataclass(frozen=True)
class Place:
    """Where a node stands: in a field of another one, at an index if the field is a list."""

    holder: ast.AST
    field: str
    index: int | None

    def get(self):
        held = getattr(self.holder, self.field)
        return held if self.index is None else held[self.index]

    @contextlib.contextmanager
    def holding(self, new):
        """Another node stands here for a while; a list of statements in place of one of a list."""
        before = getattr(self.holder, self.field)
        if self.index is not None:
            end = new if isinstance(new, list) else [new]
            new = [*before[: self.index], *end, *before[self.index + 1 :]]
        setattr(self.holder, self.field, new)
        try:
            yield
        finally:
            setattr(self.holder, self.field, before)


def mutants_of(exercise):
    """The mutants of all right answers of an exercise: a list of `Answer`s, each with its name."""
    found, seen = [], set()
    for answer in (exercise.right, *exercise.also):
        for mutant in mutants(answer):
            if mutant.source not in seen:
                seen.add(mutant.source)
                found.append(mutant)
    return found


def mutants(answer):
    """All changed versions of an answer, as `Answer`s.

    Each has a text of its own, and a name that says what was changed: `reference: a < b → a <= b`.
    A change of that name in a second place is called `… (2)`.
    """
    function = _without_docstring(ast.parse(answer.source).body[0])
    seen, names, found = {ast.unparse(function)}, {}, []
    for source, said in _changed(function):
        if source in seen or not _is_python(source):
            continue
        seen.add(source)
        name = f"{answer.name}: {said}"
        names[name] = number = names.get(name, 0) + 1
        name += f" ({number})" if number > 1 else ""
        found.append(Answer(answer.function, source, name))
    return found


def _is_python(source):
    """False for a `break` outside of a loop, and for what Python warns of, as in `256[labels]`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compile(source, "<mutant>", "exec")
    except (SyntaxError, SyntaxWarning):
        return False
    return True


def _without_docstring(function):
    if ast.get_docstring(function) is not None:
        function.body = function.body[1:]
    return function


def _changed(function):
    """Pairs (source text, what was changed) of all changes, the same text perhaps twice."""
    places = _places(function)
    scope = Scope(function)
    for node, place in places.items():
        for new in expression_changes(node, place, scope):
            before, after = _pieces(place, new, places)
            with place.holding(new):
                yield ast.unparse(ast.fix_missing_locations(function)), f"{before} → {after}"
        for at, new, said in statement_changes(node, place):
            with Place(*at).holding(new):
                yield ast.unparse(ast.fix_missing_locations(function)), said


def _places(function):
    """Where each node of the function stands, by node, in the order of the text.

    Operators are left out: Python has one object for all `<` of a program. `expressions` changes
    them together with what they stand in.
    """
    places = {}

    def visit(holder):
        for field, held in ast.iter_fields(holder):
            several = isinstance(held, list)
            for index, node in enumerate(held if several else [held]):
                if isinstance(node, ast.AST) and hasattr(node, "lineno") or _is_part(node):
                    places[node] = Place(holder, field, index if several else None)
                    visit(node)

    visit(function)
    return places


def _is_part(node):
    return isinstance(node, (ast.arguments, ast.comprehension, ast.Slice))


def _pieces(place, new, places):
    """The changed piece before and after: with its surroundings as far as they are short."""
    shown = place.get()
    if not isinstance(shown, ast.expr):
        return _cut(_text(shown)), _cut(_text(new))
    around = place.holder
    while isinstance(around, (ast.expr, ast.keyword)) and len(_text(around)) <= SHORT:
        shown, around = around, places[around].holder
    before = _text(shown)
    if shown is place.get():
        after = _text(new)
    else:
        with place.holding(new):
            after = _text(shown)
    return _around_difference(before, after)


def _text(node):
    return " ".join(ast.unparse(ast.fix_missing_locations(node)).split())


def _around_difference(before, after):
    """Both texts without the long beginning and the long end that they share."""
    if len(before) <= LONG and len(after) <= LONG:
        return before, after
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    start = max(0, start - SHORT // 2)
    lead = "…" if start else ""
    return lead + _cut(before[start:]), lead + _cut(after[start:])


def _cut(text):
    return text if len(text) <= LONG else text[: LONG - 1] + "…"
