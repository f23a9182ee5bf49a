"""`dice` against independent implementations, and the example of its text."""

import numpy as np
import pytest

from segcourse.exercises.week7.dice import dice as exercise
from tests.exercises.week7.maps_and_matrices import TINY, matrix_of

dice = exercise.right.build()


@pytest.mark.parametrize("seed", range(5))
def test_dice_agrees_with_the_f1_score(seed, sklearn_metrics):
    matrix = matrix_of(seed, 6)
    true, predicted = (np.repeat(ids.ravel(), matrix.ravel()) for ids in np.indices(matrix.shape))
    result = dice(matrix)
    assert np.isnan(result[0])
    f1 = sklearn_metrics.f1_score(true, predicted, labels=range(1, 6), average=None)
    np.testing.assert_allclose(result[1:], f1)


def test_dice_example():
    np.testing.assert_allclose(dice(TINY), [6 / 9, 8 / 11, np.nan])


# What students write: (body, the mistake it is recognised as, a part of what is said).
COUNT = "tp = np.diag(matrix)\nfp = matrix.sum(0) - tp\nfn = matrix.sum(1) - tp\n"
WRITTEN = [
    (COUNT + "return tp / (tp + fp + fn)", "IoU", ""),
    (
        COUNT + "return np.array([np.nan if a == 0 else 2 * a / (2 * a + b + c)"
        " for a, b, c in zip(tp, fp, fn)])",
        "NaN where TP is 0",
        "is NaN",
    ),
    (
        COUNT + "p, r = tp / (tp + fp), tp / (tp + fn)\nreturn 2 / (1 / p + 1 / r)",
        "absent where a sum is 0",
        "is NaN",
    ),
    (
        "tp, fp, fn = np.diag(matrix), matrix.sum(0), matrix.sum(1)\n"
        "return 2 * tp / (2 * tp + fp + fn)",
        "FP and FN with the TP",
        "",
    ),
    (
        COUNT + "per = 2 * tp / (2 * tp + fp + fn)\nreturn per, np.nanmean(per)",
        "a mean as well",
        "",
    ),
    (COUNT + "return 2 * tp / (2 * tp + fp)", "FN forgotten", ""),
    (COUNT + "return 2 * tp / (2 * tp + fn)", "FP forgotten", ""),
    (COUNT + "return 2 * tp / 2 * tp + fp + fn", "brackets forgotten", ""),
    (
        COUNT + "return [2 * a / (2 * a + b + c) for a, b, c in zip(tp, fp, fn)]",
        None,
        "the values are right, but a list came",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
