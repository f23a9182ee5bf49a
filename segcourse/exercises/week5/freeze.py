"""Exercise 5.5: Freeze a backbone."""

import weakref

import keras
import numpy as np

from segcourse.exercises.judging.exercise import Exercise
from segcourse.exercises.week5._drawn import Drawn, Model
from segcourse.texts import N_, _, ngettext

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
    if not isinstance(got, keras.Model):
        return _("it is no model: give back the model itself")
    if expected in _CAME_IN and got not in _CAME_IN:
        return _("it is another model: give back the model that came in")
    came, wanted = _changed_by_training(got), _changed_by_training(expected)
    too_many = [path for path in came if path not in wanted]
    too_few = [path for path in wanted if path not in came]
    if too_many:
        return _("a step of training still changes {paths}").format(paths=_some(too_many))
    if too_few:
        return _("a step of training no longer changes {paths}").format(paths=_some(too_few))
    return None


def _same_way(got, expected):
    """The same changes, and reached alike: this tells mistakes apart that change the same."""
    found = _same_changes(got, expected)
    if found is None and _switches(got) != _switches(expected):
        return "other switches"  # nobody reads it: it only keeps two mistakes apart
    return found


def _switches(model):
    """Whether the model itself is on, and whether each of its layers is."""
    return model.trainable, all(layer.trainable for layer in model.layers)


_same_changes.values = _same_way


def _some(paths):
    """`conv1/kernel, conv1/bias and 3 more`"""
    names = ["/".join(path.split("/")[-2:]) for path in paths]  # without that of a Sequential
    first, more = ", ".join(names[:4]), len(names) - 4
    if more <= 0:
        return first
    text = ngettext("{names} and {count} more", "{names} and {count} more", more)
    return text.format(names=first, count=more)


_CAME_IN = weakref.WeakSet()

_KINDS = {
    "conv": lambda name, filters: keras.layers.Conv2D(filters, 1, use_bias=False, name=name),
    "bn": lambda name, filters: keras.layers.BatchNormalization(name=name),
    "relu": lambda name, filters: keras.layers.ReLU(name=name),
}


def _case(last, *layers, sequential):
    """A model of some layers, tuples (kind, name, filters), to be frozen up to `last`."""

    def make():
        images = x = keras.Input((2, 2, 3), name="images")
        parts = [_KINDS[kind](name, filters) for kind, name, filters in layers]
        if sequential:  # its first layer has weights: the input is not among them
            model = keras.Sequential([images, *parts], name="network")
        else:
            for part in parts:
                x = part(x)
            model = keras.Model(images, x, name="network")
        _CAME_IN.add(model)
        return model, last

    names = [name for _kind, name, _filters in layers]
    return Drawn(make, model=Model(*([] if sequential else ["images"]), *names), last=last)


def _cases(rng):
    filters = [int(n) for n in rng.integers(1, 6, size=3)]
    # A layer has a name that begins like that of the last one, and comes before it.
    layers = [("conv", "conv1_1", filters[0]), ("bn", "bn1_1", 0), ("conv", "conv1", filters[1])]
    layers += [("bn", "bn_fc7", 0), ("conv", "score", filters[2])]
    return [_case("conv1", *layers, sequential=True)]


def _allowed(rng):
    """Any layer but the last one is the last to freeze; it need not have weights."""
    sequential = bool(rng.integers(2))
    numbers, filters = rng.permutation(20)[: rng.integers(2, 6)], rng.integers(1, 6, size=6)
    kinds = [str(rng.choice(list(_KINDS))) for _number in numbers]
    names = [f"{kind}{number}" for kind, number in zip(kinds, numbers, strict=True)]
    layers = zip([*kinds, "conv"], [*names, "score"], map(int, filters), strict=False)
    last = rng.choice(names if sequential else ["images", *names])
    return _case(str(last), *layers, sequential=sequential)


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
    space=_allowed,
    draws=2,
    compare=_same_changes,
    points=2,
)


@freeze.reference
def freeze(model, last):
    """Freeze the backbone of a model: all layers up to and including the layer `last`.

    Afterwards a step of training must change nothing in these layers: no kernel, no gamma
    or beta, and no moving mean or variance of batch normalisation. The layers behind them
    must go on learning.

    Args:
        model: a `keras.Model`; `model.layers` is in the order of computing.
        last: name of the last layer to freeze.

    Returns:
        The same model.

    Example:

    >>> images = keras.Input((2,))
    >>> features = keras.layers.Dense(3, name="fc7")(images)
    >>> model = keras.Model(images, keras.layers.Dense(1, name="score")(features))
    >>> [layer.trainable for layer in freeze(model, "fc7").layers]
    [False, False, True]

    Only the kernel and the bias of score are trained now.
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
    "You switched the whole model off: nothing can learn any more. Go through its layers and stop "
    "at the layer `last`; the head is new and must be trained.",
)
def freeze(model, last):
    model.trainable = False
    return model


@freeze.mistake(
    "a layer compared with a name",
    "Your loop never stops: all layers are frozen, the head too. `last` is a name, and a layer is "
    "never equal to a name: compare layer.name with it, and leave the loop there.",
)
def freeze(model, last):
    for layer in model.layers:
        layer.trainable = False
        if layer == last:
            break
    return model


@freeze.mistake(
    "from the end",
    "Your loop runs from the end, so the head was frozen and the backbone was not. Begin with the "
    "first layer of model.layers.",
)
def freeze(model, last):
    for layer in reversed(model.layers):
        layer.trainable = False
        if layer.name == last:
            break
    return model


@freeze.mistake(
    "one layer too many",
    "You froze one layer too many: the one behind `last` belongs to the head.",
)
def freeze(model, last):
    names = [layer.name for layer in model.layers]
    for layer in model.layers[: names.index(last) + 2]:
        layer.trainable = False
    return model


@freeze.mistake(
    "part of the name",
    "Your loop stops at the first name that contains `last`. conv1_1 contains conv1 and is another "
    "layer: compare whole names with ==.",
)
def freeze(model, last):
    for layer in model.layers:
        layer.trainable = False
        if last in layer.name:
            break
    return model


@freeze.mistake(
    "batch normalisation of the head frozen",
    "You froze batch normalisation in the head as well. Behind the layer `last` every layer goes "
    "on learning.",
)
def freeze(model, last):
    backbone = True
    for layer in model.layers:
        is_norm = isinstance(layer, keras.layers.BatchNormalization)
        layer.trainable = not backbone and not is_norm
        backbone = backbone and layer.name != last
    return model


@freeze.mistake(
    "gamma and beta go on learning",
    "Gamma and beta of batch normalisation still learn. They are weights of the backbone as well: "
    "layer.trainable = False for the whole layer, and nothing after it.",
)
def freeze(model, last):
    for layer in model.layers:
        layer.trainable = False
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.gamma.trainable = layer.beta.trainable = True
        if layer.name == last:
            break
    return model


@freeze.mistake(
    "a copy frozen",
    "You froze a copy, and the model that came in is as it was. Set `trainable` of the layers of "
    "`model` and give the same model back.",
)
def freeze(model, last):
    copy = keras.models.clone_model(model)
    for layer in copy.layers:
        layer.trainable = False
        if layer.name == last:
            break
    return copy


@freeze.mistake(
    "only the backbone given back",
    "You gave back a model that ends at the layer `last`: the head is gone. Give back `model`.",
)
def freeze(model, last):
    backbone = keras.Model(model.inputs, model.get_layer(last).output)
    backbone.trainable = False
    return backbone


@freeze.mistake(
    "a name among the layers",
    "`last` is the name of a layer, not a layer. get_layer(last) gives the layer of that name, and "
    "in a loop layer.name is compared with it.",
)
def freeze(model, last):
    for layer in model.layers[: model.layers.index(last) + 1]:
        layer.trainable = False
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
    "return in the loop",
    "Only the first layer is frozen: a `return` or `break` in the loop ends it at once. The return "
    "belongs behind the loop, and the break under an `if`.",
)
def freeze(model, last):
    for layer in model.layers:
        layer.trainable = False
        return model


@freeze.mistake(
    "the first layer is left out",
    "Your loop leaves out the first layer. It is the input in some models only; in a Sequential it "
    "is a layer with weights. Begin with it.",
)
def freeze(model, last):
    names = [layer.name for layer in model.layers]
    for layer in model.layers[1 : names.index(last) + 1]:
        layer.trainable = False
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


@freeze.also_right
def freeze(model, last):
    backbone = keras.Model(model.inputs, model.get_layer(last).output)
    for layer in backbone.layers:
        layer.trainable = False
    return model


@freeze.also_right
def freeze(model, last):
    end = model.layers.index(model.get_layer(last))
    for number, layer in enumerate(model.layers):
        if number <= end and layer.weights:
            layer.trainable = False
    return model
