"""The folder of a class, with somebody's holiday photos in it."""

import json
import os
import zipfile

import pytest

from segcourse.progress.class_folder import LARGEST, NotARecord, read_folder, read_record

KNOWN = {"1.1", "1.2", "B.1", "B.a"}


def photo(path):
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(1000))


@pytest.fixture
def folder(tmp_path, kim, lee):
    there = tmp_path / "class"
    (there / "lee").mkdir(parents=True)
    (there / "kim.json").write_text(json.dumps(kim))
    (there / "lee" / "progress.json").write_text(json.dumps(lee))
    photo(there / "beach.jpg")
    return there


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_folders_and_zips_are_read_and_nothing_is_written(folder, kim):
    with zipfile.ZipFile(folder / "park.zip", "w") as made:
        made.writestr("park/progress.json", json.dumps({"1.1": kim["1.1"]}))
    before = contents(folder)
    found = read_folder(folder, KNOWN)
    assert list(found.records) == ["kim", "lee", "park"]
    assert found.records["kim"] == kim
    assert found.left_out == [("beach.jpg", "no progress record")]
    assert contents(folder) == before


OTHERS = {
    "list.pdf": (b"%PDF-1.7", "no progress record"),
    "photo.json": (b"\xff\xd8\xff\xe0", "not JSON"),
    "half.json": (b'{"1.1": {"outcome": "ri', "not JSON"),
    "empty.json": (b"", "not JSON"),
    "none.json": (b"{}", "no outcome of an exercise"),
    "list.json": (b"[1, 2]", "a list, not a dict"),
    "package.json": (b'{"name": "x"}', "under 'name' is no outcome"),
    "deep.json": (b"[" * 100_000, "not JSON"),
    "large.json": (b" " * (LARGEST + 1), "too large"),
    "odd.zip": (b"PK\x03\x04rest", "a damaged zip"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_all_else_is_named_and_left_out(folder, name):
    data, why = OTHERS[name]
    (folder / name).write_bytes(data)
    found = read_folder(folder, KNOWN)
    assert list(found.records) == ["kim", "lee"]
    (said,) = (why for left, why in found.left_out if left == name)
    assert why in said and "\n" not in said


def test_other_courses_empty_folders_and_zips_without_a_record(folder, kim):
    (folder / "other.json").write_text(json.dumps({"99.1": kim["1.1"]}))
    (folder / "empty").mkdir()
    with zipfile.ZipFile(folder / "photos.zip", "w") as made:
        made.writestr("beach.jpg", b"x")
    left = dict(read_folder(folder, KNOWN).left_out)
    assert set(left) == {"beach.jpg", "other.json", "empty", "photos.zip"}
    assert left["empty"] == "a folder without progress.json"


def test_a_record_that_is_there_twice_is_counted_once(folder, kim):
    (folder / "kim copy.json").write_text(json.dumps(kim))
    found = read_folder(folder, KNOWN)
    assert list(found.records) == ["kim copy", "lee"]
    assert ("kim.json", "the same record as in kim copy, counted once") in found.left_out


def test_two_people_of_one_name(folder, kim):
    (folder / "lee.json").write_text(json.dumps(kim | {"B.1": kim["1.1"]}))
    assert list(read_folder(folder, KNOWN).records) == ["kim", "lee", "lee.json"]


def test_hidden_files_and_the_own_page_are_passed_over(folder):
    photo(folder / ".DS_Store")
    photo(folder / "class.html")
    found = read_folder(folder, KNOWN, ignored=folder / "class.html")
    assert [name for name, _why in found.left_out] == ["beach.jpg"]


@pytest.mark.skipif(os.name == "nt", reason="makes a pipe, and a name with an escape in it")
def test_what_is_no_file_and_odd_names(folder):
    os.mkfifo(folder / "pipe.json")
    (folder / "a\x1b[2J.jpg").touch()
    (folder / "gone.json").symlink_to(folder / "nowhere")
    left = dict(read_folder(folder, KNOWN).left_out)
    assert left["pipe.json"] == left["gone.json"] == "no file"
    assert r"'a\x1b[2J.jpg'" in left


def test_a_single_one(folder, kim):
    assert read_record(folder / "kim.json", KNOWN) == kim
    with pytest.raises(NotARecord, match="no progress record"):
        read_record(folder / "beach.jpg", KNOWN)
