"""The VGG networks: all six configurations from one table and one builder."""

from dataclasses import dataclass

import keras

from segcourse.checks.sizes import positive_integer
from segcourse.layers import FusedBatchNormalization, LocalResponseNormalization
from segcourse.models.arguments import classifier_shape


@dataclass(frozen=True)
class VGGConfig:
    """What tells one VGG-like network from another.

    Example:
        >>> from segcourse.models import VGGConfig, vgg
        >>> config = VGGConfig(kernels=((3,), (3, 3)), filters=(8, 16), dense=32, dense_kernel=6)
        >>> config.image_size
        24
        >>> vgg(config, num_classes=5).input_shape
        (None, 24, 24, 3)

    Args:
        kernels: for each block its kernel sizes, one for each convolution.
        filters: for each block the channels of its convolutions.
        dense: units of fc6 and fc7.
        dense_kernel: height and width of the last pooling's output that fc6 is made for.
        dropout: share of fc6's and fc7's units dropped while training.
        normalization: None, "local_response" (after conv1_1) or "batch" (before every activation).
    """

    kernels: tuple[tuple[int, ...], ...]
    filters: tuple[int, ...] = (64, 128, 256, 512, 512)
    dense: int = 4096
    dense_kernel: int = 7
    dropout: float = 0.5
    normalization: str | None = None

    @property
    def image_size(self):
        """Height and width, in pixels, of the images that the classifier takes."""
        return self.dense_kernel * 2 ** len(self.kernels)


# The columns of table 1 of the paper.
CONFIGS = {
    "A": VGGConfig(((3,), (3,), (3, 3), (3, 3), (3, 3))),
    "A-LRN": VGGConfig(((3,), (3,), (3, 3), (3, 3), (3, 3)), normalization="local_response"),
    "B": VGGConfig(((3, 3), (3, 3), (3, 3), (3, 3), (3, 3))),
    "C": VGGConfig(((3, 3), (3, 3), (3, 3, 1), (3, 3, 1), (3, 3, 1))),
    "D": VGGConfig(((3, 3), (3, 3), (3, 3, 3), (3, 3, 3), (3, 3, 3))),
    "E": VGGConfig(((3, 3), (3, 3), (3, 3, 3, 3), (3, 3, 3, 3), (3, 3, 3, 3))),
}


def vgg(config="D", input_shape=None, include_top=True, num_classes=1000, name=None):
    """Build a VGG network with random weights.

    Layers are called conv1_1 … conv5_4, pool1 … pool5, fc6, fc7, fc8 as in the reference
    implementation. Convolutions keep the size; poolings halve it, rounding up.

    Args:
        config: "A", "A-LRN", "B", "C", "D" (VGG-16), "E" (VGG-19), or a `VGGConfig`.
        input_shape: `(height, width, channels)`. Defaults to the classifier's own size, which is
            (224, 224, 3), and without the top to (None, None, 3).
        include_top: whether fc6, fc7 and fc8 follow; without them the output is that of pool5.
        num_classes: number of units of fc8.
        name: the model's name.

    Returns: a functional `keras.Model` from float32 images in 0..1 to logits
    `(batch, num_classes)`, or to features `(batch, height / 32, width / 32, channels)`.

    Raises:
        ValueError: if there is no such configuration, an argument is none of the above, or the top
            is wanted for an open size.

    Example:
        >>> from segcourse.models import vgg
        >>> vgg("A", include_top=False).output_shape
        (None, None, None, 512)

    Reference: Simonyan, Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
    Recognition" (2015), section 2.1. Week 4.
    """
    config = _config(config)
    input_shape = classifier_shape(input_shape, include_top, config.image_size)
    images = keras.Input(input_shape, name="images")
    x = convolutional_blocks(images, config)[-1]
    if include_top:
        x = _dense_layers(x, config, positive_integer("num_classes", num_classes))
    return keras.Model(images, x, name=name)


def convolutional_blocks(x, config, stride=None):
    """Add the convolutions and poolings of `config` to `x` and return each pooling's output.

    Once the map has `stride`, if it is given, the poolings look at 3×3 neighbours without a
    stride, and the convolutions after each of them are dilated by 2 more: the same weights see as
    much of the picture, on a finer map.
    """
    pools, reached, dilation = [], 1, 1
    for block, (kernels, filters) in enumerate(zip(config.kernels, config.filters, strict=True), 1):
        for index, kernel in enumerate(kernels, 1):
            place = f"{block}_{index}"
            x = _convolution(x, filters, kernel, place, config.normalization, dilation)
        # Padding "same" pads at the end only: Caffe's poolings, which round sizes up, do the same.
        if reached == stride:
            x = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"pool{block}")(x)
            dilation *= 2
        else:
            x = keras.layers.MaxPooling2D(2, padding="same", name=f"pool{block}")(x)
            reached *= 2
        pools.append(x)
    return pools


def _convolution(x, filters, kernel, place, normalization, dilation):
    x = keras.layers.Conv2D(
        filters,
        kernel,
        padding="same",
        dilation_rate=dilation,
        use_bias=normalization != "batch",
        kernel_initializer="he_normal",
        name=f"conv{place}",
    )(x)
    if normalization == "batch":
        x = FusedBatchNormalization(momentum=0.9, name=f"bn{place}")(x)
    x = keras.layers.ReLU(name=f"relu{place}")(x)
    if normalization == "local_response" and place == "1_1":
        x = LocalResponseNormalization(name="norm1")(x)
    return x


def _dense_layers(x, config, num_classes):
    x = keras.layers.Flatten(name="flatten")(x)
    for number in (6, 7):
        x = keras.layers.Dense(
            config.dense, activation="relu", kernel_initializer="he_normal", name=f"fc{number}"
        )(x)
        x = keras.layers.Dropout(config.dropout, name=f"drop{number}")(x)
    return keras.layers.Dense(num_classes, dtype="float32", name="fc8")(x)


def _config(config):
    if isinstance(config, VGGConfig):
        return config
    if not isinstance(config, str) or config not in CONFIGS:
        raise ValueError(
            f"`config` must be a VGGConfig or one of {', '.join(CONFIGS)}. "
            f"Received: config={config!r}"
        )
    return CONFIGS[config]
