"""Layers the course builds its networks from, each usable alone."""

from segcourse.layers.atrous_pyramid import AtrousSpatialPyramidPooling
from segcourse.layers.bilinear_initializer import BilinearInitializer
from segcourse.layers.bilinear_upsampling import BilinearUpsampling2D
from segcourse.layers.caffe_preprocessing import CaffePreprocessing
from segcourse.layers.convolution_matrix import convolution_matrix
from segcourse.layers.crop_to_match import CropToMatch
from segcourse.layers.fused_batch_normalization import FusedBatchNormalization
from segcourse.layers.local_response_normalization import LocalResponseNormalization
from segcourse.layers.pad_to_multiple import PadToMultiple
from segcourse.layers.random_elastic_deformation import RandomElasticDeformation
from segcourse.layers.shift_and_stitch import shift_and_stitch
from segcourse.layers.subpixel_conv_transpose import SubpixelConv2DTranspose
from segcourse.layers.transpose_map import transpose_map
from segcourse.layers.unpooling.bed_of_nails import BedOfNailsUnpooling2D
from segcourse.layers.unpooling.max_pooling_with_indices import MaxPooling2DWithIndices
from segcourse.layers.unpooling.max_unpooling import MaxUnpooling2D
from segcourse.layers.unpooling.nearest_unpooling import NearestUnpooling2D

__all__ = [
    "AtrousSpatialPyramidPooling",
    "BedOfNailsUnpooling2D",
    "BilinearInitializer",
    "BilinearUpsampling2D",
    "CaffePreprocessing",
    "CropToMatch",
    "FusedBatchNormalization",
    "LocalResponseNormalization",
    "MaxPooling2DWithIndices",
    "MaxUnpooling2D",
    "NearestUnpooling2D",
    "PadToMultiple",
    "RandomElasticDeformation",
    "SubpixelConv2DTranspose",
    "convolution_matrix",
    "shift_and_stitch",
    "transpose_map",
]
