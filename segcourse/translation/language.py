"""Which language the reader is spoken to in.

What `in_language` says comes first, then the variable `SEGCOURSE_LANG`, then the notebook that
runs: its metadata name its language, or the folder it lies in does. Otherwise it is English.
"""

import contextlib
import json
import os
import sys
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from segcourse.translation.editions import EDITIONS

__all__ = ["VARIABLE", "in_language", "language", "of_folder"]

VARIABLE = "SEGCOURSE_LANG"
_chosen = ContextVar("language", default=None)


@contextlib.contextmanager
def in_language(code):
    """Within it, all texts are in one language.

    Args:
        code: str, such as "ko"; "" or "en" for English.

    Example:

    >>> with in_language("ko"):
    ...     language()
    'ko'
    """
    token = _chosen.set(code)
    try:
        yield
    finally:
        _chosen.reset(token)


def language():
    """The code of the language, "" for English and for one that the course is not told in.

    Example:

    >>> with in_language("en"):
    ...     language()
    ''
    """
    code = _chosen.get()
    if code is None:
        code = os.environ.get(VARIABLE) or _of_the_notebook(
            os.environ.get("JPY_SESSION_NAME"), _cwd()
        )
    return code if code in _codes() else ""


def of_folder(folder):
    """The language of the notebooks in a folder, "" for English.

    Example:

    >>> of_folder("notebooks/ko"), of_folder("notebooks")
    ('ko', '')
    """
    folder = Path(folder)
    found = folder.parent.name == "notebooks" and folder.name in _codes()
    return folder.name if found else ""


def _codes():
    return [one.code for one in EDITIONS]


def _cwd():
    try:
        return os.getcwd()
    except OSError:  # the folder has gone
        return ""


@lru_cache
def _of_the_notebook(session, folder):
    """As the notebook says that this process runs, otherwise as its working directory does."""
    for path in (session, _path_in_vs_code()):
        if path and Path(path).is_file():
            return _of_file(Path(path))
    if "google.colab" in sys.modules and (notebook := _in_colab()):
        return _said(notebook)
    return of_folder(folder)


def _of_file(path):
    try:
        said = _said(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        said = ""
    return said or of_folder(path.absolute().parent)


def _said(notebook):
    """The language in a notebook's metadata, "" where there is none."""
    try:
        return str(notebook["metadata"]["segcourse"]["language"])
    except (KeyError, TypeError):
        return ""


def _path_in_vs_code():
    """VS Code puts the path of a notebook into the notebook's own names."""
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    return shell.user_ns.get("__vsc_ipynb_file__") if shell else None


def _in_colab():
    """The notebook in the browser, as Colab gives it to the kernel; None where it does not."""
    try:
        from google.colab import _message

        return _message.blocking_request("get_ipynb", timeout_sec=10)["ipynb"]
    except Exception:  # no public interface: whatever it is, the course goes on in English
        return None
