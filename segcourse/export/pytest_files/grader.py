"""An answer goes out to the worker, a verdict comes back, or the time is over."""

import json
import os
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from segcourse import process_tree
from segcourse.texts import _

PACKAGE = Path(__file__).resolve().parents[3]
SECONDS_TO_START = 600  # Keras is imported, maybe from a cold disk


@dataclass(frozen=True)
class Verdict:
    passed: bool
    message: str


class Grader:
    """Has answers judged, one after the other, in a process that is started when it is needed.

    One that does not answer in time, or ends, is replaced by another for the next answer.
    """

    def __init__(self, folder, seconds):
        """`folder` is where the answers run, `seconds` the time that one may take."""
        self._folder, self._seconds = folder, seconds
        self._process, self._answers = None, None

    def judge(self, request):
        """`Verdict` on what `submission.request` gave."""
        if self._process is None:
            self._start()
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except OSError:
            pass  # it has ended, which the answer says
        answer = self._answer(self._seconds)
        if answer is not None:
            return Verdict(**answer)
        ended = self._process.poll() is not None
        self.close()
        if ended:
            text = _("Exercise {id}: the process ended before the check could answer.")
        else:
            text = _("Exercise {id}: stopped after {seconds} seconds. Does a loop never end?")
        return Verdict(False, text.format(id=request["id"], seconds=f"{self._seconds:g}"))

    def close(self):
        """End the process, and all it has started."""
        if self._process is None:
            return
        process_tree.end(self._process.pid)
        self._process.wait()
        self._process.stdin.close()
        self._process = None

    def _start(self):
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "segcourse.export.pytest_files.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            cwd=self._folder,
            env=_environment(),
        )
        self._answers = queue.Queue()
        threading.Thread(
            target=_listen, args=(self._process.stdout, self._answers), daemon=True
        ).start()
        if self._answer(SECONDS_TO_START) is None:
            self.close()
            raise RuntimeError("the process for the checks did not start: is segcourse installed?")

    def _answer(self, seconds):
        """A dict, or None: the process has ended, or the time is over."""
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            return None
        if line is None:
            self._process.wait()
            return None
        return json.loads(line)


def _listen(stream, answers):
    with stream:
        for line in stream:
            answers.put(line)
    answers.put(None)


def _environment():
    """As in a notebook under grading; this package first."""
    path = [str(PACKAGE), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(part for part in path if part),
        "PYTHONIOENCODING": "utf-8",
        "SEGCOURSE_STRICT": "1",
        "SEGCOURSE_QUIET": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "MPLBACKEND": "Agg",
    }
