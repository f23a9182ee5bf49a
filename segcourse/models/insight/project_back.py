"""From one activation back to the pixels: the deconvolutional network of Zeiler and Fergus."""

import keras
import numpy as np

from segcourse.layers import MaxPooling2DWithIndices, MaxUnpooling2D
from segcourse.models.arguments import keras_model
from segcourse.models.graph import steps
from segcourse.models.insight.strongest_patches import as_images

UNCHANGED = (keras.layers.InputLayer, keras.layers.Dropout, keras.layers.SpatialDropout2D)


def project_back(model, images, layer, channels):
    """Project the strongest activation of a channel back to the pixels, for every picture.

    All other activations of the layer are set to zero. Then every layer is walked back: max pooling
    by unpooling to the places of the maxima, the "switches" (week 2); a ReLU by a ReLU; a
    convolution by its transpose (week 3); batch normalisation by its factor. What comes out shows
    which pixels, with which sign, made the activation.

    Args:
        model: a functional `keras.Model` of images, up to the layer a chain of convolutions of
            stride 1, ReLUs, max poolings, batch normalisations and dropouts.
        images: `[n, height, width, 3]`, uint8 0..255 or float 0..1.
        layer: a layer of it, or its name.
        channels: the channel, or one for each picture.

    Returns: float32 array `[n, height, width, 3]`, around zero.

    Raises:
        ValueError: if an argument is none of the above, or a layer has no way back.

    Example:
        >>> import numpy as np
        >>> from segcourse.models import project_back, small_vgg
        >>> images = np.random.default_rng(0).random((2, 32, 32, 3), "float32")
        >>> project_back(small_vgg(include_top=False), images, "relu3_2", channels=7).shape
        (2, 32, 32, 3)

    Reference: Zeiler, Fergus, "Visualizing and Understanding Convolutional Networks" (2014),
    section 2.1. Week 5.
    """
    keras_model("model", model)
    images = as_images(images)
    x, backs = images, []
    for step in steps(model, layer):
        if len(step.inputs) > 1:
            raise ValueError(
                "`model` must be a chain of layers up to `layer`. Received: layer "
                f"{step.layer.name!r}, which takes {len(step.inputs)} inputs"
            )
        x, back = _forward(step.layer, x)
        backs.append(back)
    signal = _strongest(keras.ops.convert_to_numpy(x), channels)
    for back in reversed(backs):
        signal = back(signal)
    return keras.ops.convert_to_numpy(signal)


def _strongest(maps, channels):
    """The maps with everything set to zero but one activation for each picture."""
    numbers, total = np.arange(len(maps)), maps.shape[-1]
    channels = np.asarray(channels)
    if (
        channels.dtype.kind not in "iu"
        or channels.shape not in ((), (len(maps),))
        or not np.all((0 <= channels) & (channels < total))
    ):
        raise ValueError(
            f"`channels` must be a number from 0 to {total - 1}, or one for each of the "
            f"{len(maps)} images. Received: channels={channels.tolist()}"
        )
    channels = np.broadcast_to(channels, len(maps))
    chosen = maps[numbers, :, :, channels]
    rows, columns = np.divmod(chosen.reshape(len(maps), -1).argmax(axis=1), maps.shape[2])
    signal = np.zeros_like(maps)
    signal[numbers, rows, columns, channels] = chosen[numbers, rows, columns]
    return signal


def _forward(layer, x):
    """Compute a layer, and return with its output the way back through it."""
    if isinstance(layer, UNCHANGED):
        return x, lambda signal: signal
    if isinstance(layer, keras.layers.MaxPooling2D):
        return _pooling(layer, x)
    normalizes = isinstance(layer, keras.layers.BatchNormalization)
    return layer(x, training=False) if normalizes else layer(x), _way_back(layer)


def _pooling(layer, x):
    window = dict(pool_size=layer.pool_size, strides=layer.strides, padding=layer.padding)
    pooled, switches = MaxPooling2DWithIndices(**window)(x)
    return pooled, lambda signal: MaxUnpooling2D(**window)([signal, switches, x])


def _way_back(layer):
    if isinstance(layer, keras.layers.ReLU) or _is_relu(layer):
        return keras.ops.relu
    if isinstance(layer, keras.layers.BatchNormalization):
        return lambda signal: signal * _factor(layer)
    if type(layer) is keras.layers.Conv2D and _is_plain(layer):
        return lambda signal: _transposed(layer, signal)
    raise ValueError(
        "`model` must be made of convolutions of stride 1, ReLUs, max poolings, batch "
        f"normalisations and dropouts up to `layer`. Received: layer {layer.name!r} "
        f"({type(layer).__name__})"
    )


def _is_relu(layer):
    return isinstance(layer, keras.layers.Activation) and layer.activation is keras.activations.relu


def _is_plain(layer):
    return (
        tuple(layer.strides) == tuple(layer.dilation_rate) == (1, 1)
        and layer.groups == 1
        and layer.activation in (keras.activations.linear, keras.activations.relu)
    )


def _factor(layer):
    factor = 1 / keras.ops.sqrt(layer.moving_variance + layer.epsilon)
    return factor * layer.gamma if layer.scale else factor


def _transposed(layer, signal):
    if layer.activation is keras.activations.relu:
        signal = keras.ops.relu(signal)
    # A convolution's kernel, [height, width, in, out], is that of its transpose as it stands.
    return keras.ops.conv_transpose(signal, layer.kernel, strides=1, padding=layer.padding)
