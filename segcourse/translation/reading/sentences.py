"""What a Python source marks with `_`, `N_`, `ngettext` or the decorator `mistake`."""

import ast

from segcourse.translation.reading.message import Message

__all__ = ["marked"]

#: Which arguments hold sentences, by the name of what is called.
PLACES = {"_": (0,), "N_": (0,), "ngettext": (0, 1), "mistake": (1,)}


def marked(source, where):
    """The messages of a source, in the order in which they stand there.

    Args:
        source: str, Python.
        where: str, its name, for the translator.

    Example:

    >>> marked('print(_("A row"), N_(name))', "rows.py")
    [Message(text='A row', where='rows.py', plural=None)]
    """
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    found = []
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = getattr(call.func, "id", None) or getattr(call.func, "attr", None)
        texts = [_constant(call, place) for place in PLACES.get(name, ())]
        if texts and all(texts):
            found.append(Message(texts[0], where, *texts[1:]))
    return found


def _constant(call, place):
    node = call.args[place] if place < len(call.args) else None
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
