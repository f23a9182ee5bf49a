"""A process that is ended says nothing itself: its witness does."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).parents[3] / "segcourse/training/hosts/witness.py"
CODE = """
import os, runpy, sys
# By its path: the package around it would bring Keras, which takes seconds.
Witness = runpy.run_path(sys.argv[3])["Witness"]
witness = Witness("127.0.0.1", int(sys.argv[1]), "process 0 has ended")
if sys.argv[2] == "aborted":
    os.abort()
if sys.argv[2] == "dismissed":
    witness.dismiss()
    os._exit(1)
"""


def said(port, end):
    """What is on standard error when a process with a witness has ended so."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(port), end, str(FILE)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode == 0) is (end == "by itself")
    return "process 0 has ended" in done.stderr


@pytest.fixture
def listening():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize(
    ("end", "told"), [("aborted", True), ("dismissed", False), ("by itself", False)]
)
def test_it_speaks_when_there_was_no_farewell(listening, end, told):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert said(port, end) is told
    assert said(listening, end) is False  # process 0 is there: it is not the reason
