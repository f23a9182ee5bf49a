"""What `fit` and `evaluate` accept as data, and the checks on it."""

import sys
import warnings

import numpy as np

from segcourse.checks.label_maps import label_maps, some, wrong_ids
from segcourse.checks.pictures import pictures
from segcourse.metrics import VOID
from segcourse.metrics.labels_seen import labels_seen, too_few_classes


def images_and_labels(data, name="data"):
    """The arrays of a `segcourse.data` Split or an (images, labels) pair, checked.

    Returns:
        images `[n, height, width, channels]`, uint8 0..255 or float 0..1, and integer labels
        `[n, height, width]`.
    """
    if isinstance(data, tuple | list) and len(data) == 2:
        images, labels = data
    elif hasattr(data, "images") and hasattr(data, "labels"):
        images, labels = data.images, data.labels
    else:
        hint = " Take one of its splits, such as its .train." if hasattr(data, "splits") else ""
        raise ValueError(
            f"`{name}` must be a Split of segcourse.data or a pair (images, labels).{hint} "
            f"Received: {type(data).__name__}"
        )
    images = pictures(f"the images of `{name}`", images)
    return images, label_maps(f"the labels of `{name}`", labels, images.shape)


def check_fits(model, images, whose, sizes=True):
    """Raise a ValueError unless a model takes images of this shape, as far as it says.

    Args:
        model: the Keras model.
        images: shape of a batch of them, `[n, height, width, channels]`.
        whose: what they are called in the error.
        sizes: whether height and width are looked at, too; else the channels alone.
    """
    shapes = [tensor.shape for tensor in getattr(model, "inputs", None) or ()]
    if len(shapes) != 1 or len(shapes[0]) != 4:
        return
    height, width, channels = shapes[0][1:]
    if channels is not None and images[-1] != channels:
        raise ValueError(
            f"{whose} must have the {channels} channels that the model takes. "
            f"Received: {images[-1]} channels, shape={tuple(images)}"
        )
    known = zip((height, width), images[1:3], strict=True)
    if sizes and any(None not in pair and pair[0] != pair[1] for pair in known):
        raise ValueError(
            f"{whose} must have the size that the model takes, {height or 'any'}×{width or 'any'} "
            f"pixels: resize them, or build it for (None, None, {images[-1]}). "
            f"Received: {images[1]}×{images[2]} pixels"
        )


def check_classes_of(labels, num_classes, void, name="data"):
    """Raise a ValueError that names the labels which are no class of the model."""
    # Void is mostly the largest value: one pass settles the usual case.
    if labels.min() >= 0 and labels.max() < num_classes:
        return
    wrong = np.unique(
        np.concatenate([np.unique(wrong_ids(one, num_classes, void)) for one in labels])
    )
    if wrong.size:
        raise ValueError(
            f"the labels of `{name}` must be below the model's {num_classes} outputs, or "
            f"void={void}. Received: {some(wrong)}"
        )


def check_enough_classes(labels, void, name):
    """Raise a ValueError for labels of void and one class.

    Nearly always they are masks whose other value was meant as a class, and a network would learn
    the one that is left. Void alone, from which nothing is learned, and one class alone are only
    warned of.
    """
    seen = labels_seen(labels, void)
    wrong = too_few_classes(seen, void)
    if wrong and len(seen) == 2:
        raise ValueError(
            f"the labels of `{name}` must hold two classes or more, not counting void. "
            f"Received: {wrong}"
        )


def warn_of_few_classes(labels, void, name):
    """Warn of labels in which less than two classes occur; at the line outside of the package."""
    wrong = too_few_classes(labels_seen(labels, void), void)
    if wrong:
        warnings.warn(f"the labels of `{name}` hold {wrong}", stacklevel=_level_of_the_caller())


def _level_of_the_caller():
    """How many frames above the function that asks the first one outside of the package lies."""
    frame, level = sys._getframe(1), 1
    while frame.f_back and frame.f_globals.get("__name__", "").split(".")[0] == "segcourse":
        frame, level = frame.f_back, level + 1
    return level


def void_of(data):
    """The void id of a Split; of plain arrays the usual one."""
    return getattr(data, "void", VOID)
