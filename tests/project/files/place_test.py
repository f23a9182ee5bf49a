import gc
import os
from pathlib import Path

import pytest

from segcourse.project.files.place import Place, folder_name, public_name


def test_in_the_working_directory(monkeypatch, tmp_path):
    monkeypatch.delenv("SEGCOURSE_PROJECT_DIR")
    monkeypatch.setenv("SEGCOURSE_QUIET", "0")
    monkeypatch.chdir(tmp_path)
    place = Place("scenes")
    assert place.folder == Path.cwd() / "my_project" / "scenes" and place.folder.is_dir()
    assert place.words == "my_project/scenes"


def test_in_a_folder_of_choice(monkeypatch, tmp_path):
    monkeypatch.setenv("SEGCOURSE_PROJECT_DIR", str(tmp_path / "deep" / "er"))
    place = Place("folder:/home/me/leaves")
    assert place.folder.parent == tmp_path / "deep" / "er"
    assert "/home/me" not in str(place.folder) and str(tmp_path) not in place.words


def test_quiet_it_is_temporary(monkeypatch):
    monkeypatch.delenv("SEGCOURSE_PROJECT_DIR")
    place = Place("scenes")
    folder = place.folder
    assert folder.is_dir() and place.words == "a temporary folder"
    del place
    gc.collect()
    assert not folder.exists()


def test_names_of_folders():
    assert folder_name("folder:/a/leaves") != folder_name("folder:/b/leaves")
    assert folder_name("folder:/a/leaves") == folder_name("folder:/a/b/../leaves/")
    assert folder_name("../evil") == "evil"
    assert public_name("folder:C:\\Users\\me\\leaves") == "folder:leaves"


def test_a_file_is_in_the_way(tmp_path):
    (tmp_path / "scenes").write_text("mine")
    with pytest.raises(OSError, match="nothing can be written there.*SEGCOURSE_PROJECT_DIR"):
        Place("scenes")
    assert (tmp_path / "scenes").read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "scenes").mkdir(mode=0o500)
    with pytest.raises(OSError, match="nothing can be written there"):
        Place("scenes")
