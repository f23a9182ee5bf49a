"""Which hand-ins are meant."""

import os

import pytest

from segcourse.project.marking.found import found, labels


@pytest.fixture
def all_of_them(tmp_path):
    for name in ("kim", "lee", ".hidden"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.json").touch()
    (tmp_path / "empty").mkdir()
    for name in ("kim.zip", "min.zip", "notes.txt"):
        (tmp_path / name).touch()
    return tmp_path


def test_one_and_a_folder_of_some(all_of_them):
    assert found([all_of_them / "kim"]) == [all_of_them / "kim"]
    names = [path.name for path in found([all_of_them])]
    assert names == ["empty", "kim", "lee", "min.zip"]


def test_each_once_in_the_order_given(all_of_them):
    paths = [all_of_them / "lee", all_of_them / "kim.zip", all_of_them]
    assert [path.name for path in found(paths)] == ["lee", "kim.zip", "empty", "kim", "min.zip"]


def test_an_empty_folder_is_one(all_of_them):
    assert found([all_of_them / "empty"]) == [all_of_them / "empty"]


@pytest.mark.parametrize("name", ["none", "notes.txt"])
def test_what_is_none(all_of_them, name):
    with pytest.raises(ValueError, match=f"FOLDER must be .*{name}"):
        found([all_of_them / name])


def test_two_of_one_name_are_told_apart(all_of_them):
    (all_of_them / "b" / "kim").mkdir(parents=True)
    paths = [all_of_them / "kim", all_of_them / "b" / "kim", all_of_them / "lee"]
    first, second, third = labels(paths)
    assert (first, second) == (paths[0].as_posix(), paths[1].as_posix()) and third == "lee"


@pytest.mark.skipif(os.name == "nt", reason="makes links")
def test_links_inside_are_left_out(all_of_them):
    (all_of_them / "link").symlink_to("/", target_is_directory=True)
    assert "link" not in [path.name for path in found([all_of_them])]
