import shutil
import threading

import pytest

from segcourse.data.files import folders
from tests import interrupts


def fill(target):
    with folders.replacing(target) as partial:
        (partial / "new").touch()


@pytest.mark.parametrize("there", [False, True])
def test_an_interrupt_anywhere_leaves_the_old_folder_or_the_new_one(tmp_path, there):
    target, places = tmp_path / "copy", 0

    def begin():
        shutil.rmtree(target, ignore_errors=True)
        if there:
            target.mkdir()
            (target / "old").touch()

    begin()
    for place in interrupts.at_every_place(lambda: fill(target)):
        left = [path.name for path in tmp_path.iterdir()]
        assert left == ["copy"] or (left == [] and not there), (place, left)
        if target.exists():
            assert [path.name for path in target.iterdir()] in (["old"], ["new"]), place
        begin()
        places += 1
    assert places > 100
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]
    assert [path.name for path in target.iterdir()] == ["new"]


def test_two_threads_at_once_leave_one_whole_folder(tmp_path):
    threads = [threading.Thread(target=fill, args=(tmp_path / str(n % 2),)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["0", "1", "new", "new"]
