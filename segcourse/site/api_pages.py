"""The sources of the API pages: one for each room, one entry for each public name."""

import inspect
from importlib import import_module

#: Rooms with public names, in the order in which a reader meets them.
ROOMS = ("", "data", "layers", "models", "training", "metrics", "plots", "project")


def api_pages():
    """dict from the name of a page (without its ending) to its source (reStructuredText, str)."""
    modules = [".".join(filter(None, ("segcourse", room))) for room in ROOMS]
    pages = {module: room_page(module) for module in modules}
    heading = _heading("API")
    text = (
        "Public names, room by room. Import them as ``from segcourse.layers import CropToMatch``."
    )
    tree = ".. toctree::\n   :maxdepth: 1\n\n" + "".join(f"   {name}\n" for name in pages)
    return {"index": f"{heading}\n{text}\n\n{tree}", **pages}


def room_page(module):
    """The source of the page about a module: its text, a table of its names, then each name.

    Args:
        module: str, the module's whole name; its public names are those in its `__all__`.

    Example:

    >>> ".. autofunction:: segcourse.layers.transpose_map" in room_page("segcourse.layers")
    True
    """
    room = import_module(module)
    things = {name: getattr(room, name) for name in sorted(room.__all__, key=str.lower)}
    described = [name for name, thing in things.items() if _directive(thing) != "data"]
    lines = [
        _heading(module),
        f".. automodule:: {module}\n   :no-members:\n",
        f".. currentmodule:: {module}\n",
        ".. autosummary::\n   :nosignatures:\n",
        *(f"   {name}" for name in described),
        "",
    ]
    for name, thing in things.items():
        lines.append(_entry(module, name, thing))
    return "\n".join(lines)


def _heading(text):
    return f"{text}\n{'=' * len(text)}\n"


def _directive(thing):
    if inspect.isclass(thing):
        return "class"
    return "function" if inspect.isroutine(thing) else "data"


def _entry(module, name, thing):
    kind = _directive(thing)
    if inspect.ismodule(thing):
        return f".. py:data:: {name}\n\n   {inspect.getdoc(thing).splitlines()[0]}\n"
    if kind == "data":
        said = repr(thing)
        value = f"   :value: {said}\n" if len(said) < 200 and "\n" not in said else ""
        return f".. py:data:: {name}\n{value}"
    members = "   :members:\n" if kind == "class" else ""
    return f".. auto{kind}:: {module}.{name}\n{members}"
