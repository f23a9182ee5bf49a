"""What `fit` and `evaluate` accept as data, and the checks on it."""

import sys
import warnings

import numpy as np

from segcourse.metrics import VOID
from segcourse.metrics.labels_seen import labels_seen, too_few_classes


def images_and_labels(data, name="data"):
    """The arrays of a `segcourse.data` Split or an (images, labels) pair, checked.

    Returns:
        images `[n, height, width, channels]`, uint8 0..255 or float 0..1, and integer labels
        `[n, height, width]`.
    """
    if isinstance(data, tuple | list) and len(data) == 2:
        images, labels = np.asarray(data[0]), np.asarray(data[1])
    elif hasattr(data, "images") and hasattr(data, "labels"):
        images, labels = np.asarray(data.images), np.asarray(data.labels)
    else:
        hint = " Take one of its splits, such as its .train." if hasattr(data, "splits") else ""
        raise ValueError(
            f"`{name}` must be a Split of segcourse.data or a pair (images, labels).{hint} "
            f"Received: {type(data).__name__}"
        )
    check_images(images, f"the images of `{name}`")
    _check_labels(labels, images, name)
    return images, labels


def check_images(images, whose):
    """Raise a ValueError unless `images` are what the input pipeline takes."""
    # Only here: the input pipeline brings TensorFlow, on another backend too.
    from segcourse.data.batching.batches import check_images

    check_images(images, whose)


def check_channels(model, images, whose):
    """Raise a ValueError unless `images` have the channels that the model takes, if it says."""
    shapes = [tensor.shape for tensor in getattr(model, "inputs", None) or ()]
    wanted = shapes[0][-1] if len(shapes) == 1 else None
    if wanted is not None and images.shape[-1] != wanted:
        raise ValueError(
            f"{whose} must have the {wanted} channels that the model takes. "
            f"Received: {images.shape[-1]} channels, shape={images.shape}"
        )


def _check_labels(labels, images, name):
    if labels.dtype.kind not in "iu":
        raise ValueError(
            f"the labels of `{name}` must be integer class ids. Received: dtype={labels.dtype}"
        )
    if labels.shape != images.shape[:3]:
        raise ValueError(
            f"the labels of `{name}` must be [n, height, width] as its images are. "
            f"Received: labels.shape={labels.shape}, images.shape={images.shape}"
        )


def check_classes_of(labels, num_classes, void, name="data"):
    """Raise a ValueError that names the labels which are no class of the model."""
    # Void is mostly the largest value: one pass settles the usual case.
    if labels.min() >= 0 and labels.max() < num_classes:
        return
    wrong = [np.unique(one[((one < 0) | (one >= num_classes)) & (one != void)]) for one in labels]
    wrong = np.unique(np.concatenate(wrong))
    if wrong.size:
        shown = ", ".join(str(int(value)) for value in wrong[:8])
        raise ValueError(
            f"the labels of `{name}` must be below the model's {num_classes} outputs, or "
            f"void={void}. Received: {shown}"
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
