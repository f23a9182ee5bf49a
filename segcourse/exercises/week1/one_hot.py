"""Exercise 1.1: One-hot target."""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    # Height, width and number of classes all differ; in the second map the last class is absent.
    cases = []
    for absent in (0, 1):
        num_classes, height, width = (int(n) for n in 3 + rng.permutation(3))
        labels = rng.integers(0, num_classes - absent, (height, width)).astype("uint8")
        labels[0, :3] = 0, 1, 255
        labels[1, 1] = 255
        labels[2, 2] = num_classes - 1 - absent
        cases.append((labels, num_classes))
    return cases


one_hot = Exercise(
    id="1.1",
    title=N_("One-hot target"),
    function="one_hot",
    hints=(
        N_(
            "Ask one question for every pixel and every class: is the label of this pixel this "
            "class?"
        ),
        N_(
            "Compare the labels [height, width, 1] with np.arange(num_classes): the result has the "
            "shape [height, width, num_classes]. What does 255 give?"
        ),
        N_("labels[..., None] == np.arange(num_classes), as float32."),
    ),
    cases=_cases,
    compare=exact(),
    points=2,
)


@one_hot.reference
def one_hot(labels, num_classes):
    """Turn a label map into a one-hot target.

    Args:
        labels: uint8 array [height, width], class numbers from 0 on; 255 is void.
        num_classes: int.

    Returns:
        float32 array [height, width, num_classes]: 1 in the channel of the pixel's
        class and 0 in all others. A void pixel is 0 in every channel.

    Example: one_hot(np.array([[2, 0, 255]], "uint8"), 3) is
        [[[0, 0, 1], [1, 0, 0], [0, 0, 0]]], with shape [1, 3, 3].
    """
    return (labels[..., None] == np.arange(num_classes)).astype("float32")


@one_hot.mistake(
    "void counted as the last class",
    "Your void pixels are 1 in the last channel. Void is no class: all its channels are 0.",
)
def one_hot(labels, num_classes):
    return np.eye(num_classes, dtype="float32")[np.minimum(labels, num_classes - 1)]


@one_hot.mistake(
    "void counted as class 0",
    "Your void pixels are 1 in channel 0, so they count as the first class. Void is no class: all "
    "its channels are 0.",
)
def one_hot(labels, num_classes):
    return np.eye(num_classes, dtype="float32")[np.where(labels == 255, 0, labels)]


@one_hot.mistake(
    "label 255 looked up",
    "You used the labels as row numbers of a table with num_classes rows, and void asks for row "
    "255. Treat void first, or compare the labels with np.arange(num_classes).",
)
def one_hot(labels, num_classes):
    return np.eye(num_classes, dtype="float32")[labels]


@one_hot.mistake(
    "label 255 given to Keras",
    "keras.utils.to_categorical takes 255 for a class number, and there is no such channel. Treat "
    "void first, or compare the labels with np.arange(num_classes).",
)
def one_hot(labels, num_classes):
    return keras.utils.to_categorical(labels, num_classes)


@one_hot.mistake(
    "a channel for void",
    "You gave void a channel of its own. The network has no answer 'void', so the target has "
    "num_classes channels, and void is 0 in all of them.",
)
def one_hot(labels, num_classes):
    return np.eye(num_classes + 1, dtype="float32")[np.minimum(labels, num_classes)]


@one_hot.mistake(
    "void 255 in every channel",
    "You wrote 255 into the channels of the void pixels. A one-hot target holds 0 and 1 only; a "
    "void pixel is 0 in every channel.",
)
def one_hot(labels, num_classes):
    result = (labels[..., None] == np.arange(num_classes)).astype("float32")
    result[labels == 255] = 255
    return result


@one_hot.mistake(
    "classes first",
    "Your classes are the first axis. Keras stores channels last: [height, width, num_classes].",
)
def one_hot(labels, num_classes):
    return np.stack([labels == i for i in range(num_classes)]).astype("float32")


@one_hot.mistake(
    "classes counted from 1",
    "You compared with 1, 2, ..., num_classes. The class numbers begin with 0: "
    "np.arange(num_classes).",
)
def one_hot(labels, num_classes):
    return (labels[..., None] == np.arange(1, num_classes + 1)).astype("float32")


@one_hot.mistake(
    "True and False",
    "The values are right, but they are True and False. A target is compared with probabilities, "
    "so make it float32: .astype('float32').",
)
def one_hot(labels, num_classes):
    return labels[..., None] == np.arange(num_classes)


@one_hot.mistake(
    "whole numbers",
    "The values are right, but they are integers. A target is compared with probabilities, so make "
    "it float32.",
)
def one_hot(labels, num_classes):
    return (labels[..., None] == np.arange(num_classes)).astype("uint8")


@one_hot.mistake(
    "number of classes from the largest label",
    "You counted the classes in this map. A class may be absent from an image; the number of "
    "channels is always num_classes.",
)
def one_hot(labels, num_classes):
    count = int(labels[labels != 255].max()) + 1
    return (labels[..., None] == np.arange(count)).astype("float32")


@one_hot.mistake(
    "flattened",
    "You made one long list of pixels. Keep height and width: the target has the shape "
    "[height, width, num_classes].",
)
def one_hot(labels, num_classes):
    return (labels.reshape(-1, 1) == np.arange(num_classes)).astype("float32")


@one_hot.mistake(
    "axis for the classes missing",
    "You compared [height, width] with [num_classes]. Give the labels a last axis first: "
    "labels[..., None].",
)
def one_hot(labels, num_classes):
    return (labels == np.arange(num_classes)).astype("float32")


@one_hot.also_right
def one_hot(labels, num_classes):
    result = np.zeros((*labels.shape, num_classes), "float32")
    for y in range(labels.shape[0]):
        for x in range(labels.shape[1]):
            if labels[y, x] != 255:
                result[y, x, labels[y, x]] = 1
    return result


@one_hot.also_right
def one_hot(labels, num_classes):
    return ops.one_hot(labels.astype("int32"), num_classes)


@one_hot.also_right
def one_hot(labels, num_classes):
    return np.eye(256, dtype="float32")[labels][..., :num_classes]
