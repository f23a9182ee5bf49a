import json
import os

import numpy as np
import pytest

from segcourse import data
from segcourse.data.sets import camvid

CAMVID_STORES = (*camvid.CLASSES, "void")


def test_what_comes_back(tmp_path, make):
    make.many(tmp_path)
    found = data.from_folder(str(tmp_path), ("a", "b", "c"))
    assert isinstance(found, data.Dataset) and isinstance(found.train, data.Split)
    assert found.name == f"folder:{tmp_path}" and found.void == 255
    assert found.train.take(2).images.shape == (2, 8, 10, 3)
    assert set(found.train[0]) == {"image", "label", "file"}
    assert str(tmp_path) in found.source and "test absent" in repr(found)


def test_the_name_folder_works_wherever_a_name_does(tmp_path, make, monkeypatch):
    make.many(tmp_path / "mine")
    name = f"folder:{tmp_path}/mine"
    assert len(data.load(name).train) == 4
    assert data.load(name, size=(3, 5)).train.labels.shape == (4, 3, 5)
    monkeypatch.setenv("SEGCOURSE_DATASET", name)
    assert data.load().name == name
    monkeypatch.chdir(tmp_path)
    assert len(data.load("folder:mine").train) == 4
    assert data.prepare(name) == tmp_path / "mine"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert len(data.load("folder:~/mine").train) == 4


def test_a_folder_that_is_not_there(tmp_path):
    for call in (data.load, data.prepare):
        with pytest.raises(data.DataError, match=f"There is no folder {tmp_path}/x"):
            call(f"folder:{tmp_path}/x")
    with pytest.raises(ValueError, match="or folder:PATH for a folder of your own"):
        data.load("folder:")


@pytest.mark.parametrize("arguments", [{"channels": 2}, {"missing": "skip"}])
def test_wrong_arguments(tmp_path, make, arguments):
    make.many(tmp_path, 2)
    with pytest.raises(ValueError, match=f"`{next(iter(arguments))}` must be"):
        data.from_folder(tmp_path, **arguments)


def test_what_the_pipeline_takes(tmp_path, make):
    make.many(tmp_path, classes=2, encode=lambda ids: ids * 255)
    images, labels = next(iter(data.pipeline(data.load(f"folder:{tmp_path}").train, 2)))
    assert images.shape == (2, 8, 10, 3) and labels.shape == (2, 8, 10)


def linked(real, folder, parts):
    """A folder with links to the real one's parts, and settings of its own."""
    folder.mkdir()
    for part in parts:
        os.symlink(real / part, folder / part)
    return folder


def test_real_camvid_is_the_same_as_by_its_name(real_data, tmp_path, monkeypatch):
    monkeypatch.setenv("SEGCOURSE_MANUAL_DIR", str(real_data))
    parts = ("train", "trainannot", "val", "valannot")
    folder = linked(real_data / "camvid", tmp_path / "mine", parts)
    (folder / "classes.txt").write_text("\n".join(CAMVID_STORES))
    own, named = data.load(f"folder:{folder}"), data.load("camvid")
    assert own.classes == named.classes and own.splits == named.splits == ("train", "val")
    for split in own.splits:
        assert len(own.split(split)) == len(named.split(split))
    np.testing.assert_array_equal(own.val.images, named.val.images)
    np.testing.assert_array_equal(own.val.labels, named.val.labels)
    small = data.load(f"folder:{folder}", size=(45, 60)).train.take(20)
    same = data.load("camvid", size=(45, 60)).train.take(20)
    np.testing.assert_array_equal(small.images, same.images)
    np.testing.assert_array_equal(small.labels, same.labels)


def test_real_membranes_are_the_same_as_by_their_name(real_data, tmp_path, monkeypatch):
    monkeypatch.setenv("SEGCOURSE_MANUAL_DIR", str(real_data))
    folder = linked(real_data / "membrane", tmp_path / "mine", ("image", "label"))
    chosen = {"classes": ["membrane", "cell"], "channels": 1, "val": 0}
    (folder / "segcourse.json").write_text(json.dumps(chosen))
    own, named = data.load(f"folder:{folder}").train, data.load("membrane")
    by_file = {one["file"]: one for split in named.splits for one in named.split(split)}
    assert len(own) == len(by_file) == 24
    for one in own:
        same = by_file[one["file"].removeprefix("image/")]
        np.testing.assert_array_equal(one["image"], same["image"])
        np.testing.assert_array_equal(one["label"], same["label"])
