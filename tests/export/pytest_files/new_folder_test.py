"""A folder is there whole or not at all."""

import pytest

from segcourse.export.pytest_files.new_folder import NotEmpty, new_folder


def test_an_empty_folder_is_filled(tmp_path):
    place = tmp_path / "tests"
    place.mkdir()
    with new_folder(place) as part:
        (part / "a").write_text("a")
    assert [path.name for path in place.iterdir()] == ["a"]
    assert list(tmp_path.iterdir()) == [place]


def test_a_failure_leaves_nothing(tmp_path):
    with pytest.raises(KeyError), new_folder(tmp_path / "x/tests") as part:
        (part / "a").write_text("a")
        raise KeyError
    assert list((tmp_path / "x").iterdir()) == []


def test_what_is_there_stays(tmp_path):
    (tmp_path / "photo.jpg").write_text("photo")
    (tmp_path / "file").write_text("file")
    for place in (tmp_path, tmp_path / "file"):
        with pytest.raises(NotEmpty, match="DIR must be a new or an empty folder. Received: "):
            with new_folder(place):
                raise AssertionError("not reached")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "photo.jpg"]


def test_what_came_meanwhile_stays(tmp_path):
    place = tmp_path / "tests"
    with pytest.raises(NotEmpty), new_folder(place):
        place.mkdir()
        (place / "other").write_text("other")
    assert [path.name for path in place.iterdir()] == ["other"]
    assert list(tmp_path.iterdir()) == [place]
