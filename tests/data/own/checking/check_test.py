import json

import numpy as np
import pytest
from PIL import Image

from segcourse import data
from segcourse.data.own.checking.findings import GRADES

NAMES = ("sky", "tree", "dog")


def kinds(report):
    assert [GRADES.index(one.grade) for one in report.findings] == sorted(
        GRADES.index(one.grade) for one in report.findings
    )
    return report.kinds()


def finding(report, kind):
    found = [one for one in report.findings if one.kind == kind]
    assert len(found) == 1, report
    assert found[0].text() in str(report) or found[0].what in str(report)
    return found[0]


def snapshot(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_is_wrong_with_a_clean_folder_and_nothing_is_changed(tmp_path, make):
    make.many(tmp_path, 10)
    before = snapshot(tmp_path)
    report = data.check(tmp_path, NAMES)
    assert report.right and kinds(report) == [] and snapshot(tmp_path) == before
    assert "10 pairs (train 8, val 2)" in str(report)
    assert "no errors, no warnings, no notes." in str(report)
    shares = report.shares()
    assert [name for name, _, _ in shares] == list(NAMES)
    assert sum(share for _, share, _ in shares) == pytest.approx(1)
    assert [count for _, _, count in shares] == [10] * 3


def test_shares_are_those_of_the_pixels(tmp_path, make):
    ids = make.many(tmp_path, 6)
    counts = np.bincount(np.concatenate([one.ravel() for one in ids.values()]), minlength=3)
    found = [share for _, share, _ in data.check(tmp_path, NAMES).shares()]
    np.testing.assert_allclose(found, counts / counts.sum())


def test_partners_that_are_missing(tmp_path, make):
    make.many(tmp_path)
    (tmp_path / "masks" / "2.png").unlink()
    (tmp_path / "images" / "4.png").unlink()
    (tmp_path / "images" / "x.heic").write_bytes(b"")
    report = data.check(tmp_path, NAMES)
    assert not report.right
    assert finding(report, "no-mask").files == (tmp_path / "images" / "2.png",)
    assert finding(report, "no-picture").files == (tmp_path / "masks" / "4.png",)
    assert finding(report, "format").files == (tmp_path / "images" / "x.heic",)
    assert "images/2.png" in str(report) and "Mend: draw their masks" in str(report)


def test_files_that_cannot_be_read(tmp_path, make):
    make.many(tmp_path)
    (tmp_path / "masks" / "2.png").write_bytes(b"")
    (tmp_path / "images" / "3.png").write_bytes(b"text")
    found = finding(data.check(tmp_path, NAMES), "unreadable")
    assert found.files == tuple(tmp_path / "images" / f"{k}.png" for k in (2, 3))
    assert "masks/2.png is empty" in found.what and "3.png is truncated or is not" in found.what


def test_sizes(tmp_path, make):
    make.many(tmp_path)
    make.save(make.mask(shape=(4, 5)), tmp_path / "masks" / "1.png")
    make.pair(tmp_path / "images" / "big.png", tmp_path / "masks" / "big.png", shape=(20, 30))
    report = data.check(tmp_path, NAMES)
    assert finding(report, "size").files == (tmp_path / "masks" / "1.png",)
    assert "8×10 (5), 20×30 (1)" in finding(report, "mixed-sizes").what


def test_jpeg_masks(tmp_path, make):
    make.many(tmp_path, encode=lambda ids: ids * 100)
    make.save(make.mask(1) * 100, tmp_path / "masks" / "1.png", format="JPEG")
    report = data.check(tmp_path, {0: "sky", 100: "tree", 200: "dog"})
    assert finding(report, "jpeg").files == (tmp_path / "masks" / "1.png",)


def test_black_and_white_jpegs_alone(tmp_path, make):
    make.many(tmp_path, classes=2, ending=".jpg", encode=lambda ids: ids.repeat(8, 0).repeat(8, 1)
              * 255)  # fmt: skip
    report = data.check(tmp_path)
    assert report.encoding.classes == ("background", "foreground")
    assert len(finding(report, "jpeg").files) == 5


def test_coloured_jpegs(tmp_path, make):
    colours = np.array([(0, 0, 0), (255, 0, 0), (10, 200, 30)], "uint8")
    make.many(tmp_path, ending=".jpg", shape=(128, 160), encode=lambda ids: colours[
        ids[:8, :10]].repeat(16, 0).repeat(16, 1))  # fmt: skip
    report = data.check(tmp_path, dict(zip(map(tuple, colours.tolist()), NAMES, strict=True)))
    assert kinds(report) == ["jpeg"] and all(share > 0.2 for _, share, _ in report.shares())
    report = data.check(tmp_path)
    assert report.encoding is None and "cannot be told" in finding(report, "values").what


def test_soft_edges(tmp_path, make):
    def soft(ids):
        big = Image.fromarray(ids * 255).resize((400, 320), Image.Resampling.NEAREST)
        return big.resize((251, 203), Image.Resampling.BILINEAR)

    for k in range(4):
        make.save(soft(make.mask(k, 2)), tmp_path / "masks" / f"{k}.png")
        make.save(np.zeros((203, 251, 3), "uint8") + np.uint8(k), tmp_path / f"images/{k}.png")
    assert len(finding(data.check(tmp_path), "soft").files) == 4


def test_black_and_white_that_was_a_jpeg_once(tmp_path, make):
    """Saved as JPEG and then as PNG: values beside 0 and 255, and few between."""
    for k in range(4):
        mask = make.mask(k, 2).repeat(8, 0).repeat(8, 1) * 255
        noise = np.random.default_rng(k).integers(0, 30, mask.shape)
        noisy = np.where(mask > 0, 255 - noise, noise).astype("uint8")
        make.save(noisy, tmp_path / "in" / "masks" / f"{k}.png")
        make.save(np.full((*mask.shape, 3), k, "uint8"), tmp_path / "in" / "images" / f"{k}.png")
    report = data.check(tmp_path / "in", write=tmp_path / "clean")
    assert len(finding(report, "soft").files) == 4
    clean = data.from_folder(tmp_path / "clean")
    found = [*clean.train.labels, *clean.val.labels]
    wanted = [make.mask(k, 2).repeat(8, 0).repeat(8, 1) for k in range(4)]
    assert sorted(one.tobytes() for one in found) == sorted(one.tobytes() for one in wanted)


def test_masks_of_one_class_alone(tmp_path, make):
    make.many(tmp_path, encode=lambda ids: ids * 0)
    assert "100.0% of all pixels" in finding(data.check(tmp_path), "one-class").what


def test_many_ids_with_void_are_no_soft_edges(tmp_path, make):
    """As in VOC: 0 nearly everywhere, 21 ids, borders of 255."""

    def like_voc(ids):
        ids[:14] = 0
        ids[14] = 255
        return ids

    make.many(tmp_path, classes=21, shape=(30, 30), encode=like_voc)
    report = data.check(tmp_path)
    assert report.encoding.classes == tuple(f"class {k}" for k in range(21)) and report.right


def test_colours_without_names(tmp_path, make):
    make.many(tmp_path, encode=lambda ids: np.dstack([ids * 100, ids, ids]))
    found = finding(data.check(tmp_path), "values")
    assert "(100, 1, 1)" in found.what and "classes={(255, 0, 0): 'cat'" in found.mend


def test_ids_from_one(tmp_path, make):
    make.many(tmp_path, encode=lambda ids: ids + 1)
    named = finding(data.check(tmp_path, NAMES), "from-one")
    assert named.grade == "error" and "Ids run from 1 to 3" in named.what
    assert named.mend == "classes={1: 'sky', 2: 'tree', 3: 'dog', …}."
    assert finding(data.check(tmp_path), "from-one").grade == "warning"


def test_values_of_no_class(tmp_path, make):
    make.many(tmp_path)
    make.save(make.mask(1, 5), tmp_path / "masks" / "1.png")
    found = finding(data.check(tmp_path, NAMES), "no-class")
    assert found.files == (tmp_path / "masks" / "1.png",) and ": 4, 3." in found.what


def test_black_and_white(tmp_path, make):
    make.many(tmp_path, classes=2, encode=lambda ids: ids * 255)
    report = data.check(tmp_path)
    assert report.right and "0 and 255: black and white" in finding(report, "black-and-white").what


def test_black_and_white_among_ids(tmp_path, make):
    make.many(tmp_path, classes=2)
    make.save(make.mask(1, 2) * 255, tmp_path / "masks" / "1.png")
    assert finding(data.check(tmp_path), "mixed-whites").files == (tmp_path / "masks" / "1.png",)


def test_void_everywhere(tmp_path, make):
    make.many(tmp_path)
    make.save(np.full((8, 10), 255, "uint8"), tmp_path / "masks" / "1.png")
    found = finding(data.check(tmp_path, NAMES), "void")
    assert found.grade == "warning" and found.files == (tmp_path / "masks" / "1.png",)


def test_classes_never_seen(tmp_path, make):
    make.many(tmp_path, 10)
    assert "no mask has: cow" in finding(data.check(tmp_path, (*NAMES, "cow")), "never").what
    ids = make.mask(0)
    ids[0, 0] = 3
    make.save(ids, tmp_path / "masks" / "0.png")
    report = data.check(tmp_path, (*NAMES, "cow"))
    assert ("train" in finding(report, "never-in-split").what) != any(
        pair.name == "images/0.png" for pair in report.splits["train"]
    )


def test_one_class_over_95_percent(tmp_path, make):
    make.many(tmp_path, shape=(20, 20), encode=lambda ids: np.where(np.arange(400).reshape(20, 20)
              < 2, ids, 1).astype("uint8"))  # fmt: skip
    found = finding(data.check(tmp_path, NAMES), "one-class")
    assert found.what.startswith("99.") and "tree" in found.what


def test_a_picture_in_two_splits_and_one_twice(tmp_path, make):
    for split in ("train", "val"):
        for k in range(3):
            make.pair(tmp_path / split / f"images/{k}.png", tmp_path / split / f"masks/{k}.png",
                      k + 10 * (split == "val"))  # fmt: skip
    make.save(make.picture(make.mask(0), 0), tmp_path / "val" / "images" / "1.bmp")  # same pixels
    (tmp_path / "val" / "images" / "1.png").unlink()
    make.save(make.picture(make.mask(1), 1), tmp_path / "train" / "images" / "2.png")
    report = data.check(tmp_path, NAMES)
    leak, twice = finding(report, "leak"), finding(report, "twice")
    assert {path.name for path in leak.files} == {"0.png", "1.bmp"} and leak.grade == "error"
    assert {path.name for path in twice.files} == {"1.png", "2.png"} and twice.grade == "warning"


def test_turned_and_dark_pictures(tmp_path, make):
    make.many(tmp_path, 4)
    picture = Image.fromarray(make.picture(make.mask()))
    exif = picture.getexif()
    exif[0x0112] = 3
    make.save(picture, tmp_path / "images" / "0.png", exif=exif.tobytes())
    make.save(make.mask(3).astype("uint16") * 500, tmp_path / "images" / "1.png")
    report = data.check(tmp_path, NAMES)
    assert finding(report, "turned").files == (tmp_path / "images" / "0.png",)
    assert finding(report, "dark").files == (tmp_path / "images" / "1.png",)


def test_outlines_are_checked_too(tmp_path, make):
    make.save(np.zeros((8, 10, 3), "uint8"), tmp_path / "a.png")
    make.save(np.ones((8, 10, 3), "uint8"), tmp_path / "b.png")
    square = {"category_id": 1, "segmentation": [[0, 0, 4, 0, 4, 4]]}
    (tmp_path / "coco.json").write_text(json.dumps({
        "images": [{"id": 1, "file_name": "a.png", "height": 8, "width": 10},
                   {"id": 2, "file_name": "b.png", "height": 9, "width": 10}],
        "annotations": [{"id": 1, "image_id": 1, **square}, {"id": 2, "image_id": 2, **square}],
        "categories": [{"id": 1, "name": "cat"}],
    }))  # fmt: skip
    report = data.check(tmp_path)
    assert "8×10 and 9×10" in finding(report, "size").what
    assert report.encoding.classes == ("background", "cat")


def test_a_folder_without_pairs(tmp_path):
    with pytest.raises(data.DataError, match="holds no pictures with masks"):
        data.check(tmp_path)
