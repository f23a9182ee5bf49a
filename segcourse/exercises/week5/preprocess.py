"""Exercise 5.2: Preprocessing of VGG16."""

import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Exercise, close
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
    compare=close(1e-3),
)


@preprocess.reference
def preprocess(images, mean):
    """Prepare images for a network that was trained in Caffe, such as VGG16.

    That network saw blue, green, red (BGR) in this order, values from 0 to 255, and the mean
    colour of its training images subtracted.

    Args:
        images: float array [batch, height, width, 3], channels red, green, blue, values 0..1.
        mean: array [3], the mean blue, green and red, in 0..255.

    Returns:
        Float array [batch, height, width, 3], channels blue, green, red.

    Example: a pixel (1.0, 0.5, 0.0), mean (100, 110, 120).
        In BGR: (0.0, 0.5, 1.0); times 255: (0, 127.5, 255); minus the mean: (-100, 17.5, 135).
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
    "mean subtracted before the channels are turned",
    "You subtracted the mean while the channels were red, green, blue, so red lost the mean of "
    "blue. `mean` is in the order blue, green, red: turn first.",
)
def preprocess(images, mean):
    return (images * 255 - mean)[..., ::-1]


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
    "all axes turned",
    "`images[::-1]` turns the order of the images in the batch, not that of the channels. The "
    "channels are the last axis: images[..., ::-1].",
)
def preprocess(images, mean):
    return images[::-1, ::-1, ::-1, ::-1] * 255 - mean


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


@preprocess.also_right
def preprocess(images, mean):
    red, green, blue = images[..., 0], images[..., 1], images[..., 2]
    return 255 * np.stack([blue, green, red], axis=-1) - mean


@preprocess.also_right
def preprocess(images, mean):
    return (ops.flip(images, axis=-1) - mean / 255) * 255
