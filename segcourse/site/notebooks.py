"""A stored notebook as the source of a page: solutions folded away, pictures with their words."""

import html

from segcourse.notebook.html import with_alternative_texts
from segcourse.texts import _

WIDGETS = "application/vnd.jupyter.widget-view+json"
# The cell that clones the course in Colab.
SETUP = "setup"


def page_of(notebook, name, solutions, colab=None):
    """A copy of a notebook, as the page shows it.

    Args:
        notebook: nbformat notebook, as it is stored.
        name: str, the name of its file, `"week4_fcn.ipynb"`.
        solutions: dict from the id of an exercise to the source of its reference.
        colab: str, the address that opens it in Colab, or None.

    Returns:
        nbformat notebook. Each exercise, with its check, is followed by its solution, folded. Each
        picture has its alternative text. A row of buttons stands below the title.
    """
    page = with_alternative_texts(notebook)
    page.metadata.pop("widgets", None)
    for cell in page.cells:
        if cell.cell_type == "code":
            _described(cell)
            _without_widgets(cell)
        if cell.get("id") == SETUP and cell.cell_type == "code":
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]
    page.cells = list(_with_solutions(page.cells, solutions))
    _add_buttons(page.cells, name, colab)
    return page


def _described(cell):
    """The alternative text of a cell's pictures, where MyST-NB looks for it."""
    found = [
        said["alt"]
        for output in cell.outputs
        for kind, said in output.get("metadata", {}).items()
        if kind.startswith("image/") and said.get("alt")
    ]
    if found:
        cell.metadata.setdefault("mystnb", {})["image"] = {"alt": found[0]}


def _without_widgets(cell):
    """A slider needs a kernel. Where a picture is stored in its output, that stays."""
    for output in cell.outputs:
        if WIDGETS in output.get("data", {}):
            for kind in (WIDGETS, "text/plain"):
                output.data.pop(kind, None)
    cell.outputs = [output for output in cell.outputs if output.get("data") != {}]


def _with_solutions(cells, solutions):
    """The cells; behind the check of each exercise, its solution."""
    waiting = None
    for cell in cells:
        id = _tagged(cell, "exercise")
        if waiting and _tagged(cell, "check") != waiting:  # an exercise without a check
            yield _folded(waiting, solutions[waiting])
            waiting = None
        yield cell
        if id in solutions:
            waiting = id
        elif waiting:
            yield _folded(waiting, solutions[waiting])
            waiting = None
    if waiting:
        yield _folded(waiting, solutions[waiting])


def _tagged(cell, kind):
    tags = cell.metadata.get("tags", [])
    found = [tag.removeprefix(f"{kind}:") for tag in tags if tag.startswith(f"{kind}:")]
    return found[0] if found else None


def _folded(id, source):
    """A cell with a solution that a click opens; it opens without a script, too."""
    title = _("Solution")
    text = f"`````{{dropdown}} {title}\n````python\n{source.rstrip()}\n````\n`````"
    return _markdown(f"solution-{id.replace('.', '-')}", text)


def _markdown(id, text):
    from nbformat.v4 import new_markdown_cell

    return new_markdown_cell(text, id=id)


def _add_buttons(cells, name, colab):
    """Below the title: the notebook as a file, and in Colab."""
    buttons = [_button(f"../downloads/{name}", _("Download this notebook"), "download")]
    if colab:
        buttons.append(_button(colab, _("Open in Colab")))
    row = f'<div class="notebook-buttons">{"".join(buttons)}</div>'
    title, newline, rest = cells[0].source.partition("\n")
    cells[0].source = f"{title}\n\n{row}\n{newline}{rest}"


def _button(address, text, attribute=""):
    return f'<a href="{html.escape(address)}" {attribute}>{html.escape(text)}</a>'
