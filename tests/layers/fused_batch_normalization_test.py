import keras
import numpy as np
import pytest

from segcourse.layers import FusedBatchNormalization, fused_batch_normalization
from tests.layers.harness import run_layer_test

RNG = np.random.default_rng(0)
IMAGES = (RNG.normal(size=(3, 5, 4, 2)) * [1, 3] + [2, -1]).astype("float32")


def test_contract():
    run_layer_test(FusedBatchNormalization, {"momentum": 0.9}, IMAGES, IMAGES.shape, trainable=2)


def both(arguments, **call):
    """Outputs, and the weights after them, of this layer and of Keras' own."""
    results = []
    for kind in (FusedBatchNormalization, keras.layers.BatchNormalization):
        layer = kind(**arguments)
        layer.build(IMAGES.shape)
        layer.gamma.assign([1.5, 0.5])
        layer.beta.assign([-1.0, 2.0])
        outputs = [np.array(layer(IMAGES, **call)) for _ in range(2)]
        results.append([*outputs, *layer.get_weights()])
    return zip(*results, strict=True)


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("arguments", [{}, {"momentum": 0.7, "epsilon": 0.1}])
def test_the_numbers_and_weights_of_keras(arguments, training):
    for ours, theirs in both(arguments, training=training):
        np.testing.assert_allclose(ours, theirs, atol=2e-6)


def test_worked_by_hand():
    layer = FusedBatchNormalization(momentum=0.5, epsilon=0.0)
    x = np.array([1.0, 2.0, 3.0, 6.0], "float32").reshape(1, 2, 2, 1)
    outputs = np.array(layer(x, training=True)).ravel()
    np.testing.assert_allclose(outputs, (x.ravel() - 3) / np.sqrt(3.5), rtol=1e-5)
    # Half of the old statistics, 0 and 1, and half of the batch's, 3 and 3.5.
    np.testing.assert_allclose(layer.get_weights()[2:], [[1.5], [2.25]], rtol=1e-6)


def test_a_step_of_training_ends_with_the_weights_of_keras():
    targets = RNG.normal(size=(3, 5, 4, 2)).astype("float32")
    ends = []
    for kind in (FusedBatchNormalization, keras.layers.BatchNormalization):
        keras.utils.set_random_seed(0)
        model = keras.Sequential(
            [keras.Input((None, None, 2)), keras.layers.Conv2D(2, 3, padding="same"), kind()]
        )
        model.compile(keras.optimizers.SGD(0.5), "mse", jit_compile=False)
        for _ in range(3):
            model.train_on_batch(IMAGES, targets)
        ends.append(model.get_weights())
    for ours, theirs in zip(*ends, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)


@pytest.mark.parametrize(
    "arguments", [{"scale": False}, {"center": False}, {"axis": 1}, {"trainable": False}]
)
def test_what_the_operation_cannot_do_goes_the_way_of_keras(arguments):
    images = IMAGES[:, :4, :4]
    ours, theirs = (
        np.array(kind(**arguments)(images, training=True))
        for kind in (FusedBatchNormalization, keras.layers.BatchNormalization)
    )
    np.testing.assert_allclose(ours, theirs, atol=2e-6)


@pytest.mark.skipif(keras.config.backend() != "tensorflow", reason="TensorFlow's operation")
def test_training_on_images_runs_the_one_operation(monkeypatch):
    calls = []

    def counted(*arguments):
        calls.append(arguments)
        return normalize(*arguments)

    normalize = fused_batch_normalization._normalize
    monkeypatch.setattr(fused_batch_normalization, "_normalize", counted)
    layer = FusedBatchNormalization()
    layer(IMAGES, training=True)
    assert len(calls) == 1
    layer(IMAGES, training=False)
    assert len(calls) == 1


def test_vectors_go_the_way_of_keras():
    x = RNG.normal(size=(6, 3)).astype("float32")
    outputs = np.array(FusedBatchNormalization()(x, training=True))
    np.testing.assert_allclose(outputs.mean(axis=0), 0, atol=1e-5)


def test_half_precision_keeps_its_statistics_in_full():
    layer = FusedBatchNormalization(dtype="mixed_bfloat16", momentum=0.0)
    outputs = layer(IMAGES, training=True)
    assert keras.backend.standardize_dtype(outputs.dtype) == "bfloat16"
    np.testing.assert_allclose(layer.get_weights()[2], IMAGES.mean((0, 1, 2)), atol=0.02)
    assert layer.moving_variance.dtype == "float32"


@pytest.mark.parametrize("policy", ["float16", "bfloat16"])
def test_a_whole_policy_of_half_precision(policy):
    x = np.random.default_rng(0).normal(2, 3, (4, 6, 6, 3)).astype("float32")
    ours, keras_own = (
        layer(dtype=policy) for layer in (FusedBatchNormalization, keras.layers.BatchNormalization)
    )
    outputs = [keras.ops.cast(one(x, training=True), "float32") for one in (ours, keras_own)]
    np.testing.assert_allclose(*map(keras.ops.convert_to_numpy, outputs), atol=0.05)
    for one, other in zip(ours.weights, keras_own.weights, strict=True):
        assert one.dtype == other.dtype == policy
        values = [keras.ops.convert_to_numpy(keras.ops.cast(w, "float32")) for w in (one, other)]
        np.testing.assert_allclose(*values, atol=0.05)
