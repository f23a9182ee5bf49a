"""The reference project: a pretrained encoder, a U-Net's decoder, and the recipe it trains with.

A solution of the final project, to be read after one's own. What it is put together from:

- the encoder `small_vgg` with the weights that it learned from other images: weeks 4 and 5;
- the way back up, with a skip at every resolution, and why they are concatenated: week 6;
- batch normalisation before every ReLU, which allows a high learning rate: weeks 5 and 6;
- flips and random crops, a rate that falls as a cosine to the end of the budget: weeks 4 and 6;
- cross-entropy and Dice together, since Dice counts a small class as much as a large one: week 7.
"""

import keras

from segcourse import data
from segcourse.layers import CropToMatch, FusedBatchNormalization
from segcourse.models import small_vgg
from segcourse.training import DiceLoss, PixelwiseLogisticLoss, Recipe

# Channels of the decoder at strides 1, 2, 4, 8, 16. Narrow where the maps are large: there a
# channel costs most, and the encoder has done most of the work.
CHANNELS = (16, 24, 32, 48, 64)


def network(num_classes, input_shape=(None, None, 3), seed=0, weights="objects"):
    """Build the reference network.

    Args:
        num_classes: number of classes.
        input_shape: `(height, width, channels)` of the images, None where open.
        seed: integer from 0 on, of the random weights.
        weights: "objects" for the pretrained encoder, None for a random one. Grey images get a
            random one in any case: the pretrained one reads three channels.

    Returns: a functional `keras.Model` from float images in 0..1 to logits of their size.

    Raises:
        ValueError: if an argument is none of the above.

    Example:

    >>> tuple(network(5, weights=None)(keras.ops.zeros((1, 17, 31, 3))).shape)
    (1, 17, 31, 5)
    """
    keras.utils.set_random_seed(seed)
    weights = weights if input_shape[-1] == 3 else None
    encoder = small_vgg(input_shape, include_top=False, weights=weights)
    # The last maps before each pooling, from stride 1 to stride 16.
    names = ("relu1_1", "relu2_1", "relu3_2", "relu4_2", "relu5_2")
    skips = [encoder.get_layer(name).output for name in names]
    x = _convolution(encoder.output, CHANNELS[-1], "bottom")
    for level in (5, 4, 3, 2, 1):
        skip = skips[level - 1]
        x = keras.layers.UpSampling2D(2, name=f"up{level}")(x)
        # An odd size was rounded up by the pooling.
        x = CropToMatch(0, name=f"up{level}_crop")([x, skip])
        x = keras.layers.Concatenate(name=f"up{level}_skip")([skip, x])
        x = _convolution(x, CHANNELS[level - 1], f"up{level}")
    logits = keras.layers.Conv2D(num_classes, 1, dtype="float32", name="logits")(x)
    return keras.Model(encoder.input, logits, name="reference")


def recipe(minutes=2.0, seed=0, crop=(96, 96), **changes):
    """The recipe of the reference network, for a budget of so many minutes.

    Example:

    >>> recipe(minutes=1).learning_rate
    0.01
    """
    settings = dict(
        learning_rate=1e-2,
        schedule="cosine",
        minutes=minutes,
        seed=seed,
        loss=PixelwiseLogisticLoss() + DiceLoss(),
        augment=data.augment(flip=True, crop=crop),
    )
    return Recipe(**{**settings, **changes})


def _convolution(x, channels, name):
    """A 3×3 convolution, normalised, and ReLU."""
    x = keras.layers.Conv2D(channels, 3, padding="same", use_bias=False, name=f"{name}_conv")(x)
    x = FusedBatchNormalization(momentum=0.9, name=f"{name}_norm")(x)
    return keras.layers.ReLU(name=f"{name}_relu")(x)
