"""Exercise 5.6: Fine-tune with a smaller rate."""

import keras

from segcourse.exercises.judging.exercise import Exercise
from segcourse.exercises.week5._trainings import allowed, cases, compare
from segcourse.texts import N_

two_phases = Exercise(
    id="5.6",
    title=N_("Fine-tune with a smaller rate"),
    function="two_phases",
    hints=(
        N_("Write it as two blocks of three steps: set `trainable`, compile, train."),
        N_(
            "`compile` is needed in both blocks. It brings the new learning rate, and it makes "
            "Keras look again at `trainable`: without it the second training would train what the "
            "first one did."
        ),
        N_(
            "Second block: for layer in backbone: layer.trainable = True; then model.compile with "
            "keras.optimizers.SGD(learning_rate / 10); then train(model)."
        ),
    ),
    cases=cases,
    space=allowed,
    draws=1,
    compare=compare,
    points=2,
)


@two_phases.reference
def two_phases(model, backbone, learning_rate, train):
    """Train the head first, then fine-tune everything with a smaller rate.

    Phase 1: the layers of the backbone are frozen, the learning rate is `learning_rate`.
    Phase 2: all layers are trained, the learning rate is a tenth of it.

    Compile each phase with `optimizer=keras.optimizers.SGD(...)` and `loss="mse"`.

    Args:
        model: a `keras.Model`, not compiled.
        backbone: list of its layers that belong to the backbone.
        learning_rate: float.
        train: function; `train(model)` trains a compiled model for some epochs.

    Returns:
        The same model.

    Example:

    >>> parts = [keras.layers.Dense(3, name="fc7"), keras.layers.Dense(1, name="score")]
    >>> model, notes = keras.Sequential(parts), []
    >>> def note(model):
    ...     notes.append([layer.trainable for layer in model.layers])
    ...     notes.append(round(float(model.optimizer.learning_rate), 3))
    >>> model = two_phases(model, parts[:1], 0.5, note)
    >>> notes
    [[False, True], 0.5, [True, True], 0.05]
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
    "You freed the backbone and did not compile again, so phase 2 trains the head alone as phase 1 "
    "did. Keras looks at `trainable` again only after a new `model.compile(...)`.",
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
    "You compiled once, at the beginning. Phase 2 needs a smaller rate, and Keras looks at "
    "`trainable` again only after a new `compile`: compile again before you train.",
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


@two_phases.mistake(
    "not freed",
    "The backbone is still frozen in phase 2: its layers have trainable = False. Free them one by "
    "one, for layer in backbone: layer.trainable = True. (`model.trainable = True` may change "
    "nothing, as the model itself was never switched off.)",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "Adam",
    "You compiled with Adam. The text asks for SGD: optimizer=keras.optimizers.SGD(...).",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.Adam(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.Adam(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "rates of the example",
    "You typed in the rates of the example. Use the argument: learning_rate in phase 1, "
    "learning_rate / 10 in phase 2.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(0.5), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(0.05), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "optimizer without a rate",
    "Your optimizer was not told the rate, so it has that of Keras, 0.01. Write "
    "keras.optimizers.SGD(learning_rate), and with learning_rate / 10 in phase 2.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer="sgd", loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer="sgd", loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "same optimizer again",
    "You gave the optimizer of phase 1 to phase 2. It knows only the weights of the head, for "
    "which it was made: make a new one, keras.optimizers.SGD(learning_rate / 10).",
)
def two_phases(model, backbone, learning_rate, train):
    optimizer = keras.optimizers.SGD(learning_rate)
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=optimizer, loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    optimizer.learning_rate = learning_rate / 10
    model.compile(optimizer=optimizer, loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "no loss",
    '`compile` got no loss. It needs two things, the optimizer and the loss: loss="mse".',
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate))
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10))
    train(model)
    return model


@two_phases.mistake(
    "list frozen",
    "You set `trainable` of the list. `backbone` is a list of layers, and each layer has the "
    "attribute: go through them in a loop.",
)
def two_phases(model, backbone, learning_rate, train):
    backbone.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    backbone.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "train without the model",
    "`train` wants to know what it is to train: train(model).",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train()
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train()
    return model


@two_phases.mistake(
    "head frozen in phase 2",
    "In phase 2 you froze the head. All layers are trained then, the head too: only set the "
    "backbone to True.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in model.layers:
        layer.trainable = layer in backbone
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "head frozen in phase 1",
    "In phase 1 you froze the head and trained the backbone. It is the other way round: the "
    "backbone has learned already, the head is new.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in model.layers:
        layer.trainable = layer in backbone
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in model.layers:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "phases exchanged",
    "The phases are exchanged: everything was trained first and the head after it. First the head "
    "alone, then everything.",
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
    "first layers of the model",
    "You took the first layers of the model for the backbone. Go through the list `backbone` "
    "itself: it need not begin with the first layer of the model.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in model.layers[: len(backbone)]:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in model.layers:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "all but the last layer",
    "You froze all layers but the last one. The head may have more layers than one: freeze those "
    "in `backbone` and no others.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in model.layers:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "batch normalisation left frozen",
    "Batch normalisation is still frozen in phase 2. Here all layers are trained then: free every "
    "layer of `backbone`.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "phase 1 only",
    "You trained the head and stopped. Phase 2 is missing: free the backbone, compile with a "
    "tenth of the rate, and call train(model) once more.",
)
def two_phases(model, backbone, learning_rate, train):
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    return model


@two_phases.mistake(
    "model frozen and freed",
    "In phase 1 the whole model is frozen, so nothing is trained; and then you freed the layers "
    "of the backbone only. Freeze the layers in `backbone`, never the model.",
)
def two_phases(model, backbone, learning_rate, train):
    model.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    train(model)
    for layer in backbone:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.SGD(learning_rate / 10), loss="mse")
    train(model)
    return model


@two_phases.also_right
def two_phases(model, backbone, learning_rate, train):
    for trainable, rate in ((False, learning_rate), (True, 0.1 * learning_rate)):
        for layer in backbone:
            layer.trainable = trainable
        model.compile(keras.optimizers.SGD(rate), "mse")
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


@two_phases.also_right
def two_phases(model, backbone, learning_rate, train):
    # Keras looks at `trainable` when the first training after `compile` begins.
    for layer in backbone:
        layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mean_squared_error")
    train(model)
    model.compile(optimizer="sgd", loss=keras.losses.MeanSquaredError())
    model.optimizer.learning_rate = learning_rate / 10
    for layer in model.layers:
        layer.trainable = True
    train(model)
    return model
