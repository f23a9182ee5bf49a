"""Layers the course builds its networks from, each usable alone."""

from segcourse.layers.bilinear_initializer import BilinearInitializer
from segcourse.layers.crop_to_match import CropToMatch
from segcourse.layers.local_response_normalization import LocalResponseNormalization
from segcourse.layers.shift_and_stitch import shift_and_stitch

__all__ = [
    "BilinearInitializer",
    "CropToMatch",
    "LocalResponseNormalization",
    "shift_and_stitch",
]
