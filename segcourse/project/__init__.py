"""The final project: a network of one's own, tried out, trained, measured, reported.

    work = project.Project(data.load())

What needs TensorFlow is loaded when it is first used.
"""

from importlib import import_module

from segcourse.project.bar import Bar, bar

# Also so that `python -m segcourse.project.scoring` is not imported before it is run, and the
# commands that hand in and mark need no TensorFlow of their own.
_HOMES = {
    "BOARD": "segcourse.project.board",
    "Project": "segcourse.project.work",
    "Published": "segcourse.project.board",
    "by_size": "segcourse.project.errors.by_size",
    "confusions": "segcourse.project.errors.confusions",
    "hint": "segcourse.project.hints",
    "near_borders": "segcourse.project.errors.near_borders",
    "reference": None,
    "solution": "segcourse.project.hints",
    "worst": "segcourse.project.errors.worst",
}
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
