import json

import numpy as np
import pytest
from PIL import Image

from segcourse import data
from segcourse.data.own.checking import clean_copy

NAMES = ("sky", "tree", "dog")


def same(first, second):
    assert first.classes == second.classes and first.splits == second.splits
    for name in first.splits:
        np.testing.assert_array_equal(first.split(name).images, second.split(name).images)
        np.testing.assert_array_equal(first.split(name).labels, second.split(name).labels)
    return True


def exif(array, number):
    picture = Image.fromarray(array)
    tags = picture.getexif()
    tags[0x0112] = number
    return picture, tags.tobytes()


def test_a_clean_folder_comes_back_as_it_is_read(tmp_path, make):
    make.many(tmp_path / "in", 10)
    report = data.check(tmp_path / "in", (*NAMES[:2], "void"), write=tmp_path / "out")
    assert report.done == [f"10 of 10 pairs in {tmp_path / 'out'}"]
    assert same(
        data.load(f"folder:{tmp_path}/out"), data.from_folder(tmp_path / "in", (*NAMES[:2], "void"))
    )
    assert data.check(tmp_path / "out").right
    masks = sorted((tmp_path / "out" / "train" / "masks").iterdir())
    assert len(masks) == 8 and set(np.unique(Image.open(masks[0]))) <= {0, 1, 255}


@pytest.mark.parametrize("number", [5, 6, 7, 8])
def test_masks_of_unturned_pictures_are_turned(tmp_path, make, number):
    ids = make.mask(shape=(5, 7))
    picture, tags = exif(make.picture(ids), number)
    make.save(picture, tmp_path / "in" / "images" / "a.png", exif=tags)
    make.save(ids, tmp_path / "in" / "masks" / "a.png")
    report = data.check(tmp_path / "in", NAMES, write=tmp_path / "out")
    assert "  1 mask turned as the picture is" in report.done
    found = data.load(f"folder:{tmp_path}/out").train
    assert found.images.shape == (1, 7, 5, 3) and make.belong(found)


def test_mended_and_left_out(tmp_path, make):
    folder = tmp_path / "in"
    colours = np.array([0, 100, 200], "uint8")

    def blocks(k):
        return colours[make.mask(k)].repeat(16, 0).repeat(16, 1)

    for k in range(8):
        make.save(blocks(k), folder / f"masks/{k}.png")
        make.save(np.full((128, 160, 3), k, "uint8"), folder / f"images/{k}.png")
    make.save(blocks(1), folder / "masks/1.png", format="JPEG", quality=90)
    make.save(colours[make.mask(2)], folder / "masks/2.png")  # a sixteenth of its picture
    make.save(colours[make.mask(3, shape=(9, 9))], folder / "masks/3.png")
    (folder / "images/4.png").write_bytes(b"")
    (folder / "masks/5.png").unlink()
    make.save(np.full((128, 160), 255, "uint8"), folder / "masks/6.png")
    report = data.check(folder, {0: "a", 100: "b", 200: "c"}, write=tmp_path / "out")
    said = "\n".join(report.done)
    assert said.startswith("4 of 7 pairs")
    assert "1 mask with blurred edges, set to the nearest class" in said
    assert "1 mask resized to the size of the picture" in said
    for reason in ("mask of another size", "not readable", "without a mask", "void everywhere"):
        assert f"left out, {reason}: " in said
    found = data.load(f"folder:{tmp_path}/out")
    by_number = {int(one["image"][0, 0, 0]): one["label"] for s in found.splits
                 for one in found.split(s)}  # fmt: skip
    assert set(by_number) == {0, 1, 2, 7}
    for k, labels in by_number.items():
        wanted = make.mask(k).repeat(16, 0).repeat(16, 1)
        assert (labels != wanted).mean() <= (0.02 if k == 1 else 0), k


def test_black_and_white_jpegs_become_ids(tmp_path, make):
    for k in range(3):
        ids = make.mask(k, 2).repeat(8, 0).repeat(8, 1)
        make.save(ids * 255, tmp_path / "in" / f"masks/{k}.jpg")
        make.save(np.full((*ids.shape, 3), k, "uint8"), tmp_path / "in" / f"images/{k}.png")
    data.check(tmp_path / "in", ("road", "crack"), write=tmp_path / "out")
    found = data.load(f"folder:{tmp_path}/out")
    assert found.classes == ("road", "crack")
    for one in found.train:
        k = int(one["image"][0, 0, 0])
        np.testing.assert_array_equal(one["label"], make.mask(k, 2).repeat(8, 0).repeat(8, 1))


def test_a_picture_in_two_splits_is_kept_in_val(tmp_path, make):
    for split, numbers in {"train": (0, 1, 2), "val": (2, 3)}.items():
        for k in numbers:
            make.pair(
                tmp_path / f"in/{split}/images/{k}.png", tmp_path / f"in/{split}/masks/{k}.png", k
            )
    data.check(tmp_path / "in", NAMES, write=tmp_path / "out")
    found = data.load(f"folder:{tmp_path}/out")
    assert found.train.images[:, 0, 0, 2].tolist() == [0, 1]
    assert found.val.images[:, 0, 0, 2].tolist() == [2, 3]
    assert data.check(tmp_path / "out").right


def test_the_same_name_in_two_folders_and_settings_that_are_kept(tmp_path, make):
    for k, part in enumerate(("a", "b")):
        make.pair(tmp_path / f"in/images/{part}/x.png", tmp_path / f"in/masks/{part}/x.png", k)
    (tmp_path / "in" / "segcourse.json").write_text('{"size": [4, 5], "channels": 1, "val": 0}')
    data.check(tmp_path / "in", NAMES, write=tmp_path / "out")
    stored = json.loads((tmp_path / "out" / "segcourse.json").read_text())
    assert stored == {"classes": {"0": "sky", "1": "tree", "2": "dog"}, "size": [4, 5],
                      "fit": "resize", "channels": 1, "val": 0}  # fmt: skip
    assert same(data.load(f"folder:{tmp_path}/out"), data.from_folder(tmp_path / "in", NAMES))


def test_where_it_may_be_written(tmp_path, make):
    make.many(tmp_path / "in", 2)
    for target in (tmp_path / "in", tmp_path / "in" / "clean"):
        with pytest.raises(ValueError, match="`write` must"):
            data.check(tmp_path / "in", NAMES, write=target)
    (tmp_path / "empty").mkdir()
    data.check(tmp_path / "in", NAMES, write=tmp_path / "empty")
    with pytest.raises(ValueError, match="`write` must be a new folder"):
        data.check(tmp_path / "in", NAMES, write=tmp_path / "empty")


def test_nothing_half_written_is_left(tmp_path, make, monkeypatch):
    make.many(tmp_path / "in", 4)

    def fail(report, partial, look, split, stem):
        raise data.DataError("no more")

    monkeypatch.setattr(clean_copy, "_copy", fail)
    with pytest.raises(data.DataError, match="no more"):
        data.check(tmp_path / "in", NAMES, write=tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_masks_that_are_not_understood_give_no_copy(tmp_path, make):
    make.many(tmp_path / "in", encode=lambda ids: np.dstack([ids * 9, ids, ids]))
    with pytest.raises(data.DataError, match="No copy was written.*in colours"):
        data.check(tmp_path / "in", write=tmp_path / "out")
