import re
import time
from functools import partial

import h5py
import keras
import numpy as np
import pytest

from segcourse.models import fcn, vgg, without_weights
from segcourse.models.networks import pretrained
from segcourse.models.networks.fcn_backbones import BACKBONES
from segcourse.models.networks.vgg import CONFIGS, VGGConfig

# VGG-16's form with few channels: the real file would have 59 or 553 MB.
TINY = VGGConfig(CONFIGS["D"].kernels, (2, 3, 4, 5, 6), dense=9)
NAME = "vgg16_weights_tf_dim_ordering_tf_kernels"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A KERAS_HOME of its own, a small VGG-16, and no network."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setitem(pretrained.IMAGENET, "vgg16", (TINY, "0"))
    monkeypatch.setitem(BACKBONES, "vgg16", partial(BACKBONES["vgg16"].func, TINY))
    monkeypatch.setattr(pretrained, "_answers", lambda address: False)
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


def write(path, config=TINY, top=False, skip=()):
    """A file as keras.applications has them; return its arrays by our names."""
    with without_weights():
        model = vgg(config)
    rng = np.random.default_rng(0)
    names, arrays = [], {}
    with h5py.File(path, "w") as file:
        for layer in model.layers:
            dense = {"fc6": "fc1", "fc7": "fc2", "fc8": "predictions"}
            name = dense.get(layer.name) or re.sub(r"conv(\d)_", r"block\1_conv", layer.name)
            group = file.create_group(name)
            names.append(name.encode())
            skipped = layer.name in skip or (layer.name in dense and not top)
            weights = [] if skipped else layer.weights
            arrays[layer.name] = [rng.normal(size=one.shape).astype("float32") for one in weights]
            parts = [f"{name}_{kind}_1:0" for kind in ("W", "b")[: len(weights)]]
            group.attrs["weight_names"] = [part.encode() for part in parts]
            for part, array in zip(parts, arrays[layer.name], strict=True):
                group[part] = array
        file.attrs["layer_names"] = names
    return arrays


@pytest.mark.parametrize("top", [False, True])
@pytest.mark.parametrize("geometry", ["same", "original"])
def test_a_copy_on_this_computer_needs_no_network(home, top, geometry):
    arrays = write(home / f"{NAME}{'' if top else '_notop'}.h5", top=top)
    model = fcn("vgg16", 3, 32, geometry, weights="imagenet")
    assert model.name == "fcn32s_vgg16_imagenet"
    for layer in model.layers:
        given = arrays.get(layer.name)
        if given:
            for got, want in zip(layer.get_weights(), given, strict=True):
                np.testing.assert_array_equal(got, want.reshape(got.shape))
    # Nothing was left without a value, dropout's seeds included.
    assert model(np.zeros((1, 40, 40, 3)), training=True).shape == (1, 40, 40, 3)


def test_preprocessing_is_part_of_the_network(home):
    write(home / f"{NAME}_notop.h5")
    model = fcn("vgg16", 3, 32, weights="imagenet")
    images = np.random.default_rng(1).uniform(size=(1, 20, 20, 3)).astype("float32")
    seen = keras.Model(model.input, model.get_layer("preprocessing").output)(images)
    expected = keras.applications.vgg16.preprocess_input(images * 255)
    np.testing.assert_allclose(np.array(seen), expected, atol=1e-4)


def test_without_network_and_copy(home, capsys, monkeypatch):
    """One line, and the course's own weights."""
    monkeypatch.setattr(
        pretrained, "small_vgg", lambda weights: keras.Sequential([keras.Input((1,))])
    )
    start = pretrained.pretrained("vgg16", "imagenet", 3)
    assert (start.backbone, start.weights, start.preprocessing) == ("small_vgg", "objects", None)
    printed = capsys.readouterr()
    assert printed.out.count("\n") == 1 and "small_vgg" in printed.out and not printed.err


def test_a_network_that_does_not_answer(monkeypatch):
    """Not even a name: looking one up has no time limit of its own."""
    monkeypatch.setattr(pretrained, "PATIENCE", 1.1)
    monkeypatch.setattr(pretrained.urllib.request, "urlopen", lambda *a, **k: time.sleep(20))
    start = time.perf_counter()
    assert not pretrained._answers("https://example.org/file.h5")
    assert time.perf_counter() - start < 3


@pytest.mark.parametrize("share", [0.5, 0.98, 0.0])
def test_a_damaged_file_is_named(home, share):
    path = home / f"{NAME}_notop.h5"
    write(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ValueError, match=f"whole HDF5 file. Received: .*{path.name}, which is dam"):
        fcn("vgg16", 3, 32, weights="imagenet")


def test_weights_of_another_architecture(home):
    path = home / f"{NAME}_notop.h5"
    write(path, VGGConfig(TINY.kernels, (2, 3, 4, 5, 7)))
    message = (
        r"weights. must be those of vgg16, with \[\(3, 3, 5, 6\), \(6,\)\] for layer 'conv5_1'"
    )
    with pytest.raises(ValueError, match=message):
        fcn("vgg16", 3, 32, weights="imagenet")
    write(path, VGGConfig(CONFIGS["E"].kernels, (2, 3, 4, 5, 6)))
    with pytest.raises(ValueError, match="no weights for layer 'conv3_4'"):
        fcn("vgg16", 3, 32, weights="imagenet")
    write(path, skip=("conv4_2",))
    with pytest.raises(ValueError, match="for layer 'conv4_2'. Received: no weights"):
        fcn("vgg16", 3, 32, weights="imagenet")
    with h5py.File(path, "w") as file:
        file["x"] = 1
    with pytest.raises(ValueError, match="must be a file of keras.applications"):
        fcn("vgg16", 3, 32, weights="imagenet")


@pytest.mark.parametrize("channels", [1, 4])
def test_pictures_that_are_not_in_colour(home, channels):
    write(home / f"{NAME}_notop.h5")
    with pytest.raises(ValueError, match=f"must have 3 channels.*Received: {channels} channels"):
        fcn("vgg16", 3, 32, input_shape=(None, None, channels), weights="imagenet")
