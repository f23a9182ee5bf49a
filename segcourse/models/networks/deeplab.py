"""DeepLab: a VGG that keeps a fine map, by dilated convolution in place of strides."""

import keras

from segcourse.checks.sizes import choice, positive_integer
from segcourse.layers import AtrousSpatialPyramidPooling, BilinearUpsampling2D, CropToMatch
from segcourse.models.arguments import image_shape, keras_model
from segcourse.models.networks.small_vgg import SMALL
from segcourse.models.networks.vgg import CONFIGS, VGGConfig, convolutional_blocks
from segcourse.models.weights.transfer_weights import transfer_weights

# Any VGG will do, and nothing else: the poolings whose strides go are its last two.
BACKBONES = {
    "vgg11": CONFIGS["A"],
    "vgg13": CONFIGS["B"],
    "vgg16": CONFIGS["D"],
    "vgg19": CONFIGS["E"],
    "small_vgg": SMALL,
}
STRIDE = 8
# Of the 4096 channels that VGG-16 has in fc6 and fc7, DeepLab keeps 1024.
CHANNELS = 1024


def deeplab_v1(
    num_classes,
    backbone="vgg16",
    rate=12,
    input_shape=(None, None, 3),
    weights_from=None,
    name="deeplab_v1",
):
    """Build DeepLab-LargeFOV, the network of the first DeepLab paper.

    The last two poolings of the backbone have no stride, so the map keeps stride 8; the
    convolutions of conv5 are dilated by 2 in return. fc6 is a 3×3 convolution of a large dilation
    rate, whose "large field of view" it is named after; fc7 and fc8 are 1×1. The logits are
    enlarged 8 times by bilinear interpolation, cut to the height and width of the images, from 1×1
    up, and float32 under mixed precision as well.

    Layers are called as in the reference implementation: conv1_1 … conv5_3, pool1 … pool5, fc6, fc7
    and, in place of its fc8_voc12, fc8. Its pool1 to pool3 look at 3×3 neighbours, too; here they
    are VGG's own.

    Args:
        num_classes: number of classes.
        backbone: "vgg11", "vgg13", "vgg16", "vgg19", "small_vgg", or a `VGGConfig`. fc6 and fc7
            have the channels of its dense layers, at most 1024.
        rate: dilation rate of fc6. Published are 12, for pictures of 321×321 pixels.
        input_shape: `(height, width, channels)` of the images, None where open.
        weights_from: a model whose weights the layers of the same name and shape start from, such
            as a trained classifier or FCN.
        name: the model's name.

    Returns: a functional `keras.Model` from float images `(batch, height, width, channels)` in
    0..1 to logits `(batch, height, width, num_classes)`.

    Raises:
        ValueError: if an argument is none of the above.

    Example:
        >>> import numpy as np
        >>> from segcourse.models import deeplab_v1
        >>> model = deeplab_v1(num_classes=5, backbone="small_vgg", rate=4)
        >>> tuple(model(np.zeros((1, 17, 31, 3))).shape)
        (1, 17, 31, 5)

    Reference: Chen, Papandreou, Kokkinos, Murphy, Yuille, "Semantic Image Segmentation with Deep
    Convolutional Nets and Fully Connected CRFs" (2015), section 3; DeepLab-LargeFOV. Bonus
    notebook.
    """
    num_classes = positive_integer("num_classes", num_classes)
    config = _config(backbone)
    rate = positive_integer("rate", rate)
    channels = min(config.dense, CHANNELS)

    def head(x):
        for number, kernel, dilation in ((6, 3, rate), (7, 1, 1)):
            x = keras.layers.Conv2D(
                channels,
                kernel,
                dilation_rate=dilation,
                padding="same",
                activation="relu",
                kernel_initializer="he_normal",
                name=f"fc{number}",
            )(x)
            x = keras.layers.Dropout(config.dropout, name=f"drop{number}")(x)
        start = keras.initializers.RandomNormal(stddev=0.01)
        return keras.layers.Conv2D(num_classes, 1, kernel_initializer=start, name="fc8")(x)

    return _deeplab(config, head, input_shape, weights_from, name)


def deeplab_v2(
    num_classes,
    backbone="vgg16",
    rates=(6, 12, 18, 24),
    input_shape=(None, None, 3),
    weights_from=None,
    name="deeplab_v2",
):
    """Build DeepLab with atrous spatial pyramid pooling, the network of the second DeepLab paper.

    It differs from `deeplab_v1` in the head only: four branches fc6_k, fc7_k, fc8_k with fc6 of
    different dilation rates look at the same map, and their scores are added
    (`AtrousSpatialPyramidPooling`, here the layer "aspp").

    Args:
        num_classes: number of classes.
        backbone: as for `deeplab_v1`.
        rates: dilation rate of each branch. Published are (6, 12, 18, 24) as "ASPP-L" and
            (2, 4, 8, 12) as "ASPP-S", for pictures of 321×321 pixels.
        input_shape: `(height, width, channels)` of the images, None where open.
        weights_from: a model whose weights the layers of the same name and shape start from.
        name: the model's name.

    Returns: a functional `keras.Model` from float images `(batch, height, width, channels)` in
    0..1 to logits `(batch, height, width, num_classes)`.

    Raises:
        ValueError: if an argument is none of the above.

    Example:
        >>> from segcourse.models import deeplab_v2, receptive_field
        >>> model = deeplab_v2(num_classes=5, backbone="small_vgg", rates=(2, 4, 6, 8))
        >>> receptive_field(model, "aspp").stride
        8

    Reference: Chen, Papandreou, Kokkinos, Murphy, Yuille, "DeepLab: Semantic Image Segmentation
    with Deep Convolutional Nets, Atrous Convolution, and Fully Connected CRFs" (2018), section 3.2
    and figure 7. Bonus notebook.
    """
    num_classes = positive_integer("num_classes", num_classes)
    config = _config(backbone)
    pyramid = AtrousSpatialPyramidPooling(
        num_classes,
        rates,
        hidden=min(config.dense, CHANNELS),
        dropout=config.dropout,
        name="aspp",
    )
    return _deeplab(config, pyramid, input_shape, weights_from, name)


def _deeplab(config, head, input_shape, weights_from, name):
    """Put a head on the dilated backbone, and enlarge its scores to the size of the images."""
    if weights_from is not None:
        keras_model("weights_from", weights_from)
    images = keras.Input(image_shape("input_shape", input_shape), name="images")
    scores = head(convolutional_blocks(images, config, STRIDE)[-1])
    enlarged = BilinearUpsampling2D(STRIDE, dtype="float32", name="upscore8")(scores)
    logits = CropToMatch(0, dtype="float32", name="score")([enlarged, images])
    model = keras.Model(images, logits, name=name)
    if weights_from is not None:
        transfer_weights(weights_from, model)
    return model


def _config(backbone):
    if not isinstance(backbone, VGGConfig):
        return BACKBONES[choice("backbone", backbone, list(BACKBONES))]
    if len(backbone.kernels) < 3:
        raise ValueError(
            f"`backbone` must have three blocks or more, for stride {STRIDE}. "
            f"Received: {len(backbone.kernels)} blocks"
        )
    return backbone
