"""Says why a process of a job has ended, where JAX ends it before Python can.

When process 0 dies, which coordinates the job, JAX aborts the others at once: no error is raised
in them, and no handler runs. So a small process beside each watches a pipe, which the system
closes with the process at its other end.
"""

import atexit
import subprocess
import sys

_PATIENCE = 10  # seconds until a witness that was dismissed has ended

# Needs nothing but Python's own library, and starts in milliseconds. Whatever comes through the
# pipe is a farewell; silence is none, and then it is told if nobody is at the address any more.
_WATCH = """
import signal, socket, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
host, port, words = sys.argv[1:]
if not sys.stdin.buffer.read():
    try:
        socket.create_connection((host, int(port)), timeout=5).close()
    except OSError:
        print(words, file=sys.stderr, flush=True)
"""


class Witness:
    """A process that prints `words` on standard error if this one ends with process 0 of the job.

    Example:

    >>> witness = Witness("127.0.0.1", 9, "Process 0 is gone.")
    >>> witness.dismiss()  # it says nothing

    Args:
        host: the address of process 0.
        port: the port it listens at as long as it lives.
        words: what to say.
    """

    def __init__(self, host, port, words):
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _WATCH, host, str(port), words],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )
        atexit.register(self.dismiss)

    def dismiss(self):
        """End it: this process ends by itself, or has said why."""
        atexit.unregister(self.dismiss)
        try:
            self._process.communicate(b"farewell", timeout=_PATIENCE)
        except (OSError, ValueError, subprocess.TimeoutExpired):
            pass  # it has ended already, or will
