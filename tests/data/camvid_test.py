import time

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from segcourse import data
from segcourse.data import camvid, folders, tfds_copy


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
    with pytest.raises(data.DataError, match="000.png is missing"):
        _ = data.load("camvid").train.labels


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
