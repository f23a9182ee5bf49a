"""The audit in a process of its own, since some of what it calls may end the process.

A stride of 0 divides by zero inside TensorFlow, which kills Python; a wrong size asks for more
memory than there is; a power of two large numbers cannot be interrupted. The process tells what it
is about to try. If it dies or falls silent, that function counts as refused, and a new process
begins the exercise again without it. A process that has audited other exercises may have died of
what they left behind, compiled code above all: there a new one begins again with everything.
"""

import functools
import multiprocessing
import os
import traceback

from segcourse.exercises.judging import registry
from tests.exercises.audit.findings import MANY, audit

__all__ = ["Workshop"]

SILENT = 300  # seconds without a word after which a process has hung
MEMORY = 4 * 2**30  # bytes that what is tried may take


class Workshop:
    """Runs audits, one after the other. A context manager: its process ends with it.

    Args:
        find: gives the exercise of an id; a function that the process can import.
        silent: seconds without a word after which the process has hung.
    """

    def __init__(self, find=registry.find, silent=SILENT):
        self.find, self.silent = find, silent
        self.process = self.pipe = None
        self.audited = 0  # exercises, in this process

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._close()

    def ids(self):
        """The ids of all exercises, found in the process: some weeks import Keras, slowly."""
        self._open()
        self.pipe.send(None)
        return self.pipe.recv()

    def audit(self, id, draws=MANY):
        """The `Findings` of the exercise `id`; `draws` as for `findings.audit`."""
        lost = []
        while True:
            self._open()
            self.pipe.send((id, lost, draws))
            trying, found = self._listen()
            if found is not None:
                self.audited += 1
                return found
            others = self.audited
            self._close()
            if others:
                continue
            if trying is None or trying in lost:
                raise RuntimeError(f"The process that tried exercise {id} died at {trying}.")
            lost.append(trying)

    def _listen(self):
        """What was tried last, and the findings; None if the process did not come that far."""
        trying = None
        try:
            while self.pipe.poll(self.silent):
                kind, said = self.pipe.recv()
                if kind == "error":
                    raise RuntimeError(said)
                if kind == "found":
                    return trying, said
                trying = said
        except (EOFError, ConnectionError):
            pass
        return trying, None

    def _open(self):
        if self.process is not None:
            return
        context = _context()
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, self.find), daemon=True)
        self.process.start()
        theirs.close()
        self.pipe.recv()  # it is ready

    def _close(self):
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.pipe.close()
            self.process = None
            self.audited = 0


@functools.cache
def _context():
    """New processes that have Keras already: forks of one that has done nothing else."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["keras", __name__])
    return context


def _work(pipe, find):
    """What the process does: audits, as long as it is told exercises."""
    _limit_memory()
    pipe.send("ready")
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        if asked is None:
            pipe.send([exercise.id for exercise in registry.all_exercises()])
            continue
        id, lost, draws = asked
        try:
            pipe.send(("found", audit(find(id), _Said(pipe, lost), draws=draws)))
        except Exception:
            pipe.send(("error", traceback.format_exc()))


class _Said:
    """Tells what is tried next. Gives False for what ended a process before."""

    def __init__(self, pipe, lost):
        self.pipe, self.lost = pipe, lost

    def __call__(self, name):
        self.pipe.send(("trying", name))
        return name not in self.lost


def _limit_memory():
    """A limit for what is taken from now on, where the system has one."""
    try:
        import resource

        import keras  # noqa: F401 - it comes first, since it is needed anyway

        with open(f"/proc/{os.getpid()}/statm") as file:
            taken = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY,) * 2)
    except (ImportError, OSError, ValueError):
        pass
