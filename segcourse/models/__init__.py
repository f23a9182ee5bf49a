"""Networks of the course: backbones, and what turns them into segmenters."""

from segcourse.models.fcn import fcn
from segcourse.models.small_vgg import small_vgg
from segcourse.models.transfer_weights import transfer_weights
from segcourse.models.vgg import VGGConfig, vgg

__all__ = ["VGGConfig", "fcn", "small_vgg", "transfer_weights", "vgg"]
