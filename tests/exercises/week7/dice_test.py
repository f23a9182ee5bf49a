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
WRITTEN = [
    (
        "tp = np.diag(matrix)\nfp = matrix.sum(0) - tp\nfn = matrix.sum(1) - tp\n"
        "return tp / (tp + fp + fn)",
        "IoU",
        "",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
