"""No published file of the data set was at hand: all of this runs on a small set of its layout,
which TFDS's own builder turns into a copy of its own format."""

import shutil
import socket
import time
from pathlib import Path

import numpy as np
import pytest
import tensorflow_datasets as tfds
from PIL import Image

from segcourse import data
from segcourse.data.files import folders
from segcourse.data.sets import pets

# Name, breed (1-based), species (1 cat, 2 dog), height, width of the pictures of each list.
TRAIN = [
    (f"{('Birman', 'pug')[k % 2]}_{k}", (7, 26)[k % 2], 1 + k % 2, 20 + k, 30 - k)
    for k in range(20)
]
TEST = [("Bombay_1", 8, 1, 16, 24), ("boxer_2", 9, 2, 24, 16), ("beagle_116", 5, 2, 18, 18)]
ROWS = {f"{name}.jpg": (species - 1, height, width) for name, _, species, height, width in
        TRAIN + TEST}  # fmt: skip


def write_originals(folder):
    """The two archives, unpacked: photographs; trimaps, lists and head boxes."""
    images, annotations = folder / "images", folder / "annotations"
    for place in (images, annotations / "trimaps", annotations / "xmls"):
        place.mkdir(parents=True)
    for split, rows in (("trainval", TRAIN), ("test", TEST)):
        lines = [f"{name} {breed} {species} 1\n" for name, breed, species, _, _ in rows]
        (annotations / f"{split}.txt").write_text("".join(lines))
        for name, _, species, height, width in rows:
            trimap = trimap_of(height, width)
            # The photograph shows its trimap: the pet is bright, cats are red and dogs are blue.
            photograph = np.zeros((height, width, 3), "uint8")
            photograph[trimap != 2, 0 if species == 1 else 2] = 250
            Image.fromarray(photograph).save(images / f"{name}.jpg", quality=95, subsampling=0)
            Image.fromarray(trimap).save(annotations / "trimaps" / f"{name}.png")
    box = "<bndbox><xmin>1</xmin><ymin>2</ymin><xmax>9</xmax><ymax>8</ymax></bndbox>"
    size = "<size><width>30</width><height>20</height></size>"
    (annotations / "xmls" / "Birman_0.xml").write_text(f"<a>{size}<object>{box}</object></a>")
    return folder


def trimap_of(height, width):
    """Background, in it a pet of the lower right quarter, with a border of 2 pixels."""
    trimap = np.full((height, width), 2, "uint8")
    trimap[height // 2 - 2 :, width // 2 - 2 :] = 3
    trimap[height // 2 :, width // 2 :] = 1
    return trimap


@pytest.fixture(scope="module")
def tfds_copy_of(tmp_path_factory):
    """A copy that `tfds.builder("oxford_iiit_pet")` itself wrote."""
    originals = write_originals(tmp_path_factory.mktemp("originals"))
    home = tmp_path_factory.mktemp("tfds")
    with pytest.MonkeyPatch.context() as patch:
        serve(patch, originals)
        tfds.builder("oxford_iiit_pet", data_dir=str(home)).download_and_prepare()
    return home / "oxford_iiit_pet" / "4.0.0"


def serve(patch, originals):
    """TFDS gets the originals where it would download and unpack the archives."""
    patch.setattr(
        tfds.download.DownloadManager,
        "download_and_extract",
        lambda self, urls: {name: str(originals) for name in urls},
    )


@pytest.fixture
def manual(tmp_path, monkeypatch, tfds_copy_of):
    """That copy in the manual folder, with its version as a folder as TFDS writes it."""
    folder = tmp_path / "manual" / "oxford_iiit_pet" / "4.0.0"
    shutil.copytree(tfds_copy_of, folder)
    monkeypatch.setenv("SEGCOURSE_MANUAL_DIR", str(tmp_path / "manual"))
    return folder


@pytest.fixture(autouse=True)
def no_tfds_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("TFDS_DATA_DIR", str(tmp_path / "no tfds"))


def test_splits_and_classes(manual):
    ds = data.load("oxford_iiit_pet", size=(12, 16))
    assert ds.classes == ("cat", "dog", "background") and ds.splits == ("train", "val", "test")
    assert (len(ds.train), len(ds.val), len(ds.test)) == (18, 2, 3)
    assert str(manual) in ds.source and not folders.cache_folder().exists()
    assert ds.train.images.shape == (18, 12, 16, 3) and ds.train.labels.shape == (18, 12, 16)
    assert ds.train.images.dtype == ds.train.labels.dtype == np.uint8


def test_no_photograph_is_in_two_splits_and_none_is_lost(manual):
    ds = data.load("oxford_iiit_pet", size=(8, 8))
    files = {name: [one["file"] for one in ds.split(name)] for name in ds.splits}
    assert sorted(files["train"] + files["val"]) == sorted(f"{row[0]}.jpg" for row in TRAIN)
    assert sorted(files["test"]) == sorted(f"{row[0]}.jpg" for row in TEST)
    again = data.load("oxford_iiit_pet", size=(8, 8))
    assert [one["file"] for one in again.val] == files["val"]


def test_each_example_is_its_own_photograph_with_its_own_labels(manual):
    ds = data.load("oxford_iiit_pet")
    for split in (ds.train, ds.val, ds.test):
        # One at a time, since they differ in size.
        for index in range(len(split)):
            places = range(index, index + 1)
            stored = "test" if split.name == "test" else "train"
            start = len(ds.train) if split.name == "val" else 0
            builder = tfds.builder_from_directory(str(manual))
            place = range(places.start + start, places.stop + start)
            one = {k: v[0] for k, v in pets._read(builder, split.name, stored, place, None).items()}
            species, height, width = ROWS[one["file"]]
            assert one["species"] == species
            assert one["breed"].lower() == one["file"].split("_")[0].lower()
            expected = np.array([0, species, 2, 255], "uint8")[trimap_of(height, width)]
            np.testing.assert_array_equal(one["label"], expected)
            # JPEG blurs: the middle of the pet and the far corner keep their colours.
            assert one["image"].shape == (height, width, 3)
            assert one["image"][-2, -2].argmax() == (0 if species == 0 else 2)
            assert one["image"][0, 0].max() < 30


def test_take_reads_from_the_start_of_its_split(manual):
    ds = data.load("oxford_iiit_pet", size=(8, 8))
    first = data.load("oxford_iiit_pet", size=(8, 8)).val.take(1)[0]["file"]
    assert first == ds.val[0]["file"] and first not in [one["file"] for one in ds.train]


def test_photographs_of_different_sizes_need_a_size(manual):
    ds = data.load("oxford_iiit_pet")
    assert len(ds.train.take(1).images) == 1
    with pytest.raises(data.DataError, match=r"differ in size: \d+×\d+, \d+×\d+, .*size=\(128, 1"):
        _ = data.load("oxford_iiit_pet").train.images


@pytest.mark.parametrize("split, named", [("train", "train"), ("val", "train"), ("test", "test")])
@pytest.mark.parametrize("harm", ["truncated", "altered"])
def test_a_damaged_file_is_named_and_not_used(manual, split, named, harm):
    (path,) = manual.glob(f"oxford_iiit_pet-{named}.tfrecord-*")
    content = bytearray(path.read_bytes())
    if harm == "truncated":
        content = content[:100]
    else:
        content[100] ^= 255
        content[-100] ^= 255
    path.write_bytes(content)
    with pytest.raises(data.DataError, match="is truncated or altered and is not used") as caught:
        _ = data.load("oxford_iiit_pet", size=(8, 8)).split(split).images
    assert str(path) in str(caught.value) and "Put a whole copy" in str(caught.value)


def test_a_missing_file_is_said(manual):
    (path,) = manual.glob("*-test.tfrecord-*")
    path.unlink()
    with pytest.raises(data.DataError, match="lacks a file of test"):
        _ = data.load("oxford_iiit_pet", size=(8, 8)).test.images
    assert data.load("oxford_iiit_pet", size=(8, 8)).train.take(2).images.shape == (2, 8, 8, 3)


def test_damaged_information_is_one_message(manual):
    (manual / "dataset_info.json").write_text("{")
    with pytest.raises(data.DataError, match="4.0.0 is damaged"):
        data.load("oxford_iiit_pet", size=(8, 8))


def test_the_manual_folder_may_hold_the_files_themselves(tfds_copy_of, tmp_path, monkeypatch):
    shutil.copytree(tfds_copy_of, tmp_path / "oxford_iiit_pet")
    monkeypatch.setenv("SEGCOURSE_MANUAL_DIR", str(tmp_path))
    assert len(data.load("oxford_iiit_pet", size=(8, 8)).test) == 3


def test_a_manual_folder_with_something_else_says_what_is_wanted(tmp_path, monkeypatch):
    (tmp_path / "oxford_iiit_pet").mkdir()
    (tmp_path / "oxford_iiit_pet" / "images.tar.gz").touch()
    monkeypatch.setenv("SEGCOURSE_MANUAL_DIR", str(tmp_path))
    with pytest.raises(data.DataError, match="dataset_info.json.*Received: images.tar.gz"):
        data.load("oxford_iiit_pet")


def test_a_copy_that_tfds_made_elsewhere_is_found(tfds_copy_of, monkeypatch):
    monkeypatch.setenv("TFDS_DATA_DIR", str(tfds_copy_of.parents[1]))
    assert data.prepare("oxford_iiit_pet") == tfds_copy_of


def test_prepare_has_tfds_build_it(tmp_path, monkeypatch):
    serve(monkeypatch, write_originals(tmp_path / "originals"))
    monkeypatch.setattr(pets, "no_answer", lambda address: None)
    folder = data.prepare("oxford_iiit_pet")
    assert folder == folders.cache_folder() / "oxford_iiit_pet" / "4.0.0"
    assert [path.name for path in folder.parent.iterdir()] == ["4.0.0"]
    monkeypatch.setattr(pets, "_fetch", lambda: pytest.fail("made it again"))
    assert data.prepare("oxford_iiit_pet") == folder
    assert len(data.load("oxford_iiit_pet", size=(8, 8)).test.images) == 3
    (path,) = folder.glob("*-test.tfrecord-*")
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(data.DataError, match="segcourse data oxford_iiit_pet --anew"):
        _ = data.load("oxford_iiit_pet", size=(8, 8)).test.images


def test_a_download_that_fails_leaves_nothing_and_says_where_to_put_it(monkeypatch):
    def fail(self, urls):
        raise tfds.download.DownloadError("Failed to get url")

    monkeypatch.setattr(pets, "no_answer", lambda address: None)
    monkeypatch.setattr(tfds.download.DownloadManager, "download_and_extract", fail)
    with pytest.raises(data.DataError, match="not on this machine.*Failed to get url") as caught:
        data.load("oxford_iiit_pet")
    assert "$SEGCOURSE_MANUAL_DIR/oxford_iiit_pet" in str(caught.value)
    assert not list((folders.cache_folder() / "oxford_iiit_pet").iterdir())


def test_no_network_is_said_within_five_seconds(monkeypatch):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        monkeypatch.setattr(pets, "URL", f"http://127.0.0.1:{silent.getsockname()[1]}/pets")
        started = time.monotonic()
        with pytest.raises(data.DataError, match="no answer from .*SEGCOURSE_MANUAL_DIR"):
            data.load("oxford_iiit_pet")
        assert time.monotonic() - started < 5


@pytest.mark.parametrize("value", [0, 4, 255])
def test_a_trimap_with_another_value_is_named(value):
    trimap = np.array([[1, 2, 3, value]], "uint8")
    with pytest.raises(data.DataError, match=f"pug_1.jpg: .*1, 2 and 3. Received: {value}"):
        pets.label_map(trimap, 0, "pug_1.jpg")


def test_another_species_is_refused():
    with pytest.raises(data.DataError, match="`species` must be 0 or 1. Received: -1"):
        pets.label_map(np.ones((2, 2), "uint8"), -1)


def test_label_map_by_hand():
    trimap = np.array([[2, 3, 1], [1, 3, 2]], "uint8")
    assert pets.label_map(trimap, 0).tolist() == [[2, 255, 0], [0, 255, 2]]
    assert pets.label_map(trimap, 1).tolist() == [[2, 255, 1], [1, 255, 2]]


def test_the_copy_has_the_features_of_the_published_set(tfds_copy_of):
    features = tfds.builder_from_directory(str(tfds_copy_of)).info.features
    assert features["species"].names == ["Cat", "Dog"]
    assert tfds.builder_cls("oxford_iiit_pet").VERSION == pets.VERSION
    assert Path(tfds_copy_of).name == pets.VERSION
