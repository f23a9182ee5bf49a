"""AlexNet, in the form of Caffe's reference model."""

import keras

from segcourse.checks.sizes import positive_integer
from segcourse.models.arguments import classifier_shape
from segcourse.models.networks.blocks import convolution, max_pooling, response_normalization

IMAGE_SIZE = 227
# Height and width of the map that fc6 is made for.
WINDOW = 6
DENSE = 4096


def alexnet(input_shape=None, include_top=True, num_classes=1000, name=None):
    """Build AlexNet with random weights, as Caffe's reference model has it.

    Layers are called conv1 … conv5, pool1, pool2, pool5, norm1, norm2, fc6, fc7, fc8 as there.
    conv2, conv4 and conv5 have two groups, each of which sees half of the channels. That is
    CaffeNet, which the FCN paper starts from: it pools before it normalizes, where the paper of
    2012 pools after. conv1 does not pad, and poolings round sizes up.

    Args:
        input_shape: `(height, width, channels)`. Defaults to the classifier's own size, which is
            (227, 227, 3), and without the top to (None, None, 3).
        include_top: whether fc6, fc7 and fc8 follow; without them the output is that of pool5.
        num_classes: number of units of fc8.
        name: the model's name.

    Returns: a functional `keras.Model` from float32 images in 0..1 to logits
    `(batch, num_classes)`, or to features `(batch, rows, columns, 256)` of stride 32.

    Raises:
        ValueError: if an argument is none of the above, or the top is wanted for an open size.

    Example:
        >>> from segcourse.models import alexnet, without_weights
        >>> with without_weights():
        ...     f"{alexnet().count_params():,}"
        '60,965,224'

    Reference: Krizhevsky, Sutskever, Hinton, "ImageNet Classification with Deep Convolutional
    Neural Networks" (2012), section 3.5; Caffe's bvlc_reference_caffenet. Week 5.
    """
    images = keras.Input(classifier_shape(input_shape, include_top, IMAGE_SIZE), name="images")
    x = alexnet_features(images)
    if include_top:
        x = _dense_layers(x, positive_integer("num_classes", num_classes))
    return keras.Model(images, x, name=name)


def alexnet_features(x, pad=0, pooling=(0, 1)):
    """Add the layers up to pool5 to `x`; conv1 and the poolings are padded by so much."""
    if pad:
        x = keras.layers.ZeroPadding2D(pad, name="pad")(x)
    x = convolution(x, 96, 11, "conv1", "relu1", strides=4, padding="valid")
    x = response_normalization(max_pooling(x, "pool1", pooling), "norm1")
    x = convolution(x, 256, 5, "conv2", "relu2", groups=2)
    x = response_normalization(max_pooling(x, "pool2", pooling), "norm2")
    x = convolution(x, 384, 3, "conv3", "relu3")
    x = convolution(x, 384, 3, "conv4", "relu4", groups=2)
    x = convolution(x, 256, 3, "conv5", "relu5", groups=2)
    return max_pooling(x, "pool5", pooling)


def _dense_layers(x, num_classes):
    x = keras.layers.Flatten(name="flatten")(x)
    for number in (6, 7):
        x = keras.layers.Dense(
            DENSE, activation="relu", kernel_initializer="he_normal", name=f"fc{number}"
        )(x)
        x = keras.layers.Dropout(0.5, name=f"drop{number}")(x)
    return keras.layers.Dense(num_classes, dtype="float32", name="fc8")(x)
