"""The starting weights of a transposed convolution that interpolates."""

import keras
import numpy as np


@keras.saving.register_keras_serializable(package="segcourse")
class BilinearInitializer(keras.initializers.Initializer):
    """Fills a transposed convolution's kernel with bilinear interpolation weights.

    Every channel is interpolated on its own: the kernel is the same bilinear "tent" on the diagonal
    over the channels and zero elsewhere. A kernel of size `2 * f - f % 2` with stride `f`
    enlarges a map `f` times.

    The tent of a kernel of size `k` has factor `f = (k + 1) // 2` and centre
    `c = f - 1` for odd `k`, `c = f - 0.5` for even `k`; its weight at `i` is
    `1 - abs(i - c) / f`.

    Call args:
        shape: `(k, k, out_channels, in_channels)`, the kernel of `keras.layers.Conv2DTranspose`.
        dtype: the kernel's dtype, Keras' float type if None.

    Returns: a tensor of that shape and dtype.

    Raises:
        ValueError: if the kernel is not square, or has different numbers of channels in and out.

    Example:
        >>> from segcourse.layers import BilinearInitializer
        >>> kernel = BilinearInitializer()((4, 4, 1, 1))
        >>> [float(weight) for weight in kernel[1, :, 0, 0]]
        [0.1875, 0.5625, 0.5625, 0.1875]

    Reference: Long, Shelhamer, Darrell, "Fully Convolutional Networks for Semantic Segmentation"
    (2015), section 3.3. Week 4.
    """

    def __call__(self, shape, dtype=None):
        shape = tuple(shape)
        if len(shape) != 4 or shape[0] != shape[1]:
            raise ValueError(
                "`shape` must be (k, k, out_channels, in_channels) with a square kernel. "
                f"Received: shape={shape}"
            )
        if shape[2] != shape[3]:
            raise ValueError(
                "`shape` must have as many channels out as in: every channel is interpolated "
                f"on its own. Received: shape={shape}"
            )
        tent = _tent(shape[0])
        kernel = np.outer(tent, tent)[:, :, None, None] * np.eye(shape[2])
        return keras.ops.convert_to_tensor(kernel, dtype or keras.config.floatx())

    def get_config(self):
        return {}


def _tent(size):
    """Return the `size` weights of linear interpolation along one axis."""
    factor = (size + 1) // 2
    centre = factor - 1 if size % 2 else factor - 0.5
    return 1 - np.abs(np.arange(size) - centre) / factor
