import json
import zipfile

import keras
import numpy as np
import pytest

from segcourse import models
from segcourse.project.files import model_file
from segcourse.project.files.foreign_parts import foreign_parts
from segcourse.project.files.model_file import ModelFileError
from tests.project import tiny


class Mine(keras.layers.Layer):
    def call(self, images):
        return images


def with_layer(layer):
    return keras.Sequential([keras.Input((None, None, 3)), layer, keras.layers.Conv2D(2, 1)])


def written(model, folder):
    model.save(folder / "model.keras")
    return folder / "model.keras"


def test_saved_and_loaded_it_is_the_same(tmp_path):
    path, model = tmp_path / "model.keras", models.fcn("small_vgg", 3, 8)
    model_file.save(model, path)
    loaded = model_file.load(path)
    assert model_file.weights_digest(loaded) == model_file.weights_digest(model)
    images = np.random.default_rng(0).random((1, 32, 32, 3)).astype("float32")
    for one, other in zip(loaded.get_weights(), model.get_weights(), strict=True):
        assert np.array_equal(one, other)
    assert np.array_equal(loaded(images), model(images))
    assert [file.name for file in tmp_path.iterdir()] == ["model.keras"]
    assert model_file.keras_version(path) == keras.__version__


def test_other_weights_have_another_digest():
    assert model_file.weights_digest(tiny.model()) == model_file.weights_digest(tiny.model())
    assert model_file.weights_digest(tiny.model()) != model_file.weights_digest(tiny.model(seed=1))


def test_a_failed_save_leaves_the_older_file(tmp_path, monkeypatch):
    path = tmp_path / "model.keras"
    model_file.save(tiny.model(), path)
    before = model_file.sha256(path)

    def fails(model, part, **others):
        part.write_bytes(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(keras.saving, "save_model", fails)
    with pytest.raises(OSError):
        model_file.save(tiny.model(seed=1), path)
    assert model_file.sha256(path) == before and len(list(tmp_path.iterdir())) == 1


def test_unknown_layers_are_named(tmp_path):
    path = written(with_layer(Mine()), tmp_path)
    with pytest.raises(ModelFileError, match="^model.keras needs Mine, which is neither"):
        model_file.load(path)


def test_code_in_a_file_is_not_run(tmp_path):
    path = written(with_layer(keras.layers.Lambda(lambda images: images)), tmp_path)
    with pytest.raises(ModelFileError, match="holds a Lambda layer, which is code"):
        model_file.load(path)


def test_another_version_of_keras_is_named(tmp_path):
    path, older = written(with_layer(Mine()), tmp_path), tmp_path / "older.keras"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(older, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "metadata.json":
                content = json.dumps({"keras_version": "2.15.0"}).encode()
            target.writestr(name, content)
    with pytest.raises(ModelFileError) as error:
        model_file.load(older)
    assert f"written by Keras 2.15.0, this is {keras.__version__}" in str(error.value)
    assert "\n" not in str(error.value) and len(str(error.value)) < 400


@pytest.mark.parametrize("cut", [0, 2, 100, -30])
def test_damaged_files(tmp_path, cut):
    path = tmp_path / "model.keras"
    with pytest.raises(ModelFileError, match="model.keras is not there"):
        model_file.load(path)
    model_file.save(tiny.model(), path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(ModelFileError, match="damaged, or is not a .keras file"):
        model_file.load(path)


def test_a_file_that_holds_a_layer_alone(tmp_path):
    path = tmp_path / "layer.keras"
    layer = keras.layers.Dense(2)
    layer.build((None, 3))
    model = tiny.model()
    model.save(path)
    with zipfile.ZipFile(path) as source:
        content = {name: source.read(name) for name in source.namelist()}
    content["config.json"] = json.dumps(keras.saving.serialize_keras_object(layer)).encode()
    with zipfile.ZipFile(path, "w") as target:
        for name, one in content.items():
            target.writestr(name, one)
    with pytest.raises(ModelFileError):
        model_file.load(path)


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__()
        self.head = keras.layers.Conv2D(2, 1)

    def call(self, images):
        return self.head(images)


def of_my_own(images):
    return images


@pytest.mark.parametrize(
    "model, names",
    [
        (lambda: models.fcn("small_vgg", 3, 8), []),
        (lambda: models.unet(3, (None, None, 3), depth=2, base_channels=2, padding="same"), []),
        (lambda: with_layer(keras.layers.Activation(keras.ops.relu)), []),
        (lambda: with_layer(Mine()), ["Mine"]),
        (lambda: with_layer(keras.layers.Lambda(lambda images: images)), ["Lambda"]),
        (lambda: with_layer(keras.layers.Activation(of_my_own)), ["of_my_own"]),
        (Subclassed, ["Subclassed"]),
    ],
)
def test_foreign_parts(model, names):
    assert foreign_parts(model()) == names


def test_operations_of_keras_are_no_foreign_parts():
    images = keras.Input((None, None, 3))
    doubled = keras.ops.concatenate([images, 2.0 * images, keras.ops.relu(images)], axis=-1)
    assert foreign_parts(keras.Model(images, doubled)) == []
