"""Networks of the course: backbones, and what turns them into segmenters."""

from segcourse.models.conv_layers import conv_layers
from segcourse.models.convolutionalize import convolutionalize
from segcourse.models.deeplab import deeplab_v1, deeplab_v2
from segcourse.models.dense_crf import dense_crf
from segcourse.models.fcn import fcn
from segcourse.models.receptive_field import ReceptiveField, receptive_field
from segcourse.models.small_vgg import small_vgg
from segcourse.models.transfer_weights import transfer_weights
from segcourse.models.unet import unet
from segcourse.models.unet_sizes import unet_input_size, unet_output_size
from segcourse.models.vgg import VGGConfig, vgg
from segcourse.models.without_weights import without_weights

__all__ = [
    "ReceptiveField",
    "VGGConfig",
    "conv_layers",
    "convolutionalize",
    "deeplab_v1",
    "deeplab_v2",
    "dense_crf",
    "fcn",
    "receptive_field",
    "small_vgg",
    "transfer_weights",
    "unet",
    "unet_input_size",
    "unet_output_size",
    "vgg",
    "without_weights",
]
