"""What one call may do to Python, NumPy and Keras, undone after it.

A student's function runs in the kernel the notebook runs in. What would end the kernel or wait for
ever is an error while it runs; what it replaces is put back after each call, before its result is
looked at, and what it sets after the last one.
"""

import contextlib
import ctypes
import inspect
import sys
import threading
import types
from operator import is_

from segcourse.exercises.judging.safety.forbidden import allow, forbid
from segcourse.exercises.judging.safety.settings import kept_settings

__all__ = ["cell_names", "guarded"]

#: Where functions are looked up, by their names in `sys.modules`.
MODULES = (
    "builtins",
    "collections",
    "copy",
    "functools",
    "gc",
    "inspect",
    "itertools",
    "linecache",
    "math",
    "operator",
    "os",
    "random",
    "signal",
    "subprocess",
    "sys",
    "threading",
    "time",
    "traceback",
    "warnings",
    "numpy",
    "numpy.linalg",
    "numpy.random",
    "keras",
    "keras.activations",
    "keras.config",
    "keras.initializers",
    "keras.layers",
    "keras.losses",
    "keras.models",
    "keras.ops",
    "keras.optimizers",
    "keras.random",
    "keras.saving",
    "keras.utils",
)


@contextlib.contextmanager
def guarded(function):
    """While it lasts nothing ends the kernel or waits for a reader; then all is as it was before.

    Yields a function for the time between two calls: it puts back what the first one replaced.

    Args:
        function: the one that is called inside; threads that run code of its cell are ended.
    """
    before = _snapshot()
    threads = set(threading.enumerate())
    cell = cell_names(function)
    with kept_settings():
        kept = forbid(cell)
        inside = _snapshot()
        try:
            yield lambda: _put_back(inside)
        finally:
            _put_back(before)
            allow(cell, kept)
    _end_threads(threads, function)


def cell_names(function):
    """The names that a function sees as global ones, as a dict; empty where there are none."""
    plain = _plain(function)
    return getattr(plain, "__globals__", {})


def _plain(function):
    """The function that a decorator, a `partial` or an object hides."""
    function = inspect.unwrap(getattr(function, "func", function))
    return function if hasattr(function, "__code__") else type(function).__call__


def _snapshot():
    """The names of each module, and what they stand for."""
    modules = [sys.modules[name] for name in MODULES if name in sys.modules]
    return [(vars(module), dict(vars(module))) for module in modules]


# What was replaced may be among Python's own functions.
_all, _isinstance, _len, _map = all, isinstance, len, map


def _put_back(modules):
    for names, kept in modules:
        # As a rule nothing was replaced, and the same values stand in the same order.
        if _len(names) != _len(kept) or not _all(_map(is_, names.values(), kept.values())):
            _put_names_back(names, kept)


def _put_names_back(names, kept):
    for name in [name for name in names if name not in kept]:
        # A submodule stands there once and for all: importing it again would not put it back.
        if not name.startswith("_") and not _isinstance(names[name], types.ModuleType):
            del names[name]
    for name, value in kept.items():
        if names.get(name) is not value:
            names[name] = value


def _end_threads(before, function):
    """Raises SystemExit in threads that run code of the function's cell, as soon as they can."""
    cell = getattr(getattr(_plain(function), "__code__", None), "co_filename", None)
    for thread in set(threading.enumerate()) - before:
        target = getattr(thread, "_target", None) or getattr(thread, "function", None)
        code = getattr(target or type(thread).run, "__code__", None)
        if cell is not None and getattr(code, "co_filename", None) == cell:
            if isinstance(thread, threading.Timer):
                thread.cancel()  # it waits, and hears of no error meanwhile
            number, error = ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(number, error)
