"""The confusion matrix as a Keras metric: counted in the graph, on any backend."""

import keras
import numpy as np
from keras import ops

from segcourse.checks.arrays import as_array
from segcourse.checks.label_tensors import known_to_differ, label_tensor, of_the_same_size
from segcourse.metrics.confusion_matrix import VOID, check_classes
from segcourse.metrics.scores import scores

# A cell is counted in two int32 words: count = high * _WORD + low, low < _WORD. float32 would
# lose counts at 2**24 and int32 alone at 2**31; JAX has no int64 unless asked for it. Words of
# 24 bits leave room to sum the low words of 127 replicas, and to add a batch of 2**30 pixels.
_WORD = 1 << 24
# The prediction of a pixel whose logits are no numbers.
_NAN = -(2**31) + 1


@keras.saving.register_keras_serializable(package="segcourse")
class ConfusionMatrix(keras.metrics.Metric):
    """Confusion matrix over batches; its result is the mean IoU.

    Use it in `compile(metrics=[...])`, or by hand with `update_state`. Counts are exact up to
    2**54 pixels a cell, in any precision policy. One batch may hold up to 2**30 pixels.

    A label that is neither a class id nor `void` cannot raise an error inside a compiled graph.
    It is counted apart, and so is a pixel whose logits hold NaN: from then on `result()` is NaN and
    `scores()` raises a ValueError.

    Example:

    >>> metric = ConfusionMatrix(num_classes=2)
    >>> metric.update_state([[0, 0, 1, 255]], [[0, 1, 1, 0]])
    >>> metric.matrix()
    array([[1, 1],
           [0, 1]])
    >>> float(metric.result())
    0.5

    Args:
        num_classes: number of classes.
        void: label of the pixels that do not count.
        name: name of the metric, `"mean_iou"` by default: what `fit` shows is the mean IoU.

    Raises:
        ValueError: if `num_classes` is not a positive integer or `void` is a class id; in
            `update_state`, for sample weights, for labels that are no integers, for a batch
            without pixels, or for shapes that do not belong together; in `scores`, if labels were
            seen that are neither class ids nor `void`.

    Reference: Long, Shelhamer, Darrell, "Fully convolutional networks for semantic
    segmentation" (2015), section 5.
    """

    def __init__(self, num_classes, void=VOID, name="mean_iou", dtype=None):
        num_classes, void = check_classes(num_classes, void)
        # Whatever the precision policy: the result is float32, the counts are integers.
        super().__init__(name=name, dtype=dtype or "float32")
        self.num_classes, self.void = num_classes, void
        shape = (self.num_classes**2 + 2,)  # the last cells count wrong ids, and logits of NaN
        self.low = self.add_variable(shape, "zeros", dtype="int32", name="low")
        self.high = self.add_variable(shape, "zeros", dtype="int32", name="high")

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Count one batch.

        Args:
            y_true: integer label maps `[batch, height, width]` (a last axis of 1 is allowed).
            y_pred: logits or probabilities `[batch, height, width, num_classes]`, or integer
                label maps of the shape of `y_true`.
            sample_weight: must be None: a confusion matrix counts pixels.
        """
        if sample_weight is not None:
            raise ValueError(
                "`sample_weight` must be None: a confusion matrix counts pixels. Set labels to "
                f"void={self.void} to leave pixels out. Received: a sample weight"
            )
        labels, predictions = self._label_maps(y_true, y_pred)
        self._add(self._count(labels, predictions))

    def result(self):
        """Mean IoU over the classes seen, a float32 scalar; NaN before the first pixel."""
        cells = ops.cast(self.high, "float32") * float(_WORD) + ops.cast(self.low, "float32")
        matrix = ops.reshape(cells[:-2], (self.num_classes, self.num_classes))
        correct = ops.diagonal(matrix)
        union = ops.sum(matrix, axis=1) + ops.sum(matrix, axis=0) - correct
        seen = union > 0
        iou = ops.where(seen, correct / ops.where(seen, union, 1.0), 0.0)
        classes = ops.sum(ops.cast(seen, "float32"))
        valid = ops.logical_and(classes > 0, cells[-2] + cells[-1] == 0)
        mean = ops.sum(iou) / ops.maximum(classes, 1.0)
        return ops.where(valid, mean, float("nan"))

    def matrix(self):
        """The counts so far: int64 array `[true, predicted]`."""
        counts = self._counts()
        if counts[-1]:
            raise ValueError(
                f"`y_pred` must be logits that are numbers. Received: NaN at {counts[-1]} pixels"
            )
        if counts[-2]:
            raise ValueError(
                f"`labels` must be class ids 0..{self.num_classes - 1} or void={self.void}, and "
                f"predictions must be class ids. Received: {counts[-2]} pixels with other values"
            )
        return counts[:-2].reshape(self.num_classes, self.num_classes)

    def scores(self):
        """The scores of the counts so far, as `segcourse.metrics.scores` gives them."""
        return scores(self.matrix())

    def merge_state(self, metrics):
        """Add the counts of other `ConfusionMatrix` metrics to this one."""
        for metric in metrics:
            if (metric.num_classes, metric.void) != (self.num_classes, self.void):
                raise ValueError(
                    "`metrics` must have the same `num_classes` and `void`. Received: "
                    f"num_classes={metric.num_classes}, void={metric.void}"
                )
            self._add(ops.convert_to_tensor(metric.low))
            self.high.assign(self.high + ops.convert_to_tensor(metric.high))

    def get_config(self):
        return {**super().get_config(), "num_classes": self.num_classes, "void": self.void}

    def _counts(self):
        low = ops.convert_to_numpy(self.low).astype(np.int64)
        return ops.convert_to_numpy(self.high).astype(np.int64) * _WORD + low

    def _label_maps(self, y_true, y_pred):
        labels = label_tensor("y_true", y_true)
        if not keras.ops.is_tensor(y_pred):
            y_pred = as_array("`y_pred`", y_pred)
        predictions = ops.convert_to_tensor(y_pred)
        if 0 in labels.shape:
            raise ValueError(
                "`y_true` must hold at least one pixel. "
                f"Received: y_true.shape={tuple(labels.shape)}"
            )
        floating = "float" in keras.backend.standardize_dtype(predictions.dtype)
        broken = None
        if len(labels.shape) == len(predictions.shape) and floating and labels.shape[-1] == 1:
            labels = ops.squeeze(labels, axis=-1)
        if len(predictions.shape) == len(labels.shape) + 1:
            if predictions.shape[-1] != self.num_classes:
                raise ValueError(
                    f"`y_pred` must have num_classes={self.num_classes} channels. "
                    f"Received: y_pred.shape={tuple(predictions.shape)}"
                )
            # Where a logit is NaN the largest one is no prediction, and the sum is NaN too.
            broken = ops.isnan(ops.sum(predictions, axis=-1)) if floating else None
            predictions = ops.argmax(predictions, axis=-1)
        elif len(predictions.shape) != len(labels.shape) or floating:
            raise ValueError(
                "`y_pred` must be logits [batch, height, width, num_classes], or integer label "
                f"maps of the shape of `y_true`. Received: y_true.shape={tuple(labels.shape)}, "
                f"y_pred.shape={tuple(predictions.shape)}, y_pred.dtype={predictions.dtype}"
            )
        predictions = label_tensor("y_pred", predictions)
        if known_to_differ(labels.shape, predictions.shape):
            raise ValueError(
                "`y_true` and `y_pred` must have the same height and width. Received: "
                f"y_true.shape={tuple(labels.shape)}, y_pred.shape={tuple(predictions.shape)}"
            )
        labels = of_the_same_size(labels, ops.shape(predictions))
        # No class id is negative: those below 0 are counted as wrong, this one as NaN.
        return labels, predictions if broken is None else ops.where(broken, _NAN, predictions)

    def _count(self, labels, predictions):
        """Pixels of one batch in every cell, wrong values last: int32 [num_classes**2 + 1]."""
        labels, predictions = ops.reshape(labels, (-1,)), ops.reshape(predictions, (-1,))
        wrong, broken, void = (self.num_classes**2 + place for place in range(3))
        inside = ops.logical_and(
            ops.logical_and(labels >= 0, labels < self.num_classes),
            ops.logical_and(predictions >= 0, predictions < self.num_classes),
        )
        cell = ops.where(inside, labels * self.num_classes + predictions, wrong)
        cell = ops.where(ops.equal(predictions, _NAN), broken, cell)
        cell = ops.where(ops.equal(labels, self.void), void, cell)
        counts = ops.segment_sum(ops.ones_like(cell), cell, num_segments=void + 1)
        return counts[:-1]

    def _add(self, counts):
        low = self.low + counts
        carry = ops.floor_divide(low, _WORD)
        self.high.assign(self.high + carry)
        self.low.assign(low - carry * _WORD)
