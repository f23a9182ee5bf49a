"""`freeze` against independent implementations, and the example of its text."""

import numpy as np
import pytest

from segcourse.exercises.week5.freeze import _changed_by_training
from segcourse.exercises.week5.freeze import freeze as exercise
from tests.exercises.week5.small_network import IMAGES, TARGETS, changed, small_network, values

freeze = exercise.right.build()


def test_a_step_of_training_changes_the_head_alone():
    model = freeze(small_network(), "bn2")
    model.compile("sgd", "mse")
    before = values(model)
    model.train_on_batch(IMAGES, TARGETS)
    assert changed(before, values(model)) == {"score"}


def test_what_the_check_takes_for_changed_is_what_training_changes():
    for answer in [exercise.right, *exercise.mistakes]:
        model = exercise.cases(np.random.default_rng(0))[0][0]
        answer.build()(model, "bn2")
        expected = set(_changed_by_training(model))
        before = values(model)
        # The learning phase that `fit` sets, and gradients for all that is trainable.
        model(IMAGES[:, :, :4], training=True)
        moved = {
            path for path, old in before.items() if not np.array_equal(old, values(model)[path])
        }
        assert expected == moved | {v.path for v in model.trainable_variables}, answer.name


def test_the_check_leaves_the_weights_as_they_were():
    model = exercise.cases(np.random.default_rng(0))[0][0]
    before = values(model)
    _changed_by_training(model)
    assert changed(before, values(model)) == set()


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    (
        "for layer in model.layers:\n    layer.trainable = False\n"
        "    if layer.name == last:\n        break",
        None,
        "it returned None",
    ),
    (
        "for layer in model.layers:\n    layer.trainable = False\nreturn model",
        "everything frozen",
        "no longer changes conv_fc7/kernel",
    ),
    (
        "model.get_layer(last).trainble = False\nreturn model",
        "nothing frozen",
        "still changes conv1/kernel",
    ),
    ("return [layer.name for layer in model.layers]", None, "it is no model"),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
