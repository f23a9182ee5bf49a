import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from segcourse import data
from segcourse.data.drawing import draw, truth
from segcourse.data.files import checksums
from segcourse.data.sets import scenes as scenes_module

ROOT = Path(__file__).resolve().parents[3]


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


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A copy of the course's data folder, taken for it."""
    folder = tmp_path / "data"
    whole = scenes_module.folders.course_folder()
    shutil.copytree(whole / "scenes", folder / "scenes")
    shutil.copy(whole / "README.md", folder)
    monkeypatch.setattr(scenes_module.folders, "course_folder", lambda: folder)
    return folder


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("part, kept", [("scenes-val", 60_000), ("dataset_info", 300)])
def test_a_damaged_file_is_named(course, part, kept):
    path = next((course / "scenes" / "1.0.0").glob(f"{part}*"))
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(data.DataError) as caught:
        _ = data.load("scenes").val.images
    assert str(caught.value) == (
        f"The prepared copy of scenes is damaged: {path} has {kept:,} bytes, not {size:,}. "
        "Restore it with: git checkout data/scenes, or make it anew with: "
        "python3 -m segcourse data scenes --anew"
    )


def test_altered_and_missing_files_are_named(course):
    before = contents(course)
    folder = course / "scenes" / "1.0.0"
    altered = next(folder.glob("scenes-train*"))
    altered.write_bytes(altered.read_bytes()[:-1] + b"?")
    (folder / "dataset_info.json").unlink()
    with pytest.raises(data.DataError, match="dataset_info.json is missing; .*was altered. Rest"):
        data.load("scenes")
    assert len(contents(course)) == len(before) - 1  # and nothing was drawn in its place


def test_a_copy_outside_the_course_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(scenes_module.folders, "course_folder", lambda: None)
    monkeypatch.setattr(scenes_module, "SEEDS", {"train": range(0, 2)})
    path = next(data.prepare("scenes").glob("*tfrecord*"))
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(data.DataError, match="copy in .*is damaged.*data scenes --anew"):
        _ = data.load("scenes").train.images


def test_only_anew_rewrites_what_is_committed(course, monkeypatch):
    before = contents(course)
    assert data.prepare("scenes") == course / "scenes" / "1.0.0"
    _ = data.load("scenes").val.take(1).images
    assert contents(course) == before
    shutil.rmtree(course / "scenes")
    monkeypatch.setattr(scenes_module, "SEEDS", {"train": range(0, 1)})
    assert "cache" in data.load("scenes").source  # drawn, and not among the committed files
    assert data.prepare("scenes", anew=True) == course / "scenes" / "1.0.0"
    assert (course / "README.md").read_bytes() != before[course / "README.md"]


def test_the_command_leaves_the_tree_clean():
    before = contents(ROOT / "data")
    command = [sys.executable, "-m", "segcourse", "data", "scenes"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert ran.returncode == 0 and "test:   128 pictures" in ran.stdout, ran.stderr
    assert contents(ROOT / "data") == before


def test_prepare_draws_the_same_copy_and_replaces_the_old_one(tmp_path, monkeypatch):
    monkeypatch.setattr(scenes_module.folders, "course_folder", lambda: None)
    monkeypatch.setattr(
        scenes_module, "SEEDS", {"train": range(0, 2), "val": range(10_000, 10_001)}
    )
    first, second = data.prepare("scenes"), data.prepare("scenes", anew=True)
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
        data.prepare("scenes", anew=True)
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
