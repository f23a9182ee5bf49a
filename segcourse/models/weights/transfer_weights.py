"""Starting one network from another's weights."""

from functools import partial

import keras

from segcourse.models.arguments import keras_model
from segcourse.models.weights.file_array import tensor_from_file
from segcourse.models.weights.without_weights import without_weights


def transfer_weights(source, target):
    """Copy weights into every layer of `target` that has a namesake of the same shape in `source`.

    A dense layer's weights also go into a convolution that computes the same: the `k * k * c` rows
    of the dense kernel become a `k × k` kernel over `c` channels. Other layers keep their weights.

    Args:
        source: a `keras.Model`.
        target: a `keras.Model`, changed in place.

    Returns: the names of the layers that received weights, in the order of `target`.

    Raises:
        ValueError: if there is not one such layer, or one of the two is no `keras.Model`.

    Example:
        >>> from segcourse.models import fcn, transfer_weights
        >>> coarse, fine = fcn("small_vgg", 3, stride=32), fcn("small_vgg", 3, stride=16)
        >>> transfer_weights(coarse, fine)[-3:]
        ['fc6', 'fc7', 'score_fr']

    Reference: Long, Shelhamer, Darrell (2015), section 4.2: FCN-16s starts from FCN-32s, FCN-8s
    from FCN-16s. Week 4.
    """
    keras_model("source", source)
    keras_model("target", target)
    fitting = _fitting(weights_by_layer(source), target)
    if not fitting:
        raise ValueError(
            "`source` must share at least one layer with `target`, of the same name and shape. "
            f"Received: source={source.name!r}, target={target.name!r}"
        )
    for layer, given in fitting:
        for value, variable in zip(given, layer.weights, strict=True):
            variable.assign(own_copy(value, variable.shape))
    return [layer.name for layer, _ in fitting]


def weights_by_layer(model):
    """Return the weights of a model as a dict from the names of its layers to their arrays."""
    return {layer.name: layer.weights for layer in model.layers if layer.weights}


def build_from(build, given, argument):
    """Build a model whose weights begin as what is given, under the names of its layers.

    Nothing is drawn at random for such a layer, and no array of the model is ever held twice.

    Args:
        build: function that builds the model.
        given: dict from names of layers to lists of arrays.
        argument: where they come from, for messages.

    Raises:
        ValueError: if a layer has other shapes, unless its name begins with "score" or "upscore",
            or if the model has no such layer.
    """
    with without_weights():
        model = build()
    _check_architecture(model, given, argument)
    for layer, values in _fitting(given, model):
        for value, variable in zip(values, layer.weights, strict=True):
            if variable._value is None:
                variable._initializer = partial(first_value, value)
            else:
                variable.assign(own_copy(value, variable.shape))
    for variable in model.variables:
        if variable._value is None:
            variable._deferred_initialize()
    return model


def _check_architecture(model, given, argument):
    layers = [layer for layer in model.layers if layer.weights and layer.name in given]
    if not layers:
        raise ValueError(
            f"`{argument}` must be of the same architecture. Received: weights of the layers "
            f"{', '.join(given)}, none of which {model.name!r} has"
        )
    for layer in layers:
        # Other classes have other scores.
        if not _fits(given[layer.name], layer) and not layer.name.startswith(("score", "upscore")):
            wanted, received = (
                [tuple(array.shape) for array in arrays]
                for arrays in (layer.weights, given[layer.name])
            )
            raise ValueError(
                f"`{argument}` must be of the same architecture: layer {layer.name!r} takes "
                f"weights of the shapes {wanted}. Received: {received}"
            )


def _fitting(given, target):
    """List the layers of `target` that take what is given under their name, each with it."""
    layers = [layer for layer in target.layers if layer.weights and layer.name in given]
    return [(one, given[one.name]) for one in layers if _fits(given[one.name], one)]


def _fits(given, layer):
    """Tell whether arrays have the shapes of a layer's weights, dense kernels flattened or not."""
    return len(given) == len(layer.weights) and all(
        tuple(value.shape) == tuple(variable.shape) or _flattened(value.shape, variable.shape)
        for value, variable in zip(given, layer.weights, strict=True)
    )


def _flattened(dense, convolution):
    """Tell whether a dense kernel's shape is that of a convolution kernel, flattened."""
    if len(dense) != 2 or len(convolution) != 4:
        return False
    rows = convolution[0] * convolution[1] * convolution[2]
    return tuple(dense) == (rows, convolution[3])


def first_value(value, shape, dtype=None):
    """An initializer, once `value` is bound, that gives a variable the values of an array."""
    return keras.ops.cast(own_copy(value, shape), dtype)


def own_copy(value, shape):
    """Return an array of that shape that does not change or vanish with the one given."""
    if not isinstance(value, keras.Variable):
        return tensor_from_file(value, shape)
    if tuple(value.shape) != tuple(shape):
        return keras.ops.reshape(value.value, shape)
    # On JAX a training step hands its arrays over to be overwritten: they must not be shared.
    return keras.ops.copy(value.value)
