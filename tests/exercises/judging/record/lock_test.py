"""One writer at a time."""

import subprocess
import sys
import threading

import pytest

from segcourse.exercises.judging.record import lock

HOLD = """
import pathlib, sys, time
from segcourse.exercises.judging.record.lock import locked
with locked(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_who_waits_too_long_is_told_and_a_kill_lets_go(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "SECONDS", 0.1)
    path = tmp_path / "lock"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        try:
            assert holder.stdout.readline() == "held\n"
            with pytest.raises(TimeoutError), lock.locked(path):
                pass
        finally:
            holder.kill()
    with lock.locked(path):
        pass


def test_threads_of_one_process_wait_for_each_other(tmp_path):
    inside, most = [], []

    def work():
        for _ in range(20):
            with lock.locked(tmp_path / "lock"):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1 and len(most) == 80


def test_an_error_inside_lets_go(tmp_path):
    with pytest.raises(KeyError), lock.locked(tmp_path / "lock"):
        raise KeyError
    with lock.locked(tmp_path / "lock"):
        pass
