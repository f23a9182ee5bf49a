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


def drawn_model():
    return exercise.cases(np.random.default_rng(0))[0].args


def test_what_the_check_takes_for_changed_is_what_training_changes():
    for answer in [exercise.right, *exercise.mistakes]:
        model, last = drawn_model()
        try:
            answer.build()(model, last)
        except ValueError:  # the mistake that ends with an error
            continue
        expected = set(_changed_by_training(model))
        before = values(model)
        # The learning phase that `fit` sets, and gradients for all that is trainable.
        model(IMAGES[:, :2, :2], training=True)
        moved = {
            path for path, old in before.items() if not np.array_equal(old, values(model)[path])
        }
        assert expected == moved | {v.path for v in model.trainable_variables}, answer.name


def test_the_check_leaves_the_weights_as_they_were():
    model, _last = drawn_model()
    before = values(model)
    _changed_by_training(model)
    assert changed(before, values(model)) == set()


LOOP = "for layer in {layers}:\n    layer.trainable = False\n    if {stop}:\n        break\n"

# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    (LOOP.format(layers="model.layers", stop="layer.name == last"), None, "it returned None"),
    (
        "for layer in model.layers:\n    layer.trainable = False\nreturn model",
        "a layer compared with a name",
        "no longer changes score/kernel",
    ),
    (
        LOOP.format(layers="model.layers", stop="layer is last") + "return model",
        "a layer compared with a name",
        "no longer changes score/kernel",
    ),
    (
        LOOP.format(layers="model.layers[::-1]", stop="layer.name == last") + "return model",
        "from the end",
        "no longer changes score/kernel",
    ),
    (
        LOOP.format(layers="model.layers", stop="layer.name.startswith(last)") + "return model",
        "part of the name",
        "bn1_1/moving_mean",
    ),
    (
        "for layer in model.layers:\n    layer.trainable = False\n    return model",
        "return in the loop",
        "still changes fc7/kernel",
    ),
    (
        "model.get_layer(last).trainble = False\nreturn model",
        "nothing frozen",
        "still changes fc7/kernel",
    ),
    (
        "for layer in model.layers:\n    for w in layer.weights:\n"
        "        if 'gamma' not in w.path and 'beta' not in w.path:\n"
        "            w.trainable = False\n"
        "    if layer.name == last:\n        break\nreturn model",
        None,
        "still changes bn1_1/gamma, bn1_1/beta",
    ),
    ("return [layer.name for layer in model.layers]", None, "it is no model"),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
