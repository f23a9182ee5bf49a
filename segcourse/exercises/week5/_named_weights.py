"""The networks that exercise 5.3 checks with, as dicts of weights, and how two are compared."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, exact
from segcourse.texts import _


def _arrays(rng, sign, *shapes):
    """Weights above zero for the source and below for the target, so one sees whose they are."""
    return [sign * rng.uniform(0.1, 1, size=shape).astype("float32") for shape in shapes]


def cases(rng):
    c, f = (int(n) for n in 3 + rng.permutation(4)[:2])
    k, classes = int(rng.integers(5, 9)), int(rng.integers(10, 14))
    source = {
        "fc8": ((k, classes), (classes,)),
        "conv1": ((3, 3, 3, c), (c,)),
        "bn1": ((c,), (c,), (c,), (c,)),
        "relu1": (),
        "conv2": ((3, 3, c, f), (f,)),
        "conv3": ((3, 3, c, f), (f,)),
        "conv4": ((3, 3, f, f), (f,)),
        "scale4": ((f,), (f,)),
        "fc5": ((4 * f, f), (f,)),
        "fc6": ((f, k), (k,)),
        "fc7": ((k, k),),
        "score": ((k, classes), (classes,)),
    }
    target = {
        "conv1": ((3, 3, 3, c), (c,)),
        "bn1": ((c,), (c,), (c,), (c,)),
        "relu1": (),
        "conv2": ((3, 3, c, f), (f,)),
        # As many weights in another layout; no bias now; the same kernel with another bias.
        "conv3": ((3, 3, f, c), (f,)),
        "conv4": ((3, 3, f, f),),
        "scale4": ((f,), (1,)),
        # Dense in the source, a convolution now.
        "fc5": ((2, 2, f, f), (f,)),
        # Another kernel with the same bias; no bias before; nothing that fits; no such layer.
        "fc6": ((f + 1, k), (k,)),
        "fc7": ((k, k), (k,)),
        "score": ((k, 4), (4,)),
        "score_fr": ((1, 1, k, 4), (4,)),
    }
    # The same layers in other places of the list, and two networks that are alike.
    names = [str(name) for name in rng.permutation(list(target))]
    alike = {name: source[name] for name in ("conv1", "bn1", "conv2")}
    pairs = [(target, source), ({name: target[name] for name in names}, source), (alike, alike)]
    return [
        tuple(
            {name: _arrays(rng, sign, *shapes) for name, shapes in network.items()}
            for sign, network in zip((-1, 1), pair, strict=True)
        )
        for pair in pairs
    ]


def allowed(rng):
    """Layers of all kinds, without weights too; networks that share all names or none."""
    kinds = [(), ((2,),), ((3,),), ((2, 3), (3,)), ((3, 2), (3,)), ((2, 3),), ((1, 2), (2,), (2,))]
    names = [f"layer{i}" for i in range(int(rng.integers(2, 8)))]

    def network(sign):
        chosen = rng.permutation(names)[: rng.integers(0, len(names) + 1)]
        return {str(n): _arrays(rng, sign, *kinds[rng.integers(len(kinds))]) for n in chosen}

    return Case(network(-1), network(1))


def compare(got, expected):
    """As `exact`, but whose weights a layer has is said in words."""
    found = exact()(got, expected)
    if found is None or not isinstance(got, dict) or set(got) != set(expected):
        return found
    for name, weights in expected.items():
        if exact()(got[name], weights) is not None:
            return _whose(name, got[name], weights) or found
    return found


def _whose(name, got, expected):
    """In words what is wrong with the weights of one layer, or None."""
    try:
        came = {bool((np.asarray(array) > 0).all()) for array in got}
        shapes = [np.shape(array) for array in got]
    except (TypeError, ValueError):
        return None
    own = not any((array > 0).all() for array in expected)
    if len(came) != 1 or came == {not own} or not expected:
        return None
    asked = ", ".join(str(array.shape) for array in expected)
    text = (
        _("layer `{name}` has the source's weights, shapes {came}; it must keep its own, {asked}")
        if own
        else _("layer `{name}` kept its own weights, shapes {came}; the source's fit, {asked}")
    )
    return text.format(name=name, came=", ".join(map(str, shapes)), asked=asked)
