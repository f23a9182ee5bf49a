"""Exercise 7.4: The Dice score of each class."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, close
from segcourse.exercises.week7._cases import matrix_cases
from segcourse.texts import N_

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
    compare=close(1e-6),
)


@dice.reference
def dice(matrix):
    """The Dice score of every class: 2 TP / (2 TP + FP + FN).

    Args:
        matrix: integer array [classes, classes], rows true, columns predicted.

    Returns:
        Float array [classes]; NaN for a class without a pixel in either map.

    Example: [[3, 1, 0],      class 0: TP 3, FN 1, FP 2, Dice 6 / 9 = 0.667
              [2, 4, 0],      class 1: TP 4, FN 2, FP 1, Dice 8 / 11 = 0.727
              [0, 0, 0]]      class 2: absent, NaN
    """
    sizes = matrix.sum(axis=1) + matrix.sum(axis=0)
    result = np.full(len(matrix), np.nan)
    present = sizes > 0
    result[present] = 2 * np.diag(matrix)[present] / sizes[present]
    return result


@dice.mistake(
    "IoU",
    "TP / (TP + FP + FN) is the IoU. Dice counts the TP twice, above and below the line.",
)
def dice(matrix):
    correct = np.diag(matrix)
    return correct / (matrix.sum(axis=1) + matrix.sum(axis=0) - correct)


@dice.mistake(
    "factor 2 forgotten",
    "Above the line the factor 2 is missing: even a perfect class would get ½.",
)
def dice(matrix):
    return np.diag(matrix) / (matrix.sum(axis=1) + matrix.sum(axis=0))


@dice.mistake(
    "factor 2 above the line only",
    "Below the line the TP are counted once, so a perfect class would get 2. The sum of the two "
    "sizes is 2 TP + FP + FN.",
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
    "harmonic mean with 0 / 0",
    "With precision and recall, a class that was missed altogether gives 0 / 0, which is NaN. It "
    "is present and its Dice score is 0: use 2 TP / (2 TP + FP + FN).",
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
    "You added 1 above and below the line. That is done in Dice losses, to avoid 0 / 0; a score is "
    "not smoothed, and an absent class is NaN.",
)
def dice(matrix):
    return (2 * np.diag(matrix) + 1) / (matrix.sum(axis=1) + matrix.sum(axis=0) + 1)


@dice.mistake(
    "over all pixels",
    "You divided by the number of all pixels. The TN do not belong below the line: only the two "
    "regions of the class count.",
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
