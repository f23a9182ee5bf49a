"""Exercise 7.2: IoU of each class, and the mean IoU."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.exercises.week7._cases import any_matrix, matrix_cases
from segcourse.texts import N_


def _space(rng):
    return Case(any_matrix(rng))


iou = Exercise(
    id="7.2",
    title=N_("IoU of each class, and the mean IoU"),
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
    space=_space,
    compare=close(1e-6, parts=(N_("the IoU per class"), N_("the mean IoU"))),
    points=2,
)


@iou.reference
def iou(matrix):
    """The IoU of every class, and their mean, from a confusion matrix.

    A class without a pixel in either map is absent: its IoU is NaN, and the
    mean leaves it out.

    Args:
        matrix: integer array [classes, classes], rows true, columns predicted.
            At least one class is present.

    Returns:
        Two values: a float array [classes], and a float, the mean IoU.

    Example:

    >>> iou(np.array([[3, 1, 0], [2, 4, 0], [0, 0, 0]]))
    (array([0.5, 0.571, nan]), 0.536)

    Class 0: TP 3, FN 1, FP 2, so 3 / 6. Class 1: TP 4, FN 2, FP 1, so 4 / 7.
    Class 2 is absent. The mean IoU is (0.5 + 0.571) / 2.
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
    "of its pixels must lose too: the FN belong in the denominator.",
)
def iou(matrix):
    per_class = np.diag(matrix) / matrix.sum(axis=0)
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "recall",
    "You divided by the rows alone: TP / (TP + FN) is the recall, the accuracy of the class. "
    "Painting everything with one class would get 1: the FP belong in the denominator.",
)
def iou(matrix):
    per_class = np.diag(matrix) / matrix.sum(axis=1)
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "Dice",
    "2 TP / (2 TP + FP + FN) is the Dice score, the next exercise but one. IoU counts the TP once "
    "in the numerator and once in the denominator.",
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
    "mean IoU is the mean of the IoUs of the classes.",
)
def iou(matrix):
    correct = np.diag(matrix)
    union = matrix.sum(axis=1) + matrix.sum(axis=0) - correct
    return correct / union, correct.sum() / union.sum()


@iou.mistake(
    "pixel accuracy as the mean",
    "Your second value is the pixel accuracy: all right pixels over all pixels. The mean IoU is "
    "the mean of the IoUs of the classes.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return per_class, correct.sum() / matrix.sum()


@iou.mistake(
    "weighted mean",
    "You weighted the IoUs by how often each class occurs. That is the frequency weighted IoU; in "
    "the mean IoU every class has the same weight.",
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


@iou.mistake(
    "absent as 0 in the array",
    "Your mean is right: it leaves the absent classes out. But their own IoU is 0 in your array, "
    "and NaN is asked for: begin with np.full(len(matrix), np.nan) in place of zeros.",
)
def iou(matrix):
    correct = np.diag(matrix)
    union = matrix.sum(axis=1) + matrix.sum(axis=0) - correct
    per_class = np.zeros(len(matrix))
    present = union > 0
    per_class[present] = correct[present] / union[present]
    return per_class, per_class[present].mean()


@iou.mistake(
    "NaN where TP is 0",
    "A class whose TP is 0 gets NaN from you. It is present: it was missed, or it was predicted "
    "where it is not. Its IoU is 0. Only where the union is 0 the class is absent.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    per_class[correct == 0] = np.nan
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "absent where nothing was predicted",
    "A class that was never predicted gets NaN from you. It is present in the true map: all its "
    "pixels are FN, so its IoU is 0, and it counts in the mean.",
)
def iou(matrix):
    correct, predicted = np.diag(matrix), matrix.sum(axis=0)
    per_class = correct / (matrix.sum(axis=1) + predicted - correct)
    per_class[predicted == 0] = np.nan
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "absent where a sum is 0",
    "You gave NaN where the row or the column is empty. A class is absent only where both are: "
    "with one of them it was missed, or invented, and its IoU is 0.",
)
def iou(matrix):
    correct, true, predicted = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    per_class = correct / (true + predicted - correct)
    per_class[(true == 0) | (predicted == 0)] = np.nan
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "mean over the classes with true pixels",
    "Your IoUs are right, but your mean leaves out a class that was predicted and has no true "
    "pixel. Its IoU is 0, and it counts: leave out only NaN.",
)
def iou(matrix):
    correct, true = np.diag(matrix), matrix.sum(axis=1)
    per_class = correct / (true + matrix.sum(axis=0) - correct)
    return per_class, per_class[true > 0].mean()


@iou.mistake(
    "division of Python numbers by 0",
    "Python's own numbers stop at 0 / 0. The union of an absent class is 0: look for that first, "
    "and give the class np.nan.",
)
def iou(matrix):
    per_class = []
    for i in range(len(matrix)):
        tp = int(matrix[i, i])
        fn, fp = int(matrix[i].sum()) - tp, int(matrix[:, i].sum()) - tp
        per_class.append(tp / (tp + fp + fn))
    return np.array(per_class), np.nanmean(per_class)


@iou.mistake(
    "an array of whole numbers",
    "Your result array holds whole numbers: each IoU loses its decimals. Begin "
    "with floats, and with NaN for the absent classes: np.full(len(matrix), np.nan).",
)
def iou(matrix):
    correct = np.diag(matrix)
    union = matrix.sum(axis=1) + matrix.sum(axis=0) - correct
    per_class = np.zeros_like(correct)
    present = union > 0
    per_class[present] = correct[present] / union[present]
    return per_class, per_class[present].mean()


@iou.mistake(
    "NaN into whole numbers",
    "Your result array holds whole numbers, and NaN is a float: it cannot stand there. Begin with "
    "floats: np.zeros(len(matrix)).",
)
def iou(matrix):
    per_class = np.zeros(len(matrix), int)
    for i in range(len(matrix)):
        tp = matrix[i, i]
        union = matrix[i].sum() + matrix[:, i].sum() - tp
        per_class[i] = tp / union if union else np.nan
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "FP and FN with the TP",
    "The sum of a row is TP + FN, and the sum of a column TP + FP. You added the TP a second and "
    "a third time. FN is the row without the diagonal, FP the column without it.",
)
def iou(matrix):
    tp, fn, fp = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    per_class = tp / (tp + fp + fn)
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "brackets forgotten",
    "`tp / tp + fp + fn` divides by tp alone and adds the rest. Put brackets around the union: "
    "tp / (tp + fp + fn).",
)
def iou(matrix):
    tp = np.diag(matrix)
    fn, fp = matrix.sum(axis=1) - tp, matrix.sum(axis=0) - tp
    per_class = tp / tp + fp + fn
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "over all pixels",
    "You divided by the number of all pixels. The TN do not belong in the denominator: the union "
    "of the two regions of the class is TP + FP + FN.",
)
def iou(matrix):
    per_class = np.diag(matrix) / matrix.sum()
    return per_class, per_class.mean()


@iou.mistake(
    "TN counted as right",
    "(TP + TN) / all is an accuracy: a class that is never found still gets nearly 1. TN stands "
    "neither in the numerator nor in the denominator of the IoU.",
)
def iou(matrix):
    correct, total = np.diag(matrix), matrix.sum()
    union = matrix.sum(axis=1) + matrix.sum(axis=0) - correct
    per_class = (total - union + correct) / total
    return per_class, per_class.mean()


@iou.mistake(
    "smoothed",
    "You added 1 in the numerator and in the denominator. Losses do so to avoid 0 / 0; a score is "
    "not smoothed, and an absent class is NaN.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = (correct + 1) / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct + 1)
    return per_class, per_class.mean()


@iou.mistake(
    "percent",
    "Your values are in percent. Without the factor 100, an IoU lies between 0 and 1.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = 100 * correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return per_class, np.nanmean(per_class)


@iou.mistake(
    "rounded",
    "You rounded the values. Return them as they are; who prints them may round.",
)
def iou(matrix):
    correct = np.diag(matrix)
    per_class = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return per_class.round(3), np.nanmean(per_class).round(3)


@iou.mistake(
    "return in the loop",
    "You returned after the first class: your `return` stands in the loop. Move it to the left, "
    "behind the loop.",
)
def iou(matrix):
    per_class = []
    for i in range(len(matrix)):
        union = matrix[i].sum() + matrix[:, i].sum() - matrix[i, i]
        per_class.append(matrix[i, i] / union)
        return np.array(per_class), np.nanmean(per_class)


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


@iou.also_right
def iou(matrix):
    per_class = np.zeros(len(matrix), "float32")
    for i in range(len(matrix)):
        union = matrix[i, :].sum() + matrix[:, i].sum() - matrix[i, i]
        per_class[i] = np.nan if union == 0 else matrix[i, i] / union
    return [per_class, np.nanmean(per_class)]
