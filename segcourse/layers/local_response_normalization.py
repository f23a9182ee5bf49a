"""The normalisation across channels of the first ImageNet networks."""

import keras

from segcourse.checks.sizes import is_integer, number


@keras.saving.register_keras_serializable(package="segcourse")
class LocalResponseNormalization(keras.layers.Layer):
    """Divides every value by the strength of its neighbouring channels.

    `b[c] = a[c] / (bias + alpha * sum(a[j] ** 2)) ** beta`, where `j` runs over the `size` channels
    around `c`, fewer at both ends. The defaults are Krizhevsky's, which VGG's A-LRN uses. Caffe
    divides `alpha` by `size`; the paper, and this layer, do not.

    Args:
        size: number of channels in the sum, odd.
        bias, alpha, beta: the constants of the formula.

    Input shape: `(batch, height, width, channels)`, or any with the channels last.

    Output shape: the same.

    Raises:
        ValueError: if `size` is not an odd positive integer, or another argument no number.

    Example:
        >>> import numpy as np
        >>> from segcourse.layers import LocalResponseNormalization
        >>> layer = LocalResponseNormalization(size=3, bias=0, alpha=1, beta=1)
        >>> np.array(layer(np.array([[2.0, 1.0, 0.0]]))).tolist()
        [[0.4000000059604645, 0.20000000298023224, 0.0]]

    Reference: Krizhevsky, Sutskever, Hinton, "ImageNet Classification with Deep Convolutional
    Neural Networks" (2012), section 3.3.
    """

    def __init__(self, size=5, bias=2.0, alpha=1e-4, beta=0.75, **kwargs):
        super().__init__(**kwargs)
        if not is_integer(size) or size < 1 or size % 2 == 0:
            raise ValueError(f"`size` must be an odd positive integer. Received: size={size!r}")
        self.size = int(size)
        self.bias, self.alpha = number("bias", bias), number("alpha", alpha)
        self.beta = number("beta", beta)

    def compute_output_shape(self, input_shape):
        return input_shape

    def call(self, inputs):
        inputs = keras.ops.cast(inputs, self.compute_dtype)
        channels, half = inputs.shape[-1], self.size // 2
        padding = [(0, 0)] * (len(inputs.shape) - 1) + [(half, half)]
        squares = keras.ops.pad(keras.ops.square(inputs), padding)
        total = sum(squares[..., start : start + channels] for start in range(self.size))
        return inputs / keras.ops.power(self.bias + self.alpha * total, self.beta)

    def get_config(self):
        own = {"size": self.size, "bias": self.bias, "alpha": self.alpha, "beta": self.beta}
        return {**super().get_config(), **own}
