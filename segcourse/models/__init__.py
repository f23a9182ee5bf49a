"""Networks of the course: backbones, and what turns them into segmenters."""

from segcourse.models.exporting.export import export
from segcourse.models.inference.dense_crf import dense_crf
from segcourse.models.inference.tiling import overlap_tile_predict
from segcourse.models.insight.conv_layers import conv_layers
from segcourse.models.insight.project_back import project_back
from segcourse.models.insight.receptive_field import ReceptiveField, receptive_field
from segcourse.models.insight.strongest_patches import StrongestPatches, strongest_patches
from segcourse.models.networks.alexnet import alexnet
from segcourse.models.networks.deeplab import deeplab_v1, deeplab_v2
from segcourse.models.networks.fcn import fcn
from segcourse.models.networks.googlenet import googlenet
from segcourse.models.networks.small_vgg import small_vgg
from segcourse.models.networks.unet import unet
from segcourse.models.networks.unet_sizes import unet_input_size, unet_output_size
from segcourse.models.networks.vgg import VGGConfig, vgg
from segcourse.models.weights.convolutionalize import convolutionalize
from segcourse.models.weights.split_frozen import split_frozen
from segcourse.models.weights.transfer_weights import transfer_weights
from segcourse.models.weights.without_weights import without_weights

__all__ = [
    "ReceptiveField",
    "StrongestPatches",
    "VGGConfig",
    "alexnet",
    "conv_layers",
    "convolutionalize",
    "deeplab_v1",
    "deeplab_v2",
    "dense_crf",
    "export",
    "fcn",
    "googlenet",
    "overlap_tile_predict",
    "project_back",
    "receptive_field",
    "small_vgg",
    "split_frozen",
    "strongest_patches",
    "transfer_weights",
    "unet",
    "unet_input_size",
    "unet_output_size",
    "vgg",
    "without_weights",
]
