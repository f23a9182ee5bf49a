"""Pictures of sets that may not be passed on are taken out of a notebook."""

import copy
import re

from segcourse.project.checking.files import MAY_BE_PASSED_ON
from segcourse.texts import _

__all__ = ["may_be_passed_on", "without_pictures"]

# What a cell loads beside the data set of the project.
_LOADED = re.compile(r"\bload\(\s*['\"]([^'\"]+)|\b(from_folder)\(")
_IN_HTML = re.compile(r"<(?:img|image|svg|video|canvas|object|embed)\b|data:image", re.IGNORECASE)
_KEEPS = ("text/plain", "text/latex", "text/markdown", "application/json")


def may_be_passed_on(notebook, names):
    """Whether all pictures of a run may be shown to others.

    Args:
        notebook: nbformat notebook.
        names: of data sets that it ran on, as far as they are known.

    Example:

    >>> import nbformat
    >>> cell = nbformat.v4.new_code_cell("street = data.load('camvid')")
    >>> may_be_passed_on(nbformat.v4.new_notebook(cells=[cell]), ["scenes"])
    False
    """
    loaded = list(names)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            loaded += ["".join(found) for found in _LOADED.findall(cell.source)]
    return all(name in MAY_BE_PASSED_ON for name in loaded)


def without_pictures(notebook):
    """A copy without pictures, and how many were taken out.

    Figures in the outputs, figures inside HTML, and pictures that were put into cells of text.
    Each output says in its place that there was one.
    """
    cleaned, count = copy.deepcopy(notebook), 0
    for cell in cleaned.cells:
        count += len(cell.pop("attachments", None) or {})
        if cell.cell_type == "markdown" and _holds_one(cell.source):
            cell.source, more = re.subn(r"\(data:image[^)]*\)", "()", cell.source)
            cell.source, others = re.subn(r"data:image[^\s'\")>]*", "", cell.source)
            count += more + others
        if cell.cell_type == "code":
            for output in cell.outputs:
                count += _clean(output)
    return cleaned, count


def _holds_one(text):
    return "data:image" in text.lower()


def _clean(output):
    """Takes the pictures out of one output; gives their number."""
    data = output.get("data")
    if not data:
        return 0
    kinds = [kind for kind in data if kind not in _KEEPS and not _harmless(kind, data[kind])]
    kinds += [k for k in data if k == "text/markdown" and _IN_HTML.search("".join(data[k]))]
    for kind in kinds:
        del data[kind]
        output.metadata.pop(kind, None)
    if kinds:
        data["text/plain"] = _("(A picture was here. Pictures of this data set are not passed on.)")
    return bool(kinds)


def _harmless(kind, value):
    """HTML such as a table; scripts could draw anything."""
    return kind == "text/html" and not _IN_HTML.search("".join(value)) and "<script" not in value
