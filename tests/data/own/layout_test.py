"""Every layout is written by its test; `make.belong` holds each mask against its picture."""

import os
import re
import unicodedata
import warnings

import numpy as np
import pytest

from segcourse.data import DataError, from_folder
from segcourse.data.own import layout


@pytest.mark.parametrize(
    "pictures, masks",
    [
        ("images/{}.jpg", "masks/{}.png"),
        ("imgs/{}.png", "labels/{}.png"),
        ("image/{}.bmp", "label/{}.png"),
        ("JPEGImages/{}.png", "SegmentationClass/{}.png"),
        ("data/images/{}.PNG", "data/annotations/{}.png"),
        ("photos of streets/{}.tif", "masks/{}.tiff"),
        ("images/a/{}.webp", "masks/a/{}.png"),
        ("images/{}_sat.png", "masks/{}_mask.png"),
        ("images/{}.png", "masks/{}_L.png"),
        ("all/{}.png", "all/{}_mask.png"),
        ("{}.jpg", "{}.png"),
        ("x/image_{}.png", "x/mask_{}.gif"),
    ],
)
def test_without_splits(tmp_path, make, pictures, masks):
    for k in range(5):
        make.pair(tmp_path / pictures.format(f"p{k}"), tmp_path / masks.format(f"p{k}"), k)
    found = from_folder(tmp_path, ("a", "b", "c"))
    assert (len(found.train), len(found.val)) == (4, 1)
    for split in (found.train, found.val):
        for one in split:
            k = int(re.search(r"p(\d)", one["file"])[1])
            np.testing.assert_array_equal(one["label"], make.mask(k))
            assert abs(int(one["image"][..., 2].mean()) - k) <= 12  # also of a JPEG


@pytest.mark.parametrize(
    "pictures, masks",
    [
        ("{0}/images/{1}.png", "{0}/masks/{1}.png"),
        ("images/{0}/{1}.png", "labels/{0}/{1}.png"),
        ("{0}/{1}.png", "{0}annot/{1}.png"),
        ("{0}_images/{1}.png", "{0}_masks/{1}.png"),
        ("{0}/{1}.png", "{0}/{1}_mask.png"),
        ("images/{0}/{1}.png", "masks/{1}.png"),
        ("images/{0}/city/{1}.png", "masks/{0}/{1}.png"),
        ("img_dir/{0}/{1}.png", "ann_dir/{0}/{1}.png"),
        ("skin_{0}_Input/{1}.png", "skin_{0}_GroundTruth/{1}_segmentation.png"),
    ],
)
def test_with_splits(tmp_path, make, pictures, masks):
    for k, split in enumerate(("train", "train", "val", "test", "test", "test")):
        make.pair(tmp_path / pictures.format(split, k), tmp_path / masks.format(split, k), k)
    found = from_folder(tmp_path, ("a", "b", "c"))
    assert {name: len(found.split(name)) for name in found.splits} == {
        "train": 2, "val": 1, "test": 3,
    }  # fmt: skip
    for name in found.splits:
        assert make.belong(found.split(name))
    assert "as the folder has them" in found.source


def test_the_same_names_in_two_splits(tmp_path, make):
    for number, split in enumerate(("train", "valid")):
        for k in range(2):
            make.pair(
                tmp_path / split / "images" / f"{k}.png",
                tmp_path / split / "masks" / f"{k}.png", 2 * number + k,
            )  # fmt: skip
    found = from_folder(tmp_path)
    assert found.train.images[:, 0, 0, 2].tolist() == [0, 1] and make.belong(found.train)
    assert found.val.images[:, 0, 0, 2].tolist() == [2, 3] and make.belong(found.val)


def test_cityscapes(tmp_path, make):
    for k, split in enumerate(("train", "train", "val")):
        for view in ("labelIds", "color", "instanceIds"):
            make.pair(
                tmp_path / f"leftImg8bit/{split}/aachen/aachen_{k}_leftImg8bit.png",
                tmp_path / f"gtFine/{split}/aachen/aachen_{k}_gtFine_{view}.png", k,
            )  # fmt: skip
    with pytest.warns(UserWarning, match="6 pictures in gtFine/train/aachen, .* not read"):
        found = from_folder(tmp_path)
    assert (len(found.train), len(found.val)) == (2, 1) and make.belong(found.train)


def voc(folder, make, count=6):
    for k in range(count):
        make.pair(folder / f"JPEGImages/{k}.png", folder / f"SegmentationClass/{k}.png", k)
    lists = folder / "ImageSets" / "Segmentation"
    lists.mkdir(parents=True)
    return lists


def test_lists_of_image_sets(tmp_path, make):
    lists = voc(tmp_path, make)
    (lists / "train.txt").write_text("3\n0\n1\n")
    (lists / "val.txt").write_text("2\n4\n")
    (lists / "trainval.txt").write_text("0\n1\n2\n3\n4\n")
    make.save(make.mask(), tmp_path / "SegmentationObject" / "0.png")
    with pytest.warns(UserWarning, match="1 picture in SegmentationObject not read.*1 pict"):
        found = from_folder(tmp_path)
    assert [one["file"] for one in found.train] == [f"JPEGImages/{k}.png" for k in (0, 1, 3)]
    assert len(found.val) == 2 and make.belong(found.val)


def test_a_list_of_everything_names_no_split(tmp_path, make):
    lists = voc(tmp_path, make)
    (lists / "default.txt").write_text("\n".join(map(str, range(6))))
    assert [len(from_folder(tmp_path).split(name)) for name in ("train", "val")] == [5, 1]


def test_a_list_with_a_name_that_is_not_there(tmp_path, make):
    (voc(tmp_path, make) / "train.txt").write_text("0\nnosuch\n")
    with pytest.raises(DataError, match="1 name in lists without a picture.*train.txt: nosuch"):
        from_folder(tmp_path)


def test_a_picture_in_two_lists(tmp_path, make):
    lists = voc(tmp_path, make)
    (lists / "train.txt").write_text("0\n1\n")
    (lists / "val.txt").write_text("1\n")
    with pytest.raises(DataError, match="JPEGImages/1.png twice; splits share nothing"):
        from_folder(tmp_path)


def test_partners_that_are_missing_are_named(tmp_path, make):
    make.many(tmp_path)
    (tmp_path / "masks" / "2.png").unlink()
    (tmp_path / "images" / "4.png").unlink()
    with pytest.raises(
        DataError, match="1 picture without a mask: images/2.png; 1 mask without a picture: masks/4"
    ):
        from_folder(tmp_path)
    with pytest.warns(UserWarning, match="left out: 1 picture without a mask: images/2.png"):
        found = from_folder(tmp_path, missing="leave out")
    assert len(found.train) + len(found.val) == 3


def test_pictures_that_are_not_read_are_named(tmp_path, make):
    make.many(tmp_path)
    (tmp_path / "images" / "5.HEIC").write_bytes(b"x")
    with pytest.raises(DataError, match="1 picture of a format that is not read.*5.HEIC"):
        from_folder(tmp_path)


def test_two_masks_for_one_picture(tmp_path, make):
    make.many(tmp_path)
    make.save(make.mask(), tmp_path / "labels" / "3.png")
    with pytest.raises(DataError, match=r"2 masks for one picture: \S*3.png, \S*3.png"):
        from_folder(tmp_path)


def test_hidden_files_and_links_that_lead_back(tmp_path, make):
    make.many(tmp_path)
    (tmp_path / "images" / "._0.png").write_bytes(b"")
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / "0.png").write_bytes(b"")
    if os.name != "nt":  # Windows asks for rights to make one
        (tmp_path / "again").symlink_to(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(from_folder(tmp_path).train) == 4


@pytest.mark.parametrize("there", ["nothing", "pictures", "masks of other names"])
def test_nothing_that_belongs_together(tmp_path, make, there):
    if there != "nothing":
        make.save(np.zeros((4, 4, 3), "uint8"), tmp_path / "images" / "a.png")
    if there.startswith("masks"):
        make.save(make.mask(), tmp_path / "masks" / "other.png")
    with pytest.raises(DataError, match="holds no pictures with masks.*Put pictures into images/"):
        from_folder(tmp_path)


def test_no_folder(tmp_path):
    with pytest.raises(DataError, match=f"There is no folder {tmp_path / 'x'}"):
        layout.find(tmp_path / "x")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_from_a_mac_are_the_same_names(tmp_path, make, form):
    """There 한 is stored in three pieces."""
    make.many(tmp_path)
    for k in range(5):
        for part, of in (("images", "NFC"), ("masks", form)):
            name = unicodedata.normalize(of, f"사진{k}.png")
            (tmp_path / part / f"{k}.png").rename(tmp_path / part / name)
    assert len(from_folder(tmp_path, val=0).train) == 5


def test_two_pictures_for_one_mask(tmp_path, make):
    make.many(tmp_path)
    make.save(np.zeros((8, 10, 3), "uint8"), tmp_path / "images" / "2.jpg")
    with pytest.raises(DataError, match="2 pictures for one mask: .*2.jpg, .*2.png"):
        from_folder(tmp_path)
