"""Exercise 1.1: One-hot target."""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Exercise, close
from segcourse.exercises.week1._label_maps import any_label_map, label_maps
from segcourse.texts import N_

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
    cases=label_maps,
    space=any_label_map,
    compare=close(),
    points=2,
)


@one_hot.reference
def one_hot(labels, num_classes):
    """Turn a label map into a one-hot target.

    Args:
        labels: uint8 array [height, width], class numbers from 0 on; 255 is void.
        num_classes: int, at most 255. A class may be absent from the map.

    Returns:
        Float array [height, width, num_classes]: 1 in the channel of the pixel's class
        and 0 in all others. A void pixel is 0 in every channel.

    Example:

    >>> one_hot(np.array([[2, 0, 255]], "uint8"), 3)
    array([[[0., 0., 1.], [1., 0., 0.], [0., 0., 0.]]])

    One row of three pixels, so the shape is [1, 3, 3].
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
    "void shared among the classes",
    "You gave a void pixel the same share of every class, so that it sums up to 1. But then it "
    "costs something in the loss. A void pixel is 0 in every channel.",
)
def one_hot(labels, num_classes):
    result = (labels[..., None] == np.arange(num_classes)).astype("float32")
    result[labels == 255] = 1 / num_classes
    return result


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
    "label 255 looked up",
    "You used the labels as row numbers of a table with num_classes rows, and void asks for row "
    "255. Treat void first, or compare the labels with np.arange(num_classes).",
)
def one_hot(labels, num_classes):
    return np.eye(num_classes, dtype="float32")[labels]


@one_hot.mistake(
    "label 255 as a channel",
    "The label of the pixel is the number of its channel, but void has the label 255, and there is "
    "no such channel. Leave void pixels out: if labels[y, x] != 255.",
)
def one_hot(labels, num_classes):
    height, width = labels.shape
    result = np.zeros((height, width, num_classes), "float32")
    for y in range(height):
        for x in range(width):
            result[y, x, labels[y, x]] = 1
    return result


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
    "classes first",
    "Your classes are the first axis. Keras stores channels last: [height, width, num_classes].",
)
def one_hot(labels, num_classes):
    return np.stack([labels == i for i in range(num_classes)]).astype("float32")


@one_hot.mistake(
    "width first",
    "You exchanged height and width. labels.shape is (height, width), and the result has the shape "
    "[height, width, num_classes].",
)
def one_hot(labels, num_classes):
    return (labels.T[..., None] == np.arange(num_classes)).astype("float32")


@one_hot.mistake(
    "height and width exchanged in loops",
    "You read width and height in the wrong order. It is height, width = labels.shape: the rows "
    "come first, as in labels[y, x].",
)
def one_hot(labels, num_classes):
    width, height = labels.shape
    result = np.zeros((height, width, num_classes), "float32")
    for y in range(height):
        for x in range(width):
            if labels[y, x] != 255:
                result[y, x, labels[y, x]] = 1
    return result


@one_hot.mistake(
    "the notebook's map in place of the argument",
    "You wrote `label`. That is the map of the notebook above; the argument of this function is "
    "called `labels`. Look only at what the function is given.",
)
def one_hot(labels, num_classes):
    return (label[..., None] == np.arange(num_classes)).astype("float32")  # noqa: F821


@one_hot.mistake(
    "5 classes typed in",
    "Your result always has 5 channels. The scenes have 5 classes, but another data set has "
    "another number: write num_classes.",
)
def one_hot(labels, num_classes):
    return (labels[..., None] == np.arange(5)).astype("float32")


@one_hot.mistake(
    "128 pixels typed in",
    "Your loops run over 128 rows and columns. Only the scenes are so large: take the size from "
    "labels.shape.",
)
def one_hot(labels, num_classes):
    result = np.zeros((128, 128, num_classes), "float32")
    for y in range(128):
        for x in range(128):
            if labels[y, x] != 255:
                result[y, x, labels[y, x]] = 1
    return result


@one_hot.mistake(
    "128 pixels in the result",
    "Your result always has 128 rows and columns. Take its size from labels.shape.",
)
def one_hot(labels, num_classes):
    result = np.zeros((128, 128, num_classes), "float32")
    for y in range(labels.shape[0]):
        for x in range(labels.shape[1]):
            if labels[y, x] != 255:
                result[y, x, labels[y, x]] = 1
    return result


@one_hot.mistake(
    "classes counted from 1",
    "You compared with 1, 2, ..., num_classes. The class numbers begin with 0: "
    "np.arange(num_classes).",
)
def one_hot(labels, num_classes):
    return (labels[..., None] == np.arange(1, num_classes + 1)).astype("float32")


@one_hot.mistake(
    "class 0 left out",
    "The pixels of class 0 are 0 in every channel, as if they were void. Class 0 is a class like "
    "the others: range(num_classes) begins with it.",
)
def one_hot(labels, num_classes):
    result = np.zeros((*labels.shape, num_classes), "float32")
    for number in range(1, num_classes):
        result[labels == number, number] = 1
    return result


@one_hot.mistake(
    "last class left out",
    "The last channel is empty. range(num_classes - 1) ends before the last class: write "
    "range(num_classes).",
)
def one_hot(labels, num_classes):
    result = np.zeros((*labels.shape, num_classes), "float32")
    for number in range(num_classes - 1):
        result[labels == number, number] = 1
    return result


@one_hot.mistake(
    "number of the class in place of 1",
    "You wrote the number of the class into its channel. One-hot means that it holds a 1, whatever "
    "the number of the class is.",
)
def one_hot(labels, num_classes):
    result = np.zeros((*labels.shape, num_classes), "float32")
    for number in range(num_classes):
        result[labels == number, number] = number
    return result


@one_hot.mistake(
    "all channels at once",
    "You wrote 1 into all channels of a pixel. Only the channel of its class is 1: result[labels "
    "== i, i] = 1.",
)
def one_hot(labels, num_classes):
    result = np.zeros((*labels.shape, num_classes), "float32")
    for number in range(num_classes):
        result[labels == number] = 1
    return result


@one_hot.mistake(
    "0 and 1 exchanged",
    "Your 0 and 1 are exchanged. The channel of the pixel's class is 1, all others are 0.",
)
def one_hot(labels, num_classes):
    return (labels[..., None] != np.arange(num_classes)).astype("float32")


@one_hot.mistake(
    "returned after the first class",
    "Only channel 0 is filled. If your `return` stands inside the loop, put it after the loop.",
)
def one_hot(labels, num_classes):
    result = np.zeros((*labels.shape, num_classes), "float32")
    for number in range(num_classes):
        result[labels == number, number] = 1
        return result


@one_hot.mistake(
    "returned after the first row",
    "Only the first row of pixels is filled. If your `return` stands inside the loop over the "
    "rows, put it after the loop.",
)
def one_hot(labels, num_classes):
    result = np.zeros((*labels.shape, num_classes), "float32")
    for y in range(labels.shape[0]):
        for x in range(labels.shape[1]):
            if labels[y, x] != 255:
                result[y, x, labels[y, x]] = 1
        return result


@one_hot.mistake(
    "returned after the first pixel",
    "Only the first pixel is filled. If your `return` stands inside the loops, put it after them.",
)
def one_hot(labels, num_classes):
    result = np.zeros((*labels.shape, num_classes), "float32")
    for y in range(labels.shape[0]):
        for x in range(labels.shape[1]):
            if labels[y, x] != 255:
                result[y, x, labels[y, x]] = 1
            return result


@one_hot.mistake(
    "True and False",
    "The values are right, but they are True and False. A target is compared with probabilities, "
    "so make them floats: .astype('float32').",
)
def one_hot(labels, num_classes):
    return labels[..., None] == np.arange(num_classes)


@one_hot.mistake(
    "whole numbers",
    "The values are right, but they are integers. A target is compared with probabilities, so make "
    "them floats: .astype('float32').",
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
    "labels that are there",
    "You made one channel for each label that is in the map, void too. The channels are the "
    "classes 0, 1, 2, ..., present or not: np.arange(num_classes).",
)
def one_hot(labels, num_classes):
    return (labels[..., None] == np.unique(labels)).astype("float32")


@one_hot.mistake(
    "largest label taken for void",
    "You took the largest label in the map for void. That goes wrong in a map without void, where "
    "it is a class. Void is always 255.",
)
def one_hot(labels, num_classes):
    result = (labels[..., None] == np.arange(num_classes)).astype("float32")
    result[labels == labels.max()] = 0
    return result


@one_hot.mistake(
    "result width first",
    "Your loops are right, but the result is made with the width first. It has the shape [height, "
    "width, num_classes]: rows, columns, channels.",
)
def one_hot(labels, num_classes):
    height, width = labels.shape
    result = np.zeros((width, height, num_classes), "float32")
    for y in range(height):
        for x in range(width):
            if labels[y, x] != 255:
                result[y, x, labels[y, x]] = 1
    return result


@one_hot.mistake(
    "void thrown away",
    "You threw the void pixels away, and with them the shape of the map. They stay where they are, "
    "with 0 in every channel.",
)
def one_hot(labels, num_classes):
    return np.eye(num_classes, dtype="float32")[labels[labels != 255]]


@one_hot.mistake(
    "128 pixels in whole channels",
    "Your result has 128 rows and columns, and a channel of this map is smaller. Only the scenes "
    "are so large: np.zeros((*labels.shape, num_classes)).",
)
def one_hot(labels, num_classes):
    result = np.zeros((128, 128, num_classes), "float32")
    for number in range(num_classes):
        result[..., number] = labels == number
    return result


@one_hot.mistake(
    "128 pixels behind a mask",
    "The mask labels == i has the shape of this map, but your result has 128 rows and columns. "
    "Make it as large as the map: np.zeros((*labels.shape, num_classes)).",
)
def one_hot(labels, num_classes):
    result = np.zeros((128, 128, num_classes), "float32")
    for number in range(num_classes):
        result[labels == number, number] = 1
    return result


@one_hot.mistake(
    "number of classes counted",
    "You counted the labels in this map. A class may be absent from an image, and then a channel "
    "is missing: the number of channels is num_classes.",
)
def one_hot(labels, num_classes):
    count = len(np.unique(labels[labels != 255]))
    return (labels[..., None] == np.arange(count)).astype("float32")


@one_hot.mistake(
    "largest label with void in it",
    "The largest label of the map is 255, void, and so it says nothing about the classes. In uint8 "
    "255 + 1 is even 0. The number of channels is num_classes.",
)
def one_hot(labels, num_classes):
    return (labels[..., None] == np.arange(labels.max() + 1)).astype("float32")


@one_hot.mistake(
    "labels as rows of the result",
    "In result[labels] the labels are taken for rows of the result. A label is the number of a "
    "channel: result[labels == i, i] = 1, for each class i.",
)
def one_hot(labels, num_classes):
    result = np.zeros((*labels.shape, num_classes), "float32")
    result[labels] = 1
    return result


@one_hot.mistake(
    "flattened",
    "You made one long list of pixels. Keep height and width: the target has the shape [height, "
    "width, num_classes].",
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
    return ops.convert_to_numpy(ops.one_hot(labels.astype("int32"), num_classes))


@one_hot.also_right
def one_hot(labels, num_classes):
    return np.eye(256, dtype="float32")[labels][..., :num_classes]


@one_hot.also_right
def one_hot(labels, num_classes):
    known = np.where(labels == 255, num_classes, labels)
    return keras.utils.to_categorical(known, num_classes + 1)[..., :-1]


@one_hot.also_right
def one_hot(labels, num_classes):
    result = np.eye(num_classes)[np.where(labels == 255, 0, labels)]
    result[labels == 255] = 0
    return result
