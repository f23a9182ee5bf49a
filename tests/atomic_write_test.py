import os
import threading

import pytest

from segcourse.atomic_write import atomic_write
from tests import interrupts


def write(path, text):
    with atomic_write(path) as part, open(part, "w", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.parametrize("there", [False, True])
def test_an_interrupt_anywhere_leaves_the_old_file_or_the_new_one(tmp_path, there):
    interrupts.in_a_process_of_its_own(write_with_interrupts, tmp_path, there)


def write_with_interrupts(tmp_path, there):
    path, places = tmp_path / "a.txt", 0
    if there:
        path.write_text("old")
    for place in interrupts.at_every_place(lambda: write(path, "new")):
        left = [file.name for file in tmp_path.iterdir()]
        assert left == ["a.txt"] or (left == [] and not there), (place, left)
        if path.exists():
            assert path.read_text() in ("old", "new")
        path.unlink(missing_ok=True)
        if there:
            path.write_text("old")
        places += 1
    assert places > 20
    assert path.read_text() == "new" and len(list(tmp_path.iterdir())) == 1


def test_two_writers_at_once_leave_one_whole_file(tmp_path):
    path = tmp_path / "a.txt"
    texts = [letter * 5000 for letter in "abcd"]
    threads = [threading.Thread(target=write, args=(path, text)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_text() in texts
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_failed_block_leaves_what_was(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(RuntimeError), atomic_write(path) as part:
        part.write_text("half")
        raise RuntimeError
    assert path.read_text() == "old" and os.listdir(tmp_path) == ["a.txt"]
