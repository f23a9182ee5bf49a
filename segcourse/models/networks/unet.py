"""U-Net: a contracting path, an expanding path, and skips that carry the fine maps across."""

import math
import numbers

import keras

from segcourse.checks.sizes import choice, positive_integer
from segcourse.layers import CropToMatch, FusedBatchNormalization, SubpixelConv2DTranspose
from segcourse.models.arguments import image_shape
from segcourse.models.networks.unet_sizes import CheckTiling, check_size


def unet(
    num_classes=2,
    input_shape=(None, None, 1),
    depth=4,
    base_channels=64,
    padding="same",
    skips="concatenate",
    batch_norm=False,
    dropout=0.5,
    name=None,
):
    """Build a U-Net.

    `unet(2, (572, 572, 1), padding="valid")` is the network of the paper: 23 convolutional layers,
    572×572 pixels in and 388×388 out. `padding="same"` is the form most people use: pictures of
    any size from 1×1 up, and logits of that size.

    Levels count from 1, the full resolution. On the way down each has two convolutions with ReLU
    and a pooling: down1_conv1, down1_conv2, down1_pool, down2_conv1, … bottom_conv2. On the way
    up: up4_upconv, a 2×2 up-convolution that halves the channels, up4_skip, up4_conv1, up4_conv2,
    … up1_conv2. The last layer is a 1×1 convolution, logits. Maps that differ in size are cut in
    down3_crop, up3_crop and so on.

    Args:
        num_classes: number of classes.
        input_shape: `(height, width, channels)` of the images, None where open.
        depth: number of poolings.
        base_channels: channels of level 1; each level down has twice as many.
        padding: "valid" leaves the convolutions unpadded and crops each skip to its middle: only
            sizes that tile can come in (see `unet_output_size`). "same" pads every convolution
            with zeros. Where a pooling meets an odd size, its last window holds what is there,
            and the enlarged map is cut at the bottom and the right.
        skips: "concatenate" as published, "add" as in FCN, or "none". The rest stays the same, so
            the convolution behind a concatenation has twice the weights.
        batch_norm: whether batch normalisation comes before every ReLU; those convolutions then
            have no bias.
        dropout: rate at the end of the contracting path, behind the second convolutions of its
            last two levels (in the skip of the upper one too), as in the released Caffe network;
            0 for none. The paper gives no rate, the release has 0.5.
        name: the model's name. Defaults to "unet".

    Weights are drawn from a normal distribution of standard deviation sqrt(2 / N), N the incoming
    nodes of a neuron. The logits are float32 under mixed precision as well.

    Returns: a functional `keras.Model` from float images `(batch, height, width, channels)` in
    0..1 to logits `(batch, rows, columns, num_classes)`.

    Raises:
        ValueError: if an argument is none of the above, or the size of the images does not tile;
            the nearest sizes that do are named.

    Example:
        >>> import numpy as np
        >>> from segcourse.models import unet
        >>> unet(2, (572, 572, 1), padding="valid").output_shape
        (None, 388, 388, 2)
        >>> model = unet(num_classes=5, input_shape=(None, None, 3), depth=2, base_channels=4)
        >>> tuple(model(np.zeros((1, 17, 31, 3))).shape)
        (1, 17, 31, 5)

    Reference: Ronneberger, Fischer, Brox, "U-Net: Convolutional Networks for Biomedical Image
    Segmentation" (2015), section 2, figure 1 and section 3; dropout after the authors' released
    network, phseg_v5. Week 6.
    """
    num_classes = positive_integer("num_classes", num_classes)
    input_shape = image_shape("input_shape", input_shape)
    depth = positive_integer("depth", depth)
    base_channels = positive_integer("base_channels", base_channels)
    padding = choice("padding", padding, ("same", "valid"))
    skips = choice("skips", skips, ("concatenate", "add", "none"))
    blocks = _Blocks(padding, skips, bool(batch_norm), _rate(dropout))

    images = x = keras.Input(input_shape, name="images")
    if padding == "valid":
        x = _checked(x, depth)
    maps = []
    for level in range(1, depth + 1):
        x = blocks.convolutions(x, base_channels * 2 ** (level - 1), f"down{level}")
        x = blocks.drop(x, f"down{level}") if level == depth else x
        maps.append(x)
        x = keras.layers.MaxPooling2D(2, padding=padding, name=f"down{level}_pool")(x)
    x = blocks.convolutions(x, base_channels * 2**depth, "bottom")
    x = blocks.drop(x, "bottom")
    for level in range(depth, 0, -1):
        x = blocks.upconvolution(x, f"up{level}_upconv")
        x = blocks.join(x, maps[level - 1], level)
        x = blocks.convolutions(x, base_channels * 2 ** (level - 1), f"up{level}")
    logits = keras.layers.Conv2D(
        num_classes, 1, kernel_initializer=_he(base_channels), dtype="float32", name="logits"
    )(x)
    return keras.Model(images, logits, name=name or "unet")


class _Blocks:
    """The parts the two paths are put together from."""

    def __init__(self, padding, skips, batch_norm, dropout):
        self.padding = padding
        self.skips = skips
        self.batch_norm = batch_norm
        self.dropout = dropout

    def convolutions(self, x, channels, name):
        for number in (1, 2):
            x = keras.layers.Conv2D(
                channels,
                3,
                padding=self.padding,
                use_bias=not self.batch_norm,
                activation=None if self.batch_norm else "relu",
                kernel_initializer=_he(9 * x.shape[-1]),
                name=f"{name}_conv{number}",
            )(x)
            if self.batch_norm:
                x = FusedBatchNormalization(momentum=0.9, name=f"{name}_norm{number}")(x)
                x = keras.layers.ReLU(name=f"{name}_relu{number}")(x)
        return x

    def drop(self, x, name):
        return keras.layers.Dropout(self.dropout, name=f"{name}_drop")(x) if self.dropout else x

    def upconvolution(self, x, name):
        channels = x.shape[-1]
        layer = SubpixelConv2DTranspose(
            channels // 2,
            2,
            strides=2,
            # Each pixel comes from one: the incoming nodes are its channels.
            kernel_initializer=_he(channels),
            name=name,
        )
        return layer(x)

    def join(self, x, skip, level):
        """Bring the enlarged map and that of the contracting path together."""
        if self.padding == "same":
            # The grids agree at the top and the left; an odd size came back one pixel larger.
            x = _crop(x, skip, 0, f"up{level}_crop")
        elif self.skips != "none":
            skip = _crop(skip, x, None, f"down{level}_crop")
        if self.skips == "concatenate":
            return keras.layers.Concatenate(name=f"up{level}_skip")([skip, x])
        return keras.layers.Add(name=f"up{level}_skip")([skip, x]) if self.skips == "add" else x


def _crop(larger, smaller, offset, name):
    sizes = larger.shape[1:3], smaller.shape[1:3]
    if None not in sizes[0] and sizes[0] == sizes[1]:
        return larger
    return CropToMatch(offset, name=name)([larger, smaller])


def _checked(images, depth):
    """Refuse sizes that do not tile, now where they are known, else when pictures come."""
    for size in images.shape[1:3]:
        if size is not None:
            check_size(size, depth, "input_shape")
    return CheckTiling(depth, name="tiling")(images) if None in images.shape[1:3] else images


def _he(incoming):
    return keras.initializers.RandomNormal(stddev=math.sqrt(2 / incoming))


def _rate(dropout):
    if isinstance(dropout, bool) or not isinstance(dropout, numbers.Real) or not 0 <= dropout < 1:
        raise ValueError(
            f"`dropout` must be a number from 0 to below 1. Received: dropout={dropout!r}"
        )
    return float(dropout)
