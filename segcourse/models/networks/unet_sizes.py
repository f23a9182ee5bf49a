"""Which sizes of picture an unpadded U-Net takes, and which sizes come out."""

import operator

import keras

from segcourse.checks.sizes import positive_integer
from segcourse.models.networks.assertion import asserted

# Two unpadded 3×3 convolutions take two pixels off each side.
LOST = 4


def unet_output_size(size, depth=4):
    """Compute what an unpadded U-Net gives for a picture of `size` pixels a side.

    Two 3×3 convolutions take 4 pixels off, a pooling halves what must be even, an up-convolution
    doubles. The border that is lost is half of what is missing, on either side.

    Args:
        size: height or width of the picture.
        depth: number of poolings.

    Returns: the height or width of the output.

    Raises:
        ValueError: if `size` does not tile: a pooling would meet an odd size, or nothing would be
            left. The message names the nearest sizes that do.

    Example:
        >>> from segcourse.models import unet_output_size
        >>> unet_output_size(572)
        388

    Reference: Ronneberger, Fischer, Brox, "U-Net" (2015), section 2 and figure 1. Week 6.
    """
    size, depth = positive_integer("size", size), positive_integer("depth", depth)
    check_size(size, depth, "size")
    return size - lost_border(depth)


def unet_input_size(output_size, depth=4):
    """Compute the smallest picture for which an unpadded U-Net gives at least `output_size` pixels.

    Args:
        output_size: height or width that is wanted.
        depth: number of poolings.

    Returns: the height or width of the picture, a size that tiles.

    Raises:
        ValueError: if an argument is no positive integer.

    Example:
        >>> from segcourse.models import unet_input_size
        >>> unet_input_size(388), unet_input_size(389)
        (572, 588)

    Reference: Ronneberger, Fischer, Brox, "U-Net" (2015), section 2 and figure 1. Week 6.
    """
    output_size = positive_integer("output_size", output_size)
    depth = positive_integer("depth", depth)
    return next_size(output_size + lost_border(depth), depth)


def lost_border(depth):
    """Pixels an unpadded U-Net of `depth` poolings takes off, both sides together."""
    lost = LOST
    for _ in range(depth):
        lost = 2 * lost + 2 * LOST
    return lost


def smallest_size(depth):
    """The smallest size that tiles: at the bottom, and on the way up, at least a pixel is left."""
    bottom = LOST + 1
    while not _leaves_pixels(bottom, depth):
        bottom += 1
    return _from_bottom(bottom, depth)


def next_size(size, depth):
    """The smallest size that tiles and is at least `size`."""
    smallest = smallest_size(depth)
    return max(smallest, size + (smallest - size) % 2**depth)


def check_size(size, depth, name):
    """Raise a ValueError that names the nearest sizes unless `size` tiles."""
    above = next_size(size, depth)
    if size == above:
        return
    below = above - 2**depth
    nearest = f"{below} or {above}" if below >= smallest_size(depth) else f"{above}, the smallest"
    raise ValueError(
        f"`{name}` must be a size that tiles: even before each of the {depth} poolings, with "
        f"pixels left at the end. Nearest: {nearest}. Received: {name}={size}"
    )


def _from_bottom(size, depth):
    for _ in range(depth):
        size = 2 * size + LOST
    return size


def _leaves_pixels(bottom, depth):
    size = bottom - LOST
    for _ in range(depth):
        size = 2 * size - LOST
        if size < 1:
            return False
    return True


@keras.saving.register_keras_serializable(package="segcourse")
class CheckTiling(keras.layers.Layer):
    """Passes pictures on, and raises a ValueError where an unpadded U-Net does not take the size.

    Args:
        depth: number of poolings that follow.
    """

    def __init__(self, depth, **kwargs):
        super().__init__(**kwargs)
        self.depth = operator.index(depth)

    def compute_output_shape(self, input_shape):
        for size, name in zip(input_shape[1:3], ("height", "width"), strict=True):
            if size is not None:
                check_size(size, self.depth, name)
        return input_shape

    def call(self, images):
        self.compute_output_shape(tuple(images.shape))
        if None in images.shape[1:3] and keras.config.backend() == "tensorflow":
            return self._checked_in_graph(images)
        return images

    def _checked_in_graph(self, images):
        """For a graph of TensorFlow that takes any size, and meets it only when it runs.

        The layer's class says the same as the error of known sizes, without the nearest ones. (XLA
        leaves the check out, but compiles for each size, so that all are known.)
        """
        smallest, cell = smallest_size(self.depth), 2**self.depth
        sizes = keras.ops.shape(images)[1:3]
        for size, name in zip(sizes, ("height", "width"), strict=True):
            if isinstance(size, int):
                continue
            fits = keras.ops.logical_and(size >= smallest, (size - smallest) % cell == 0)
            message = (
                f"`{name}` must be a size that tiles: even before each of the {self.depth} "
                f"poolings, with pixels left at the end: {smallest}, {smallest + cell}, "
                f"{smallest + 2 * cell}, …  Received: {name}="
            )
            images = asserted(images, fits, message, size)
        return images

    def get_config(self):
        return {**super().get_config(), "depth": self.depth}
