"""A trained model lives on: saved and loaded, here and in a new process, copied, trained on."""

import copy
import os
import pickle
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import keras
import numpy as np
import pytest

import segcourse
from segcourse import models
from segcourse.training import Recipe, fit
from segcourse.training.recipes.adamw import AdamW
from segcourse.training.recipes.caffe_sgd import CaffeSGD
from tests.training import load_saved

ROOT = Path(__file__).parents[2]
RECIPES = {
    "adamw": dict(schedule="cosine"),
    "sgd": dict(optimizer="sgd", schedule="polynomial", class_weights=(1.0, 2.0, 1.0)),
    "float16": dict(precision="mixed_float16"),
    "bfloat16 sgd": dict(precision="mixed_bfloat16", optimizer="sgd"),
    "averages, parts": dict(ema=0.9, accumulate=2),
}


def data():
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (4, 16, 16, 3)).astype("uint8")
    return images, rng.integers(0, 3, (4, 16, 16)).astype("uint8")


def trained(recipe, network=None):
    keras.utils.set_random_seed(0)
    model = network or models.unet(3, (16, 16, 3), depth=1, base_channels=2, dropout=0)
    fit(model, data(), recipe=Recipe(epochs=2, batch_size=2, **recipe))
    return model


@pytest.fixture(scope="module")
def all_trained():
    return {name: trained(recipe) for name, recipe in RECIPES.items()}


def answers(model):
    """Without `predict`, which compiles."""
    return keras.ops.convert_to_numpy(model(load_saved.batch()[0], training=False))


def assert_same(one, other):
    """The same answers, the same optimizer, and the same state of it."""
    np.testing.assert_array_equal(answers(other), answers(one))
    assert type(other.optimizer) is type(one.optimizer)
    assert other.optimizer.get_config() == one.optimizer.get_config()
    pairs = zip(one.optimizer.variables, other.optimizer.variables, strict=True)
    for a, b in pairs:
        np.testing.assert_array_equal(
            keras.ops.convert_to_numpy(b), keras.ops.convert_to_numpy(a), a.path
        )
    assert int(other.optimizer.iterations) > 0


@pytest.mark.parametrize("name", RECIPES)
def test_loaded_copied_and_pickled_it_is_the_same(all_trained, name, tmp_path):
    model = all_trained[name]
    model.save(tmp_path / "m.keras")
    assert_same(model, keras.saving.load_model(tmp_path / "m.keras"))
    assert_same(model, copy.deepcopy(model))
    assert_same(model, pickle.loads(pickle.dumps(model)))


@pytest.mark.parametrize("name", RECIPES)
def test_a_clone_is_a_new_network_of_the_same_form(all_trained, name):
    model = all_trained[name]
    clone = keras.models.clone_model(model)
    assert [v.shape for v in clone.variables] == [v.shape for v in model.variables]
    clone.set_weights(model.get_weights())
    np.testing.assert_array_equal(answers(clone), answers(model))


@pytest.fixture(scope="module")
def new_process(all_trained, tmp_path_factory):
    """A process that has trained the saved models on: their files, its weights, what it said."""
    paths, folder = [], tmp_path_factory.mktemp("new_process")
    for name, model in all_trained.items():
        paths += [folder / f"{name}.keras", folder / f"{name}.npz"]
        model.save(paths[-2])
    script = [sys.executable, str(ROOT / "tests/training/load_saved.py")]
    done = subprocess.run(
        [*script, *map(str, paths)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return paths, done.stdout


def test_in_a_new_process_it_is_trained_on_to_the_same_weights(new_process):
    paths, _ = new_process
    for path, result in zip(paths[::2], paths[1::2], strict=True):
        here = path.with_name("here.npz")
        load_saved.step(keras.saving.load_model(path), here)
        with np.load(here) as one, np.load(result) as other:
            assert len(one.files) == len(other.files) > 10
            for name in one.files:
                np.testing.assert_allclose(other[name], one[name], rtol=1e-5, atol=1e-6)


def test_the_checkpoints_of_keras_and_its_own_fit_go_on_from_it(tmp_path):
    model = trained(RECIPES["averages, parts"])
    images, labels = load_saved.batch()
    save = keras.callbacks.ModelCheckpoint(tmp_path / "best.keras", monitor="loss")
    model.fit(images, labels, epochs=2, verbose=0, callbacks=[save])
    averages = model.optimizer._model_variables_moving_average
    # Outside of a run Keras does what it always does: the averages become the weights.
    for weight, average in zip(model.trainable_variables, averages, strict=True):
        np.testing.assert_array_equal(
            keras.ops.convert_to_numpy(weight), keras.ops.convert_to_numpy(average)
        )
    again = keras.saving.load_model(tmp_path / "best.keras")
    fit(again, data(), recipe=Recipe(epochs=1, optimizer="sgd", batch_size=2))
    assert isinstance(again.optimizer, CaffeSGD)


def test_every_network_of_the_course_is_loaded_again(tmp_path):
    tiny = models.VGGConfig(((3,),) * 5, (2, 3, 4, 5, 6), dense=4, normalization="batch")
    networks = [
        models.fcn(tiny, 3, stride=8),
        models.deeplab_v2(3, tiny, rates=(1, 2)),
    ]
    for network in networks:
        model = trained({}, network)
        model.save(tmp_path / "m.keras")
        again = keras.saving.load_model(tmp_path / "m.keras")
        np.testing.assert_array_equal(answers(again), answers(model))


def test_biases_are_not_decayed_by_a_loaded_optimizer_either(all_trained, tmp_path):
    model = all_trained["adamw"]
    model.save(tmp_path / "m.keras")
    for one in (model, keras.saving.load_model(tmp_path / "m.keras")):
        assert isinstance(one.optimizer, AdamW)
        decayed = {v.name: one.optimizer._use_weight_decay(v) for v in one.trainable_variables}
        assert decayed == {"kernel": True, "bias": False}


def test_one_import_registers_all_that_the_package_registers(new_process):
    _, said = new_process
    for module in pkgutil.walk_packages(segcourse.__path__, "segcourse."):
        if module.name.split(".")[1] in (
            "layers",
            "metrics",
            "models",
            "plots",
            "training",
            "elastic",
        ):
            import_module(module.name)
    registered = {n for n in keras.saving.get_custom_objects() if n.startswith("segcourse>")}
    assert set(said.split()) == registered
    assert {"segcourse>AdamW", "segcourse>CaffeSGD", "segcourse>CheckTiling"} <= registered
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "import segcourse.training" in readme
