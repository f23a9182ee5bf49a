import threading
import time

from segcourse.project.files import one_at_a_time as module
from segcourse.project.files.one_at_a_time import one_at_a_time


def test_one_waits_for_the_other(tmp_path):
    order = []

    def late():
        with one_at_a_time(tmp_path / "a"):
            order.append("late")

    thread = threading.Thread(target=late)
    with one_at_a_time(tmp_path / "a"):
        thread.start()
        time.sleep(0.1)
        order.append("early")
    thread.join()
    assert order == ["early", "late"] and not list(tmp_path.iterdir())


def test_a_lock_that_was_left_behind_is_taken_over(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_WAIT", 0.1)
    (tmp_path / ".a.lock").touch()
    with one_at_a_time(tmp_path / "a"):
        pass
    assert not list(tmp_path.iterdir())


def test_an_error_gives_the_lock_back(tmp_path):
    try:
        with one_at_a_time(tmp_path / "a"):
            raise KeyError
    except KeyError:
        pass
    assert not list(tmp_path.iterdir())
