"""What the first ImageNet networks expect of a picture."""

import keras

from segcourse.checks.sizes import is_number

# Means over ImageNet of blue, green and red, in 0..255.
MEAN = (103.939, 116.779, 123.68)


@keras.saving.register_keras_serializable(package="segcourse")
class CaffePreprocessing(keras.layers.Layer):
    """Turns RGB images in 0..1 into what networks trained in Caffe expect.

    The channels are put in the order blue, green, red, scaled to 0..255, and ImageNet's mean of
    each is taken off. VGG-16 and VGG-19 of `keras.applications` want their images like that. As a
    layer at the bottom of the network it can be neither forgotten nor done twice.

    Args:
        mean: means of blue, green and red, in 0..255.

    Input shape: `(batch, height, width, 3)`, red, green and blue in 0..1.

    Output shape: the same, in the dtype of the layer.

    Raises:
        ValueError: if the images do not have 3 channels, or `mean` is not three numbers.

    Example:
        >>> import numpy as np
        >>> from segcourse.layers import CaffePreprocessing
        >>> layer = CaffePreprocessing(mean=(100, 110, 120))
        >>> np.array(layer(np.array([[[[1.0, 0.0, 0.2]]]]))).round(3).tolist()
        [[[[-49.0, -110.0, 135.0]]]]

    Reference: `keras.applications.vgg16.preprocess_input`, after Simonyan, Zisserman (2015),
    section 2.1. Week 5.
    """

    def __init__(self, mean=MEAN, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(mean, list | tuple) or len(mean) != 3 or not all(map(is_number, mean)):
            raise ValueError(f"`mean` must be three numbers. Received: mean={mean!r}")
        self.mean = tuple(map(float, mean))

    def compute_output_shape(self, input_shape):
        if input_shape[-1] != 3:
            raise ValueError(
                "`inputs` must be images of 3 channels, red, green and blue. "
                f"Received: {input_shape[-1]} channels"
            )
        return tuple(input_shape)

    def call(self, inputs):
        self.compute_output_shape(inputs.shape)
        # Integers are computed with as floats too: 255 times 255 does not fit a byte.
        inputs = keras.ops.cast(inputs, self.compute_dtype)
        mean = keras.ops.convert_to_tensor(self.mean, dtype=inputs.dtype)
        return keras.ops.flip(inputs, axis=-1) * 255 - mean

    def get_config(self):
        return {**super().get_config(), "mean": self.mean}
