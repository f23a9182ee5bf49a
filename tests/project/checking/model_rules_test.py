"""Model files that Keras is not to open."""

import io
import json
import pickle
import zipfile

import h5py
import keras
import numpy as np
import pytest

from segcourse import layers, models
from segcourse.project.checking.model_rules import fault

CONV = {"module": "keras.layers", "class_name": "Conv2D", "config": {}, "registered_name": None}


def saved(tmp_path, model):
    path = tmp_path / "model.keras"
    model.save(path)
    return path


def weights(write=lambda file: None):
    data = io.BytesIO()
    with h5py.File(data, "w") as file:
        file["layers/conv/vars/0"] = np.zeros((3, 3), "float32")
        write(file)
    return data.getvalue()


def archive(tmp_path, config=CONV, h5=None, others=()):
    path = tmp_path / "model.keras"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("metadata.json", "{}")
        opened.writestr("config.json", config if isinstance(config, str) else json.dumps(config))
        opened.writestr("model.weights.h5", weights() if h5 is None else h5)
        for name, data in others:
            opened.writestr(name, data)
    return path


def test_networks_of_the_course_are_opened(tmp_path):
    for model in (
        models.fcn("small_vgg", 5, stride=8),
        models.unet(5, (64, 64, 3), depth=2, base_channels=2),
        keras.Sequential([
            keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 1, activation="gelu"),
            keras.layers.BatchNormalization(dtype="mixed_bfloat16"),
            layers.BilinearUpsampling2D(2), keras.layers.Activation(keras.activations.softmax),
        ]),
    ):  # fmt: skip
        model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        assert fault(saved(tmp_path, model), tmp_path) is None
    inputs = keras.Input((8, 8, 3))
    model = keras.Model(inputs, keras.ops.relu(inputs) * 2 + keras.ops.mean(inputs))
    assert fault(saved(tmp_path, model), tmp_path) is None
    assert [path.name for path in tmp_path.iterdir()] == ["model.keras"]


def test_a_lambda_layer_is_code(tmp_path):
    model = keras.Sequential([keras.Input((4, 4, 3)), keras.layers.Lambda(lambda x: x)])
    assert "code of others is not run" in fault(saved(tmp_path, model), tmp_path)


@pytest.mark.parametrize(
    "module, name",
    [
        ("os", "system"), ("builtins", "exec"), ("keras.utils", "get_file"), ("keras.saving", "x"),
        ("keras.src.utils.file_utils", "extract_archive"), ("subprocess", "Popen"),
        ("segcourse.models.exporting.export", "export"), ("keras.layersx", "A"), (["keras"], "A"),
        ("keras.layers", "TFSMLayer"), ("keras.layers", "TorchModuleWrapper"),
        ("keras.layers", "StringLookup"), (None, "JaxLayer"), (None, "__lambda__"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("deep", [False, True])
def test_anything_that_is_no_layer_is_refused(tmp_path, module, name, deep):
    evil = {"module": module, "class_name": name, "config": {}, "registered_name": name}
    config = {**CONV, "config": {"layers": [CONV, {"activation": [evil]}]}} if deep else evil
    said = fault(archive(tmp_path, config), tmp_path)
    assert said and len(said) < 300


@pytest.mark.parametrize("module", ["os", "keras.utils", "keras.models", "segcourse.claims"])
def test_functions_are_those_of_keras_alone(tmp_path, module):
    evil = {"module": module, "class_name": "function", "config": "f", "registered_name": "f"}
    assert "only layers" in fault(archive(tmp_path, {**CONV, "config": {"a": evil}}), tmp_path)


def test_a_registered_name_does_not_open_another_module(tmp_path):
    evil = {"module": "os", "class_name": "system", "config": {}, "registered_name": "segcourse>A"}
    assert fault(archive(tmp_path, evil), tmp_path)


@pytest.mark.parametrize(
    "config", ["{ half", "[" * 10**5, "", "\x00\xff", '{"class_name": "Lambda"', "1" * 10**5]
)
def test_garbage_as_a_description(tmp_path, config):
    assert fault(archive(tmp_path, config), tmp_path)


def test_a_deep_description_is_gone_through(tmp_path):
    config = '{"a": ' * 900 + '{"class_name": "Lambda", "config": {}}' + "}" * 900
    assert "code" in fault(archive(tmp_path, config), tmp_path)


def test_a_bomb_is_not_unpacked(tmp_path):
    assert "too large" in fault(archive(tmp_path, " " * 2**25), tmp_path)


def test_a_pickle_or_anything_else_is_no_model(tmp_path):
    path = tmp_path / "model.keras"
    for data in (pickle.dumps({"a": 1}), b"", b"PK\x03\x04 half", b"\x89HDF\r\n\x1a\n"):
        path.write_bytes(data)
        assert "not a .keras file" in fault(path, tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["assets/x.py", "../../x", "/etc/x", "code.pkl", "config.json"])
def test_no_file_beside_those_that_keras_writes(tmp_path, name):
    assert fault(archive(tmp_path, others=[(name, "x")]), tmp_path)


@pytest.mark.parametrize(
    "write",
    [
        lambda file: file.__setitem__("a", h5py.ExternalLink("/etc/passwd", "/x")),
        lambda file: file.__setitem__("a", h5py.SoftLink("/layers")),
        lambda file: file.create_dataset("a", (4,), "f4", external=[("/etc/passwd", 0, 16)]),
        lambda file: file.create_dataset("a", data=["text"], dtype=h5py.string_dtype()),
        lambda file: file.create_dataset("a", (2**40,), "f4", chunks=(2**20,)),
        lambda file: file.__setitem__("layers/again", file["layers"]),
        lambda file: file.__setitem__("a", np.dtype("f4")),
    ],
    ids=["external link", "soft link", "external data", "text", "huge", "in a circle", "type"],
)
def test_weights_are_plain_numbers(tmp_path, write):
    said = fault(archive(tmp_path, h5=weights(write)), tmp_path)
    assert "no plain numbers" in said
    assert [path.name for path in tmp_path.iterdir()] == ["model.keras"]


def test_virtual_weights_are_refused(tmp_path):
    def write(file):
        layout = h5py.VirtualLayout((4,), "f4")
        layout[:] = h5py.VirtualSource("/etc/passwd", "x", (4,))
        file.create_virtual_dataset("a", layout)

    assert "no plain numbers" in fault(archive(tmp_path, h5=weights(write)), tmp_path)


def test_damaged_weights(tmp_path):
    assert "damaged" in fault(archive(tmp_path, h5=b"no weights"), tmp_path)
