"""Enlarging a map by repeating every value."""

import keras

from segcourse.checks.sizes import positive_pair


@keras.saving.register_keras_serializable(package="segcourse")
class NearestUnpooling2D(keras.layers.Layer):
    """Fills a block of pixels with every value.

    Args:
        size: the block: a positive integer or a pair for height and width.

    Input shape: `(batch, height, width, channels)`.

    Output shape: `(batch, height * size[0], width * size[1], channels)`.

    Raises:
        ValueError: if `size` is not made of positive integers.

    Example:
        >>> import numpy as np
        >>> from segcourse.layers import NearestUnpooling2D
        >>> x = np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(1, 2, 2, 1)
        >>> for row in np.array(NearestUnpooling2D(2)(x))[0, :, :, 0].tolist():
        ...     print(row)
        [1.0, 1.0, 2.0, 2.0]
        [1.0, 1.0, 2.0, 2.0]
        [3.0, 3.0, 4.0, 4.0]
        [3.0, 3.0, 4.0, 4.0]

    Reference: Dumoulin, Visin, "A guide to convolution arithmetic for deep learning" (2016) has the
    operations it is compared with. Week 2.
    """

    def __init__(self, size=2, **kwargs):
        super().__init__(**kwargs)
        self.size = positive_pair("size", size)
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def compute_output_shape(self, input_shape):
        return enlarged_shape(input_shape, self.size)

    def call(self, inputs):
        return repeat(keras.ops.cast(inputs, self.compute_dtype), self.size)

    def get_config(self):
        return {**super().get_config(), "size": self.size}


def enlarged_shape(shape, size):
    """Return `shape` with height and width multiplied by `size`, None where they are open."""
    batch, *sides, channels = shape
    sides = [None if n is None else n * factor for n, factor in zip(sides, size, strict=True)]
    return (batch, *sides, channels)


def repeat(x, size):
    """Fill a block of `size` pixels with every value of `x`, whatever its dtype."""
    return keras.ops.repeat(keras.ops.repeat(x, size[0], axis=1), size[1], axis=2)
