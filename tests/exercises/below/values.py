"""Values of a notebook's names: whether two are the same, and a copy that may be changed."""

import contextlib
import copy

import keras
import numpy as np
from keras import ops

#: What can be copied without being run again.
PLAIN = (np.ndarray, np.random.Generator, list, dict, set)


def same(one, other):
    """Whether nothing can tell two values apart, as far as is known: of a function nothing is."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if ops.is_tensor(one):
        one, other = ops.convert_to_numpy(one), ops.convert_to_numpy(other)
    if isinstance(one, np.ndarray) and one.dtype.kind in "biuf":
        return one.dtype == other.dtype and np.array_equal(one, other, one.dtype.kind == "f")
    return isinstance(one, (int, float, str, np.generic, np.dtype)) and one == other


def copied(value):
    """A copy of what is changed where it stands; anything else as it is."""
    return copy.deepcopy(value) if isinstance(value, PLAIN) else value


@contextlib.contextmanager
def weights_kept(values):
    """The weights of all layers and models among the values, afterwards as they were before."""
    layers = [part for value in values if isinstance(value, keras.Layer) for part in parts(value)]
    trainable = [(layer, layer.trainable) for layer in layers]
    variables = [(v, ops.convert_to_numpy(v).copy()) for layer in layers for v in layer.variables]
    try:
        yield
    finally:
        for layer, was in trainable:
            if layer.trainable != was:
                layer.trainable = was
        for variable, value in variables:
            variable.assign(value)


def parts(layer):
    """A layer and all layers in it, the outer ones first."""
    return list(layer._flatten_layers())
