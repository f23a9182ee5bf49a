"""What a notebook links to and reads, from where it lies among nbgrader's folders.

In the course a notebook lies in notebooks/, and `../docs/glossary.md` is beside that folder.
nbgrader hands out one folder an assignment; what is needed lies inside it, as `docs/glossary.md`.
"""

import re

__all__ = ["beside_document", "in_document", "in_notebook"]

_BESIDE = re.compile(r"(?<![\w./])\.\./((?:[\w-]+/)*[\w-]+(?:\.[\w-]+)*)")
_IN_DOCUMENT = re.compile(r"\]\((?![a-z]+:|#|/)([^)#\s]+)")
_NOTEBOOK = re.compile(r"\[([^\]]*)\]\((?:\.\./notebooks/)?([\w-]+\.ipynb)\)")


def in_notebook(text, checkout, names):
    """The text of a cell for its new place, and what has to be copied beside the notebook.

    Args:
        text: str.
        checkout: path of the course.
        names: dict from the file of a notebook to its assignment, as of `assignments`. A link to
            any other notebook becomes plain text.

    Returns:
        tuple of the text and a set of paths, str, relative to `checkout`.

    Example:

    >>> import pathlib, segcourse
    >>> checkout = pathlib.Path(segcourse.__file__).parents[1]
    >>> in_notebook("see [IoU](../docs/glossary.md#iou)", checkout, {})
    ('see [IoU](docs/glossary.md#iou)', {'docs/glossary.md'})
    """
    needed = set()

    def beside(match):
        path = match.group(1)
        if not (checkout / path).exists():
            return match.group()
        needed.add(path)
        licence = (checkout / path).with_name("LICENSE")
        if licence.is_file() and licence.parent != checkout:
            needed.add(str(licence.relative_to(checkout).as_posix()))
        return path

    return _BESIDE.sub(beside, _to_notebooks(text, "..", names)), needed


def in_document(text, names):
    """The text of a document of docs/, which lies in a folder inside that of the assignment."""
    return _to_notebooks(text, "../..", names)


def beside_document(path, checkout):
    """What has to be copied with a document: what it links to, and what that links to.

    Args:
        path: str, of a file of Markdown, relative to `checkout`.
        checkout: path of the course.

    Returns:
        set of paths, str, relative to `checkout`. Notebooks are not among them.

    Example:

    >>> import pathlib, segcourse
    >>> checkout = pathlib.Path(segcourse.__file__).parents[1]
    >>> "benchmarks/notes.md" in beside_document("benchmarks/README.md", checkout)
    True
    """
    checkout = checkout.resolve()
    found, open_ones = set(), [path]
    while open_ones:
        document = checkout / open_ones.pop()
        for link in _IN_DOCUMENT.findall(document.read_text("utf-8")):
            target = (document.parent / link).resolve()
            inside = target.is_relative_to(checkout) and target.is_file()
            if not inside or target.suffix == ".ipynb":
                continue
            new = target.relative_to(checkout).as_posix()
            if new not in found and new != path:
                found.add(new)
                open_ones += [new] if target.suffix == ".md" else []
    return found


def _to_notebooks(text, up, names):
    def link(match):
        words, file = match.groups()
        return f"[{words}]({up}/{names[file]}/{file})" if file in names else words

    return _NOTEBOOK.sub(link, text)
