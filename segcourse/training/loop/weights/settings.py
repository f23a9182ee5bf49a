"""The settings of a model's layers, by which two models of the same shapes are told apart."""

import json
import re

# What differs from one process to the next, is kept elsewhere, or has had its effect.
_LEFT_OUT = {"name", "trainable", "dtype", "layers", "input_layers", "output_layers"}
_OF_OBJECTS = {"name", "module", "registered_name", "build_config"}


def settings_fingerprint(model):
    """The settings of all layers, and which layers each reads.

    Example:

    >>> import keras
    >>> images = keras.Input((8, 8, 3))
    >>> model = keras.Model(images, keras.layers.Dropout(0.5)(images))
    >>> settings_fingerprint(model)["layer 2 (Dropout) rate"]
    0.5

    Returns:
        dict from layer, kind and setting to what JSON can hold. A layer is named by its place:
        names count on within a process.
    """
    found = {}
    layers = list(_leaves(model))
    places = {layer.name: place for place, layer in enumerate(layers, 1)}
    for place, layer in enumerate(layers, 1):
        start = f"layer {place} ({type(layer).__name__})"
        for key, value in _config(layer).items():
            if key not in _LEFT_OUT and not key.endswith("_initializer"):
                found[f"{start} {key}"] = json.loads(json.dumps(_plain(value), default=_kind))
    for name, read in _connections(model):
        if name in places:
            start = f"layer {places[name]} ({type(layers[places[name] - 1]).__name__})"
            found[f"{start} inputs"] = [places.get(one, "model") for one in read]
    return found


def _leaves(model):
    """The layers of a model, and of the models in it, in their order."""
    for layer in getattr(model, "layers", ()):
        inner = list(_leaves(layer))
        yield from inner or [layer]


def _config(layer):
    try:
        return layer.get_config()
    except Exception:  # a layer of somebody's own that cannot be saved; its weights are compared
        return {}


def _connections(model):
    """(name, names of the layers it reads) for each layer of a functional model."""
    for layer in _config(model).get("layers", ()):
        text = json.dumps(layer.get("inbound_nodes", ""), default=_kind)
        read = re.findall(r'"keras_history": \["([^"]*)"', text)
        if read:
            yield layer["config"]["name"], read


def _plain(value):
    """Without the names that objects carry."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key not in _OF_OBJECTS}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _kind(value):
    """In place of what JSON does not hold, and whose text may tell where in memory it lies."""
    return type(value).__name__
