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
    interrupts.in_a_process_of_its_own(fill_with_interrupts, tmp_path, there)


def fill_with_interrupts(tmp_path, there):
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


@pytest.mark.parametrize(
    "where, made, words",
    [
        ("nowhere", "other/camvid", "there is no such folder"),
        ("camvid", "camvid/train", "it must be the folder that camvid/ lies in"),
        ("manual", "manual/CamVid", "it has a folder CamVid, which must be called camvid"),
        ("manual", "manual/membrane", "it has no folder camvid; it has the folders membrane"),
        ("manual", "manual", "it has no folder camvid; it has no folders"),
    ],
)
def test_a_manual_folder_that_is_not_there_is_told(tmp_path, monkeypatch, where, made, words):
    (tmp_path / made).mkdir(parents=True)
    monkeypatch.setenv("SEGCOURSE_MANUAL_DIR", str(tmp_path / where))
    with pytest.warns(UserWarning, match=f"SEGCOURSE_MANUAL_DIR=.*: {words}"):
        assert folders.manual_folder("camvid") is None
