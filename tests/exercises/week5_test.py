"""Week 5's references against independent implementations, and the examples of their texts."""

import re
import statistics
import textwrap

import keras
import numpy as np
import pytest
from keras import ops

from segcourse import models
from segcourse.exercises import week5
from segcourse.exercises.judge import Outcome, judge


def reference(name):
    return getattr(week5, name).right.build()


def small_network():
    """Two convolutions with batch normalisation, and a head."""
    images = x = keras.Input((4, 5, 3))
    for place, filters in (("1", 4), ("2", 6)):
        x = keras.layers.Conv2D(filters, 3, use_bias=False, padding="same", name=f"conv{place}")(x)
        x = keras.layers.BatchNormalization(name=f"bn{place}")(x)
    return keras.Model(images, keras.layers.Conv2D(2, 1, name="score")(x))


def values(model):
    return {v.path: ops.convert_to_numpy(v) + 0 for v in model.variables}


def changed(before, after):
    return {path.split("/")[0] for path in before if not np.array_equal(before[path], after[path])}


IMAGES = np.random.default_rng(5).random((4, 4, 5, 3), dtype="float32")
TARGETS = np.ones((4, 4, 5, 2), "float32")


# 5.1


def test_the_convolution_is_caffes_dense_layer_at_every_place():
    rng = np.random.default_rng(0)
    channels, height, width, units = 4, 2, 3, 5
    weight = rng.normal(size=(units, channels * height * width)).astype("float32")
    kernel = reference("caffe_to_conv")(weight, channels, height, width)
    image = rng.normal(size=(1, 4, 6, channels)).astype("float32")
    heat_map = ops.convert_to_numpy(ops.conv(image, kernel))
    assert heat_map.shape == (1, 3, 4, units)
    for y, x in np.ndindex(3, 4):
        window = np.moveaxis(image[0, y : y + height, x : x + width], -1, 0)
        # One pixel after the other in each channel, as Caffe's InnerProduct walks.
        expected = [sum(w * v for w, v in zip(row, window.ravel(), strict=True)) for row in weight]
        np.testing.assert_allclose(heat_map[0, y, x], expected, rtol=1e-4, atol=1e-4)


def test_caffe_to_conv_example():
    kernel = reference("caffe_to_conv")(np.array([[1, 2, 3, 4]]), 2, 1, 2)
    assert kernel.tolist() == [[[[1], [3]], [[2], [4]]]]


# 5.2


def test_preprocess_agrees_with_keras_applications():
    images = np.random.default_rng(1).random((2, 5, 4, 3), dtype="float32")
    expected = keras.applications.vgg16.preprocess_input(255 * images)
    result = reference("preprocess")(images, np.array([103.939, 116.779, 123.68], "float32"))
    np.testing.assert_allclose(result, expected, atol=1e-3)


def test_preprocess_example():
    result = reference("preprocess")(np.array([[[[1.0, 0.5, 0.0]]]]), np.array([100, 110, 120]))
    assert result.ravel().tolist() == [-100, 17.5, 135]


# 5.3


def test_start_from_agrees_with_transfer_weights():
    source, target = small_network(), small_network()
    target = keras.Model(
        target.inputs, keras.layers.Conv2D(3, 1, name="score")(target.get_layer("bn2").output)
    )
    given = {layer.name: layer.get_weights() for layer in source.layers if layer.weights}
    own = {layer.name: layer.get_weights() for layer in target.layers if layer.weights}
    result = reference("start_from")(own, given)
    models.transfer_weights(source, target)
    for layer in target.layers:
        if layer.weights:
            pairs = zip(result[layer.name], layer.get_weights(), strict=True)
            assert all(np.array_equal(a, b) for a, b in pairs), layer.name
    assert list(result) == list(own)


def test_start_from_example():
    target = {"conv1": [np.zeros(2)], "score": [np.zeros(3), np.zeros(1)]}
    source = {
        "conv1": [np.array([5, 6])],
        "score": [np.array([7, 8]), np.array([9])],
        "fc8": [np.ones(1)],
    }
    result = {
        k: [w.tolist() for w in v] for k, v in reference("start_from")(target, source).items()
    }
    assert result == {"conv1": [[5, 6]], "score": [[0, 0, 0], [0]]}


# 5.4


@pytest.mark.parametrize("frozen", [False, True])
def test_count_weights_agrees_with_keras(frozen):
    model = small_network()
    for layer in model.layers[:-1]:
        layer.trainable = not frozen
    counted = tuple(
        sum(int(np.prod(v.shape)) for v in group)
        for group in (model.trainable_variables, model.non_trainable_variables)
    )
    assert reference("count_weights")([(3, 3, 4), (3, 4, 6)], 2, frozen) == counted


def test_count_weights_example():
    assert reference("count_weights")([(1, 3, 2)], 4, frozen=False) == (22, 4)
    assert reference("count_weights")([(1, 3, 2)], 4, frozen=True) == (12, 14)


# 5.5


def test_a_step_of_training_changes_the_head_alone():
    model = reference("freeze")(small_network(), "bn2")
    model.compile("sgd", "mse")
    before = values(model)
    model.train_on_batch(IMAGES, TARGETS)
    assert changed(before, values(model)) == {"score"}


def test_what_the_check_takes_for_changed_is_what_training_changes():
    for answer in [week5.freeze.right, *week5.freeze.mistakes]:
        model = week5._freeze_cases(np.random.default_rng(0))[0][0]
        answer.build()(model, "bn2")
        expected = set(week5._changed_by_training(model))
        before = values(model)
        # The learning phase that `fit` sets, and gradients for all that is trainable.
        model(IMAGES[:, :, :4], training=True)
        moved = {
            path for path, old in before.items() if not np.array_equal(old, values(model)[path])
        }
        assert expected == moved | {v.path for v in model.trainable_variables}, answer.name


def test_the_check_leaves_the_weights_as_they_were():
    model = week5._freeze_cases(np.random.default_rng(0))[0][0]
    before = values(model)
    week5._changed_by_training(model)
    assert changed(before, values(model)) == set()


# 5.6


def test_two_phases_train_the_head_and_then_everything():
    model, seen = small_network(), []

    def train(model):
        before = values(model)
        model.train_on_batch(IMAGES, TARGETS)
        rate = float(ops.convert_to_numpy(model.optimizer.learning_rate))
        seen.append((round(rate, 6), changed(before, values(model))))

    backbone = model.layers[:-1]
    assert reference("two_phases")(model, backbone, 0.5, train) is model
    every = {"conv1", "bn1", "conv2", "bn2", "score"}
    assert seen == [(0.5, {"score"}), (0.05, every)]


def test_the_network_of_the_check_trains_what_keras_trains():
    """Keras looks at `trainable` when training begins, and again only after `compile`."""
    model = week5._network(np.random.default_rng(0))
    with pytest.raises(ValueError, match="compile"):
        model.train()
    head = [layer.name for layer in model.layers if layer.weights][4:]
    for layer in model.layers[:5]:
        layer.trainable = False
    model.compile("sgd", "mse")
    model.train()
    for layer in model.layers[:5]:
        layer.trainable = True
    model.train()
    model.compile("sgd", "mse")
    model.train()
    assert [layers for _, layers in model.trainings] == [
        head, head, ["conv1", "bn1", "conv2", "bn2", *head],
    ]  # fmt: skip


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="JAX raises an error instead")
def test_keras_does_not_see_a_layer_frozen_after_its_first_step():
    model = small_network()
    model.compile("sgd", "mse")
    model.train_on_batch(IMAGES, TARGETS)
    model.get_layer("conv1").trainable = False
    before = values(model)
    model.train_on_batch(IMAGES, TARGETS)
    assert "conv1" in changed(before, values(model))


# 5.7


def test_gain_agrees_with_the_statistics_module():
    rng = np.random.default_rng(7)
    scratch, tuned = rng.random((4, 3)), rng.random((4, 3))
    mean, spread = reference("gain")(scratch, tuned)
    for column in range(3):
        differences = list(tuned[:, column] - scratch[:, column])
        assert mean[column] == pytest.approx(statistics.mean(differences))
        assert spread[column] == pytest.approx(statistics.stdev(differences))


def test_gain_example():
    result = reference("gain")(np.array([[0.2], [0.4], [0.3]]), np.array([[0.3], [0.6], [0.6]]))
    assert result[0].tolist() == pytest.approx([0.2])
    assert result[1].tolist() == pytest.approx([0.1])


# What students write: (function, body, the mistake it is recognised as, a part of what is said).

PARAMETERS = {
    "caffe_to_conv": "weight, channels, height, width",
    "preprocess": "images, mean",
    "start_from": "target, source",
    "freeze": "model, last",
    "two_phases": "model, backbone, learning_rate, train",
    "gain": "scratch, tuned",
}
WRITTEN = [
    (
        "caffe_to_conv",
        "k = np.reshape(weight.T, (channels, height, width, -1))\nreturn np.moveaxis(k, 0, -1)",
        "units before channels",
        "has the shape",
    ),
    ("preprocess", "x = images * 255.0\nx -= mean\nreturn x", "channels not turned", ""),
    (
        "preprocess",
        "images *= 255\nreturn images[..., ::-1] - mean",
        None,
        "changed its input `images`",
    ),
    (
        "start_from",
        "for name in target:\n    if name in source:\n        target[name] = source[name]\n"
        "return target",
        "shapes not compared",
        "",
    ),
    (
        "freeze",
        "for layer in model.layers:\n    layer.trainable = False\n"
        "    if layer.name == last:\n        break",
        None,
        "it returned None",
    ),
    (
        "freeze",
        "for layer in model.layers:\n    layer.trainable = False\nreturn model",
        "everything frozen",
        "no longer changes conv_fc7/kernel",
    ),
    (
        "freeze",
        "model.get_layer(last).trainble = False\nreturn model",
        "nothing frozen",
        "still changes conv1/kernel",
    ),
    ("freeze", "return [layer.name for layer in model.layers]", None, "it is no model"),
    (
        "two_phases",
        "sgd = keras.optimizers.SGD\nfor layer in backbone:\n    layer.trainable = False\n"
        "model.compile(sgd(learning_rate), 'mse')\ntrain(model)\n"
        "model.compile(sgd(learning_rate / 10), 'mse')\ntrain(model)\nreturn model",
        "not compiled again",
        "phase 2 trains conv_fc7, bn_fc7, score; expected conv1",
    ),
    (
        "two_phases",
        "for layer in backbone:\n    layer.trainable = False\n"
        "model.compile('sgd', 'mse')\ntrain(model)\nreturn model",
        None,
        "trainings of the model: 1, expected 2",
    ),
    (
        "gain",
        "d = tuned - scratch\nreturn d.mean(0), d.std(0)",
        "divided by the number of seeds",
        "",
    ),
    ("gain", "d = tuned - scratch\nreturn d.mean(0)", None, "2 values are expected"),
]


@pytest.mark.parametrize(("name", "body", "mistake", "said"), WRITTEN)
@pytest.mark.parametrize("seed", [0, 1])
def test_answers_as_students_write_them(name, body, mistake, said, seed, student):
    function = student(f"def {name}({PARAMETERS[name]}):\n" + textwrap.indent(body, "    "), name)
    exercise = getattr(week5, name)
    verdict = judge(exercise, function, seed)
    assert verdict.outcome is Outcome.WRONG
    assert verdict.mistake == mistake, verdict.message
    first, second = verdict.message.splitlines()
    assert re.search(said, first), first
    messages = {m.name: m.message for m in exercise.mistakes}
    assert second == messages.get(mistake, f'hint("{exercise.id}") may help.')
