import importlib
import warnings

import keras
import numpy as np
import pytest

from segcourse.training import Recipe, evaluate, fit
from segcourse.training.loop.epoch_trainer import EpochTrainer
from segcourse.training.loop.setup.setup import Setup
from tests.training import runs


def same(one, other):
    return all(map(np.array_equal, runs.weights(one), runs.weights(other)))


def losses(history):
    return [epoch["loss"] for epoch in history.epochs]


def test_it_learns_and_writes_down_what_it_did():
    model, data = runs.model(), runs.data()
    history = fit(model, data, data, runs.recipe(schedule="polynomial"))
    assert [epoch["epoch"] for epoch in history.epochs] == [1, 2, 3, 4]
    assert losses(history)[-1] < losses(history)[0]
    last = history.epochs[-1]
    assert set(last) == {"epoch", "loss", "learning_rate", "seconds", "val_loss", "val_mean_iou"}
    assert last["learning_rate"] == 0.0 and history.epochs[0]["learning_rate"] > 0.01
    assert history.images_per_epoch == 12 and history.resumed_from is None
    assert last["val_mean_iou"] == pytest.approx(evaluate(model, data)["mean_iou"], abs=1e-6)


def test_same_seed_same_run_and_the_random_state_of_the_caller_is_left_alone():
    np.random.seed(3)
    expected = np.random.RandomState(3).random()
    one, other, third = runs.model(), runs.model(), runs.model()
    first = fit(one, runs.data(), recipe=runs.recipe(epochs=2))
    assert np.random.random() == expected
    second = fit(other, runs.data(), recipe=runs.recipe(epochs=2))
    assert losses(first) == losses(second) and same(one, other)
    assert losses(fit(third, runs.data(), recipe=runs.recipe(epochs=2, seed=1))) != losses(first)


def test_it_is_what_keras_does_with_the_same_step():
    import segcourse.data
    from segcourse.training import PixelwiseLogisticLoss

    images, labels = runs.data()
    ours, theirs = (
        keras.Sequential(
            [
                keras.Input((8, 8, 3)),
                keras.layers.Conv2D(
                    2, 3, padding="same", kernel_initializer=keras.initializers.GlorotUniform(1)
                ),
            ]
        )  # fmt: skip
        for _ in range(2)
    )
    recipe = Recipe(optimizer="sgd", weight_decay=0, momentum=0.5, learning_rate=0.1, epochs=2)
    fit(ours, (images, labels), recipe=recipe)
    theirs.compile(keras.optimizers.SGD(0.1, momentum=0.5), PixelwiseLogisticLoss())
    for epoch in range(2):
        batches = segcourse.data.pipeline((images, labels), 8, shuffle=True, seed=0, epoch=epoch)
        theirs.fit(batches, shuffle=False, verbose=0)
    for one, other in zip(runs.weights(ours), runs.weights(theirs), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)


def test_nothing_is_compiled_again_after_the_first_epoch():
    traced = []

    @keras.saving.register_keras_serializable("tests")
    class Counting(keras.layers.Layer):
        def call(self, inputs):
            traced.append(1)
            return inputs

    model = keras.Sequential([keras.Input((8, 8, 3)), Counting(), keras.layers.Conv2D(2, 1)])
    counts = []
    for epochs in (1, 4):
        traced.clear()
        fit(model, runs.data(), runs.data(), Recipe(epochs=epochs, batch_size=5))
        counts.append(len(traced))
    assert counts[1] == counts[0]


@pytest.mark.parametrize("optimizer", ["adamw", "sgd"])
def test_resumed_is_bit_for_bit_the_run_that_was_not_interrupted(optimizer, tmp_path):
    recipe = runs.recipe(optimizer=optimizer)
    whole, first, second = runs.model(), runs.model(), runs.model()
    expected = fit(whole, runs.data(), recipe=recipe)
    shorter = runs.recipe(optimizer=optimizer, epochs=2, checkpoint=tmp_path)
    fit(first, runs.data(), recipe=shorter)
    longer = runs.recipe(optimizer=optimizer, checkpoint=tmp_path)
    history = fit(second, runs.data(), recipe=longer)
    assert history.resumed_from == 2
    assert losses(history) == losses(expected)
    assert same(whole, second) and not same(first, second)

    finished = runs.model()
    again = fit(finished, runs.data(), recipe=longer)
    assert again.resumed_from == 4 and losses(again) == losses(expected)
    assert same(whole, finished)


def test_a_loss_that_is_no_number_stops_and_keeps_the_last_weights(tmp_path, monkeypatch):
    model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 1)])
    fit(model, runs.data(), recipe=runs.recipe(epochs=1, checkpoint=tmp_path))
    good = runs.weights(model)
    healthy = Setup.epoch

    def poisoned(self, *args):
        return healthy(self, *args).map(lambda x, y: (x * float("nan"), y))

    monkeypatch.setattr(Setup, "epoch", poisoned)
    with pytest.raises(FloatingPointError, match="epoch 2, step 1 of 3.*epoch 1 back"):
        fit(model, runs.data(), recipe=runs.recipe(checkpoint=tmp_path))
    assert all(map(np.array_equal, runs.weights(model), good))
    assert [path.name for path in tmp_path.iterdir()] == ["epoch_00001.npz"]


class Seen(keras.layers.Layer):
    """Writes down in what dtype it computes whenever its call is traced."""

    def __init__(self, seen, **options):
        super().__init__(**options)
        self.write = seen.append  # the list itself Keras would replace by a copy

    def call(self, inputs):
        came = keras.backend.standardize_dtype(inputs.dtype)
        self.write((self.name, self.compute_dtype, came))
        return inputs


@pytest.fixture
def logits(monkeypatch):
    """The dtypes of the logits that the loss got, as they were traced."""
    from segcourse.training import PixelwiseLogisticLoss

    module, dtypes = importlib.import_module("segcourse.training.loop.compile_model"), []

    class Watching(PixelwiseLogisticLoss):
        def __call__(self, y_true, y_pred, sample_weight=None):
            dtypes.append(keras.backend.standardize_dtype(y_pred.dtype))
            return super().__call__(y_true, y_pred, sample_weight)

    monkeypatch.setattr(module, "make_loss", lambda recipe: Watching())
    return dtypes


def policies(model):
    return [layer.dtype_policy.name for layer in model._flatten_layers()]


def test_mixed_precision_for_the_run_only(logits):
    inside = []
    images = keras.Input((8, 8, 3))
    x = keras.layers.Conv2D(4, 3, padding="same", activation="relu")(images)
    x = Seen(inside, name="inside")(x)
    x = keras.layers.Conv2D(2, 1)(x)
    model = keras.Model(images, Seen(inside, name="behind")(x))
    inside.clear()
    history = fit(model, runs.data(), recipe=Recipe(epochs=2, precision="mixed_bfloat16"))
    assert np.isfinite(losses(history)).all()
    assert set(inside) == {("inside", "bfloat16", "bfloat16"), ("behind", "float32", "float32")}
    assert set(logits) == {"float32"}
    assert set(policies(model)) == {"float32"}
    assert all(array.dtype != "float16" for array in runs.weights(model))


@pytest.mark.parametrize("precision", ["mixed_bfloat16", "mixed_float16"])
def test_mixed_precision_leaves_the_head_of_an_fcn_in_float32(precision, monkeypatch):
    from segcourse.models import VGGConfig, fcn

    tiny = VGGConfig(((3,),) * 5, (2,) * 5, dense=2, dense_kernel=3)
    during, spec = {}, keras.KerasTensor((1, 8, 8, 3), "float32")

    def look(self, *args):  # in place of an epoch: what is asked takes no training
        during.update({layer.name: layer.compute_dtype for layer in self.model.layers})
        during["logits"] = self.model.compute_output_spec(spec, training=True).dtype
        return {"epoch": 1, "loss": 0.0, "learning_rate": 0.0, "seconds": 1.0}

    monkeypatch.setattr(EpochTrainer, "train", look)
    fit(fcn(tiny, 2, stride=16), runs.data(), recipe=Recipe(epochs=1, precision=precision))
    assert [during.pop(name) for name in ("upscore16", "score", "logits")] == ["float32"] * 3
    del during["images"]
    assert set(during.values()) == {precision.removeprefix("mixed_")}


def test_a_layer_with_a_policy_of_its_own_keeps_it(logits):
    """Built under a mixed policy, run in float32, and the other way round."""
    inside = []
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        images = keras.Input((8, 8, 3))
        x = keras.layers.Conv2D(4, 1)(images)
        x = Seen(inside, name="usual")(keras.layers.Conv2D(4, 1)(x))
        x = keras.layers.Conv2D(4, 1, dtype="float16")(x)
        x = Seen(inside, name="chosen", dtype="float16")(x)
        model = keras.Model(images, keras.layers.Conv2D(2, 1)(x))
    finally:
        keras.config.set_dtype_policy("float32")
    before = policies(model)
    inside.clear()
    fit(model, runs.data(), recipe=Recipe(epochs=1, precision="float32"))
    assert set(inside) == {("usual", "float32", "float32"), ("chosen", "float16", "float16")}
    assert set(logits) == {"float32"}
    assert policies(model) == before


def test_the_head_is_found_in_a_model_within_a_model(logits):
    inner = keras.Sequential(
        [keras.Input((8, 8, 4)), keras.layers.Conv2D(4, 1), keras.layers.Conv2D(2, 1)]
    )
    inside = []
    model = keras.Sequential(
        [keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 1), Seen(inside), inner]
    )
    inside.clear()
    fit(model, runs.data(), recipe=Recipe(epochs=1, precision="mixed_bfloat16"))
    assert {dtype for _, dtype, _ in inside} == {"bfloat16"}
    assert set(logits) == {"float32"}


def test_the_validation_loss_is_the_mean_over_all_valid_pixels():
    from segcourse.training import PixelwiseLogisticLoss

    images, labels = runs.data()
    labels[:5, 1:] = 255  # the first batch has few valid pixels
    labels[:5, 1, :2] = 0
    model = runs.model()
    history = fit(model, runs.data(), (images, labels), runs.recipe(epochs=1))
    exact = PixelwiseLogisticLoss()(labels, model.predict_on_batch(images / np.float32(255)))
    assert history.epochs[0]["val_loss"] == pytest.approx(float(exact), rel=1e-5)


def test_grey_images_are_images():
    images, labels = runs.data()
    model = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(2, 1)])
    history = fit(model, (images[..., :1], labels), recipe=Recipe(epochs=1))
    assert np.isfinite(losses(history)).all()


def test_grey_images_for_a_model_in_colour_are_named():
    images, labels = runs.data()
    grey = images[..., :1], labels
    for train, val, name in ((grey, None, "train"), (runs.data(), grey, "val")):
        with pytest.raises(
            ValueError, match=f"images of `{name}` must have the 3 channels.*, 1\\)"
        ):
            fit(runs.model(), train, val, Recipe(epochs=1))


def test_images_that_come_several_times_an_epoch():
    """Four images three times are trained on as twelve images are, three times the same."""
    images, labels = runs.data()
    four = images[:4], labels[:4]
    ends = []
    for train, repeats in ((four, 3), ([np.concatenate([one] * 3) for one in four], 1)):
        model = runs.model()
        history = fit(model, train, recipe=runs.recipe(epochs=2, repeats=repeats))
        assert history.images_per_epoch == 12
        ends.append(model)
    assert same(*ends)


def test_data_that_is_all_void_trains_nothing_and_is_no_nan():
    images, labels = runs.data()
    history = fit(runs.model(), (images, np.full_like(labels, 255)), recipe=Recipe(epochs=1))
    assert losses(history) == [0.0]


def bad(change):
    images, labels = runs.data()
    return change(images, labels)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (bad(lambda x, y: (x[:0], y[:0])), "must not be empty"),
        (bad(lambda x, y: (x, y.astype("float32"))), "integer class ids.*float32"),
        (bad(lambda x, y: (x, np.where(y == 1, 7, y))), "model's 2 outputs.*Received: 7"),
        (bad(lambda x, y: (x, y[:, :4])), "as the images, "),
        (bad(lambda x, y: (x[:5], y)), "as the images, "),
        (bad(lambda x, y: (x[..., 0], y)), "height, width, channels"),
        (bad(lambda x, y: (x.astype("int64"), y)), "uint8"),
        (bad(lambda x, y: x), "a pair"),
    ],
)
def test_data_that_is_wrong_is_named(data, says):
    for train, val in ((data, None), (runs.data(), data)):
        with pytest.raises(ValueError, match=says):
            fit(runs.model(), train, val, Recipe(epochs=1))


def test_a_model_that_gives_no_logits_is_named():
    inputs = keras.Input((8, 8, 3))
    for layer in (keras.layers.GlobalAveragePooling2D(), keras.layers.MaxPooling2D()):
        with pytest.raises(ValueError, match="`model` must give logits"):
            fit(keras.Model(inputs, layer(inputs)), runs.data())


def test_a_recipe_that_is_none_is_named():
    with pytest.raises(ValueError, match="`recipe` must be a Recipe"):
        fit(runs.model(), runs.data(), recipe={"epochs": 1})


@pytest.mark.parametrize("model", [None, lambda images: images])
def test_a_model_that_is_none_is_named(model):
    with pytest.raises(ValueError, match="`model` must be a keras.Model. Received: model="):
        fit(model, runs.data())


def test_it_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", DeprecationWarning)  # Keras' own, about NumPy 2
        fit(runs.model(), runs.data(), runs.data(), Recipe(epochs=1))


def test_weights_that_the_last_step_broke_are_not_given_out(tmp_path, monkeypatch):
    monkeypatch.setenv("SEGCOURSE_QUIET", "1")
    for folder in (None, tmp_path):
        model = runs.model()
        before = runs.weights(model)
        # One step: its loss is that of the first weights, and a number.
        recipe = Recipe(batch_size=12, epochs=1, learning_rate=1e39, checkpoint=folder)
        with pytest.raises(
            FloatingPointError, match="A weight is not a number any more at epoch 1"
        ):
            fit(model, runs.data(), recipe=recipe)
        assert np.array_equal(before[0], runs.weights(model)[0])
    assert not list(tmp_path.glob("epoch_*"))
