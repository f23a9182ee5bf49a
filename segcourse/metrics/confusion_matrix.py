"""Count which class was predicted for which true class, pixel by pixel."""

import warnings

import numpy as np

from segcourse.checks.arrays import as_array
from segcourse.checks.label_maps import label_maps, some, wrong_ids
from segcourse.checks.sizes import integer
from segcourse.metrics.labels_seen import too_few_classes

VOID = 255

# Pixels counted at a time: the chunk and its codes stay in the processor's cache.
_CHUNK = 1 << 16


def confusion_matrix(labels, predictions, num_classes, void=VOID):
    """Count the pixels of every (true class, predicted class) pair.

    Pixels whose label is `void` are left out, whatever was predicted there.

    Example:

    >>> import numpy as np
    >>> labels = np.array([[0, 0, 1], [1, 1, 255]], "uint8")
    >>> predictions = np.array([[0, 1, 1], [1, 0, 0]], "uint8")
    >>> confusion_matrix(labels, predictions, num_classes=2)
    array([[1, 1],
           [1, 2]])

    Args:
        labels: integer array of any shape, class ids in `[0, num_classes)` or `void`.
        predictions: integer array of the same shape, class ids in `[0, num_classes)`.
        num_classes: number of classes.
        void: label of the pixels that do not count. It must not be a class id.

    Returns:
        int64 array `[num_classes, num_classes]`: row `i`, column `j` holds the number of pixels
        of true class `i` predicted as class `j`. A map that is all void gives zeros.

    Raises:
        ValueError: for an empty array, floats, a masked array, two different shapes, logits instead
            of class ids, or a value that is no class id.

    Warns:
        UserWarning: for labels that are all void, or void and one class: mostly they are masks of
            0 and 255, whose 255 was meant as a class.

    Reference: Long, Shelhamer, Darrell, "Fully convolutional networks for semantic
    segmentation" (2015), section 5: this is its `n_ij`.
    """
    num_classes, void = check_classes(num_classes, void)
    counts, seen = count_pixels(labels, predictions, num_classes, void)
    wrong = too_few_classes(seen, void) if void in seen and num_classes > 1 else None
    if wrong:
        warnings.warn(f"`labels` hold {wrong}", stacklevel=2)
    return counts


def count_pixels(labels, predictions, num_classes, void):
    """The confusion matrix, and the ids that occur in the labels: for parts of a whole.

    Arguments and errors as of `confusion_matrix`; it does not warn.
    """
    num_classes, void = check_classes(num_classes, void)
    labels, predictions = _checked(labels, predictions)
    labels = _as_bytes(labels.reshape(-1))
    predictions = _as_bytes(predictions.reshape(-1))
    fits_bytes = labels.dtype == predictions.dtype == np.uint8 and num_classes <= 256
    if fits_bytes and predictions.max() < num_classes:
        rows = _count_bytes(labels, predictions, num_classes)
        seen = np.flatnonzero(rows.any(axis=1))
        _check_labels(seen, num_classes, void)
        return rows[:num_classes].copy(), seen
    return _count_any(labels, predictions, num_classes, void)


def check_classes(num_classes, void):
    """`num_classes` and `void` as Python integers.

    Raises:
        ValueError: unless `num_classes` is a positive integer and `void` one that is no class id.
    """
    num_classes = integer("num_classes", num_classes)
    if num_classes < 1:
        raise ValueError(f"`num_classes` must be at least 1. Received: num_classes={num_classes}")
    void = integer("void", void)
    if 0 <= void < num_classes:
        raise ValueError(
            f"`void` must not be one of the {num_classes} class ids 0..{num_classes - 1}. "
            f"Received: void={void}"
        )
    return num_classes, void


def _checked(labels, predictions):
    """Both as arrays of integers of one shape."""
    labels, predictions = as_array("`labels`", labels), as_array("`predictions`", predictions)
    if labels.ndim + 1 == predictions.ndim and labels.shape == predictions.shape[:-1]:
        raise ValueError(
            "`predictions` must be class ids, and these have one axis more than `labels`: they "
            "look like logits. Take the argmax over the last axis first. Received: "
            f"labels.shape={labels.shape}, predictions.shape={predictions.shape}"
        )
    if labels.shape != predictions.shape:
        raise ValueError(
            "`labels` and `predictions` must have the same shape. Received: "
            f"labels.shape={labels.shape}, predictions.shape={predictions.shape}"
        )
    labels = label_maps("`labels`", labels)
    hint = " Logits or probabilities need an argmax over the class axis first."
    predictions = label_maps("`predictions`", predictions, hint=hint)
    if labels.size == 0:
        raise ValueError(
            "`labels` and `predictions` must hold at least one pixel. Received: "
            f"shape={labels.shape}"
        )
    return labels, predictions


def _as_bytes(ids):
    """The same ids as uint8 where they all fit, else unchanged."""
    if ids.dtype == np.uint8:
        return ids
    if ids.min() >= 0 and ids.max() <= 255:
        return ids.astype(np.uint8)
    return ids


def _count_bytes(labels, predictions, num_classes):
    """Count uint8 ids, void and wrong labels included: int64 [256, num_classes]."""
    counts = np.zeros(256 * num_classes, np.int64)
    codes = np.empty(min(_CHUNK, labels.size), np.uint16)
    for start in range(0, labels.size, _CHUNK):
        chunk = labels[start : start + _CHUNK]
        # 255 * 256 + 255 is the largest code there can be: 16 bits hold it.
        # The type is named, since NumPy 1 would multiply bytes by a small number as bytes.
        code = np.multiply(chunk, num_classes, out=codes[: chunk.size], dtype=np.uint16)
        code += predictions[start : start + _CHUNK]
        counts += np.bincount(code, minlength=counts.size)
    return counts.reshape(256, num_classes)


def _count_any(labels, predictions, num_classes, void):
    """Count ids of any integer type; names what is no class id."""
    # An id beyond the type of the labels is in none of them.
    counted = labels != void
    labels, predictions = labels[counted], predictions[counted]
    seen = np.unique(labels)
    _check_labels(seen, num_classes, void)
    wrong = (predictions < 0) | (predictions >= num_classes)
    if wrong.any():
        raise ValueError(
            f"`predictions` must be class ids 0..{num_classes - 1}. "
            f"Received: {some(np.unique(predictions[wrong]))}"
        )
    codes = labels.astype(np.int64) * num_classes + predictions.astype(np.int64)
    counts = np.bincount(codes, minlength=num_classes * num_classes)
    if not counted.all():
        seen = np.append(seen, void)
    return counts.reshape(num_classes, num_classes).astype(np.int64), seen


def _check_labels(ids, num_classes, void):
    wrong = wrong_ids(ids, num_classes, void)
    if wrong.size:
        raise ValueError(
            f"`labels` must be class ids 0..{num_classes - 1} or void={void}. "
            f"Received: {some(wrong)}"
        )
