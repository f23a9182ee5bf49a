"""Processes that take too much, and what they leave behind."""

import subprocess
import sys
import time

import psutil
import pytest

from segcourse import process_tree
from segcourse.process_tree import run

MANY = 2**33
CHILD = (
    "import subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "open(sys.argv[1], 'w').write(str(child.pid))\n"
    "time.sleep(60)\n"
)


def python(code, *arguments):
    return [sys.executable, "-c", code, *arguments]


def test_one_that_ends_by_itself_has_its_status():
    ended = run(python("import sys; sys.exit(7)"), 60, MANY)
    assert (ended.reason, ended.status) == (None, 7)


def test_an_endless_one_is_ended_with_what_it_started(tmp_path):
    ended = run(python(CHILD, str(tmp_path / "pid")), 1.5, MANY)
    assert ended.reason == "time" and 1.5 <= ended.seconds < 15
    assert not psutil.pid_exists(int((tmp_path / "pid").read_text()))


def test_one_that_eats_memory_is_ended():
    eats = "import time\nkept = []\nwhile True: kept.append(bytearray(10**7)); time.sleep(.01)"
    ended = run(python(eats), 60, 10**8)
    assert ended.reason == "memory" and ended.peak > 10**8


def test_memory_is_that_of_all_it_started():
    eats = "kept = b'1' * 10**8; import time; time.sleep(60)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {eats!r}])"
    assert run(python(code), 60, 8 * 10**7).reason == "memory"


def test_an_interrupt_leaves_nothing_running(monkeypatch, tmp_path):
    def interrupted(pid):
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
            time.sleep(0.05)
        raise KeyboardInterrupt

    monkeypatch.setattr(process_tree, "memory", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(python(CHILD, str(tmp_path / "pid")), 60, MANY)
    assert not psutil.pid_exists(int((tmp_path / "pid").read_text()))


def test_to_end_one_that_is_gone_is_no_error():
    process = subprocess.Popen(python("pass"))
    process.wait()
    process_tree.end(process.pid)
    assert process_tree.memory(process.pid) == 0
