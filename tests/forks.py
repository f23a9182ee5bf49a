"""Processes that have everything imported when they begin: forks of one that has done nothing else.

A process that imports TensorFlow is seconds old before it does anything. Where a test needs several
of them, to kill some, one imports for all of them:

    with forks.server("tests.training.runs") as start:
        process = start(folder, 24, result)  # `main` of that module, in a process of its own

Run as a script it is the server: a module whose `main` each fork calls. It reads a line of JSON for
each request and answers by one.
"""

import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@contextmanager
def server(module, **environment):
    """A function that starts `module.main` with its arguments; in the end all are killed."""
    if not hasattr(os, "fork"):
        pytest.skip("Windows has neither SIGKILL nor fork")
    variables = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # A thread of it, in the process that is forked, could leave a lock closed for ever.
        "OPENBLAS_NUM_THREADS": "1",
        **environment,
    }
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            [sys.executable, __file__, module],
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as one,
    ):
        started = []

        def ask(**request):
            one.stdin.write(json.dumps(request) + "\n")
            one.stdin.flush()
            answer = one.stdout.readline()
            assert answer, "the process that is forked has ended"
            return json.loads(answer)

        def start(*arguments):
            said = Path(folder) / f"{len(started)}.pipe"
            os.mkfifo(said)
            # Before anybody writes into it, who would wait for this.
            pipe = os.open(said, os.O_RDONLY | os.O_NONBLOCK)
            number = ask(arguments=list(map(str, arguments)), said=str(said))
            started.append(_Process(number, pipe, ask))
            return started[-1]

        try:
            yield start
            for process in started:
                process.kill()
        finally:
            one.stdin.close()  # and it kills what is left
            for process in started:
                process.close()


class _Process:
    """One that was started, with some of the methods of `subprocess.Popen`."""

    def __init__(self, number, pipe, ask):
        self.pid, self._pipe, self._ask = number, pipe, ask
        self._said = b""
        self.returncode = None

    def poll(self):
        if self.returncode is None:
            self.returncode = self._ask(ended=self.pid)
        return self.returncode

    def said(self):
        """What it has written on standard error so far."""
        self._read()
        return self._said.decode("utf-8", errors="replace")

    def wait(self, timeout):
        """What it has said, once it has ended, and all that it started and that could say more."""
        end = time.monotonic() + timeout
        while True:
            ended = self.poll() is not None
            if self._read() and ended:
                return self.said()
            assert time.monotonic() < end, f"it has not ended in time:\n{self.said()[-3000:]}"
            time.sleep(0.01)

    def close(self):
        os.close(self._pipe)

    def _read(self):
        """Whether nobody writes any more."""
        while True:
            try:
                part = os.read(self._pipe, 2**16)
            except BlockingIOError:
                return False
            if not part:
                return True
            self._said += part

    def send_signal(self, sent):
        if self.poll() is None:
            os.kill(self.pid, sent)

    def kill(self):
        self.send_signal(signal.SIGKILL)


def _serve(name):
    module = import_module(name)
    # Another thread would not be in the forks, and neither would the locks it holds be opened.
    assert not Path("/proc/self/task").exists() or len(os.listdir("/proc/self/task")) == 1
    gc.collect()
    gc.freeze()  # what is imported is not gone through again in each fork
    alive = []
    for line in sys.stdin:
        request = json.loads(line)
        if "ended" in request:
            number, status = os.waitpid(request["ended"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if number else None
            if number:
                alive.remove(number)
        else:
            answer = os.fork()
            if answer == 0:
                return _begin(module.main, **request)
            alive.append(answer)
        print(json.dumps(answer), flush=True)
    for number in alive:
        os.kill(number, signal.SIGKILL)


def _begin(main, arguments, said):
    """In the fork; it ends as a script would, by an error or the end of this one."""
    for stream, place, mode in ((0, os.devnull, os.O_RDONLY), (1, os.devnull, os.O_WRONLY),
                                (2, said, os.O_WRONLY)):  # fmt: skip
        opened = os.open(place, mode)
        os.dup2(opened, stream)
        os.close(opened)
    main(*arguments)


if __name__ == "__main__":
    _serve(sys.argv[1])
