"""Exercise 5.5: Freeze a backbone."""

import weakref

import keras
import numpy as np

from segcourse.exercises.judging.exercise import Exercise
from segcourse.exercises.week5._cases import network
from segcourse.texts import N_

_CHANGED = weakref.WeakKeyDictionary()


def _changed_by_training(model):
    """What a step of training changes, by path: trainable weights, and moved statistics."""
    if model not in _CHANGED:
        changed = {v.path for v in model.trainable_variables}
        for layer in model.layers:
            if isinstance(layer, keras.layers.BatchNormalization):
                changed |= _moved(layer)
        _CHANGED[model] = [v.path for v in model.variables if v.path in changed]
    return _CHANGED[model]


def _moved(layer):
    """Paths of a layer's weights that a call in training moves; they get their values back."""
    before = layer.get_weights()
    layer(np.full((1, 1, 1, len(before[0])), 7, "float32"), training=True)
    after = layer.get_weights()
    layer.set_weights(before)
    pairs = zip(layer.weights, before, after, strict=True)
    return {weight.path for weight, old, new in pairs if not np.array_equal(old, new)}


def _same_changes(got, expected):
    for one in (got, expected):
        if not isinstance(one, keras.Model):
            return "it is no model: give back the model itself"
    got, expected = _changed_by_training(got), _changed_by_training(expected)
    too_many = [path for path in got if path not in expected]
    too_few = [path for path in expected if path not in got]
    if too_many:
        return f"a step of training still changes {_some(too_many)}"
    return f"a step of training no longer changes {_some(too_few)}" if too_few else None


def _some(paths):
    return ", ".join(paths[:4]) + (f" and {len(paths) - 4} more" if len(paths) > 4 else "")


def _cases(rng):
    return [(network(rng), "bn2")]


freeze = Exercise(
    id="5.5",
    title=N_("Freeze a backbone"),
    function="freeze",
    hints=(
        N_(
            "`model.layers` lists the layers from the first to the last. Every layer has an "
            "attribute `trainable`, True to begin with."
        ),
        N_(
            "Set `trainable` of a whole layer, not of its weights: only the layer decides whether "
            "batch normalisation goes on averaging."
        ),
        N_(
            "In a loop over model.layers: set layer.trainable = False; after the layer with the "
            "name `last`, leave the loop with `break`."
        ),
    ),
    cases=_cases,
    compare=_same_changes,
    points=2,
)


@freeze.reference
def freeze(model, last):
    """Freeze the backbone of a model: all layers up to and including the layer `last`.

    Afterwards a step of training must change nothing in these layers: no kernel, no gamma or
    beta, and no moving mean or variance of batch normalisation. The layers behind them must go
    on learning.

    Args:
        model: a `keras.Model`; `model.layers` is in the order of computing.
        last: name of the last layer to freeze.

    Returns:
        The same model.

    Example: the model has the layers images, conv1, bn1, relu1, score.
        After freeze(model, "relu1") the only trainable weights are the kernel and the bias of
        score, and the moving mean of bn1 stays as it is while the model is trained.
    """
    for layer in model.layers:
        layer.trainable = False
        if layer.name == last:
            break
    return model


@freeze.mistake(
    "only the convolutions",
    "You froze the convolutions only. Batch normalisation is part of the backbone: its gamma and "
    "beta still learn, and its moving mean and variance still move. Freeze every layer.",
)
def freeze(model, last):
    for layer in model.layers:
        if isinstance(layer, keras.layers.Conv2D):
            layer.trainable = False
        if layer.name == last:
            break
    return model


@freeze.mistake(
    "batch normalisation still averages",
    "No gradient changes the backbone now, but batch normalisation still updates its moving mean "
    "and variance. Set trainable of the layer, not of its weights: then it uses what it learned.",
)
def freeze(model, last):
    for layer in model.layers:
        for weight in layer.weights:
            weight.trainable = False
        if layer.name == last:
            break
    return model


@freeze.mistake(
    "the last one is left out",
    "Your loop ends before the layer `last` is frozen. It belongs to the backbone as well.",
)
def freeze(model, last):
    for layer in model.layers:
        if layer.name == last:
            break
        layer.trainable = False
    return model


@freeze.mistake(
    "everything frozen",
    "The whole model is frozen: nothing can learn any more. Stop at the layer `last`; the head is "
    "new and must be trained.",
)
def freeze(model, last):
    model.trainable = False
    return model


@freeze.mistake(
    "model off, head on again",
    "You switched the whole model off and the layers of the head on again. A model that is not "
    "trainable itself has no trainable weights, whatever its layers say: freeze layer by layer.",
)
def freeze(model, last):
    model.trainable = False
    names = [layer.name for layer in model.layers]
    for layer in model.layers[names.index(last) + 1 :]:
        layer.trainable = True
    return model


@freeze.mistake(
    "the head frozen instead",
    "You froze the layers behind `last` and left the backbone free. It is the other way round: the "
    "backbone has learned already, the head is new.",
)
def freeze(model, last):
    names = [layer.name for layer in model.layers]
    for layer in model.layers[names.index(last) + 1 :]:
        layer.trainable = False
    return model


@freeze.mistake(
    "nothing frozen",
    "Nothing is frozen. The attribute is `trainable`, and it is set with one `=`: "
    "layer.trainable = False. Python says nothing about a misspelt name.",
)
def freeze(model, last):
    for layer in model.layers:
        layer.trainable == False  # noqa: B015, E712
        if layer.name == last:
            break
    return model


@freeze.mistake(
    "one layer only",
    "You froze the layer `last` alone. All layers before it belong to the backbone too.",
)
def freeze(model, last):
    model.get_layer(last).trainable = False
    return model


@freeze.also_right
def freeze(model, last):
    names = [layer.name for layer in model.layers]
    for layer in model.layers[: names.index(last) + 1]:
        layer.trainable = False
    return model


@freeze.also_right
def freeze(model, last):
    backbone = True
    for layer in model.layers:
        layer.trainable = not backbone
        backbone = backbone and layer.name != last
    return model
