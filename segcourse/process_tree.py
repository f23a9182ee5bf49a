"""A process with all it has started: watched, and ended together."""

import contextlib
import subprocess
import time
from dataclasses import dataclass

__all__ = ["Ended", "descendants", "end", "memory", "run"]

#: Seconds between two looks at the memory of a process.
LOOK = 0.1


@dataclass(frozen=True)
class Ended:
    """How a process of `run` ended.

    Attributes:
        reason: None where it ended by itself, "time" or "memory" where it was ended.
        status: its exit status; negative, or not 0, where it was ended.
        seconds: how long it ran.
        peak: the most bytes of memory that were seen.
    """

    reason: str | None
    status: int
    seconds: float
    peak: int


def run(command, seconds, most_bytes, starting=contextlib.nullcontext, **settings):
    """Run a program to its end, or until it takes too much time or memory.

    Args:
        command: list of str.
        seconds: how long it may run.
        most_bytes: memory (resident) that it and all it starts may hold together.
        starting: context manager (a function that gives one) around the start alone, such as
            one that holds interrupts back.
        settings: of `subprocess.Popen`.

    Returns:
        `Ended`. Nothing that it started is left running, whatever ended this call.

    Example:

    >>> import sys
    >>> run([sys.executable, "-c", "raise SystemExit(3)"], 60, 2**30).status
    3
    >>> run([sys.executable, "-c", "while True: pass"], 0.5, 2**30).reason
    'time'
    """
    process, known, started, peak, reason = None, [], time.monotonic(), 0, None
    try:
        with starting():
            process = subprocess.Popen(command, **settings)
        while reason is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(LOOK)
                break
            known = descendants(process.pid)
            held = memory(process.pid)
            peak = max(peak, held)
            if held > most_bytes:
                reason = "memory"
            elif time.monotonic() - started > seconds:
                reason = "time"
    finally:
        if process is not None:
            # The number of one that was waited for may be another's by now.
            end(process.pid if process.poll() is None else None, known)
            process.wait()
    return Ended(reason, process.returncode, time.monotonic() - started, peak)


def descendants(pid):
    """The processes (of psutil) that process `pid` has started, and they in turn; [] if none.

    >>> import os
    >>> descendants(os.getpid())
    []
    """
    import psutil

    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def memory(pid):
    """Bytes of memory (resident) that process `pid` and its descendants hold; 0 if it is gone.

    >>> import os
    >>> memory(os.getpid()) > 1_000_000
    True
    """
    import psutil

    total = 0
    for process in [*_itself(pid), *descendants(pid)]:
        with contextlib.suppress(psutil.Error):
            total += process.memory_info().rss
    return total


def end(pid, known=()):
    """Kill process `pid` and all it has started, at once and for good.

    Args:
        pid: its number, or None for `known` alone; one that is gone already is no error.
        known: processes (of psutil) that it is known to have started, which are killed too.
    """
    import psutil

    doomed = [*known] if pid is None else [*_itself(pid), *descendants(pid), *known]
    for process in doomed:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(doomed, timeout=5)


def _itself(pid):
    import psutil

    try:
        return [psutil.Process(pid)]
    except psutil.Error:
        return []
