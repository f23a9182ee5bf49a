"""Wrong answers to exercise 6.2 that crop the skip and do not concatenate as asked."""

import numpy as np


def register(crop_and_concatenate):
    """Adds them to the exercise."""

    @crop_and_concatenate.mistake(
        "added",
        "You added the two maps. That is the skip of FCN. U-Net keeps both and stacks their "
        "channels.",
    )
    def crop_and_concatenate(skip, up):
        height, width = up.shape[1:3]
        top = (skip.shape[1] - height) // 2
        left = (skip.shape[2] - width) // 2
        return skip[:, top : top + height, left : left + width] + up

    @crop_and_concatenate.mistake(
        "axis 1",
        "You concatenated along axis 1, the height. Channels are the last axis in Keras: axis=-1.",
    )
    def crop_and_concatenate(skip, up):
        height, width = up.shape[1:3]
        top = (skip.shape[1] - height) // 2
        left = (skip.shape[2] - width) // 2
        cropped = skip[:, top : top + height, left : left + width]
        return np.concatenate([cropped, up], axis=1)

    @crop_and_concatenate.mistake(
        "axis 2",
        "You concatenated along axis 2, the width, so the maps stand side by side. Channels are "
        "the last axis in Keras: axis=-1.",
    )
    def crop_and_concatenate(skip, up):
        height, width = up.shape[1:3]
        top = (skip.shape[1] - height) // 2
        left = (skip.shape[2] - width) // 2
        cropped = skip[:, top : top + height, left : left + width]
        return np.concatenate([cropped, up], axis=2)

    @crop_and_concatenate.mistake(
        "no axis",
        "You gave no axis, so NumPy took axis 0, the images of the batch. Channels are the last "
        "axis: axis=-1.",
    )
    def crop_and_concatenate(skip, up):
        height, width = up.shape[1:3]
        top = (skip.shape[1] - height) // 2
        left = (skip.shape[2] - width) // 2
        cropped = skip[:, top : top + height, left : left + width]
        return np.concatenate([cropped, up])

    @crop_and_concatenate.mistake(
        "no list",
        "np.concatenate takes the maps in one list: np.concatenate([cropped, up], axis=-1). "
        "Without the square brackets it takes `up` for the axis.",
    )
    def crop_and_concatenate(skip, up):
        height, width = up.shape[1:3]
        top = (skip.shape[1] - height) // 2
        left = (skip.shape[2] - width) // 2
        cropped = skip[:, top : top + height, left : left + width]
        return np.concatenate(cropped, up, axis=-1)

    @crop_and_concatenate.mistake(
        "stacked",
        "np.stack puts the maps along a new axis, and the result has five. np.concatenate joins "
        "them along the axis of the channels, which is there already.",
    )
    def crop_and_concatenate(skip, up):
        height, width = up.shape[1:3]
        top = (skip.shape[1] - height) // 2
        left = (skip.shape[2] - width) // 2
        cropped = skip[:, top : top + height, left : left + width]
        return np.stack([cropped, up], axis=-1)

    @crop_and_concatenate.mistake(
        "stacked in front",
        "np.stack puts the maps along a new axis in front of the others. np.concatenate with "
        "axis=-1 joins them along the axis of the channels, which is there already.",
    )
    def crop_and_concatenate(skip, up):
        height, width = up.shape[1:3]
        top = (skip.shape[1] - height) // 2
        left = (skip.shape[2] - width) // 2
        cropped = skip[:, top : top + height, left : left + width]
        return np.stack([cropped, up])

    @crop_and_concatenate.mistake(
        "up first",
        "The channels are in the wrong order: the text asks for the skip first, then `up`. Either "
        "order works in a network, but its weights must know which one it is.",
    )
    def crop_and_concatenate(skip, up):
        height, width = up.shape[1:3]
        top = (skip.shape[1] - height) // 2
        left = (skip.shape[2] - width) // 2
        cropped = skip[:, top : top + height, left : left + width]
        return np.concatenate([up, cropped], axis=-1)

    @crop_and_concatenate.mistake(
        "a pair",
        "You returned two maps. They have to become one, whose channels are those of the cropped "
        "skip and then those of `up`: np.concatenate.",
    )
    def crop_and_concatenate(skip, up):
        height, width = up.shape[1:3]
        top = (skip.shape[1] - height) // 2
        left = (skip.shape[2] - width) // 2
        return skip[:, top : top + height, left : left + width], up

    @crop_and_concatenate.mistake(
        "only cropped",
        "You returned the cropped skip alone. Put the channels of `up` behind it.",
    )
    def crop_and_concatenate(skip, up):
        height, width = up.shape[1:3]
        top = (skip.shape[1] - height) // 2
        left = (skip.shape[2] - width) // 2
        return skip[:, top : top + height, left : left + width]

    @crop_and_concatenate.mistake(
        "one image only",
        "You returned the first image only. The result keeps the axis of the batch: [n, height, "
        "width, channels].",
    )
    def crop_and_concatenate(skip, up):
        height, width = up.shape[1:3]
        top = (skip.shape[1] - height) // 2
        left = (skip.shape[2] - width) // 2
        cropped = skip[0, top : top + height, left : left + width]
        return np.concatenate([cropped, up[0]], axis=-1)
