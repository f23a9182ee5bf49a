"""Cutting a model where its trainable part begins."""

import keras

from segcourse.models.arguments import keras_model
from segcourse.models.graph import steps


def split_frozen(model):
    """Split a model into the frozen layers at its beginning and all the rest.

    The frozen layers give the same maps for an image in every epoch, so they need not be computed
    more than once. Frozen is a layer that has `trainable = False`, or no weights, and draws nothing
    at random; it belongs to the beginning if all it takes comes from such layers.

    Args:
        model: a functional `keras.Model` with one output.

    Returns: two functional models, (features, head). `features` takes the images and gives the
    maps where the cut is, a list if they are several (the skips of an FCN, and the images
    themselves where a layer reads their size). `head` takes those maps and gives what `model`
    gives. The layers are those of `model`: training `head` trains `model`.

    Raises:
        ValueError: if the model is none of the above, starts with a layer that trains, or has
            nothing to train.

    Example:
        >>> import keras
        >>> from segcourse.models import fcn, small_vgg, split_frozen
        >>> backbone = small_vgg(include_top=False)
        >>> backbone.trainable = False
        >>> features, head = split_frozen(fcn(backbone, num_classes=5, stride=16))
        >>> [tuple(one.shape[1:]) for one in features.outputs]
        [(None, None, 96), (None, None, 128), (None, None, 3)]

    Week 5.
    """
    keras_model("model", model)
    found, frozen = steps(model), set()
    for step in found:
        if _is_frozen(step.layer) and all(id(tensor) in frozen for tensor in step.inputs):
            frozen.add(id(step.output))
    if not model.trainable_variables:
        raise ValueError(
            "`model` must have a layer with weights that train. Received: "
            f"model={model.name!r}, all of it frozen"
        )
    cut = {
        id(tensor): tensor
        for step in found
        if id(step.output) not in frozen
        for tensor in step.inputs
        if id(tensor) in frozen
    }
    if cut.keys() <= {id(tensor) for tensor in model.inputs}:
        raise ValueError(
            "`model` must begin with frozen layers: set `trainable = False` on its backbone. "
            f"Received: model={model.name!r}, which trains from its first layer on"
        )
    maps = list(cut.values())
    maps = maps[0] if len(maps) == 1 else maps
    images = model.inputs[0] if len(model.inputs) == 1 else model.inputs
    features = keras.Model(images, maps)
    histories = [tensor._keras_history for tensor in model.inputs]
    head = keras.Model(maps, model.outputs[0])
    # Where the images are among the maps, Keras gives their layer a second node and lets them
    # forget the first, after which `model` could not be saved.
    for tensor, history in zip(model.inputs, histories, strict=True):
        tensor._keras_history = history
    return features, head


def _is_frozen(layer):
    """Whether a layer gives the same for the same, in training too, however long it trains."""
    if any(variable.name == "seed_generator_state" for variable in layer.variables):
        return False
    # Without scale and centre, batch normalisation still collects means and variances.
    learns = isinstance(layer, keras.layers.BatchNormalization) and layer.trainable
    return not learns and not layer.trainable_variables
