"""Exercise 7.4: The Dice score of each class."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.exercises.week7._cases import any_matrix, matrix_cases
from segcourse.texts import N_


def _space(rng):
    matrix = any_matrix(rng)
    return Case(matrix if rng.random() < 0.9 else 0 * matrix)


dice = Exercise(
    id="7.4",
    title=N_("The Dice score of each class"),
    function="dice",
    hints=(
        N_(
            "Dice is twice the common pixels over the sum of the sizes of the two regions. Where "
            "in the matrix are the sizes?"
        ),
        N_(
            "The size of the true region of class i is the sum of row i, the size of the predicted "
            "region the sum of column i. Their sum is 2 TP + FP + FN."
        ),
        N_(
            "2 * np.diag(matrix) / (matrix.sum(axis=1) + matrix.sum(axis=0)), and NaN where the "
            "class is absent."
        ),
    ),
    cases=matrix_cases,
    space=_space,
    compare=close(1e-6),
)


@dice.reference
def dice(matrix):
    """The Dice score of every class: 2 TP / (2 TP + FP + FN).

    Args:
        matrix: integer array [classes, classes], rows true, columns predicted.

    Returns:
        Float array [classes]; NaN for a class without a pixel in either map.

    Example:

    >>> dice(np.array([[3, 1, 0], [2, 4, 0], [0, 0, 0]]))
    array([0.667, 0.727, nan])

    Class 0: TP 3, FN 1, FP 2, so 6 / 9. Class 1: TP 4, FN 2, FP 1, so 8 / 11.
    Class 2 is absent.
    """
    sizes = matrix.sum(axis=1) + matrix.sum(axis=0)
    result = np.full(len(matrix), np.nan)
    present = sizes > 0
    result[present] = 2 * np.diag(matrix)[present] / sizes[present]
    return result


@dice.mistake(
    "IoU",
    "TP / (TP + FP + FN) is the IoU. Dice counts the TP twice, in the numerator and in the "
    "denominator.",
)
def dice(matrix):
    correct = np.diag(matrix)
    return correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)


@dice.mistake(
    "factor 2 forgotten",
    "In the numerator the factor 2 is missing: even a perfect class would get ½.",
)
def dice(matrix):
    return np.diag(matrix) / (matrix.sum(axis=1) + matrix.sum(axis=0))


@dice.mistake(
    "factor 2 in the numerator only",
    "In the denominator the TP are counted once, so a perfect class would get 2. The sum of the "
    "two sizes is 2 TP + FP + FN.",
)
def dice(matrix):
    correct = np.diag(matrix)
    return 2 * correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)


@dice.mistake(
    "precision",
    "You divided by the predicted pixels alone, which is the precision. Dice asks for both "
    "regions: the sum of the row and the sum of the column.",
)
def dice(matrix):
    return np.diag(matrix) / matrix.sum(axis=0)


@dice.mistake(
    "recall",
    "You divided by the true pixels alone, which is the recall. Dice asks for both regions: the "
    "sum of the row and the sum of the column.",
)
def dice(matrix):
    return np.diag(matrix) / matrix.sum(axis=1)


@dice.mistake(
    "arithmetic mean of precision and recall",
    "You took the plain mean of precision and recall. Dice is their harmonic mean, "
    "2PR / (P + R), which is smaller unless both are the same.",
)
def dice(matrix):
    correct = np.diag(matrix)
    precision, recall = correct / matrix.sum(axis=0), correct / matrix.sum(axis=1)
    return (precision + recall) / 2


@dice.mistake(
    "NaN where TP is 0",
    "A class whose TP is 0 gets NaN from you. It is present, and its Dice score is 0. Only a class "
    "with an empty row and an empty column is absent. (2PR / (P + R) gives 0 / 0 there.)",
)
def dice(matrix):
    correct = np.diag(matrix)
    precision, recall = correct / matrix.sum(axis=0), correct / matrix.sum(axis=1)
    return 2 * precision * recall / (precision + recall)


@dice.mistake(
    "absent as 0",
    "You gave absent classes 0. Nothing was there and nothing was predicted: the score is not "
    "known, NaN.",
)
def dice(matrix):
    return 2 * np.diag(matrix) / np.maximum(matrix.sum(axis=1) + matrix.sum(axis=0), 1)


@dice.mistake(
    "absent as 1",
    "You gave absent classes 1. Then every class that is not in the data lifts the mean: give NaN.",
)
def dice(matrix):
    sizes = matrix.sum(axis=1) + matrix.sum(axis=0)
    return np.where(sizes == 0, 1.0, 2 * np.diag(matrix) / np.maximum(sizes, 1))


@dice.mistake(
    "smoothed",
    "You added 1 in the numerator and in the denominator. That is done in Dice losses, to avoid 0 "
    "/ 0; a score is not smoothed, and an absent class is NaN.",
)
def dice(matrix):
    return (2 * np.diag(matrix) + 1) / (matrix.sum(axis=1) + matrix.sum(axis=0) + 1)


@dice.mistake(
    "over all pixels",
    "You divided by the number of all pixels. The TN do not belong in the denominator: only the "
    "two regions of the class count.",
)
def dice(matrix):
    return 2 * np.diag(matrix) / (2 * matrix.sum())


@dice.mistake(
    "one number for all classes",
    "You summed over the classes before dividing, and got one number (it is the pixel accuracy). "
    "One score for each class is asked for.",
)
def dice(matrix):
    return 2 * np.diag(matrix).sum() / (matrix.sum(axis=1) + matrix.sum(axis=0)).sum()


@dice.mistake(
    "mean of the classes",
    "You returned the mean over the classes. One score for each class is asked for.",
)
def dice(matrix):
    return np.nanmean(2 * np.diag(matrix) / (matrix.sum(axis=1) + matrix.sum(axis=0)))


@dice.mistake(
    "absent where nothing was predicted",
    "A class that was never predicted gets NaN from you. It is present in the true map, and its "
    "Dice score is 0. Look at the sum of both sizes.",
)
def dice(matrix):
    true, predicted = matrix.sum(axis=1), matrix.sum(axis=0)
    return np.where(predicted == 0, np.nan, 2 * np.diag(matrix) / (true + predicted))


@dice.mistake(
    "absent where no true pixel is",
    "A class without a true pixel gets NaN from you, although it was predicted. It is present in "
    "one of the maps, and its Dice score is 0. Look at the sum of both sizes.",
)
def dice(matrix):
    true, predicted = matrix.sum(axis=1), matrix.sum(axis=0)
    return np.where(true == 0, np.nan, 2 * np.diag(matrix) / (true + predicted))


@dice.mistake(
    "absent where a sum is 0",
    "You gave NaN where the row or the column is empty. A class is absent only where both are: "
    "with one of them its Dice score is 0.",
)
def dice(matrix):
    true, predicted = matrix.sum(axis=1), matrix.sum(axis=0)
    score = 2 * np.diag(matrix) / (true + predicted)
    return np.where((true == 0) | (predicted == 0), np.nan, score)


@dice.mistake(
    "division of Python numbers by 0",
    "Python's own numbers stop at 0 / 0. An absent class has 0 in the denominator: look for that "
    "first, and give the class np.nan.",
)
def dice(matrix):
    result = []
    for i in range(len(matrix)):
        tp = int(matrix[i, i])
        fn, fp = int(matrix[i].sum()) - tp, int(matrix[:, i].sum()) - tp
        result.append(2 * tp / (2 * tp + fp + fn))
    return np.array(result)


@dice.mistake(
    "an array of whole numbers",
    "Your result array holds whole numbers: each score loses its decimals. Begin "
    "with floats, and with NaN for the absent classes: np.full(len(matrix), np.nan).",
)
def dice(matrix):
    sizes = matrix.sum(axis=1) + matrix.sum(axis=0)
    result = np.zeros_like(sizes)
    present = sizes > 0
    result[present] = 2 * np.diag(matrix)[present] / sizes[present]
    return result


@dice.mistake(
    "NaN into whole numbers",
    "Your result array holds whole numbers, and NaN is a float: it cannot stand there. Begin with "
    "floats: np.zeros(len(matrix)).",
)
def dice(matrix):
    result = np.zeros(len(matrix), int)
    for i in range(len(matrix)):
        sizes = matrix[i].sum() + matrix[:, i].sum()
        result[i] = 2 * matrix[i, i] / sizes if sizes else np.nan
    return result


@dice.mistake(
    "FP and FN with the TP",
    "The sum of a row is TP + FN, and the sum of a column TP + FP. They hold the TP already: "
    "subtract the diagonal from both, or leave out the 2 TP in the denominator.",
)
def dice(matrix):
    tp, fn, fp = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    return 2 * tp / (2 * tp + fp + fn)


@dice.mistake(
    "FN forgotten",
    "You left out the FN: pixels of the class that were missed must cost something. The "
    "denominator is 2 TP + FP + FN.",
)
def dice(matrix):
    tp = np.diag(matrix)
    return 2 * tp / (2 * tp + matrix.sum(axis=0) - tp)


@dice.mistake(
    "FP forgotten",
    "You left out the FP: pixels that are wrongly called the class must cost something. The "
    "denominator is 2 TP + FP + FN.",
)
def dice(matrix):
    tp = np.diag(matrix)
    return 2 * tp / (2 * tp + matrix.sum(axis=1) - tp)


@dice.mistake(
    "brackets forgotten",
    "`2 * tp / 2 * tp + fp + fn` divides by 2 alone and adds the rest. Put brackets around what "
    "stands in the denominator: 2 * tp / (2 * tp + fp + fn).",
)
def dice(matrix):
    tp = np.diag(matrix)
    fn, fp = matrix.sum(axis=1) - tp, matrix.sum(axis=0) - tp
    return 2 * tp / 2 * tp + fp + fn


@dice.mistake(
    "a mean as well",
    "You returned the mean as well, as in exercise 7.2. Here the scores alone are asked for, one "
    "array.",
)
def dice(matrix):
    score = 2 * np.diag(matrix) / (matrix.sum(axis=1) + matrix.sum(axis=0))
    return score, np.nanmean(score)


@dice.mistake(
    "absent classes cut away",
    "You dropped the absent classes, so the places no longer tell which class is which. Keep one "
    "entry for each class, NaN for an absent one.",
)
def dice(matrix):
    sizes = matrix.sum(axis=1) + matrix.sum(axis=0)
    return 2 * np.diag(matrix)[sizes > 0] / sizes[sizes > 0]


@dice.mistake(
    "percent",
    "Your values are in percent. Without the factor 100, a Dice score lies between 0 and 1.",
)
def dice(matrix):
    return 200 * np.diag(matrix) / (matrix.sum(axis=1) + matrix.sum(axis=0))


@dice.mistake(
    "rounded",
    "You rounded the scores. Return them as they are; who prints them may round.",
)
def dice(matrix):
    return (2 * np.diag(matrix) / (matrix.sum(axis=1) + matrix.sum(axis=0))).round(3)


@dice.also_right
def dice(matrix):
    correct = np.diag(matrix)
    iou = correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)
    return 2 * iou / (1 + iou)


@dice.also_right
def dice(matrix):
    result = []
    for i in range(len(matrix)):
        sizes = matrix[i].sum() + matrix[:, i].sum()
        result.append(2 * matrix[i, i] / sizes if sizes else np.nan)
    return np.array(result)


@dice.also_right
def dice(matrix):
    result = np.zeros(len(matrix), "float32")
    for i in range(len(matrix)):
        tp = int(matrix[i, i])
        fn, fp = int(matrix[i].sum()) - tp, int(matrix[:, i].sum()) - tp
        result[i] = 2 * tp / (2 * tp + fp + fn) if tp + fp + fn > 0 else np.nan
    return result
