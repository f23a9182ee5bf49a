import os

import pytest

from segcourse.export.whole_folder import whole_folder


def fill(target):
    with whole_folder(target) as part:
        (part / "deep").mkdir()
        (part / "deep" / "a.txt").write_text("a")
        (part / "b.txt").write_text("b")


@pytest.mark.parametrize("is_there", [False, True])
def test_all_comes_and_nothing_else(tmp_path, is_there):
    target = tmp_path / "new"
    if is_there:
        target.mkdir()
    fill(target)
    assert sorted(os.listdir(target)) == ["b.txt", "deep"]
    assert (target / "deep" / "a.txt").read_text() == "a"
    assert os.listdir(tmp_path) == ["new"]


def test_the_working_directory_can_be_filled(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fill(".")
    assert sorted(os.listdir(".")) == ["b.txt", "deep"]


@pytest.mark.parametrize("is_there", [False, True])
@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_failed_block_leaves_nothing(tmp_path, is_there, error):
    target = tmp_path / "new"
    if is_there:
        target.mkdir()
    with pytest.raises(error), whole_folder(target) as part:
        (part / "a.txt").write_text("a")
        raise error
    assert os.listdir(tmp_path) == (["new"] if is_there else [])
    assert not is_there or not os.listdir(target)


def test_half_moved_is_moved_back(tmp_path, monkeypatch):
    move, calls = os.rename, []

    def second_fails(source, target):
        calls.append(target)
        if len(calls) == 2:
            raise OSError("no more")
        move(source, target)

    monkeypatch.setattr(os, "rename", second_fails)
    with pytest.raises(OSError, match="no more"):
        fill(tmp_path)
    assert not os.listdir(tmp_path)


def test_what_is_in_the_way_is_named_and_stays(tmp_path):
    full, file = tmp_path / "full", tmp_path / "file"
    full.mkdir()
    (full / "holiday.jpg").write_text("x")
    file.write_text("x")
    for target, words in (
        (full, "new or empty.*holiday.jpg"),
        (file, "new or empty.*a file"),
        (tmp_path / "none" / "new", "new or empty.*there is no folder"),
    ):
        with pytest.raises(ValueError, match=words):
            fill(target)
    assert os.listdir(full) == ["holiday.jpg"] and sorted(os.listdir(tmp_path)) == ["file", "full"]
