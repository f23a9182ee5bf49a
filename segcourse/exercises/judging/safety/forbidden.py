"""What no exercise needs and no kernel survives: an error, while somebody's function is called."""

import builtins
import os
import signal
import subprocess
import sys

from segcourse.texts import N_, _

__all__ = ["allow", "forbid"]

ENDS = N_("`{name}` would end the kernel; a function ends with `return`")
STARTS = N_("`{name}` starts another process, which no exercise needs")
WAITS = N_("`{name}` waits for somebody to type; use what the function is given")

PROCESSES = ("fork", "forkpty", "system", "popen", "posix_spawn", "posix_spawnp")
PROCESSES += tuple(name for name in dir(os) if name.startswith(("exec", "spawn")))

#: Modules, the names in them, and what is said of who calls them.
FORBIDDEN = (
    (os, ("_exit", "abort", "kill", "killpg"), ENDS),
    (signal, ("raise_signal", "pthread_kill"), ENDS),
    (os, PROCESSES, STARTS),
    (subprocess, ("Popen",), STARTS),
    (builtins, ("input",), WAITS),
)
DEEPEST = 3000  # calls in one another; many more can end the kernel


def forbid(cell):
    """Forbids it, under the names of the modules and under those that the cell gave them.

    Args:
        cell: dict, the names of the cell that defines the function. Those of the modules stay
            replaced until somebody puts them back.

    Returns:
        For `allow`: the names replaced in `cell`, each with what stood there and what stands now.
    """
    replaced = {}
    for module, names, text in FORBIDDEN:
        for name in names:
            if hasattr(module, name):
                full = name if module is builtins else f"{module.__name__}.{name}"
                replaced[id(getattr(module, name))] = new = _raises(text, full)
                setattr(module, name, new)
    replaced[id(sys.setrecursionlimit)] = sys.setrecursionlimit = _ignored
    sys.stdin = _Nothing()
    found = {name: replaced.get(id(value)) for name, value in cell.items()}
    # In a notebook these are objects that end the kernel a little later.
    found |= {n: _exit for n in ("exit", "quit") if type(cell.get(n)).__name__.endswith("Autocall")}
    kept = [(name, cell[name], new) for name, new in found.items() if new is not None]
    cell.update({name: new for name, _old, new in kept})
    return kept


def allow(cell, kept):
    """Puts back what `forbid` has replaced among the names of the cell."""
    for name, old, new in kept:
        if cell.get(name) is new:
            cell[name] = old


def _raises(text, name):
    def forbidden(*args, **kwargs):
        raise RuntimeError(_(text).format(name=name))

    return forbidden


def _ignored(limit):
    """A deeper stack than Python's can end the kernel."""


def _exit(code=None):
    raise SystemExit(code)


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

    def close(self):
        pass

    def fileno(self):
        raise OSError("there is no file")
