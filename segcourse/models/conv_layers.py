"""How many convolutions deep a network is."""

import keras

from segcourse.layers import AtrousSpatialPyramidPooling
from segcourse.models.graph import steps


def conv_layers(model):
    """List the convolutions on the longest way through a model.

    This is the depth that papers quote. Branches beside the longest way are not counted, nor are
    transposed convolutions, which only enlarge: the scores of FCN's skips and both kinds of
    upsampling stay out.

    Args:
        model: a functional or sequential `keras.Model` with one output.

    Returns: the names of the layers, in the order of the way.

    Raises:
        ValueError: if the model has no graph or several outputs.

    Example:
        >>> from segcourse.models import conv_layers, fcn
        >>> conv_layers(fcn("small_vgg", num_classes=5, stride=8))[-3:]
        ['fc6', 'fc7', 'score_fr']

    Reference: Long, Shelhamer, Darrell (2015), table 1. Week 4.
    """
    ways = {}
    for step in steps(model):
        before = max((ways[id(tensor)] for tensor in step.inputs), key=len, default=[])
        ways[id(step.output)] = before + _names(step.layer)
    return ways[id(model.outputs[0])]


def _names(layer):
    """Return the convolutions in a layer: itself, or those of one branch, all of a length."""
    parts = layer.branches[0] if isinstance(layer, AtrousSpatialPyramidPooling) else [layer]
    return [part.name for part in parts if isinstance(part, keras.layers.Conv2D)]
