"""Exercise 5.2: Preprocessing of VGG16."""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.texts import N_


def _cases(rng):
    cases = []
    for batch in (2, 1):
        height, width = (int(n) for n in 4 + rng.permutation(3)[:2])
        images = rng.random((batch, height, width, 3), dtype="float32")
        # Around the published 103.939, 116.779, 123.68; never two alike.
        mean = np.array([104, 117, 124]) + rng.uniform(-4, 4, 3)
        cases.append((images, mean.astype("float32")))
    return cases


def _allowed(rng):
    """Any size, sides of three as well, and black and white; `mean` of any dtype."""
    size = [int(n) for n in rng.integers(1, 6, size=3)]
    images = rng.random((*size, 3))
    if rng.random() < 0.3:
        images = np.round(images)
    mean = rng.integers(0, 256, size=3)
    dtype, dtype_of_mean = (str(rng.choice(["float32", "float64"])) for _ in range(2))
    mean = mean if rng.random() < 0.3 else (mean * rng.random(3)).astype(dtype_of_mean)
    return Case(images.astype(dtype), mean)


preprocess = Exercise(
    id="5.2",
    title=N_("Preprocessing of VGG16"),
    function="preprocess",
    hints=(
        N_(
            "There are three steps. Each is one operation on the whole array: scale, turn the "
            "order of the channels round, subtract. Which order makes sense of `mean`?"
        ),
        N_(
            "`images[..., ::-1]` turns the last axis round, so red, green, blue become blue, "
            "green, red."
        ),
        N_(
            "images[..., ::-1] * 255 is blue, green, red in 0..255. `mean` is in the same order "
            "and of the same range: subtract it last."
        ),
    ),
    cases=_cases,
    space=_allowed,
    compare=close(1e-3),
)


@preprocess.reference
def preprocess(images, mean):
    """Prepare images for a network that was trained in Caffe, such as VGG16.

    That network saw blue, green, red (BGR) in this order, values from 0 to 255, and the
    mean colour of its training images subtracted.

    Args:
        images: float array [batch, height, width, 3], red, green, blue, values 0..1.
        mean: array [3], the mean blue, green and red, in 0..255.

    Returns:
        Float array [batch, height, width, 3], blue, green, red.

    Example:

    >>> preprocess(np.array([[[[1.0, 0.5, 0.0]]]]), np.array([100, 110, 120]))
    array([[[[-100.0, 17.5, 135.0]]]])

    In BGR the pixel is (0.0, 0.5, 1.0), times 255 it is (0, 127.5, 255); minus the mean.
    """
    return images[..., ::-1] * 255 - mean


@preprocess.mistake(
    "channels not turned",
    "Your channels are still red, green, blue. Blue must come first: the first filter of the "
    "network multiplies its first weights with blue.",
)
def preprocess(images, mean):
    return images * 255 - mean


@preprocess.mistake(
    "mean of the other channel",
    "Blue lost the mean of red in your result, and red that of blue. `mean` is in the order blue, "
    "green, red: turn the images first, then subtract `mean` as it is.",
)
def preprocess(images, mean):
    return (images * 255 - mean)[..., ::-1]


@preprocess.mistake(
    "mean turned and not the images",
    "You turned `mean` to red, green, blue and left the images so. The network wants blue first: "
    "turn the images, not the mean.",
)
def preprocess(images, mean):
    return images * 255 - mean[::-1]


@preprocess.mistake(
    "not scaled",
    "Your values are not scaled: after the mean is subtracted all of them lie near -110, and every "
    "image looks black to the network. Multiply by 255 first.",
)
def preprocess(images, mean):
    return images[..., ::-1] - mean


@preprocess.mistake(
    "mean subtracted before scaling",
    "You subtracted the mean from values in 0..1 and scaled the difference. The mean is given in "
    "0..255: scale first.",
)
def preprocess(images, mean):
    return (images[..., ::-1] - mean) * 255


@preprocess.mistake(
    "preprocessed twice",
    "Everything was done twice: the channels are back to red, green, blue and the values reach "
    "about 38,000. This is what happens when the model has this step inside and the data pipeline "
    "too.",
)
def preprocess(images, mean):
    for _ in range(2):
        images = images[..., ::-1] * 255 - mean
    return images


@preprocess.mistake(
    "images mirrored",
    "You turned the wrong axis: the images are mirrored left to right and the colours are as "
    "before. The channels are the last axis: images[..., ::-1].",
)
def preprocess(images, mean):
    return images[:, :, ::-1] * 255 - mean


@preprocess.mistake(
    "images upside down",
    "You turned the axis of the height: the images are upside down and the colours are as before. "
    "The channels are the last axis: images[..., ::-1].",
)
def preprocess(images, mean):
    return images[:, ::-1] * 255 - mean


@preprocess.mistake(
    "batch turned",
    "`images[::-1]` turns the order of the images in the batch, not that of the channels. The "
    "channels are the last axis: images[..., ::-1].",
)
def preprocess(images, mean):
    return images[::-1] * 255 - mean


@preprocess.mistake(
    "all axes turned",
    "You turned every axis, the rows and columns of the images too. Only the channels, the last "
    "axis, are to be turned: images[..., ::-1].",
)
def preprocess(images, mean):
    return np.flip(images) * 255 - mean


@preprocess.mistake(
    "mean added",
    "You added the mean. Subtract it, so that the mean of all images comes to lie at zero.",
)
def preprocess(images, mean):
    return images[..., ::-1] * 255 + mean


@preprocess.mistake(
    "divided by 255",
    "You divided by 255. The images are in 0..1 already, and the network wants 0..255: multiply.",
)
def preprocess(images, mean):
    return images[..., ::-1] / 255 - mean


@preprocess.mistake(
    "one mean for all channels",
    "You subtracted one number from all channels. Each channel has a mean of its own; an array "
    "[3] is subtracted along the last axis by itself.",
)
def preprocess(images, mean):
    return images[..., ::-1] * 255 - np.mean(mean)


@preprocess.mistake(
    "channels first",
    "You moved the channels to the front, as Caffe stores them. Only their order must be Caffe's: "
    "the Keras network still takes [batch, height, width, channels].",
)
def preprocess(images, mean):
    return (images[..., ::-1] * 255 - mean).transpose(0, 3, 1, 2)


@preprocess.mistake(
    "left in 0 to 1",
    "Your result is 255 times too small: it is in the range of 0..1. The network saw values of "
    "0..255. Multiply the images by 255, and divide neither them nor the mean.",
)
def preprocess(images, mean):
    return images[..., ::-1] - mean / 255


@preprocess.mistake(
    "scaled only",
    "The mean is not subtracted. The last step is missing: subtract `mean`.",
)
def preprocess(images, mean):
    return images[..., ::-1] * 255


@preprocess.mistake(
    "cut to whole numbers",
    "You made whole numbers of the values (uint8 or int), so all decimals are lost. "
    "Stay with floats: multiply by 255 and convert nothing.",
)
def preprocess(images, mean):
    return (images[..., ::-1] * 255).astype("uint8") - mean


@preprocess.mistake(
    "rounded",
    "You rounded the values to whole numbers. The network takes floats: do not round.",
)
def preprocess(images, mean):
    return np.round(images[..., ::-1] * 255) - mean


@preprocess.mistake(
    "Keras' function",
    "`preprocess_input` of Keras always subtracts the mean of ImageNet, and does not know the "
    "`mean` that is given here. Write the three steps yourself.",
)
def preprocess(images, mean):
    return keras.applications.vgg16.preprocess_input(images * 255)


@preprocess.mistake(
    "mean of these images",
    "You subtracted the mean of the images that came in. The network was trained with one fixed "
    "mean, that of its training images: subtract the argument `mean`.",
)
def preprocess(images, mean):
    images = images[..., ::-1] * 255
    return images - images.mean(axis=(0, 1, 2))


@preprocess.also_right
def preprocess(images, mean):
    red, green, blue = images[..., 0], images[..., 1], images[..., 2]
    return 255 * np.stack([blue, green, red], axis=-1) - mean


@preprocess.also_right
def preprocess(images, mean):
    return ops.convert_to_numpy((ops.flip(images, axis=-1) - mean / 255) * 255)


@preprocess.also_right
def preprocess(images, mean):
    result = np.zeros(images.shape)
    for channel in range(3):
        result[..., channel] = images[..., 2 - channel] * 255.0 - mean[channel]
    return result
