"""A notebook in another language: the same cells, other words."""

import copy
import json

from segcourse.translation.making.links import moved
from segcourse.translation.reading.notebook import translated_source

__all__ = ["in_words", "notebook_text"]


def in_words(notebook, code, say, path=None, target=None):
    """A copy of a notebook in a language. Outputs, ids, tags and code stay.

    Args:
        notebook: dict, or a notebook of nbformat.
        code: str, of the language; goes into the metadata, where the checks find it.
        say: function of `speaker`.
        path, target: str, where the English notebook lies in the checkout and where this one
            will, so that its links lead on; by default in the same folder.
    """
    other = copy.deepcopy(notebook)
    other["metadata"]["segcourse"] = {**other["metadata"].get("segcourse", {}), "language": code}
    for cell in other["cells"]:
        source = translated_source(cell, say)
        if path and cell["cell_type"] == "markdown":
            source = moved(source, path, target, code)
        cell["source"] = source.splitlines(keepends=True) if _is_list(cell) else source
    return other


def notebook_text(notebook, code, say, path, target):
    """The text of a notebook's file in a language, without outputs.

    Args:
        notebook: dict, as JSON has it.
        code, say, path, target: of `in_words`.
    """
    other = in_words(notebook, code, say, path, target)
    for cell in other["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    # As nbformat writes it.
    return json.dumps(other, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _is_list(cell):
    return isinstance(cell["source"], list)
