"""How many convolutions deep a network is."""

import keras

from segcourse.layers import AtrousSpatialPyramidPooling
from segcourse.models.graph import steps


def conv_layers(model, transposed=False):
    """List the convolutions on the longest way through a model.

    This is the depth that papers quote. Branches beside the longest way are not counted, such as
    the scores of FCN's skips. Transposed convolutions, which only enlarge, are counted if asked
    for: the FCN paper leaves them out, and the 23 layers of the U-Net paper include them.

    Args:
        model: a functional or sequential `keras.Model` with one output.
        transposed: whether transposed convolutions count too.

    Returns: the names of the layers, in the order of the way.

    Raises:
        ValueError: if the model has no graph or several outputs.

    Example:
        >>> from segcourse.models import conv_layers, fcn
        >>> conv_layers(fcn("small_vgg", num_classes=5, stride=8))[-3:]
        ['fc6', 'fc7', 'score_fr']

        >>> from segcourse.models import unet
        >>> network = unet(depth=1, base_channels=2)
        >>> len(conv_layers(network)), len(conv_layers(network, transposed=True))
        (7, 8)

    Reference: Long, Shelhamer, Darrell (2015), table 1; Ronneberger, Fischer, Brox (2015), section
    2. Weeks 4 and 6.
    """
    kinds = (keras.layers.Conv2D, *((keras.layers.Conv2DTranspose,) if transposed else ()))
    ways = {}
    for step in steps(model):
        before = max((ways[id(tensor)] for tensor in step.inputs), key=len, default=[])
        ways[id(step.output)] = before + _names(step.layer, kinds)
    return ways[id(model.outputs[0])]


def _names(layer, kinds):
    """Return the layers of these kinds in a layer: itself, or those of one of its branches."""
    parts = layer.branches[0] if isinstance(layer, AtrousSpatialPyramidPooling) else [layer]
    return [part.name for part in parts if isinstance(part, kinds)]
