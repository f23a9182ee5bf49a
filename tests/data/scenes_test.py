import hashlib
from pathlib import Path

import numpy as np
import pytest

from segcourse import data
from segcourse.data import checksums
from segcourse.data import scenes as scenes_module
from segcourse.data.drawing import draw, truth

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def scenes():
    return data.load("scenes")


def test_what_it_holds(scenes):
    assert scenes.splits == ("train", "val", "test")
    assert [len(scenes.split(name)) for name in scenes.splits] == [512, 128, 128]
    assert scenes.classes == ("sky", "grass", "tree", "cat", "dog")
    assert scenes.num_classes == 5 and scenes.void == 255
    assert scenes.val.images.shape == (128, 128, 128, 3)
    assert scenes.val.images.dtype == scenes.val.labels.dtype == np.uint8
    assert "data" in scenes.source and scenes.citation


def test_splits_share_no_seed(scenes):
    seeds = {name: {one["seed"] for one in scenes.split(name)} for name in scenes.splits}
    assert {name: len(found) for name, found in seeds.items()} == {
        "train": 512, "val": 128, "test": 128,
    }  # fmt: skip
    assert not seeds["train"] & seeds["val"]
    assert not seeds["train"] & seeds["test"]
    assert not seeds["val"] & seeds["test"]


@pytest.mark.parametrize("split, index", [("train", 0), ("train", 511), ("val", 17), ("test", 99)])
def test_the_prepared_copy_is_what_is_drawn(scenes, split, index):
    one = scenes.split(split)[index]
    drawn = draw(one["seed"])
    np.testing.assert_array_equal(one["label"], drawn.label)
    np.testing.assert_array_equal(one["panoptic"], drawn.panoptic)
    np.testing.assert_array_equal(one["keypoints"], drawn.keypoints)
    # The stored image went through JPEG.
    difference = np.abs(one["image"].astype(int) - drawn.image)
    assert difference.mean() < 4 and np.percentile(difference, 99) < 20


def test_instances_boxes_and_segments_agree(scenes):
    for one in list(scenes.val)[:16]:
        animals = [s for s in one["segments_info"] if s["id"] >= truth.THINGS_FROM]
        assert len(one["boxes"]) == len(one["box_classes"]) == len(one["keypoints"])
        assert len(one["boxes"]) == len(animals)
        for k, (segment, box) in enumerate(zip(animals, one["boxes"], strict=True), start=1):
            rows, columns = np.nonzero(one["instances"] == k)
            assert len(rows) == segment["area"]
            expected = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
            np.testing.assert_array_equal(box, expected)
            assert (one["label"][rows, columns] == segment["category_id"]).all()
        assert ((one["instances"] == 255) == (one["label"] == 255)).all()


def test_resized_truth_stays_truth():
    large, small = data.load("scenes").val, data.load("scenes", size=(64, 96)).val
    for one, whole in zip(list(small.take(6)), list(large.take(6)), strict=True):
        assert one["image"].shape == (64, 96, 3) and one["label"].shape == (64, 96)
        assert set(np.unique(one["label"])) <= set(np.unique(whole["label"]))
        for segment in one["segments_info"]:
            assert segment["area"] == (one["panoptic"] == segment["id"]).sum()
        assert (one["keypoints"][..., 0] < 96).all() and (one["keypoints"][..., 1] < 64).all()


@pytest.mark.parametrize("part, kept", [("val", 60_000), ("dataset_info", 300)])
def test_a_damaged_copy_is_named(tmp_path, monkeypatch, part, kept):
    whole = scenes_module.folders.course_folder() / "scenes" / "1.0.0"
    copy = tmp_path / "course" / "scenes" / "1.0.0"
    copy.mkdir(parents=True)
    for path in whole.iterdir():
        content = path.read_bytes()
        (copy / path.name).write_bytes(content[: kept if part in path.name else None])
    monkeypatch.setattr(scenes_module.folders, "course_folder", lambda: tmp_path / "course")
    with pytest.raises(data.DataError, match="damaged.*python3 -m segcourse data scenes"):
        _ = data.load("scenes").val.images


def test_prepare_draws_the_same_copy_and_replaces_the_old_one(tmp_path, monkeypatch):
    monkeypatch.setattr(scenes_module.folders, "course_folder", lambda: None)
    monkeypatch.setattr(
        scenes_module, "SEEDS", {"train": range(0, 2), "val": range(10_000, 10_001)}
    )
    first, second = data.prepare("scenes"), data.prepare("scenes")
    assert first == second == tmp_path / "cache" / "scenes" / "1.0.0"
    assert [path.name for path in first.parent.iterdir()] == ["1.0.0"]  # nothing left beside it
    small = data.load("scenes")
    assert [len(small.split(name)) for name in small.splits] == [2, 1]
    np.testing.assert_array_equal(small.train[1]["label"], draw(1).label)


def test_a_full_disk_leaves_the_old_copy_and_nothing_half_written(tmp_path, monkeypatch):
    monkeypatch.setattr(scenes_module.folders, "course_folder", lambda: None)
    monkeypatch.setattr(scenes_module, "SEEDS", {"train": range(0, 1)})
    folder = data.prepare("scenes")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(seed):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scenes_module, "example", full)
    with pytest.raises(data.DataError, match="disk is full"):
        data.prepare("scenes")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir()] == ["1.0.0"]


def test_readme_checksums_match_the_files():
    listed = checksums.listed(ROOT / "data" / "README.md")
    for path, (size, digest) in listed.items():
        content = (ROOT / "data" / path).read_bytes()
        assert len(content) == size, path
        assert hashlib.sha256(content).hexdigest() == digest, path
    assert checksums.present(ROOT / "data", "scenes").keys() <= listed.keys()
    assert len(listed) >= 5


def test_checksums_are_renewed_and_nothing_else_is(tmp_path):
    for folder, content in (("scenes", b"new"), ("weights", b"old")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.bin").write_bytes(content)
    row = "| `{}` | 1,234 | `" + "0" * 64 + "` |\n"
    readme = tmp_path / "README.md"
    rows = row.format("scenes/gone.bin") + row.format("weights/a.bin")
    readme.write_text(f"# Data\n\n| file |\n|---|\n{rows}\nThe end.\n", "utf-8")
    checksums.renew(readme, "scenes")
    assert checksums.listed(readme) == {
        "scenes/a.bin": (3, hashlib.sha256(b"new").hexdigest()),
        "weights/a.bin": (1234, "0" * 64),
    }
    assert readme.read_text("utf-8").startswith("# Data\n\n| file |\n|---|\n| `scenes/a.bin`")
    assert readme.read_text("utf-8").endswith("|\n\nThe end.\n")


def test_the_prepared_copy_is_at_most_ten_megabytes():
    total = sum(p.stat().st_size for p in (ROOT / "data" / "scenes").rglob("*") if p.is_file())
    assert total <= 10e6
