"""The folder of leaves: as it is drawn, small, and with the faults that its README names."""

import io

import numpy as np
import pytest
from PIL import Image

from segcourse import data
from segcourse.data.files import checksums, folders
from segcourse.data.sets import leaves

HERE = folders.course_folder() / "leaves"
CLASSES = {0: "ground", 1: "leaf", 255: "leaf", 128: None}


@pytest.fixture(scope="module")
def files():
    return leaves.files()


def test_the_files_are_as_drawn(files):
    there = {path.relative_to(HERE).as_posix() for path in HERE.rglob("*") if path.is_file()}
    assert there == set(files)
    for name, content in files.items():
        if name == "LICENSE":
            assert (HERE / name).read_bytes() == content
            continue
        stored, drawn = Image.open(HERE / name), Image.open(io.BytesIO(content))
        assert stored.getexif() == drawn.getexif()
        one, other = np.asarray(stored, int), np.asarray(drawn, int)
        assert one.shape == other.shape
        # Another version of the JPEG library may give other grey levels here and there.
        allowed = 0 if name.endswith(".png") else 3
        assert np.quantile(np.abs(one - other), 0.99) <= allowed, name


def test_the_files_are_those_of_the_readme_and_small():
    assert checksums.wrong(HERE.parent / "README.md", "leaves") == []
    listed = checksums.listed(HERE.parent / "README.md")
    sizes = [size for name, (size, _) in listed.items() if name.startswith("leaves/")]
    assert len(sizes) == len(checksums.present(HERE.parent, "leaves"))
    assert sum(sizes) < 300_000


def test_check_finds_the_faults_and_no_others():
    report = data.check(HERE / "faulty", CLASSES)
    named = {one.kind: [path.stem for path in one.files] for one in report.findings}
    del named["mixed-sizes"]
    assert named == {
        "jpeg": ["leaf_05"],
        "leak": ["leaf_21", "leaf_36"],
        "no-mask": ["leaf_14"],
        "size": ["leaf_09", "leaf_17"],
        "turned": ["leaf_17"],
    }
    assert not report.right
    without = data.check(HERE / "faulty", {0: "ground", 255: "leaf", 128: None})
    unknown = next(one for one in without.findings if one.kind == "no-class")
    assert [path.stem for path in unknown.files] == ["leaf_26"]


def test_the_mended_folder_is_what_was_drawn(tmp_path):
    data.check(HERE / "faulty", CLASSES, write=tmp_path / "clean")
    assert data.check(tmp_path / "clean").right
    own = data.from_folder(tmp_path / "clean", size=(96, 128), fit="crop")
    assert (len(own.train), len(own.val)) == (28, 10)
    for split in (own.train, own.val):
        for row in split:
            number = int(row["file"][-6:-4])
            _, labels = leaves.drawn(leaves.LEAK[0] if number == leaves.LEAK[1] else number)
            if number == leaves.TURNED:
                labels = labels[16:112]
                assert (row["label"][:, 16:112] == labels).all()
            elif number in (leaves.SMALL_MASK, leaves.IDS, leaves.JPEG_MASK):
                sure = (labels != data.VOID) & (row["label"] != data.VOID)
                assert np.mean(row["label"][sure] == labels[sure]) > 0.95
            else:
                np.testing.assert_array_equal(row["label"], labels)


def test_the_mask_with_ids_is_drawn_with_another_tool():
    mask = np.asarray(Image.open(HERE / "faulty/train/masks/leaf_26.png"))
    assert set(np.unique(mask)) == {0, 1}


def test_written_anew_in_the_place_of_the_old(tmp_path, files, monkeypatch):
    monkeypatch.setattr(leaves, "files", lambda: files)  # what is drawn has its own test
    leaves.write(tmp_path / "leaves")
    (tmp_path / "leaves" / "stray.txt").write_text("old")
    leaves.write(tmp_path / "leaves")
    found = [path for path in (tmp_path / "leaves").rglob("*") if path.is_file()]
    assert len(found) == len(files)
