"""`two_phases` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest
from keras import ops

from segcourse.exercises.judging.judge import Outcome, judge
from segcourse.exercises.week5.two_phases import two_phases as exercise
from tests.exercises.week5.small_network import IMAGES, TARGETS, changed, small_network, values

two_phases = exercise.right.build()


def test_two_phases_train_the_head_and_then_everything():
    model, seen = small_network(), []

    def train(model):
        before = values(model)
        model.train_on_batch(IMAGES, TARGETS)
        rate = float(ops.convert_to_numpy(model.optimizer.learning_rate))
        seen.append((round(rate, 6), changed(before, values(model))))

    backbone = model.layers[:-1]
    assert two_phases(model, backbone, 0.5, train) is model
    every = {"conv1", "bn1", "conv2", "bn2", "score"}
    assert seen == [(0.5, {"score"}), (0.05, every)]


def test_the_network_of_the_check_trains_what_keras_trains():
    """Keras looks at `trainable` when training begins, and again only after `compile`."""
    keras.utils.set_random_seed(0)  # a few channels may all be 0 behind ReLU, and then none learns
    model = exercise.cases(np.random.default_rng(0))[0].args[0]
    layers, images = model.layers[1:3], np.ones((2, 2, 2, 3), "float32")
    moved = []

    def train():
        before = values(model)
        model.train_on_batch(images, np.ones((2, 2, 2, 3)))
        model.note_training()
        after = values(model)
        paths = [path for path in before if not np.array_equal(before[path], after[path])]
        moved.append({path.split("/")[-2] for path in paths})

    with pytest.raises(ValueError, match="compile"):
        model.note_training()
    model.build((None, 2, 2, 3))
    for layer in layers:
        layer.trainable = False
    model.compile(keras.optimizers.SGD(0.01), "mse")
    train()
    model.compile(keras.optimizers.SGD(0.01), "mse")
    for layer in layers:
        layer.trainable = True
    train()
    assert [set(training.trained) for training in model.trainings] == moved
    assert moved == [{"fc7", "score"}, {"conv1", "bn1", "fc7", "score"}]


def test_what_is_set_between_compile_and_training_counts():
    """Keras' documentation says otherwise; section 7 of the notebook says what holds."""
    model = small_network()
    model.compile("sgd", "mse")
    model.get_layer("conv1").trainable = False
    before = values(model)
    model.train_on_batch(IMAGES, TARGETS)
    assert changed(before, values(model)) == {"bn1", "conv2", "bn2", "score"}


def test_an_optimizer_that_has_trained_the_head_takes_no_other_layers():
    model, optimizer = small_network(), keras.optimizers.SGD(0.01)
    for trainable in (False, True):
        model.get_layer("conv1").trainable = trainable
        model.compile(optimizer, "mse")
        if trainable:
            # The lowest Keras fails at the text of its own error.
            with pytest.raises((ValueError, NotImplementedError), match="variable|eager"):
                model.train_on_batch(IMAGES, TARGETS)
        else:
            model.train_on_batch(IMAGES, TARGETS)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="JAX raises an error instead")
def test_keras_does_not_see_a_layer_frozen_after_its_first_step():
    model = small_network()
    model.compile("sgd", "mse")
    model.train_on_batch(IMAGES, TARGETS)
    model.get_layer("conv1").trainable = False
    before = values(model)
    model.train_on_batch(IMAGES, TARGETS)
    assert "conv1" in changed(before, values(model))


PHASES = """for layer in backbone:
    layer.trainable = False
model.compile({first}, 'mse')
train(model)
{free}
model.compile({second}, 'mse')
train(model)
return model"""
SGD = "keras.optimizers.SGD(learning_rate)", "keras.optimizers.SGD(learning_rate / 10)"
FREE = "for layer in backbone:\n    layer.trainable = True"


def phases(first=SGD[0], free=FREE, second=SGD[1]):
    return PHASES.format(first=first, free=free, second=second)


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    (phases(free=""), "not freed", "these layers are trainable: score; expected fc7, score"),
    (
        phases(first=SGD[0].replace("SGD", "Adam")),
        None,
        "phase 1 is trained by Adam; keras.optimizers.SGD is asked for",
    ),
    (phases(SGD[0].replace("SGD", "Adam"), FREE, SGD[1].replace("SGD", "Adam")), "Adam", "Adam"),
    (
        phases("keras.optimizers.SGD(0.5)", FREE, "keras.optimizers.SGD(0.05)"),
        "rates of the example",
        "phase 1 has the learning rate 0.5",
    ),
    (phases("'sgd'", FREE, "'sgd'"), "optimizer without a rate", "0.01, expected 0.05"),
    (
        phases(free="for layer in model.layers:\n    layer.trainable = layer in backbone"),
        "head frozen in phase 2",
        "trainable: fc7; expected fc7, score",
    ),
    ("backbone.trainable = False\nreturn model", "list frozen", "no attribute 'trainable'"),
    (phases().replace("train(model)", "train()"), "train without the model", "missing 1 required"),
    (phases().replace("'mse'", "'mae'"), None, "phase 1 has the loss mean_absolute_error"),
    (
        "sgd = keras.optimizers.SGD(learning_rate)\n"
        + phases("sgd", FREE + "\nsgd.learning_rate = learning_rate / 10", "sgd"),
        "same optimizer again",
        "Unknown variable",
    ),
    (
        "for layer in backbone:\n    layer.trainable = False\n"
        f"model.compile({SGD[0]}, 'mse')\ntrain(model)\nreturn model",
        "phase 1 only",
        "in the end the learning rate is 0.5",
    ),
    (
        phases().replace("return model", "return keras.models.clone_model(model)"),
        None,
        "not compiled|another model",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="on JAX it frees the layers")
def test_a_model_that_was_never_off_is_not_switched_on(recognised):
    said = "these layers are trainable: score; expected fc7, score"
    recognised(exercise, phases(free="model.trainable = True"), "not freed", said)


def test_compile_may_come_before_trainable_is_set(student):
    source = """
        def two_phases(model, backbone, learning_rate, train):
            for trainable, rate in ((False, learning_rate), (True, learning_rate / 10)):
                model.compile(keras.optimizers.SGD(rate), "mse")
                for layer in backbone:
                    layer.trainable = trainable
                train(model)
            return model
        """
    assert judge(exercise, student(source, "two_phases"), 0).outcome is Outcome.RIGHT
