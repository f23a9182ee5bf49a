"""What is exported gives the model's own numbers, in a process that knows nothing of the course."""

import functools
import importlib.util
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from segcourse import layers, models
from segcourse.models import export
from segcourse.training import Recipe, fit
from tests.models.exporting.tiny_models import MODELS, pictures, tiny_model
from tests.thorough import sample

ON_TENSORFLOW = keras.config.backend() == "tensorflow"
NEEDED = {"tf_saved_model": (), "onnx": ("tf2onnx", "onnxruntime"), "litert": ()}
ENDINGS = {"tf_saved_model": "", "onnx": ".onnx", "litert": ".tflite"}
LAYERS = ("resizing", "pooling", "normalizing", "two inputs")
# JAX takes half a minute to compile a network for sizes that it does not know.
NAMES = list(MODELS) if ON_TENSORFLOW else ["normalizing", "two inputs"]


def names_for(form):
    """All layers in each form; of the networks, after a change, each in one of them."""
    networks = [name for name in NAMES if name not in LAYERS]
    own = networks[list(ENDINGS).index(form) :: len(ENDINGS)]
    return [name for name in NAMES if name in LAYERS or name in sample(own, all=networks)]


def need(form):
    if form != "tf_saved_model" and not ON_TENSORFLOW:
        pytest.skip(f"{form} is written on the TensorFlow backend alone")
    missing = [one for one in NEEDED[form] if importlib.util.find_spec(one) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def run_elsewhere(form, paths):
    """Run exported models in one new process; each has its inputs in inputs.npz beside it."""
    pairs = [str(one) for path in paths for one in (path, path.with_name("inputs.npz"))]
    script = Path(__file__).with_name("run_exported.py")
    done = subprocess.run(
        [sys.executable, str(script), form, *pairs],
        cwd=paths[0].parent,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def save_inputs(path, batches):
    arrays = {f"{i} {j}": x for i, batch in enumerate(batches) for j, x in enumerate(batch)}
    np.savez(path.with_name("inputs.npz"), **arrays)


def outputs(model):
    """Its outputs for `pictures(model)`: a list of arrays for each batch."""
    return [
        [
            keras.ops.convert_to_numpy(one)
            for one in keras.tree.flatten(
                model(keras.tree.pack_sequence_as(model.input, batch), training=False)
            )
        ]
        for batch in pictures(model)
    ]


def assert_same(model_outputs, path):
    """`model_outputs` are the model's own, a list for each batch."""
    with np.load(path.with_name("outputs.npz")) as results:
        for i, expected in enumerate(model_outputs):
            for j, one in enumerate(expected):
                other = results[f"{i} {j}"]
                assert other.shape == one.shape and other.dtype == one.dtype, (i, j)
                assert np.isfinite(one).all() and one.max() > one.min()
                scale = max(1, np.abs(one).max())
                np.testing.assert_allclose(
                    other, one, rtol=0, atol=1e-5 * scale, err_msg=f"{i} {j}"
                )
            assert len([name for name in results.files if name.split()[0] == str(i)]) == len(
                expected
            )


@pytest.fixture(scope="module")
def built():
    """`tiny_model`, each of them built once; no test here changes one."""
    return functools.cache(tiny_model)


@pytest.fixture(scope="module")
def expected(built):
    """What a model gives for its pictures, by its name, computed once."""
    return functools.cache(lambda name: outputs(built(name)))


@pytest.mark.parametrize("form", ENDINGS)
def test_all_networks_and_layers_in_a_process_without_the_course(form, built, expected, tmp_path):
    need(form)
    paths = {}
    for i, name in enumerate(names_for(form)):
        model = built(name)
        (tmp_path / str(i)).mkdir()
        paths[name] = export(model, tmp_path / str(i) / f"model{ENDINGS[form]}")
        save_inputs(paths[name], pictures(model))
    run_elsewhere(form, list(paths.values()))
    for name, path in paths.items():
        assert_same(expected(name), path)


def test_no_layer_of_the_course_is_left_out(built):
    kinds = {type(layer) for name in MODELS for layer in built(name)._flatten_layers()}
    for name in layers.__all__:
        one = getattr(layers, name)
        if isinstance(one, type) and issubclass(one, keras.layers.Layer):
            assert one in kinds, name


@pytest.mark.parametrize("precision", ["mixed_bfloat16", "mixed_float16"])
def test_half_precision_is_exported_in_full(precision, tmp_path):
    form = "onnx" if ON_TENSORFLOW and importlib.util.find_spec("tf2onnx") else "tf_saved_model"
    before = keras.config.dtype_policy()
    try:
        keras.config.set_dtype_policy(precision)
        half = models.unet(3, (None, None, 3), depth=1, base_channels=2, batch_norm=True)
    finally:
        keras.config.set_dtype_policy(before)
    full = models.unet(3, (None, None, 3), depth=1, base_channels=2, batch_norm=True)
    full.set_weights(half.get_weights())
    policies = [layer.dtype_policy.name for layer in half._flatten_layers()]
    path = export(half, tmp_path / f"half{ENDINGS[form]}")
    assert [layer.dtype_policy.name for layer in half._flatten_layers()] == policies
    save_inputs(path, pictures(full))
    run_elsewhere(form, [path])
    assert_same(outputs(full), path)


def test_weights_of_half_precision_are_refused(tmp_path):
    images = keras.Input((None, None, 3))
    model = keras.Model(images, keras.layers.Conv2D(2, 1, dtype="float16")(images))
    with pytest.raises(ValueError, match="`model` must have weights of float32"):
        export(model, tmp_path / "half")
    assert not list(tmp_path.iterdir())


def test_a_trained_model_is_exported_without_its_optimizer_and_trained_on(tmp_path):
    rng = np.random.default_rng(0)
    data = rng.integers(0, 256, (4, 16, 16, 3)).astype("uint8"), rng.integers(0, 3, (4, 16, 16))
    model = models.unet(3, (None, None, 3), depth=1, base_channels=2)
    fit(model, data, recipe=Recipe(epochs=1, batch_size=2, class_weights=(1.0, 2.0, 1.0)))
    steps = int(model.optimizer.iterations)
    weights = model.get_weights()
    path = export(model, tmp_path / "trained")
    for one, other in zip(model.get_weights(), weights, strict=True):
        np.testing.assert_array_equal(one, other)
    assert int(model.optimizer.iterations) == steps
    save_inputs(path, pictures(model))
    run_elsewhere("tf_saved_model", [path])
    assert_same(outputs(model), path)
    stored = sum(one.stat().st_size for one in (path / "variables").iterdir())
    assert stored < 3 * 4 * model.count_params() + 5000
    model.fit(rng.random((2, 16, 16, 3)), rng.integers(0, 3, (2, 16, 16)), verbose=0)
    assert int(model.optimizer.iterations) > steps
    fit(model, data, recipe=Recipe(epochs=1, batch_size=2))


def small(shape=(None, None, 3)):
    return keras.Sequential([keras.Input(shape), keras.layers.Conv2D(2, 1)])


def test_a_lookup_table_is_exported_with_its_model(tmp_path):
    if not ON_TENSORFLOW:
        pytest.skip("JAX has no lookup tables")
    import tensorflow as tf

    ids = keras.Input((None,), dtype="int64")
    model = keras.Model(ids, keras.layers.IntegerLookup(vocabulary=[4, 7])(ids))
    loaded = tf.saved_model.load(export(model, tmp_path / "model"))
    found = loaded.serve(tf.constant([[7, 4, 3]], "int64"))
    np.testing.assert_array_equal(found, [[2, 1, 0]])


def test_an_older_export_is_replaced_and_nothing_lies_beside_it(tmp_path):
    path = tmp_path / "model"
    for _ in range(2):
        assert export(small(), path) == path
        assert [one.name for one in tmp_path.iterdir()] == ["model"]
        assert (path / "saved_model.pb").is_file()


def test_what_is_no_export_is_never_overwritten(tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "thesis.txt").write_text("all of it")
    (tmp_path / "model").mkdir()
    for name in ("saved_model.pb", "notes.txt"):
        (tmp_path / "model" / name).write_text("kept")
    for name in ("notes.onnx", "notes.tflite", "file"):
        (tmp_path / name).write_text("a page of notes")
    before = {one: one.is_file() and one.read_text() for one in tmp_path.rglob("*")}
    for name in ("work", "model", "notes.onnx", "notes.tflite", "file", "none/model"):
        with pytest.raises(ValueError, match="`path` must"):
            export(small(), tmp_path / name)
    assert {one: one.is_file() and one.read_text() for one in tmp_path.rglob("*")} == before


def test_a_failed_export_leaves_the_older_one(tmp_path, monkeypatch):
    path = export(small(), tmp_path / "model")
    before = (path / "saved_model.pb").read_bytes()

    def fails(model, folder):
        folder.mkdir()
        (folder / "half").write_text("a part")
        raise OSError("the disk is full")

    monkeypatch.setitem(sys.modules[export.__module__].WRITERS, "tf_saved_model", fails)
    with pytest.raises((OSError, NotImplementedError), match="the disk is full"):
        export(small(), path)
    assert [one.name for one in tmp_path.iterdir()] == ["model"]
    assert (path / "saved_model.pb").read_bytes() == before


def test_the_format_is_that_of_the_ending_or_of_the_argument(tmp_path):
    path = export(small(), tmp_path / "model.v2", format="tf_saved_model")
    assert (path / "saved_model.pb").is_file()
    for name, form in (("model.h5", None), ("model.onnx", "litert")):
        with pytest.raises(ValueError, match="`path` must"):
            export(small(), tmp_path / name, form)


def test_a_model_without_a_graph_is_told_how_to_get_one(tmp_path):
    class Own(keras.Model):
        def call(self, images):
            return images * 2

    with pytest.raises(ValueError, match="`model` must be a functional"):
        export(Own(), tmp_path / "own")
    images = keras.Input((None, None, 3))
    assert export(keras.Model(images, Own()(images)), tmp_path / "own").is_dir()


def test_a_missing_converter_is_named(tmp_path, monkeypatch):
    if not ON_TENSORFLOW:
        pytest.skip("another error comes first on JAX")
    monkeypatch.setitem(sys.modules, "tf2onnx", None)
    with pytest.raises(ImportError, match="pip install tf2onnx"):
        export(small(), tmp_path / "model.onnx")
    assert not list(tmp_path.iterdir())


def test_an_operation_that_a_format_lacks_is_named(tmp_path):
    need("litert")
    images = keras.Input((None, None, 3))
    dilated = layers.SubpixelConv2DTranspose(3, 3, dilation_rate=2, padding="same")
    with pytest.raises(ValueError, match="operations: Conv2DBackpropInput"):
        export(keras.Model(images, dilated(images)), tmp_path / "model.tflite")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", [".onnx", ".tflite"])
def test_other_backends_say_what_to_do(ending, tmp_path):
    if ON_TENSORFLOW:
        pytest.skip("TensorFlow has all formats")
    with pytest.raises(NotImplementedError, match="KERAS_BACKEND=tensorflow"):
        export(small(), tmp_path / f"model{ending}")
