"""A course on semantic segmentation in Keras 3.

The notebooks of the course stand on this package. Importing it is quick: the exercise
commands, and with them Keras, are loaded when they are first used.

Example:

    from segcourse import check, failed, hint, solution
"""

from importlib import import_module

__all__ = ["check", "failed", "hint", "holds", "question", "solution"]

_HOMES = {
    "check": "segcourse.exercises.check",
    "failed": "segcourse.exercises.failed",
    "hint": "segcourse.exercises.hint",
    "holds": "segcourse.claims",
    "question": "segcourse.exercises.question",
    "solution": "segcourse.exercises.solution",
}


def __getattr__(name):
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'segcourse' has no attribute {name!r}")


def __dir__():
    return sorted([*globals(), *__all__])
