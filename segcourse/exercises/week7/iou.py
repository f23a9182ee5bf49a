"""Exercise 7.2: IoU of each class, and the mean IU."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, close
from segcourse.exercises.week7._cases import matrix_cases
from segcourse.texts import N_

iou = Exercise(
    id="7.2",
    title=N_("IoU of each class, and the mean IU"),
    function="iou",
    hints=(
        N_(
            "For class i: TP is the number on the diagonal. The rest of row i are its FN, the rest "
            "of column i its FP."
        ),
        N_(
            "The sum of row i is TP + FN and the sum of column i is TP + FP. Together they hold TP "
            "twice, so the union is row + column − TP."
        ),
        N_("Where the union is 0 the class is absent: NaN. np.nanmean leaves NaN out of a mean."),
    ),
    cases=matrix_cases,
    compare=close(1e-6, parts=(N_("the IoU per class"), N_("the mean IU"))),
    points=2,
)


@iou.reference
def iou(matrix):
    """The IoU of every class, and their mean, from a confusion matrix.

    A class without a pixel in either map is absent: its IoU is NaN, and the
    mean leaves it out.

    Args:
        matrix: integer array [classes, classes], rows true, columns predicted.

    Returns:
        Two values: a float array [classes], and a float, the mean IU.

    Example: [[3, 1, 0],      class 0: TP 3, FN 1, FP 2, IoU 3 / 6 = 0.5
              [2, 4, 0],      class 1: TP 4, FN 2, FP 1, IoU 4 / 7 = 0.571
              [0, 0, 0]]      class 2: absent, NaN
        The mean IU is (0.5 + 0.571) / 2 = 0.536.
    """
    correct = np.diag(matrix)
    union = matrix.sum(axis=1) + matrix.sum(axis=0) - correct
    per_class = np.full(len(matrix), np.nan)
    present = union > 0
    per_class[present] = correct[present] / union[present]
    return per_class, per_class[present].mean()


@iou.mistake(
    "absent as 0",
    "You gave absent classes the IoU 0. Nothing was there and nothing was predicted, so nothing "
    "was done wrong: give NaN, and leave them out of the mean.",
)
def iou(matrix):
    correct = np.diag(matrix)
    union = matrix.sum(axis=1) + matrix.sum(axis=0) - correct
    per_class = correct / np.maximum(union, 1)
    return per_class, per_class.mean()


@iou.mistake(
    "absent as 0 in the mean",
    "Your IoUs are right, but the mean divides by all classes. Divide by the number of classes "
    "that are present: np.nanmean does it.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return per_class, np.nansum(per_class) / len(per_class)


@iou.mistake(
    "absent as 1",
    "You gave absent classes the IoU 1. Then every class that is not in the data lifts the mean: "
    "give NaN, and leave them out.",
)
def iou(matrix):
    correct = np.diag(matrix)
    union = matrix.sum(axis=1) + matrix.sum(axis=0) - correct
    per_class = np.where(union == 0, 1.0, correct / np.maximum(union, 1))
    return per_class, per_class.mean()


@iou.mistake(
    "NaN in the mean",
    "One NaN makes the whole mean NaN. Leave the absent classes out: np.nanmean, or the mean of "
    "the present classes.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return per_class, per_class.mean()


@iou.mistake(
    "precision",
    "You divided by the columns alone: TP / (TP + FP) is the precision. A class that misses half "
    "of its pixels must lose too: the FN belong below the line.",
)
def iou(matrix):
    per_class = np.diag(matrix) / matrix.sum(axis=0)
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "recall",
    "You divided by the rows alone: TP / (TP + FN) is the recall, the accuracy of the class. "
    "Painting everything with one class would get 1: the FP belong below the line.",
)
def iou(matrix):
    per_class = np.diag(matrix) / matrix.sum(axis=1)
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "Dice",
    "2 TP / (2 TP + FP + FN) is the Dice score, the next exercise but one. IoU counts the TP once "
    "above and once below the line.",
)
def iou(matrix):
    per_class = 2 * np.diag(matrix) / (matrix.sum(axis=1) + matrix.sum(axis=0))
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "TP twice in the union",
    "Row sum plus column sum counts the TP twice. Subtract the diagonal once: the union is "
    "TP + FP + FN.",
)
def iou(matrix):
    per_class = np.diag(matrix) / (matrix.sum(axis=1) + matrix.sum(axis=0))
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "TP not in the union",
    "You left the TP out of the union. It holds all pixels that are in one map or in the other: "
    "TP + FP + FN.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - 2 * correct)
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "absent where no true pixel is",
    "You left out a class that has no true pixel but was predicted. It is present in one of the "
    "maps: all its pixels are FP, so its IoU is 0, and it counts in the mean.",
)
def iou(matrix):
    correct, true = np.diag(matrix), matrix.sum(axis=1)
    per_class = correct / (true + matrix.sum(axis=0) - correct)
    per_class[true == 0] = np.nan
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "zeros left out of the mean",
    "You left every class with IoU 0 out of the mean. A class that was missed altogether is "
    "present, and its 0 counts; only NaN is left out.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return per_class, per_class[per_class > 0].mean()


@iou.mistake(
    "absent classes cut away",
    "You dropped the absent classes from the array, so the places no longer tell which class is "
    "which. Keep one entry for each class, NaN for an absent one.",
)
def iou(matrix):
    correct = np.diag(matrix)
    union = matrix.sum(axis=1) + matrix.sum(axis=0) - correct
    per_class = correct[union > 0] / union[union > 0]
    return per_class, per_class.mean()


@iou.mistake(
    "sums before the ratio",
    "You divided the sum of all TP by the sum of all unions. Then large classes decide alone. The "
    "mean IU is the mean of the IoUs of the classes.",
)
def iou(matrix):
    correct = np.diag(matrix)
    union = matrix.sum(axis=1) + matrix.sum(axis=0) - correct
    return correct / union, correct.sum() / union.sum()


@iou.mistake(
    "pixel accuracy as the mean",
    "Your second value is the pixel accuracy: all right pixels over all pixels. The mean IU is the "
    "mean of the IoUs of the classes.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return per_class, correct.sum() / matrix.sum()


@iou.mistake(
    "weighted mean",
    "You weighted the IoUs by how often each class occurs. That is the frequency weighted IU; in "
    "the mean IU every class has the same weight.",
)
def iou(matrix):
    correct, true = np.diag(matrix), matrix.sum(axis=1)
    per_class = correct / (true + matrix.sum(axis=0) - correct)
    return per_class, np.nansum(true * per_class) / true.sum()


@iou.mistake(
    "the mean first",
    "Your two values are in the wrong order: first the IoU per class, then the mean.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return np.nanmean(per_class), per_class


@iou.mistake(
    "only the IoU per class",
    "You returned the IoU per class alone. Return two values: return per_class, mean.",
)
def iou(matrix):
    correct = np.diag(matrix)
    return correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)


@iou.mistake(
    "only the mean",
    "You returned the mean alone. Return two values: return per_class, mean.",
)
def iou(matrix):
    correct = np.diag(matrix)
    return np.nanmean(correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct))


@iou.also_right
def iou(matrix):
    with np.errstate(invalid="ignore"):
        per_class = np.diag(matrix) / (matrix.sum(1) + matrix.sum(0) - np.diag(matrix))
    return per_class, np.nanmean(per_class)


@iou.also_right
def iou(matrix):
    per_class = []
    for i in range(len(matrix)):
        tp = matrix[i, i]
        fn = sum(matrix[i]) - tp
        fp = sum(matrix[:, i]) - tp
        per_class.append(tp / (tp + fp + fn) if tp + fp + fn else float("nan"))
    present = [value for value in per_class if value == value]
    return np.array(per_class), float(sum(present) / len(present))
