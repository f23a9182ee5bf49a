"""Enlarging a map by putting zeros between its values."""

import keras

from segcourse.checks.sizes import positive_pair
from segcourse.layers.unpooling.nearest_unpooling import enlarged_shape


@keras.saving.register_keras_serializable(package="segcourse")
class BedOfNailsUnpooling2D(keras.layers.Layer):
    """Puts every value at the top left of a block of zeros.

    Args:
        size: the block: a positive integer or a pair for height and width.

    Input shape: `(batch, height, width, channels)`.

    Output shape: `(batch, height * size[0], width * size[1], channels)`.

    Raises:
        ValueError: if `size` is not made of positive integers.

    Example:
        >>> import numpy as np
        >>> from segcourse.layers import BedOfNailsUnpooling2D
        >>> x = np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(1, 2, 2, 1)
        >>> for row in np.array(BedOfNailsUnpooling2D(2)(x))[0, :, :, 0].tolist():
        ...     print(row)
        [1.0, 0.0, 2.0, 0.0]
        [0.0, 0.0, 0.0, 0.0]
        [3.0, 0.0, 4.0, 0.0]
        [0.0, 0.0, 0.0, 0.0]

    Reference: the zeros between the inputs of a transposed convolution with a stride; Dumoulin,
    Visin, "A guide to convolution arithmetic for deep learning" (2016), section 4.5. Weeks 2 and 3.
    """

    def __init__(self, size=2, **kwargs):
        super().__init__(**kwargs)
        self.size = positive_pair("size", size)
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def compute_output_shape(self, input_shape):
        return enlarged_shape(input_shape, self.size)

    def call(self, inputs):
        x = keras.ops.cast(inputs, self.compute_dtype)
        batch, height, width, channels = keras.ops.shape(x)
        down, across = self.size
        # Zeros behind the channels of a pixel are the pixels to its right once the axes merge;
        # zeros behind a row are the rows below it.
        x = keras.ops.pad(x, ((0, 0), (0, 0), (0, 0), (0, (across - 1) * channels)))
        row = width * across * channels
        x = keras.ops.reshape(x, (batch, height, row))
        x = keras.ops.pad(x, ((0, 0), (0, 0), (0, (down - 1) * row)))
        return keras.ops.reshape(x, (batch, height * down, width * across, channels))

    def get_config(self):
        return {**super().get_config(), "size": self.size}
