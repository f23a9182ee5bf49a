"""Networks of the course: backbones, and what turns them into segmenters."""

from segcourse.models.conv_layers import conv_layers
from segcourse.models.convolutionalize import convolutionalize
from segcourse.models.fcn import fcn
from segcourse.models.receptive_field import ReceptiveField, receptive_field
from segcourse.models.small_vgg import small_vgg
from segcourse.models.transfer_weights import transfer_weights
from segcourse.models.vgg import VGGConfig, vgg
from segcourse.models.without_weights import without_weights

__all__ = [
    "ReceptiveField",
    "VGGConfig",
    "conv_layers",
    "convolutionalize",
    "fcn",
    "receptive_field",
    "small_vgg",
    "transfer_weights",
    "vgg",
    "without_weights",
]
