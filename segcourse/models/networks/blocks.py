"""The pieces that AlexNet and GoogLeNet are put together from."""

import keras

from segcourse.layers import LocalResponseNormalization


def convolution(x, filters, kernel, name, relu, strides=1, groups=1, padding="same"):
    """Add a convolution called `name` and its ReLU, called `relu`, to `x`."""
    x = keras.layers.Conv2D(
        filters,
        kernel,
        strides=strides,
        padding=padding,
        groups=groups,
        kernel_initializer="he_normal",
        name=name,
    )(x)
    return keras.layers.ReLU(name=relu)(x)


def max_pooling(x, name, padding=(0, 1)):
    """Add a pooling of 3 × 3 with stride 2 to `x`, padded by `padding` before and after.

    One row after is what Caffe's rounding up comes to: windows begin at the first pixel, and the
    last may reach over the edge. Padding of one on both sides, or of two after, gives every size
    its half, rounded up. Zeros cannot win against values that are not negative, such as ReLU's.
    """
    x = keras.layers.ZeroPadding2D((padding, padding), name=f"{name}_pad")(x)
    return keras.layers.MaxPooling2D(3, strides=2, name=name)(x)


def response_normalization(x, name):
    """Add a local response normalization with Caffe's constants to `x`."""
    # Caffe divides 1e-4 by the number of channels in the sum.
    return LocalResponseNormalization(5, bias=1.0, alpha=1e-4 / 5, beta=0.75, name=name)(x)
