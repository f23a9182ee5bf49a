"""Links to files of the course, which lead nowhere from a folder that is handed in."""

import copy
import re

from segcourse.project.checking.files import LARGEST

__all__ = ["without_dead_links"]

_CODE = r"(?P<code>```.*?```|~~~.*?~~~|`+[^`]*`+)"
_LINK = r"!?\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<to>[^()\s]+)(?:\s+\"[^\"]*\")?\)"
_PATTERN = re.compile(f"{_CODE}|{_LINK}", re.DOTALL)
_ELSEWHERE = re.compile(r"#|//|[a-zA-Z][\w+.-]*:")  # within the page, or an address


def without_dead_links(notebook):
    """A copy in whose texts a link to a file that is not handed in is its words alone.

    Example:

    >>> import nbformat
    >>> cell = nbformat.v4.new_markdown_cell("See [void](../docs/glossary.md#void), `[a](b)`.")
    >>> without_dead_links(nbformat.v4.new_notebook(cells=[cell])).cells[0].source
    'See void, `[a](b)`.'
    """
    changed = copy.deepcopy(notebook)
    for cell in changed.cells:
        if cell.cell_type == "markdown":
            cell.source = _PATTERN.sub(_words, cell.source)
    return changed


def _words(match):
    alive = match["code"] or _ELSEWHERE.match(match["to"]) or match["to"] in LARGEST
    return match[0] if alive else match["text"]
