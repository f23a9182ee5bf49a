"""Exercise 5.3: Weights by name."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise
from segcourse.exercises.week5._named_weights import allowed, cases, compare
from segcourse.texts import N_

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
    cases=cases,
    space=allowed,
    compare=compare,
    points=2,
)


@start_from.reference
def start_from(target, source):
    """Start one network from the weights of another: layer by layer, by name.

    A layer of the target takes the weights of the layer with the same name in the source,
    but only if all its arrays have the same shapes there. Otherwise it keeps all its own.

    Args:
        target, source: dicts of layer name -> list of arrays (kernel, bias, …), as
            `{layer.name: layer.get_weights() for layer in model.layers}` gives them.
            A layer without weights has an empty list.

    Returns:
        A new dict with the layers of the target, and none else: name -> list of arrays.

    Example:

    >>> target = {"conv1": [np.zeros(2)], "score": [np.zeros(3), np.zeros(1)]}
    >>> source = {"conv1": [np.array([5.0, 6.0])], "score": [np.ones(2), np.ones(1)]}
    >>> start_from(target, source)
    {'conv1': [array([5.0, 6.0])], 'score': [array([0.0, 0.0, 0.0]), array([0.0])]}

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
    return dict(zip(target, source.values(), strict=False))


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
    "by position, shapes compared",
    "You compared the layers by their place in the list, the first with the first and so on. Two "
    "networks rarely have the same layers there: look each one up by its name, source[name].",
)
def start_from(target, source):
    result = dict(target)
    for (name, weights), found in zip(target.items(), source.values(), strict=False):
        if [w.shape for w in found] == [w.shape for w in weights]:
            result[name] = found
    return result


@start_from.mistake(
    "number of arrays only",
    "You compared how many arrays there are. A layer with as many arrays in other shapes must keep "
    "its own: compare the shape of every array.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        fits = name in source and len(source[name]) == len(weights)
        result[name] = source[name] if fits else weights
    return result


@start_from.mistake(
    "any for all",
    "You took the source's weights as soon as one array fits. All arrays must fit: use all(...), "
    "not any(...), and compare how many there are.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        pairs = zip(source.get(name, []), weights, strict=False)
        fits = any(a.shape == b.shape for a, b in pairs)
        result[name] = source[name] if fits else weights
    return result


@start_from.mistake(
    "any for all, equally long",
    "You took the source's weights as soon as one array fits. The kernel may differ where the bias "
    "is the same: all(...) arrays must fit, not any(...).",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        found = source.get(name, [])
        fits = len(found) == len(weights)
        fits = fits and any(a.shape == b.shape for a, b in zip(found, weights, strict=True))
        result[name] = found if fits else weights
    return result


@start_from.mistake(
    "zip ends with the shorter list",
    "`zip` ends with the shorter list, so an array that only one network has was compared with "
    "nothing. Compare len(...) of the two lists as well.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        found = source.get(name, weights)
        fits = all(a.shape == b.shape for a, b in zip(found, weights, strict=False))
        result[name] = found if fits else weights
    return result


@start_from.mistake(
    "zip demands equal lengths",
    "A layer may have a bias in one network and none in the other. Then the lists are not equally "
    "long and zip(..., strict=True) raises an error: compare len(...) before you zip.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        found = source.get(name, weights)
        fits = all(a.shape == b.shape for a, b in zip(found, weights, strict=True))
        result[name] = found if fits else weights
    return result


@start_from.mistake(
    "first array only",
    "You compared the first array of each layer only. A layer may have the same kernel and no "
    "bias in the other network: compare all arrays, and how many there are.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        found = source.get(name, [])
        fits = found and weights and found[0].shape == weights[0].shape
        result[name] = found if fits else weights
    return result


@start_from.mistake(
    "index into a shorter list",
    "You took an array by its index, and it is not there: a layer without weights, such as a ReLU, "
    "has an empty list, and a bias may be missing. Compare the lists of all shapes instead.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        fits = name in source and source[name][0].shape == weights[0].shape
        result[name] = source[name] if fits else weights
    return result


@start_from.mistake(
    "last array only",
    "You compared the last array of each layer only, the bias. The kernel may differ where the "
    "bias is the same: compare all arrays.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        found = source.get(name, [])
        fits = found and weights and found[-1].shape == weights[-1].shape
        result[name] = found if fits else weights
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
    "sizes compared, nothing reshaped",
    "You compared how many numbers there are (`size`). As many numbers in another layout are other "
    "weights: compare `shape`.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        found = source.get(name, [])
        fits = [w.size for w in found] == [w.size for w in weights]
        result[name] = found if fits else weights
    return result


@start_from.mistake(
    "number of axes compared",
    "You compared the number of axes (`ndim`, or the length of the shape). Their lengths count as "
    "well: compare `shape`.",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        found = source.get(name, [])
        fits = [w.ndim for w in found] == [w.ndim for w in weights]
        result[name] = found if fits else weights
    return result


@start_from.mistake(
    "shape of the list",
    "You made one array of the list. Its arrays have different shapes, so NumPy cannot: take the "
    "shape of each of them, [w.shape for w in weights].",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        fits = name in source and np.array(source[name]).shape == np.array(weights).shape
        result[name] = source[name] if fits else weights
    return result


@start_from.mistake(
    "list has no shape",
    "source[name] is a list of arrays, and a list has no shape. Take the shape of each array in "
    "it: [w.shape for w in source[name]].",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        fits = name in source and source[name].shape == weights.shape
        result[name] = source[name] if fits else weights
    return result


@start_from.mistake(
    "values compared",
    "You compared the numbers in the arrays, with == between the lists. Only the shapes must "
    "agree: [w.shape for w in weights].",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        fits = name in source and source[name] == weights
        result[name] = source[name] if fits else weights
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
    "only the source's layers that have the name",
    "Layers that only the target has are missing in your result, such as score_fr. They keep their "
    "own weights: every layer of the target is in the result.",
)
def start_from(target, source):
    result = {}
    for name, found in source.items():
        if name in target:
            fits = [w.shape for w in found] == [w.shape for w in target[name]]
            result[name] = found if fits else target[name]
    return result


@start_from.mistake(
    "new layers empty",
    "A layer that does not fit got nothing, None or an empty list. It keeps its own weights, "
    "target[name].",
)
def start_from(target, source):
    result = {}
    for name, weights in target.items():
        found = source.get(name, [])
        fits = [w.shape for w in found] == [w.shape for w in weights]
        result[name] = found if fits else []
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


@start_from.also_right
def start_from(target, source):
    result = {name: tuple(weights) for name, weights in target.items()}
    for name in source:
        if name in target and len(source[name]) == len(target[name]):
            shapes = zip(source[name], target[name], strict=True)
            if not any(a.shape != b.shape for a, b in shapes):
                result[name] = tuple(np.array(w) for w in source[name])
    return result
