"""`two_phases` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest
from keras import ops

from segcourse.exercises.week5._cases import network
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
    model = network(np.random.default_rng(0))
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


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    (
        "sgd = keras.optimizers.SGD\nfor layer in backbone:\n    layer.trainable = False\n"
        "model.compile(sgd(learning_rate), 'mse')\ntrain(model)\n"
        "model.compile(sgd(learning_rate / 10), 'mse')\ntrain(model)\nreturn model",
        "not compiled again",
        "phase 2 trains conv_fc7, bn_fc7, score; expected conv1",
    ),
    (
        "for layer in backbone:\n    layer.trainable = False\n"
        "model.compile('sgd', 'mse')\ntrain(model)\nreturn model",
        None,
        "trainings of the model: 1, expected 2",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
