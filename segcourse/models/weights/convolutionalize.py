"""Turning a classifier into a network that scores every place of a picture."""

from functools import partial

import keras

from segcourse.models.graph import steps
from segcourse.models.weights.transfer_weights import first_value, own_copy

# Layers that may stand between the dense ones: they act on each value, or on the channels.
KEPT = (
    keras.layers.Dropout,
    keras.layers.Activation,
    keras.layers.ReLU,
    keras.layers.LeakyReLU,
    keras.layers.ELU,
)
ON_CHANNELS = (keras.layers.Softmax, keras.layers.BatchNormalization)
GLOBAL_POOLINGS = {
    keras.layers.GlobalAveragePooling2D: keras.layers.AveragePooling2D,
    keras.layers.GlobalMaxPooling2D: keras.layers.MaxPooling2D,
}


def convolutionalize(model):
    """Convert a classifier into a fully convolutional network with the same weights.

    The first dense layer after `Flatten` on a map of `h × w` becomes an unpadded `h × w`
    convolution, every later one a 1×1 convolution. Global pooling becomes pooling over that window
    with stride 1.
    Names, dropout and activations stay; a softmax acts on the channels. The result has its own
    copy of the weights.

    On images of the classifier's own size the scores are the same. On larger ones the map holds
    the scores of the classifier slid over the picture, exactly so if no convolution pads. With
    `padding="same"` the classifier sees zeros around each crop where the network sees the picture,
    so scores differ by what the borders contribute.

    Args:
        model: a functional or sequential `keras.Model` with one input `(height, width, channels)`:
            convolutions, then `Flatten` or global pooling, then dense layers.

    Returns: a functional `keras.Model` from `(batch, any, any, channels)` to
    `(batch, rows, columns, units)`.

    Raises:
        ValueError: if there is no such tail, or a layer in it (named) has no convolutional form.

    Example:
        >>> import numpy as np
        >>> from segcourse.models import convolutionalize, small_vgg
        >>> network = convolutionalize(small_vgg(num_classes=5))
        >>> tuple(network(np.zeros((1, 128, 160, 3))).shape)
        (1, 2, 3, 5)

    Reference: Long, Shelhamer, Darrell (2015), section 3.1. Week 4.
    """
    tail = _tail(model)
    features = tail[0].inputs[0]
    window = features.shape[1:3]
    if None in window:
        raise ValueError(
            "`model` must be built for one size of image: a dense layer has to know its window. "
            f"Received: input_shape={model.input_shape}"
        )
    images, x = _copy(keras.Model(model.inputs, features))
    for step in tail:
        x, window = _convert(step.layer, x, window)
    return keras.Model(images, x, name=model.name)


def _tail(model):
    """Return the calls from the one that drops the spatial axes on, which must form one chain."""
    way = steps(model)
    spatial = [index for index, step in enumerate(way) if len(step.output.shape) == 4]
    tail = way[spatial[-1] + 1 :] if spatial else []
    start = (keras.layers.Flatten, *GLOBAL_POOLINGS)
    if not tail or not isinstance(tail[0].layer, start) or len(model.inputs) != 1:
        raise ValueError(
            "`model` must have one image input and end in Flatten or global pooling and dense "
            f"layers. Received: {model.name!r}, which ends in layer {way[-1].layer.name!r}"
        )
    for before, step in zip(tail, tail[1:], strict=False):
        if len(step.inputs) != 1 or step.inputs[0] is not before.output:
            raise _cannot(step.layer, "branches have no convolutional form here")
    for step in way[: spatial[-1] + 1]:
        if isinstance(step.layer, tuple(GLOBAL_POOLINGS)):
            raise _cannot(step.layer, "it must drop the spatial axes (keepdims=False)")
    return tail


def _copy(head):
    """Build the part before the dense layers again, for any size of image, with its weights.

    Returns: its input and its output.
    """
    images = head.inputs[0]
    opened = keras.Input((None, None, images.shape[-1]), dtype=images.dtype, name=images.name)
    if head.outputs[0] is images:  # nothing comes before the dense layers
        return opened, opened
    copy = keras.models.clone_model(head, input_tensors=[opened])
    for given, layer in zip(head.layers, copy.layers, strict=True):
        _assign(given, layer)
    return copy.inputs[0], copy.output


def _convert(layer, x, window):
    """Add the convolutional form of one layer to `x`; return it and the next layer's window."""
    if isinstance(layer, keras.layers.Flatten):
        return x, window
    if isinstance(layer, tuple(GLOBAL_POOLINGS)):
        pooling = GLOBAL_POOLINGS[type(layer)]
        return pooling(window, strides=1, name=layer.name)(x), (1, 1)
    if isinstance(layer, keras.layers.Dense):
        return _dense_as_convolution(layer, x, window), (1, 1)
    if isinstance(layer, KEPT):
        return _again(layer, x), window
    if isinstance(layer, ON_CHANNELS):
        if window != (1, 1):
            raise _cannot(layer, "before the first dense layer it acts on more than the channels")
        return _again(layer, x, axis=-1), window
    raise _cannot(
        layer, "only Dense, Dropout, activations and BatchNormalization can follow Flatten"
    )


def _dense_as_convolution(dense, x, window):
    # The kernel's values are handed over as its initial ones, so that fc6, most of a VGG, is
    # never held twice while it is built.
    layer = keras.layers.Conv2D(
        dense.units,
        window,
        activation=dense.activation,
        use_bias=dense.use_bias,
        kernel_initializer=partial(first_value, dense.kernel),
        kernel_regularizer=dense.kernel_regularizer,
        bias_regularizer=dense.bias_regularizer,
        trainable=dense.trainable,
        dtype=dense.dtype_policy,
        name=dense.name,
    )
    x = layer(x)
    layer.kernel_initializer = dense.kernel_initializer
    if dense.use_bias:
        layer.bias.assign(own_copy(dense.bias, layer.bias.shape))
    return x


def _again(layer, x, **changes):
    """Add a copy of a layer, weights included, to `x`."""
    copy = type(layer).from_config({**layer.get_config(), **changes})
    x = copy(x)
    _assign(layer, copy)
    return x


def _assign(source, target):
    for given, variable in zip(source.weights, target.weights, strict=True):
        variable.assign(own_copy(given, variable.shape))


def _cannot(layer, why):
    return ValueError(
        f"`model` has a layer without a convolutional form: {why}. "
        f"Received: layer {layer.name!r} ({type(layer).__name__})"
    )
