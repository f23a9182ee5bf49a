"""Exercise 5.6: Fine-tune with a smaller rate."""

import keras
import numpy as np

from segcourse.exercises.judging.exercise import Exercise
from segcourse.exercises.week5._cases import Network, network
from segcourse.texts import N_


def _cases(rng):
    model = network(rng)
    names = [layer.name for layer in model.layers]
    backbone = [model.get_layer(name) for name in names[: names.index("bn2") + 1]]
    return [(model, backbone, round(float(rng.uniform(0.1, 1)), 3), Network.train)]


def _same_trainings(got, expected):
    for one in (got, expected):
        if not isinstance(one, Network):
            return "it is not the model: give back the model itself"
    got, expected = got.trainings, expected.trainings
    if len(got) != len(expected):
        return f"trainings of the model: {len(got)}, expected {len(expected)}"
    for phase, (one, other) in enumerate(zip(got, expected, strict=True), 1):
        if one[1] != other[1]:
            said = ", ".join(one[1]) or "nothing"
            return f"phase {phase} trains {said}; expected {', '.join(other[1]) or 'nothing'}"
        if not np.isclose(one[0], other[0], rtol=1e-4):
            return f"phase {phase} has the learning rate {one[0]:.4g}, expected {other[0]:.4g}"
    return None


two_phases = Exercise(
    id="5.6",
    title=N_("Fine-tune with a smaller rate"),
    function="two_phases",
    hints=(
        N_("Write it as two blocks of three steps: set `trainable`, compile, train."),
        N_(
            "`compile` is needed in both blocks: it makes the new learning rate known, and a "
            "change of `trainable` counts only from the next `compile` on."
        ),
        N_(
            "Second block: for layer in backbone: layer.trainable = True; then model.compile with "
            "keras.optimizers.SGD(learning_rate / 10); then train(model)."
        ),
    ),
    cases=_cases,
    compare=_same_trainings,
    points=2,
)


@two_phases.reference
def two_phases(model, backbone, learning_rate, train):
    """Train the head first, then fine-tune everything with a smaller rate.

    Phase 1: the layers of the backbone are frozen, the learning rate is `learning_rate`.
    Phase 2: all layers are trained, the learning rate is a tenth of it.

    Args:
        model: a `keras.Model`, not compiled.
        backbone: list of its layers that belong to the backbone.
        learning_rate: float.
        train: function; `train(model)` trains a compiled model for some epochs.

    Returns:
        The model.

    Compile with `optimizer=keras.optimizers.SGD(...)` and `loss="mse"`.

    Example: with learning_rate = 0.5, the first call of train(model) changes the head only, at
        the rate 0.5. The second call changes all layers, at the rate 0.05.
    """
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "rate unchanged",
    "Phase 2 has the rate of phase 1. The backbone has learned already: large steps would destroy "
    "that before the head gives it a useful gradient. Divide the rate by 10.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "not compiled again",
    "The backbone is still frozen in phase 2. Set trainable = True for its layers, and compile "
    "after that: what is trained was settled when phase 1 began, and only `compile` changes it.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.optimizer.learning_rate = learning_rate / 10
    train(model)
    return model


@two_phases.mistake(
    "compiled once",
    "You compiled once, at the beginning. Neither the smaller rate nor the change of `trainable` "
    "reaches the optimizer: compile again before phase 2.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    train(model)
    return model


@two_phases.mistake(
    "frozen after training began",
    "You froze the backbone only after the first training. Phase 1 must train the head alone: "
    "set trainable = False before you compile and train.",
)
def two_phases(model, backbone, learning_rate, train):
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "never frozen",
    "The backbone is trained in phase 1 as well. The new head is random there, and its large "
    "gradients would spoil the backbone: freeze it first.",
)
def two_phases(model, backbone, learning_rate, train):
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "larger rate",
    "Phase 2 has ten times the rate of phase 1. Fine-tuning takes smaller steps: divide by 10.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate * 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "smaller rate for the head",
    "The two rates are exchanged: the new head learned in small steps, and the pretrained backbone "
    "was then changed in large ones.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "whole model frozen",
    "In phase 1 the whole model is frozen, so nothing is trained. Freeze the layers in `backbone`, "
    "not the model.",
)
def two_phases(model, backbone, learning_rate, train):
    model.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    model.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "one phase",
    "You trained once. Both phases end with train(model): the head alone first, then everything.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "not compiled",
    "A model is trained only after `model.compile(...)`: it needs an optimizer and a loss. Compile "
    "before each of the two trainings.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    train(model)
    for layer in backbone:
        layer.trainable = True
    train(model)
    return model


@two_phases.also_right
def two_phases(model, backbone, learning_rate, train):
    for trainable, rate in ((False, learning_rate), (True, 0.1 * learning_rate)):
        for layer in backbone:
            layer.trainable = trainable
        model.compile(keras.optimizers.Adam(rate), "mse")
        train(model)
    return model


@two_phases.also_right
def two_phases(model, backbone, learning_rate, train):
    kept = [layer for layer in model.layers if layer not in backbone]
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    for layer in model.layers:
        layer.trainable = layer in kept
    train(model)
    for layer in model.layers:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model
