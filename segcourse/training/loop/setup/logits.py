"""Whether a model gives logits, and of how many classes."""

import keras


def count_classes(model, images, labels):
    """Number of classes a model gives logits for; builds it if it is not built.

    Args:
        model: the Keras model.
        images: shape of a batch of images, `[b, height, width, channels]`; sizes may be None.
        labels: shape of their labels, `[b, height, width]`.

    Raises:
        ValueError: if the model's output is not logits of the labels' size, or ends in a softmax.

    Example:

    >>> model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(5, 1)])
    >>> count_classes(model, (None, 8, 8, 3), (None, 8, 8))
    5
    """
    symbol = keras.KerasTensor((None, *images[1:]), dtype="float32")
    output = model.compute_output_spec(symbol) if model.built else model(symbol)
    if isinstance(output, list | tuple | dict):
        raise ValueError(
            "`model` must give its logits alone, and not in a list or dict: keras.Model(inputs, "
            f"logits). Received: a model that gives a {type(output).__name__} of {len(output)}"
        )
    _check_no_softmax(model)
    shape = getattr(output, "shape", None)
    if shape is None or len(shape) != 4 or shape[-1] is None or not _same(shape, labels):
        raise ValueError(
            "`model` must give logits [batch, height, width, classes] of its images' size. "
            f"Received: output shape {shape} for images {images}"
        )
    return shape[-1]


def check_trainable(model):
    """Raise a ValueError if a model has nothing to train: all is frozen, or it has no weights."""
    if not model.trainable_weights:
        frozen = " All its layers are frozen." if model.weights else ""
        raise ValueError(
            "`model` must have weights to train: set `trainable` of a layer, and of what it lies "
            f"in, to True.{frozen} Received: {len(model.weights)} weights, none trainable"
        )


def _check_no_softmax(model):
    """Raise a ValueError for probabilities: the loss would take their softmax once more."""
    layer = model
    while isinstance(layer, keras.Model):
        outputs = getattr(layer, "outputs", None) or ()
        if len(outputs) != 1:
            return
        layer = outputs[0]._keras_history[0]
    activation = getattr(layer, "activation", None)
    if isinstance(layer, keras.layers.Softmax) or activation is keras.activations.softmax:
        raise ValueError(
            "`model` must give logits: the loss takes their softmax itself. Leave the softmax out, "
            f"and take it of predictions. Received: layer {layer.name!r} at its end, a softmax"
        )


def _same(output, labels):
    """Whether the sizes of logits and labels agree, as far as they are known."""
    pairs = zip(output[1:3], labels[1:3], strict=True)
    return all(one is None or other is None or one == other for one, other in pairs)
