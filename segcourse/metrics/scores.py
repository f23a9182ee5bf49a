"""The four scores of the FCN paper, from a confusion matrix."""

import numpy as np

from segcourse.checks.arrays import as_array


def scores(matrix):
    """Derive pixel accuracy, mean accuracy, mean IoU and frequency weighted IoU.

    With `n_ij` pixels of class `i` predicted as class `j` and `t_i` pixels of class `i`:

    - pixel accuracy: `sum_i n_ii / sum_i t_i`
    - mean accuracy: the mean of `n_ii / t_i` over the classes with `t_i > 0`
    - IoU of a class: `n_ii / (t_i + sum_j n_ji - n_ii)`, NaN where the class is in neither map
    - mean IoU: the mean of the IoUs that are not NaN
    - frequency weighted IoU: `sum_i t_i IoU_i / sum_i t_i`

    A matrix without a single pixel (all labels void) has no scores: every one is NaN.

    Example:

    >>> result = scores([[3, 1], [1, 5]])
    >>> result["pixel_accuracy"], result["iou"].round(3).tolist()
    (0.8, [0.6, 0.714])

    Args:
        matrix: counts `[classes, classes]`, rows the true, columns the predicted class.

    Returns:
        dict with the floats `pixel_accuracy`, `mean_accuracy`, `mean_iou` and
        `frequency_weighted_iou`, and `iou`, a float64 array with one IoU per class.

    Raises:
        ValueError: unless `matrix` is square, not empty, and holds no negative count.

    Reference: Long, Shelhamer, Darrell, "Fully convolutional networks for semantic
    segmentation" (2015), section 5.
    """
    matrix = _checked(matrix)
    correct = np.diagonal(matrix).astype(float)
    true = matrix.sum(axis=1).astype(float)
    union = true + matrix.sum(axis=0) - correct
    iou = _ratio(correct, union)
    total = true.sum()
    return {
        "pixel_accuracy": float(_ratio(correct.sum(), total)),
        "mean_accuracy": _mean(_ratio(correct, true)),
        "mean_iou": _mean(iou),
        # A class without true pixels has weight 0, and its IoU may be NaN: leave it out.
        "frequency_weighted_iou": float(_ratio((true[true > 0] * iou[true > 0]).sum(), total)),
        "iou": iou,
    }


def _checked(matrix):
    matrix = as_array("`matrix`", matrix)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or matrix.size == 0:
        raise ValueError(
            "`matrix` must be a square confusion matrix [classes, classes]. "
            f"Received: shape={matrix.shape}"
        )
    if matrix.dtype.kind not in "iuf" or not np.all(matrix >= 0):
        raise ValueError(
            "`matrix` must hold pixel counts, 0 or more. "
            f"Received: dtype={matrix.dtype}, {matrix.tolist()}"
        )
    return matrix


def _ratio(part, whole):
    """`part / whole`, NaN where `whole` is 0, without a warning."""
    part, whole = np.asarray(part, float), np.asarray(whole, float)
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)


def _mean(values):
    present = values[~np.isnan(values)]
    return float(present.mean()) if present.size else float("nan")
