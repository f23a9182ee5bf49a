import hashlib
import json

import keras
import numpy as np
import pytest

from segcourse import data
from segcourse.models import small_vgg
from segcourse.models.weights import shipped_weights
from segcourse.training import pretrain


def test_the_same_seed_gives_the_same_weights():
    train = data.objects(40, size=32)
    one, again = (pretrain.pretrain(train, epochs=2, seed=3) for _ in range(2))
    other = pretrain.pretrain(train, epochs=2, seed=4)
    for a, b in zip(one.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert any(
        not np.array_equal(a, b)
        for a, b in zip(one.get_weights(), other.get_weights(), strict=True)
    )


def test_it_learns():
    # Two plain classes: bright and dark.
    labels = np.arange(32, dtype="int32") % 2
    images = np.repeat(labels * 200, 32 * 32 * 3).reshape(32, 32, 32, 3).astype("uint8")
    model = pretrain.pretrain((images, labels), epochs=12)
    assert pretrain.right_answers(model, (images, labels)).tolist() == [1.0, 1.0]


def test_an_epoch_shows_every_picture_once_and_mirrors_half():
    size = pretrain.BATCH_SIZE * 2
    images = np.zeros((size, 1, 2, 3), "uint8")
    images[:, 0, 0] = np.arange(size)[:, None]  # the left pixel is the picture's number
    seen = [pretrain._batch(images, np.arange(size), 5, step) for step in range(4)]
    for epoch in (seen[:2], seen[2:]):
        labels = np.concatenate([answers for _, answers in epoch])
        assert sorted(labels.tolist()) == [*range(size)]
        pixels = np.concatenate([batch for batch, _ in epoch])[:, 0, :, 0] * 255
        np.testing.assert_allclose(pixels.max(axis=1), labels, atol=1e-3)
        assert 0.2 < (pixels[labels > 0].argmax(axis=1) == 1).mean() < 0.8
    assert seen[0][1].tolist() != seen[2][1].tolist()


def test_a_larger_one_goes_on_from_a_smaller_one():
    train = data.objects(20, size=32)
    small = pretrain.pretrain(train, epochs=1)
    start = small.get_layer("conv3_1").get_weights()[0]
    larger = pretrain.pretrain(data.objects(20, size=64), epochs=0.1, start=small)
    assert larger.input_shape == (None, 64, 64, 3)
    # One step of warm-up moves a weight by the learning rate at most.
    assert np.abs(larger.get_layer("conv3_1").get_weights()[0] - start).max() < 0.01


def test_right_answers_class_by_class():
    model = keras.Sequential([keras.Input((1, 1, 3)), keras.layers.Flatten()])
    images = np.eye(3, dtype="uint8")[[0, 0, 1, 1]].reshape(4, 1, 1, 3) * 255
    share = pretrain.right_answers(model, (images, np.array([0, 1, 1, 3])), batch_size=3)
    np.testing.assert_array_equal(share, [1.0, 0.5, np.nan, 0.0])


def test_what_is_shipped_is_loaded_again(tmp_path, monkeypatch):
    keras.utils.set_random_seed(1)
    model = small_vgg(num_classes=4)
    model.compile("adamw", "mse")
    folder = tmp_path / "data" / "small_vgg"
    pretrain.ship(model, {"num_classes": 4}, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["objects.json", "objects.weights.h5"]
    file = folder / "objects.weights.h5"
    about = json.loads((folder / "objects.json").read_text())
    assert about["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert file.stat().st_size < 3.1e6  # no optimizer state
    monkeypatch.setattr(shipped_weights, "FOLDER", tmp_path / "data")
    loaded = small_vgg(num_classes=4, weights="objects")
    for a, b in zip(model.get_weights(), loaded.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_an_interruption_leaves_the_old_weights(tmp_path, monkeypatch):
    pretrain.ship(small_vgg(num_classes=4), {"num_classes": 4}, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def broken(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(pretrain.json, "dumps", broken)
    with pytest.raises(OSError, match="disk full"):
        pretrain.ship(small_vgg(num_classes=4), {"num_classes": 4}, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_help(capsys):
    with pytest.raises(SystemExit) as done:
        pretrain.main(["--help"])
    assert done.value.code == 0
    assert "--pictures" in capsys.readouterr().out
