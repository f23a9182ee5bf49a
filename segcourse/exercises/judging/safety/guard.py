"""What a call may do to Python, NumPy and Keras, undone after it.

A student's function runs in the kernel the notebook runs in. What would end the kernel or wait for
ever is an error while it runs; what it replaces or sets is put back.
"""

import builtins
import contextlib
import ctypes
import os
import signal
import sys
import threading
import types

import numpy as np

from segcourse.texts import N_, _

__all__ = ["guarded"]

#: Where functions are looked up, by their names in `sys.modules`.
MODULES = (
    "builtins",
    "math",
    "numpy",
    "numpy.linalg",
    "numpy.random",
    "os",
    "random",
    "signal",
    "sys",
    "time",
    "keras",
    "keras.activations",
    "keras.layers",
    "keras.losses",
    "keras.models",
    "keras.ops",
    "keras.optimizers",
    "keras.random",
    "keras.utils",
)
ENDS_THE_KERNEL = ("_exit", "abort", "kill", "killpg")
STARTS_A_PROCESS = ("fork", "forkpty", "system", "popen", "posix_spawn", "posix_spawnp")
STARTS_A_PROCESS += tuple(name for name in dir(os) if name.startswith(("exec", "spawn")))
SETTINGS = ("floatx", "epsilon", "image_data_format", "dtype_policy")


@contextlib.contextmanager
def guarded(function):
    """While it lasts nothing ends the kernel or waits for a reader; then all is as it was before.

    Args:
        function: the one that is called inside; threads that run code of its cell are ended.
    """
    modules = [(vars(module), dict(vars(module))) for module in _modules()]
    state = _state()
    threads = set(threading.enumerate())
    _forbid()
    try:
        yield
    finally:
        for names, kept in modules:
            _put_back(names, kept)
        _set_state(state)
        _end_threads(threads, function)


def _modules():
    return [sys.modules[name] for name in MODULES if name in sys.modules]


def _put_back(names, kept):
    for name in [name for name in names if name not in kept]:
        # A submodule stands there once and for all: importing it again would not put it back.
        if not name.startswith("_") and not isinstance(names[name], types.ModuleType):
            del names[name]
    for name, value in kept.items():
        if names.get(name) is not value:
            names[name] = value


# What is forbidden


def _forbid():
    ends = N_("`os.{name}` would end the kernel; a function ends with `return`")
    starts = N_("`os.{name}` starts another process, which no exercise needs")
    for names, text in ((ENDS_THE_KERNEL, ends), (STARTS_A_PROCESS, starts)):
        for name in names:
            if hasattr(os, name):
                setattr(os, name, _forbidden(text, name))
    waits = N_("`{name}` waits for somebody to type; use what the function is given")
    builtins.input = _forbidden(waits, "input")
    sys.setrecursionlimit = lambda limit: None  # a deeper stack than Python's can end the kernel
    sys.stdin = open(os.devnull, encoding="utf-8") if sys.stdin is None else _Nothing()


def _forbidden(text, name):
    def forbidden(*args, **kwargs):
        raise RuntimeError(_(text).format(name=name))

    return forbidden


class _Nothing:
    """Standard input that has ended."""

    encoding, errors, closed = "utf-8", "strict", False

    def read(self, size=-1):
        return ""

    def readline(self, size=-1):
        return ""

    def readlines(self, hint=-1):
        return []

    def __iter__(self):
        return iter(())

    def isatty(self):
        return False

    def fileno(self):
        raise OSError("there is no file")


# What is set


def _state():
    """Settings as they are, each with the function that sets it."""
    kept = [
        (lambda saved: np.seterr(**saved), np.geterr()),
        (lambda saved: np.set_printoptions(**saved), np.get_printoptions()),
        (_set_environment, dict(os.environ)),
        (_set_folder, _folder()),
        (_set_path, list(sys.path)),
        (lambda saved: signal.signal(signal.SIGINT, saved), signal.getsignal(signal.SIGINT)),
    ]
    if "tensorflow" in sys.modules:
        config = sys.modules["tensorflow"].config
        kept.append((config.run_functions_eagerly, config.functions_run_eagerly()))
    if "keras" in sys.modules:
        config = sys.modules["keras"].config
        for name in SETTINGS:
            kept.append((getattr(config, f"set_{name}"), getattr(config, name)()))
    return kept


def _set_state(kept):
    for put, value in kept:
        with contextlib.suppress(Exception):
            put(value)


def _set_environment(saved):
    if dict(os.environ) != saved:
        for name in set(os.environ) - set(saved):
            del os.environ[name]
        os.environ.update(saved)


def _folder():
    try:
        return os.getcwd()
    except OSError:
        return None


def _set_folder(saved):
    if saved is not None and _folder() != saved:
        os.chdir(saved)


def _set_path(saved):
    if sys.path != saved:
        sys.path[:] = saved


# Threads


def _end_threads(before, function):
    """Raises SystemExit in threads that run code of the function's cell, as soon as they can."""
    cell = getattr(getattr(function, "__code__", None), "co_filename", None)
    for thread in set(threading.enumerate()) - before:
        target = getattr(thread, "_target", None) or type(thread).run
        code = getattr(target, "__code__", None)
        if cell is not None and getattr(code, "co_filename", None) == cell:
            number, error = ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(number, error)
