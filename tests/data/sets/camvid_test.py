import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from segcourse import data
from segcourse.data import progress
from segcourse.data.files import folders, tfds_copy
from segcourse.data.sets import camvid

ROOT = Path(__file__).resolve().parents[3]


def test_manual_folder_with_an_absent_split(tiny_camvid):
    ds = data.load("camvid")
    assert ds.splits == ("train", "val")
    assert (len(ds.train), len(ds.val)) == (3, 3)
    assert "test absent" in repr(ds) and str(tiny_camvid) in ds.source
    with pytest.raises(ValueError, match="'test' of 'camvid' is not there. Present: train, val"):
        _ = ds.test


def test_labels_belong_to_their_image_and_void_is_255(tiny_camvid):
    train = data.load("camvid").train
    assert train.images.dtype == train.labels.dtype == np.uint8
    stored = train.images[..., 0] // 20
    np.testing.assert_array_equal(train.labels, np.where(stored == 11, 255, stored))
    assert (stored == 11).any()
    np.testing.assert_array_equal(train.images[:, 0, 0, 2], [0, 1, 2])
    assert train[1]["file"] == "001.png"


def test_take_reads_no_more_than_it_needs(tiny_camvid):
    for name in ("001.png", "002.png"):
        (tiny_camvid / "train" / name).write_bytes(b"")
    assert len(data.load("camvid").train.take(1).images) == 1


@pytest.mark.parametrize("folder", ["train", "trainannot"])
def test_a_truncated_png_is_named(tiny_camvid, folder):
    path = tiny_camvid / folder / "001.png"
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(data.DataError, match="001.png is truncated.*whole copy") as caught:
        _ = data.load("camvid").train.images
    assert str(path) in str(caught.value)


def test_labels_out_of_range_are_named_with_their_values(tiny_camvid):
    path = tiny_camvid / "valannot" / "002.png"
    label = np.zeros((12, 16), "uint8")
    label[3, 4], label[5, 5] = 12, 200
    Image.fromarray(label).save(path)
    with pytest.raises(data.DataError, match="002.png: labels must be 0 to 11. Received: 12, 200"):
        _ = data.load("camvid").val.labels


def test_a_missing_label_map_is_named(tiny_camvid):
    (tiny_camvid / "trainannot" / "000.png").unlink()
    with pytest.raises(data.DataError, match="000.png is missing") as caught:
        _ = data.load("camvid").train.labels
    assert str(caught.value).count("Put a whole copy") == 1


def test_labels_of_another_size_are_named(tiny_camvid):
    Image.fromarray(np.zeros((5, 5), "uint8")).save(tiny_camvid / "trainannot" / "000.png")
    with pytest.raises(data.DataError, match="000.png must be RGB.*labels \\(5, 5\\)"):
        _ = data.load("camvid").train.labels


def test_frames_of_different_sizes_need_a_size(tiny_camvid):
    for folder, channels in (("train", (3,)), ("trainannot", ())):
        picture = np.zeros((6, 8, *channels), "uint8")
        Image.fromarray(picture).save(tiny_camvid / folder / "000.png")
    with pytest.raises(data.DataError, match="differ in size: 6×8, 12×16"):
        _ = data.load("camvid").train.images
    assert data.load("camvid", size=(6, 8)).train.images.shape == (3, 6, 8, 3)


def test_an_empty_manual_folder_says_the_layout(tmp_path, monkeypatch):
    (tmp_path / "manual" / "camvid").mkdir(parents=True)
    monkeypatch.setenv("SEGCOURSE_MANUAL_DIR", str(tmp_path / "manual"))
    with pytest.raises(data.DataError, match="train/ and trainannot/"):
        data.load("camvid")


def test_prepare_makes_a_tfds_copy_that_reads_the_same(tiny_camvid, monkeypatch, tmp_path):
    direct = data.load("camvid")
    images, labels = direct.train.images, direct.train.labels
    folder = data.prepare("camvid")
    assert folder == tmp_path / "cache" / "camvid" / "1.0.0"
    monkeypatch.delenv("SEGCOURSE_MANUAL_DIR")
    copy = data.load("camvid")
    assert "prepared copy" in copy.source and copy.splits == ("train", "val")
    np.testing.assert_array_equal(copy.train.images, images)
    np.testing.assert_array_equal(copy.train.labels, labels)
    assert data.load("camvid", size=(6, 8)).val.labels.shape == (3, 6, 8)


def test_prepare_takes_the_copy_there_is_before_it_looks_anywhere(tiny_camvid, monkeypatch):
    folder = data.prepare("camvid")
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    monkeypatch.delenv("SEGCOURSE_MANUAL_DIR")
    monkeypatch.setattr(camvid, "_files", lambda: pytest.fail("looked for the files"))
    assert data.prepare("camvid") == folder
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_prepare_anew_makes_it_again(tiny_camvid):
    data.prepare("camvid")
    (tiny_camvid / "train" / "002.png").unlink()
    (tiny_camvid / "trainannot" / "002.png").unlink()
    assert len(data.load("camvid").train) == 3
    data.prepare("camvid", anew=True)
    assert len(data.load("camvid").train) == 2


def test_loading_from_the_manual_folder_copies_nothing(tiny_camvid):
    _ = data.load("camvid").train.images
    assert not folders.cache_folder().exists()


def test_long_work_shows_a_bar_unless_quiet(tiny_camvid, monkeypatch, capsys):
    monkeypatch.setattr(progress, "_SECONDS", 0)
    monkeypatch.setenv("SEGCOURSE_QUIET", "1")
    data.prepare("camvid")
    _ = data.load("camvid").train.images
    assert capsys.readouterr().err == ""
    monkeypatch.delenv("SEGCOURSE_QUIET")
    data.prepare("camvid", anew=True)
    _ = data.load("camvid").train.images
    said = capsys.readouterr().err
    assert "preparing camvid, val: 100%" in said and "reading camvid, train: 100%" in said


def test_prepare_names_a_truncated_png_and_leaves_nothing(tiny_camvid):
    path = tiny_camvid / "train" / "001.png"
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(data.DataError, match="001.png is truncated"):
        data.prepare("camvid")
    assert not list((folders.cache_folder() / "camvid").iterdir())


def test_a_disk_that_fills_up_while_tensorflow_writes(tiny_camvid, monkeypatch):
    def full(self, **settings):
        cause = tf.errors.ResourceExhaustedError(None, None, "No space left on device")
        raise RuntimeError("Failed to finalize writing") from cause

    monkeypatch.setattr(camvid.Camvid, "download_and_prepare", full)
    with pytest.raises(data.DataError, match="disk is full"):
        data.prepare("camvid")
    assert not list((folders.cache_folder() / "camvid").iterdir())


@pytest.mark.skipif(os.name == "nt", reason="limits the size of files")
def test_any_failure_of_tensorflow_to_write_is_one_message(tiny_camvid, make_camvid):
    shutil.rmtree(tiny_camvid)
    make_camvid(tiny_camvid, count=2, height=200, width=200)
    code = (
        "import resource, sys\n"
        "from segcourse import data\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))\n"
        "try: data.prepare('camvid')\n"
        "except data.DataError as error: print(error)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=100
    )
    assert ran.returncode == 0, ran.stderr
    said = ran.stdout.strip()
    place = folders.cache_folder() / "camvid" / "1.0.0"
    assert said.startswith(f"Could not write to {place}: File too large. "), said
    assert "\n" not in said
    assert not list(place.parent.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="sends a signal to one process")
def test_a_killed_command_leaves_nothing(tiny_camvid, make_camvid):
    shutil.rmtree(tiny_camvid)
    make_camvid(tiny_camvid, count=60, height=120, width=160)
    process = subprocess.Popen(
        [sys.executable, "-m", "segcourse", "data", "camvid", "--anew"],
        cwd=ROOT, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    place = folders.cache_folder() / "camvid"
    limit = time.monotonic() + 60
    while not list(place.glob(".1.0.0.partial-*")) and time.monotonic() < limit:
        time.sleep(0.005)
    assert list(place.glob(".1.0.0.partial-*"))
    process.terminate()
    _, said = process.communicate(timeout=60)
    # Python ends by the signal itself where it fell into code made from a string, as dataclasses
    # are; a shell says 130 for both.
    assert process.returncode in (130, -signal.SIGINT) and said == "\nInterrupted.\n"
    assert not list(place.iterdir())


def test_what_a_dead_process_left_is_swept_and_a_living_one_is_not_disturbed(tmp_path):
    target = tmp_path / "copy"
    code = (
        "import os, pathlib, sys\n"
        "from segcourse.data.files import folders\n"
        "for role in ('partial', 'old'):\n"
        "    place = folders._beside(pathlib.Path(sys.argv[1]), role) / 'copy'\n"
        "    place.mkdir(parents=True); (place / role).touch()\n"
        "os._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(target)], cwd=ROOT, timeout=60)
    assert len(list(tmp_path.iterdir())) == 2
    mine = folders._beside(target, "partial")
    mine.mkdir()
    with pytest.raises(KeyboardInterrupt), folders.replacing(target):
        raise KeyboardInterrupt
    # The old copy of a process that was killed between its two renamings stands again.
    assert sorted(tmp_path.iterdir()) == [mine, target]
    assert [path.name for path in target.iterdir()] == ["old"]


def test_an_interruption_between_the_two_renamings_keeps_the_old_copy(tmp_path, monkeypatch):
    target = tmp_path / "copy"
    target.mkdir()
    (target / "old").touch()
    rename = Path.rename

    def stop(path, place):
        if ".partial-" in path.name:
            raise KeyboardInterrupt
        return rename(path, place)

    monkeypatch.setattr(Path, "rename", stop)
    with pytest.raises(KeyboardInterrupt), folders.replacing(target):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]
    assert (target / "old").exists()


def test_an_interrupted_prepare_is_taken_up_anew(tiny_camvid, monkeypatch):
    with monkeypatch.context() as patch:

        def stop(self, split, name):
            raise KeyboardInterrupt

        patch.setattr(camvid.Files, "read", stop)
        with pytest.raises(KeyboardInterrupt):
            data.prepare("camvid")
    assert tfds_copy.find("camvid", camvid.VERSION) is None
    assert not list((folders.cache_folder() / "camvid").iterdir())
    assert (data.prepare("camvid") / "dataset_info.json").is_file()


def test_real_camvid(real_data, monkeypatch):
    monkeypatch.setenv("SEGCOURSE_MANUAL_DIR", str(real_data))
    started = time.monotonic()
    val = data.load("camvid", size=(60, 80)).val.take(12)
    assert val.images.shape == (12, 60, 80, 3) and val.labels.shape == (12, 60, 80)
    assert time.monotonic() - started < 60
    found = set(np.unique(val.labels))
    assert found <= {*range(11), 255} and {0, 1, 3, 255} <= found
    # Aligned with the images: the sky is the brightest class, the road is in the lower half.
    sky = val.images[val.labels == 0].mean()
    assert sky > val.images[val.labels == 1].mean()
    assert np.nonzero(val.labels == 3)[1].mean() > 30


def test_png_may_be_written_large(tiny_camvid):
    for part in ("train", "trainannot"):
        (tiny_camvid / part / "001.png").rename(tiny_camvid / part / "001.PNG")
    assert sorted(one["file"] for one in data.load("camvid").train) == [
        "000.png",
        "001.PNG",
        "002.png",
    ]


def test_a_label_map_without_its_image_is_named(tiny_camvid):
    (tiny_camvid / "train" / "001.png").unlink()
    with pytest.raises(data.DataError, match="must have an image for each label map. Missing: 001"):
        data.load("camvid")


def test_a_label_map_in_colours_is_blamed_itself(tiny_camvid):
    path = tiny_camvid / "trainannot" / "001.png"
    Image.open(path).convert("RGB").save(path)
    with pytest.raises(data.DataError, match="trainannot/001.png must be a label map .* mode RGB"):
        _ = data.load("camvid").train.images
