"""The PO files as they are read while the course runs: a sentence in, its translation out.

They are read as they are, once a process: there is nothing to compile, and nothing that could be
older than its source. What is missing or fuzzy is English.
"""

from functools import lru_cache

from segcourse.translation.editions import FOLDER
from segcourse.translation.po.merge import read
from segcourse.translation.reading import exercise_cell

__all__ = ["of_exercise", "plural", "sentence"]


def sentence(code, text):
    """A sentence of the package in a language.

    Example:

    >>> sentence("ko", "No message of the course.")
    'No message of the course.'
    """
    return _sentences(code, FOLDER).get(text, text) if text else text


def plural(code, one, many, count):
    """The sentence for one thing, or the one for `count` of them."""
    said = _sentences(code, FOLDER).get((one,))
    return said if said is not None else one if count == 1 else many


def of_exercise(code, name, source):
    """The source of an exercise's solution, its docstring in a language.

    Args:
        code: str, of the language.
        name: str, of the PO file of its notebook, such as "week4".
        source: str.
    """
    known = _translated(FOLDER / code / "LC_MESSAGES" / f"{name}.po")
    return exercise_cell.translated(source, lambda text, kind: known.get(text, text))


@lru_cache
def _sentences(code, folder):
    """Of the checks and the rest of the package; one with a plural stands under a tuple."""
    folder = folder / code / "LC_MESSAGES"
    paths = [*sorted(folder.glob("checks*.po")), folder / "segcourse.po"]
    return {key: text for path in paths for key, text in _translated(path).items()}


@lru_cache
def _translated(path):
    found = {}
    for entry in read(path):
        if not entry.translated():
            continue
        if entry.msgid_plural:
            # All editions so far have one form for all counts.
            found[entry.msgid,] = entry.msgstr_plural[0]
        else:
            found[entry.msgid] = entry.msgstr
    return found
