import numpy as np
import pytest
from PIL import Image

from segcourse import data
from segcourse.data.files import folders


def test_the_splits_are_runs_of_slices_in_the_order_of_their_numbers(tiny_membrane):
    ds = data.load("membrane")
    assert ds.classes == ("membrane", "cell") and ds.splits == ("train", "val")
    assert "test absent" in repr(ds) and str(tiny_membrane) in ds.source
    with pytest.raises(ValueError, match="'test' of 'membrane' is not there. Present: train, val"):
        _ = ds.test
    np.testing.assert_array_equal(ds.train.images.min(axis=(1, 2, 3)), range(20))
    np.testing.assert_array_equal(ds.val.images.min(axis=(1, 2, 3)), range(20, 24))
    assert ds.train[10]["file"] == "10.png"


def test_images_are_grey_and_labels_belong_to_them(tiny_membrane):
    train = data.load("membrane").train
    assert train.images.shape == (20, 12, 16, 1) and train.labels.shape == (20, 12, 16)
    assert train.images.dtype == train.labels.dtype == np.uint8
    np.testing.assert_array_equal(train.labels, train.images[..., 0] >= 100)
    assert data.load("membrane", size=(6, 8)).val.images.shape == (4, 6, 8, 1)


def test_grey_images_go_through_the_pipeline(tiny_membrane):
    train = data.load("membrane").train
    jitter = data.augment(flip=True, crop=(8, 8), seed=1)
    images, labels = next(iter(data.pipeline(train, 4, shuffle=True, augment=jitter)))
    assert images.shape == (4, 8, 8, 1) and set(np.unique(labels)) == {0, 1}
    np.testing.assert_array_equal(labels, images[..., 0] >= 100 / 255)
    with pytest.raises(ValueError, match="`augment` must have color=0"):
        data.pipeline(train, 4, augment=data.augment(color=0.2))


def test_prepare_makes_a_tfds_copy_that_reads_the_same(tiny_membrane, monkeypatch, tmp_path):
    direct = data.load("membrane")
    images, labels = direct.val.images, direct.val.labels
    folder = data.prepare("membrane")
    assert folder == tmp_path / "cache" / "membrane" / "1.0.0"
    monkeypatch.delenv("SEGCOURSE_MANUAL_DIR")
    copy = data.load("membrane")
    assert "prepared copy" in copy.source and copy.splits == ("train", "val")
    np.testing.assert_array_equal(copy.val.images, images)
    np.testing.assert_array_equal(copy.val.labels, labels)
    assert copy.train[3]["file"] == "3.png"


@pytest.mark.parametrize("part", ["image", "label"])
def test_a_truncated_png_is_named(tiny_membrane, part):
    path = tiny_membrane / part / "7.png"
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(data.DataError, match="7.png is truncated.*whole copy") as caught:
        _ = data.load("membrane").train.images
    assert str(path) in str(caught.value)
    assert len(data.load("membrane").val.images) == 4
    with pytest.raises(data.DataError, match="7.png is truncated"):
        data.prepare("membrane")
    assert not list((folders.cache_folder() / "membrane").iterdir())


def test_labels_other_than_the_two_are_named_with_their_values(tiny_membrane):
    path = tiny_membrane / "label" / "21.png"
    label = np.array(Image.open(path))
    label[3, 4], label[5, 5] = 254, 1
    Image.fromarray(label).save(path)
    with pytest.raises(data.DataError, match=r"21.png: labels must be 0 \(membrane\).*: 1, 254\."):
        _ = data.load("membrane").val.labels


@pytest.mark.parametrize("part", ["image", "label"])
def test_a_missing_slice_is_named(tiny_membrane, part):
    (tiny_membrane / part / "5.png").unlink()
    with pytest.raises(data.DataError, match="5.png is missing. Put a whole copy"):
        _ = data.load("membrane").train.labels


def test_a_picture_in_colour_or_of_another_size_is_named(tiny_membrane):
    Image.fromarray(np.zeros((12, 16, 3), "uint8")).save(tiny_membrane / "image" / "0.png")
    with pytest.raises(data.DataError, match="0.png must be grey.*image \\(12, 16, 3\\)"):
        _ = data.load("membrane").train.labels
    Image.fromarray(np.zeros((5, 5), "uint8")).save(tiny_membrane / "label" / "22.png")
    with pytest.raises(data.DataError, match="22.png must be grey.*labels \\(5, 5\\)"):
        _ = data.load("membrane").val.labels


def test_an_empty_manual_folder_says_the_layout(tmp_path, monkeypatch):
    (tmp_path / "manual" / "membrane").mkdir(parents=True)
    monkeypatch.setenv("SEGCOURSE_MANUAL_DIR", str(tmp_path / "manual"))
    with pytest.raises(data.DataError, match="0 to 19 train, 20 to 23 val, 24 to 29 test"):
        data.load("membrane")


def test_real_membranes(real_data, monkeypatch):
    monkeypatch.setenv("SEGCOURSE_MANUAL_DIR", str(real_data))
    val = data.load("membrane").val
    assert val.images.shape == (4, 512, 512, 1)
    assert 0.7 < val.labels.mean() < 0.85  # cells cover most of a slice
    # Aligned: membranes are dark.
    assert val.images[val.labels == 0].mean() + 40 < val.images[val.labels == 1].mean()
