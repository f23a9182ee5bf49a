"""The reference project: a pretrained encoder, a U-Net's decoder, and the recipes for them.

A solution of the final project, to be read after one's own: the encoder `small_vgg` with weights
learned from other images (weeks 4 and 5); the way back up, with a skip at every resolution and
batch normalisation before every ReLU (week 6); flips, crops, and a rate that falls as a cosine
(weeks 4 and 6); cross-entropy and Dice, which counts small classes as much as large ones (week 7).
"""

import keras
import numpy as np

from segcourse import data
from segcourse.layers import CropToMatch, FusedBatchNormalization
from segcourse.models import small_vgg
from segcourse.training import DiceLoss, PixelwiseLogisticLoss, Recipe

# At strides 1, 2, 4, 8, 16: the last map before each pooling, and channels of the decoder, few
# where the maps are large. There a channel costs most, and the encoder has done most of the work.
LEVELS = (("relu1_1", 16), ("relu2_1", 24), ("relu3_2", 32), ("relu4_2", 48), ("relu5_2", 64))


def network(num_classes, input_shape=(None, None, 3), seed=0, weights="objects"):
    """The network, from images `input_shape` in 0..1 to float32 logits of their height and width.

    `weights` are "objects", or None for a random encoder. Images that are not of three channels
    get a random one in any case. ValueError for what these arguments cannot be.

    Example:

    >>> tuple(network(5, weights=None)(keras.ops.zeros((1, 17, 31, 3))).shape)
    (1, 17, 31, 5)
    """
    keras.utils.set_random_seed(seed)
    weights = weights if input_shape[-1] == 3 else None
    encoder = small_vgg(input_shape, include_top=False, weights=weights)
    x = _convolution(encoder.output, LEVELS[-1][1], "bottom")
    for name, channels in reversed(LEVELS):
        skip = encoder.get_layer(name).output
        x = keras.layers.UpSampling2D(2, name=f"{name}_up")(x)
        x = CropToMatch(0, name=f"{name}_crop")([x, skip])  # pooling rounded odd sizes up
        x = keras.layers.Concatenate(name=f"{name}_skip")([skip, x])
        x = _convolution(x, channels, f"{name}_decoder")
    logits = keras.layers.Conv2D(num_classes, 1, dtype="float32", name="logits")(x)
    return keras.Model(encoder.input, logits, name="reference")


def recipe(minutes=2.0, seed=0, crop=(96, 96), **changes):
    """The recipe for a budget of so many minutes; `changes` are other fields of it.

    Example:

    >>> recipe(minutes=1, crop=(64, 64)).learning_rate
    0.01
    """
    fields = dict(learning_rate=1e-2, schedule="cosine", minutes=minutes, seed=seed)
    fields["augment"] = data.augment(flip=True, crop=crop)
    fields["loss"] = PixelwiseLogisticLoss() + DiceLoss()
    return Recipe(**{**fields, **changes})


def street_recipe(train, minutes=10.0, seed=0):
    """The recipe for a `Split` of streets: rare classes weigh more, and sizes change.

    Example:

    >>> street_recipe(data.load("scenes").train).augment.scale
    (0.75, 1.5)
    """
    counts = np.bincount(train.labels.ravel(), minlength=256)[: len(train.classes)]
    rarity = 1 / np.sqrt(np.maximum(counts, 1))
    loss = PixelwiseLogisticLoss(class_weights=tuple(rarity / rarity.mean())) + DiceLoss()
    augment = data.augment(flip=True, crop=(128, 160), scale=(0.75, 1.5), color=0.1)
    return recipe(minutes, seed, loss=loss, augment=augment)


def _convolution(x, channels, name):
    x = keras.layers.Conv2D(channels, 3, padding="same", use_bias=False, name=f"{name}_conv")(x)
    x = FusedBatchNormalization(momentum=0.9, name=f"{name}_norm")(x)
    return keras.layers.ReLU(name=f"{name}_relu")(x)
