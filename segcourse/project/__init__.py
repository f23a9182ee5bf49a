"""The final project: a network of one's own, tried out, trained, measured, reported.

    work = project.Project(data.load())

`Project` and what trains are loaded when they are first used.
"""

from importlib import import_module

from segcourse.project.bar import Bar, bar
from segcourse.project.board import BOARD, Published
from segcourse.project.errors.by_size import by_size
from segcourse.project.errors.confusions import confusions
from segcourse.project.errors.near_borders import near_borders
from segcourse.project.errors.worst import worst
from segcourse.project.hints import hint, solution

# Also so that `python -m segcourse.project.scoring` is not imported before it is run.
_HOMES = {"Project": "segcourse.project.work", "reference": None}
__all__ = [
    "BOARD",
    "Bar",
    "Project",
    "Published",
    "bar",
    "by_size",
    "confusions",
    "hint",
    "near_borders",
    "reference",
    "solution",
    "worst",
]


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module 'segcourse.project' has no attribute {name!r}")
    if _HOMES[name] is None:
        return import_module(f"segcourse.project.{name}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__():
    return sorted({*globals(), *__all__})
