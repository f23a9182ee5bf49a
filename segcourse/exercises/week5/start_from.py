"""Exercise 5.3: Weights by name."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    def arrays(*shapes):
        return [rng.normal(size=shape).astype("float32") for shape in shapes]

    c, f = (int(n) for n in 3 + rng.permutation(4)[:2])
    k, classes = int(rng.integers(5, 9)), int(rng.integers(10, 14))
    source = {
        "fc8": arrays((k, classes), (classes,)),
        "conv1": arrays((3, 3, 3, c), (c,)),
        "bn1": arrays((c,), (c,), (c,), (c,)),
        "conv2": arrays((3, 3, c, f), (f,)),
        "conv3": arrays((3, 3, c, f), (f,)),
        "fc6": arrays((f, k), (k,)),
        "fc7": arrays((k, k)),
    }
    target = {
        "conv1": arrays((3, 3, 3, c), (c,)),
        "bn1": arrays((c,), (c,), (c,), (c,)),
        "conv2": arrays((3, 3, c, f), (f,)),
        # As many weights in another layout; another kernel with the same bias; no bias before.
        "conv3": arrays((3, 3, f, c), (f,)),
        "fc6": arrays((f + 1, k), (k,)),
        "fc7": arrays((k, k), (k,)),
        "score_fr": arrays((1, 1, k, 4), (4,)),
    }
    # The same layers in other places of the list.
    names = [str(name) for name in rng.permutation(list(target))]
    return [(target, source), ({name: target[name] for name in names}, source)]


start_from = Exercise(
    id="5.3",
    title=N_("Weights by name"),
    function="start_from",
    hints=(
        N_(
            "Go through the layers of the target. Each of them ends up in the result, either with "
            "the weights of the source or with its own."
        ),
        N_(
            "A layer takes the source's weights only if three things hold: its name is in the "
            "source, both lists are equally long, and every pair of arrays has the same shape."
        ),
        N_(
            "[w.shape for w in weights] is the list of all shapes of a layer. Two such lists can "
            "be compared with ==."
        ),
    ),
    cases=_cases,
    compare=exact(),
    points=2,
)


@start_from.reference
def start_from(target, source):
    """Start one network from the weights of another: layer by layer, by name.

    A layer of the target takes the weights of the layer with the same name in the source, but
    only if all its arrays have the same shapes there. Otherwise it keeps all its own weights.

    Args:
        target, source: dicts of layer name -> list of arrays (kernel, bias, …), as
            `{layer.name: layer.get_weights() for layer in model.layers}` gives them.

    Returns:
        A new dict with the layers of the target, and none else.

    Example:
        target = {"conv1": [[0, 0]], "score": [[0, 0, 0], [0]]}
        source = {"conv1": [[5, 6]], "score": [[7, 8], [9]], "fc8": [[1]]}   (arrays)
        The answer is {"conv1": [[5, 6]], "score": [[0, 0, 0], [0]]}.
        The first array of "score" does not fit, so its second one stays as well.
    """
    result = {}
    for name, weights in target.items():
        found = source.get(name, [])
        fits = [w.shape for w in found] == [w.shape for w in weights]
        result[name] = found if fits else weights
    return result


@start_from.mistake(
    "by position",
    "You paired the layers by their place in the list. Two networks rarely have the same layers at "
    "the same places: look each layer up by its name.",
)
def start_from(target, source):
    return dict(zip(target, source.values(), strict=True))


@start_from.mistake(
    "shapes not compared",
    "You took the source's weights for every name that both have, whatever their shapes. A layer "
    "whose shapes differ must keep its own weights.",
)
def start_from(target, source):
    return {name: source.get(name, weights) for name, weights in target.items()}


@start_from.mistake(
    "array by array",
    "You decided for each array on its own, so a layer ended up half-written: the source's bias "
    "with the target's kernel. Decide for the whole layer: all of its arrays or none.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        found = source.get(name, weights)
        pairs = zip(found, weights, strict=False)
        taken = [a if a.shape == b.shape else b for a, b in pairs]
        result[name] = taken + weights[len(taken) :]
    return result


@start_from.mistake(
    "first array only",
    "You compared the first array of each layer only. A layer may have the same kernel and no "
    "bias in the other network: compare all arrays, and how many there are.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        fits = name in source and source[name][0].shape == weights[0].shape
        result[name] = source[name] if fits else weights
    return result


@start_from.mistake(
    "sizes instead of shapes",
    "You compared how many numbers there are and reshaped them. As many numbers in another layout "
    "are other weights: compare the shapes.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        found = source.get(name, [])
        fits = [w.size for w in found] == [w.size for w in weights]
        pairs = zip(found, weights, strict=False)
        result[name] = [a.reshape(b.shape) for a, b in pairs] if fits else weights
    return result


@start_from.mistake(
    "layers of the source added",
    "Your result has layers that the target does not have. Go through the target's layers; what "
    "only the source has stays behind.",
)
def start_from(target, source):
    return {**target, **source}


@start_from.mistake(
    "new layers lost",
    "Layers that did not fit, or that only the target has, are missing in your result. They keep "
    "their own weights, they do not disappear.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        if [w.shape for w in source.get(name, [])] == [w.shape for w in weights]:
            result[name] = source[name]
    return result


@start_from.mistake(
    "name not looked for",
    "A layer of the target need not be in the source: score_fr is new, and source[name] raises "
    "KeyError. Ask first with `name in source`, or use source.get(name).",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        fits = [w.shape for w in source[name]] == [w.shape for w in weights]
        result[name] = source[name] if fits else weights
    return result


@start_from.mistake(
    "nothing copied",
    "Every layer kept its own weights: nothing was taken over. Compare lists of shapes, "
    "[w.shape for w in weights]; a comparison of the arrays themselves is never what is asked.",
)
def start_from(target, source):
    return dict(target)


@start_from.mistake(
    "source given back",
    "You gave back the source. The result has the layers of the target: those that fit with the "
    "source's weights, the others with their own.",
)
def start_from(target, source):
    return source


@start_from.also_right
def start_from(target, source):
    def shapes(network, name):
        return [np.shape(w) for w in network[name]]

    result = dict(target)
    for name in set(target) & set(source):
        if shapes(target, name) == shapes(source, name):
            result[name] = source[name]
    return result


@start_from.also_right
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        result[name] = [w.copy() for w in weights]
        if name not in source or len(source[name]) != len(weights):
            continue
        if all(a.shape == b.shape for a, b in zip(weights, source[name], strict=True)):
            result[name] = [w.copy() for w in source[name]]
    return result
