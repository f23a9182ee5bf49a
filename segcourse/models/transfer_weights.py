"""Starting one network from another's weights."""

import keras

from segcourse.models.arguments import keras_model


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
    layers = {layer.name: layer for layer in source.layers}
    moved = [
        layer.name
        for layer in target.layers
        if layer.weights and layer.name in layers and _transfer(layers[layer.name], layer)
    ]
    if not moved:
        raise ValueError(
            "`source` must share at least one layer with `target`, of the same name and shape. "
            f"Received: source={source.name!r}, target={target.name!r}"
        )
    return moved


def _transfer(source, target):
    """Copy the weights of one layer, and tell whether they fitted."""
    dense = isinstance(source, keras.layers.Dense) and isinstance(target, keras.layers.Conv2D)
    if len(source.weights) != len(target.weights):
        return False
    pairs = list(zip(source.weights, target.weights, strict=True))
    if not all(a.shape == b.shape or (dense and _fits(a.shape, b.shape)) for a, b in pairs):
        return False
    for given, variable in pairs:
        variable.assign(keras.ops.reshape(given.value, variable.shape))
    return True


def _fits(dense, convolution):
    """Tell whether a dense kernel's shape is that of a convolution kernel, flattened."""
    if len(dense) != 2 or len(convolution) != 4:
        return False
    rows = convolution[0] * convolution[1] * convolution[2]
    return dense == (rows, convolution[3])
