"""What in a network another process would not know."""

import keras

# Whose layers a process finds by name; what is segcourse's own is registered. Other packages,
# such as keras_hub, need not be there where a hand-in is marked.
_KNOWN = ("keras",)
# Where functions are looked for that a file names without their package.
_FUNCTIONS = (keras.activations, keras.ops, keras.initializers, keras.regularizers)


def foreign_parts(model):
    """Names of the layers and functions that a saved network cannot be loaded without.

    Example:

    >>> class Mine(keras.layers.Layer):
    ...     def call(self, images):
    ...         return images
    >>> foreign_parts(keras.Sequential([keras.Input((None, None, 3)), Mine()]))
    ['Mine']
    >>> foreign_parts(keras.Sequential([keras.Input((None, None, 3)), keras.layers.ReLU()]))
    []

    Args:
        model: a Keras model.

    Returns:
        list of names in alphabetical order, each once: what is neither Keras' nor segcourse's, and
        Lambda layers, which are code.
    """
    try:
        config = keras.saving.serialize_keras_object(model)
    except NotImplementedError:  # a model of one's own without get_config
        return [type(model).__name__]
    return sorted(set(_foreign(config)))


def _foreign(config):
    """Names of the foreign parts in a config, which is dicts and lists of dicts."""
    if isinstance(config, list | tuple):
        for one in config:
            yield from _foreign(one)
    if not isinstance(config, dict):
        return
    name = config.get("class_name")
    if isinstance(name, str) and "config" in config and not _is_known(name, config):
        yield str(config["config"]) if name == "function" else name
    for one in config.values():
        yield from _foreign(one)


def _is_known(name, config):
    if name == "Lambda":
        return False
    if name.startswith("__"):  # values that Keras writes in its own way, such as tensors
        return True
    if name == "function":
        return any(hasattr(module, str(config["config"])) for module in _FUNCTIONS)
    package = str(config.get("module")).split(".")[0]
    return package in _KNOWN or str(config.get("registered_name")).startswith("segcourse>")
