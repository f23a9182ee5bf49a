import json

import numpy as np
import pytest

from segcourse.data import DataError, from_folder
from segcourse.data.own import settings


def test_the_folders_own_settings(tmp_path, make):
    make.many(tmp_path, 10)
    chosen = {"classes": ["a", "b", "void"], "size": [4, 6], "fit": "pad", "val": 0.3}
    (tmp_path / "segcourse.json").write_text(json.dumps(chosen))
    found = from_folder(tmp_path)
    assert found.classes == ("a", "b") and len(found.val) == 3
    assert found.train.images.shape == (7, 4, 6, 3)
    given = from_folder(tmp_path, ("x", "y", "z"), size=(5, 5))
    assert given.classes == ("x", "y", "z") and given.train.images.shape[1:3] == (5, 5)


def test_ids_and_colours_as_keys_of_json(tmp_path, make):
    ids = make.many(tmp_path, 2, encode=lambda a: np.dstack([a * 100, a * 0, a * 0]))
    table = {"#000000": "a", "100,0,0": "b", "#c80000": "c"}
    (tmp_path / "segcourse.json").write_text(json.dumps({"classes": table}))
    found = from_folder(tmp_path, val=0).train
    np.testing.assert_array_equal(found.labels[1], ids["images/1.png"])
    make.many(tmp_path, 2)
    (tmp_path / "segcourse.json").write_text('{"classes": {"0": "a", "1": "b", "2": null}}')
    assert from_folder(tmp_path).classes == ("a", "b")


@pytest.mark.parametrize(
    "text, message",
    [("{", "is not JSON"), ("[1]", "must be an object.*Received: list"),
     ('{"klasses": []}', "some of the keys classes, size.*Received: klasses")],
)  # fmt: skip
def test_damaged_settings(tmp_path, make, text, message):
    make.many(tmp_path, 2)
    (tmp_path / "segcourse.json").write_text(text)
    with pytest.raises(DataError, match=message):
        from_folder(tmp_path)


@pytest.mark.parametrize(
    "name, text, expected",
    [
        ("classes.txt", "sky\n\nbig tree\ndog\n", ["sky", "big tree", "dog"]),
        ("codes.txt", "sky\ntree", ["sky", "tree"]),
        ("labels.txt", "__ignore__\n_background_\ncat", ["background", "cat"]),
        ("labelmap.txt", "# label:color_rgb:parts:actions\nbackground:0,0,0::\ncat:1,20,255::\n",
         {(0, 0, 0): "background", (1, 20, 255): "cat"}),
        ("label_colors.txt", "64 128 64\tAnimal\n192 0 128\t\tArchway",
         {(64, 128, 64): "Animal", (192, 0, 128): "Archway"}),
        ("class_dict.csv", "name,r,g,b\nAnimal,64,128,64\nArch,192,0,128\n",
         {(64, 128, 64): "Animal", (192, 0, 128): "Arch"}),
    ],
)  # fmt: skip
def test_lists_of_classes_as_tools_write_them(tmp_path, name, text, expected):
    (tmp_path / name).write_text(text)
    assert settings.classes(tmp_path) == (expected, tmp_path / name)


def test_cvats_segmentation_masks(tmp_path, make):
    """labelmap.txt with colours, coloured masks, default.txt: what CVAT exports as masks."""
    colours = np.array([(0, 0, 0), (250, 50, 83), (51, 221, 255)], "uint8")
    ids = {}
    for k in range(3):
        ids[k] = make.pair(
            tmp_path / f"JPEGImages/{k}.png", tmp_path / f"SegmentationClass/{k}.png", k,
            encode=lambda a: colours[a],
        )  # fmt: skip
    (tmp_path / "labelmap.txt").write_text(
        "# label:color_rgb:parts:actions\nbackground:0,0,0::\ncat:250,50,83::\ndog:51,221,255::\n"
    )
    (tmp_path / "ImageSets" / "Segmentation").mkdir(parents=True)
    (tmp_path / "ImageSets" / "Segmentation" / "default.txt").write_text("0\n1\n2\n")
    found = from_folder(tmp_path, val=0)
    assert found.classes == ("background", "cat", "dog")
    np.testing.assert_array_equal(found.train.labels, [ids[0], ids[1], ids[2]])
