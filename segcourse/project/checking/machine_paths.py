"""Paths of the machine in what is handed in: they tell a user's name, and lead nowhere else."""

import getpass
import re
import tempfile
from pathlib import Path

__all__ = ["MachinePaths"]

_ADDRESS = re.compile(
    r"\b(?:https?|ftp|ssh|git)://[^\s\"'<>)\]]*"
    r"|\bdata:[\w/+.-]+;base64,[\w+/=]*(?:\n[\w+/=]{20,})*"
)
_ALWAYS = (
    r"/(?:home|Users|mnt/[a-z]/Users|content/drive)/[\w.-]+",
    r"/(?:tmp|var/folders|private/var)/[\w.-]+",
    r"\b[A-Za-z]:[\\/]+(?:Users|Documents and Settings)[\\/]+[^\s\\/\"']+",
)
# Names that many machines have, and that are words or folders elsewhere.
_NOBODY = ("root", "user", "admin", "jovyan", "runner", "student")


class MachinePaths:
    """Looks for paths of this machine in texts.

    Args:
        folders: further folders of this machine, such as the checkout.

    Example:

    >>> paths = MachinePaths()
    >>> paths.found("saved in /home/kim/course/m.keras and see https://x.org/home/kim")
    ['/home/kim/course/m.keras']
    """

    def __init__(self, folders=()):
        own = [Path.home(), tempfile.gettempdir(), *folders]
        texts = {str(path) for path in own} | {str(Path(path).resolve()) for path in own}
        # A home such as / would be found in every text.
        found = [_quoted(text) for text in sorted(texts) if len(Path(text).parts) > 1]
        patterns = [*_ALWAYS, *(rf"{text}(?![\w-])" for text in found)]
        user = _user()
        if len(user) > 2 and user.lower() not in _NOBODY:
            patterns.append(rf"(?:[A-Za-z]:)?(?:[\\/]+[\w.-]+)*[\\/]+{re.escape(user)}(?=[\\/])")
        self._pattern = re.compile(rf"(?<![\w.~-])(?:{'|'.join(patterns)})(?:[\\/]+[\w.-]+)*")

    def found(self, text):
        """The paths in a text, each once, in the order of the text. Addresses (URLs) are none."""
        plain = _ADDRESS.sub(" ", text)
        return list(dict.fromkeys(match.group() for match in self._pattern.finditer(plain)))

    def in_notebook(self, notebook):
        """Pairs of (index of the cell, path), of sources, outputs and metadata."""
        for index, cell in enumerate(notebook.cells):
            text = "\n".join(_strings(cell))
            for path in self.found(text):
                yield index, path


def _user():
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _quoted(path):
    """A pattern for a path, also as JSON and repr write it on Windows."""
    return re.escape(path).replace(re.escape("\\"), r"\\{1,2}")


def _strings(value, kind=""):
    """All texts inside a cell, but for pictures, whose letters mean nothing."""
    if isinstance(value, str):
        if not kind.startswith("image/") or kind == "image/svg+xml":
            yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, key)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _strings(inner, kind)
