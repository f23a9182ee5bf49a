import json
import shutil

import keras
import numpy as np
import pytest

from segcourse.models import fcn, small_vgg
from segcourse.models.weights import shipped_weights

ROOT = shipped_weights.FOLDER


def weights(model):
    arrays = {layer.name: layer.get_weights() for layer in model.layers}
    return {f"{name}/{i}": one for name, found in arrays.items() for i, one in enumerate(found)}


def same(one, other):
    return all(np.array_equal(one[name], other[name]) for name in one)


@pytest.fixture(scope="module")
def shipped():
    """The classifier with the weights of the course; no test here changes it."""
    return small_vgg(weights="objects")


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """The shipped files in a folder of their own, which the tests may damage."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "small_vgg", folder / "small_vgg")
    monkeypatch.setattr(shipped_weights, "FOLDER", folder)
    return folder / "small_vgg"


def test_they_are_small_and_in_the_table_of_checksums():
    file = ROOT / "small_vgg" / "objects.weights.h5"
    assert file.stat().st_size <= 4e6
    path, about = shipped_weights.verified("small_vgg", "objects")
    assert path == file
    assert f"`{about['sha256']}`" in (ROOT / "README.md").read_text("utf-8")
    assert about["accuracy"] > 0.5 and about["command"].startswith("python3 -m segcourse.")


def test_two_models_get_the_same_weights_and_they_classify(shipped):
    from segcourse import data

    assert same(weights(shipped), weights(small_vgg(weights="objects", name="other")))
    assert not same(weights(shipped), weights(small_vgg()))
    images, labels = data.objects(60, seed=1)
    found = np.argmax(shipped(images.astype("float32") / 255, training=False), axis=-1)
    # Chance is 0.1; the record says how many are right of a thousand.
    about = shipped_weights.verified("small_vgg", "objects")[1]
    assert (found == labels).mean() > about["accuracy"] - 0.2


def test_another_number_of_classes_keeps_its_own_last_layer(shipped):
    full = weights(shipped)
    other = small_vgg(num_classes=3, weights="objects")
    moved = weights(other)
    assert moved["fc8/0"].shape == (192, 3)
    assert all(np.array_equal(moved[n], full[n]) for n in full if not n.startswith("fc8"))


def test_without_the_top_and_for_another_size(shipped):
    full = weights(shipped)
    backbone = weights(small_vgg((64, 33, 3), include_top=False, weights="objects"))
    assert "fc6/0" not in backbone and len(backbone) > 30
    assert all(np.array_equal(backbone[name], full[name]) for name in backbone)


def test_they_go_on_into_a_segmenter(shipped):
    model = fcn("small_vgg", 5, stride=16, weights_from=shipped)
    fc6 = keras.ops.convert_to_numpy(model.get_layer("fc6").kernel)
    dense = keras.ops.convert_to_numpy(shipped.get_layer("fc6").kernel)
    np.testing.assert_array_equal(fc6.reshape(dense.shape), dense)


@pytest.mark.parametrize(
    ("shape", "top", "layer"),
    [
        ((96, 96, 4), True, "conv1_1"),
        ((None, None, 1), False, "conv1_1"),
        ((128, 128, 3), True, "fc6"),
    ],
)
def test_models_of_another_shape_are_refused_before_anything_is_written(
    shape, top, layer, monkeypatch
):
    built = []
    make = small_vgg.__globals__["vgg"]

    def vgg(*args, **kwargs):
        built.append((model := make(*args, **kwargs), weights(model)))
        return model

    monkeypatch.setitem(small_vgg.__globals__, "vgg", vgg)
    with pytest.raises(ValueError, match=f"`input_shape` needs 3 channels.*{layer}"):
        small_vgg(shape, include_top=top, weights="objects")
    model, before = built[0]
    assert model.input_shape[1:] == shape and same(before, weights(model))


def test_unknown_weights():
    with pytest.raises(
        ValueError, match='`weights` must be None or "objects". Received: .*imagene'
    ):
        small_vgg(weights="imagenet")


def test_a_damaged_file_is_named_and_what_to_do(copy):
    file = copy / "objects.weights.h5"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(ValueError, match=r"objects\.weights\.h5, but its SHA-256.*git checkout --"):
        small_vgg(weights="objects")
    file.write_bytes(content[:1000])
    with pytest.raises(ValueError, match="its SHA-256 is"):
        small_vgg(weights="objects")


def test_a_damaged_record(copy):
    record = copy / "objects.json"
    for text in ("{", "[]", json.dumps({"accuracy": 1})):
        record.write_text(text)
        with pytest.raises(ValueError, match=r"objects\.json, but it cannot be read"):
            small_vgg(weights="objects")


def test_missing_files(copy):
    (copy / "objects.weights.h5").unlink()
    with pytest.raises(ValueError, match=r"objects\.weights\.h5 is not there.*a checkout"):
        small_vgg(weights="objects")
    shutil.rmtree(copy)
    with pytest.raises(ValueError, match="must lie in"):
        small_vgg(weights="objects")
