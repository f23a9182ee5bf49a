"""`iou` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest

from segcourse.exercises.week7.iou import iou as exercise
from tests.exercises.week7.maps_and_matrices import TINY, matrix_of

iou = exercise.right.build()


@pytest.mark.parametrize("seed", range(5))
def test_iou_agrees_with_keras(seed, sklearn_metrics):
    matrix = matrix_of(seed, 6)
    true, predicted = (np.repeat(ids.ravel(), matrix.ravel()) for ids in np.indices(matrix.shape))
    per_class, mean = iou(matrix)
    keras_mean = keras.metrics.MeanIoU(num_classes=6)
    keras_mean.update_state(true, predicted)
    assert mean == pytest.approx(float(keras_mean.result()), rel=1e-5)
    assert np.isnan(per_class[0])
    scored = sklearn_metrics.jaccard_score(true, predicted, labels=range(1, 6), average=None)
    np.testing.assert_allclose(per_class[1:], scored)


def test_iou_counts_what_was_only_predicted_and_what_was_never_predicted():
    per_class, mean = iou(np.array([[4, 0, 1], [0, 0, 0], [2, 3, 0]]))
    assert per_class.tolist() == [pytest.approx(4 / 7), 0, 0]
    assert mean == pytest.approx(4 / 21)


def test_iou_example():
    per_class, mean = iou(TINY)
    np.testing.assert_allclose(per_class, [0.5, 4 / 7, np.nan])
    assert mean == pytest.approx(0.536, abs=5e-4)


# What students write: (body, the mistake it is recognised as, a part of what is said).
UNION = "tp = np.diag(matrix)\nu = matrix.sum(0) + matrix.sum(1) - tp\n"
EACH = """\
out = []
for i in range(matrix.shape[0]):
    tp = matrix[i, i]
    fn = sum(matrix[i, :]) - tp
    fp = sum(matrix[:, i]) - tp
"""
WRITTEN = [
    (
        "tp = matrix.diagonal()\nreturn tp / matrix.sum(0), np.nanmean(tp / matrix.sum(0))",
        "precision",
        "the IoU per class",
    ),
    (
        "tp = np.diag(matrix)\nu = np.sum(matrix, 0) + np.sum(matrix, 1) - tp\n"
        "x = tp / u\nx = np.nan_to_num(x)\nreturn x, sum(x) / len(x)",
        "absent as 0",
        "",
    ),
    (
        EACH + "    out.append(np.nan if tp == 0 else tp / (tp + fp + fn))\n"
        "return np.array(out), np.nanmean(out)",
        "NaN where TP is 0",
        "is NaN",
    ),
    (
        UNION + "x = np.where(matrix.sum(0) == 0, np.nan, tp / u)\nreturn x, np.nanmean(x)",
        "absent where nothing was predicted",
        "is NaN",
    ),
    (
        EACH.replace("matrix", "rows").replace("out", "rows = matrix\nout", 1)
        + "    out.append(int(tp) / int(tp + fp + fn))\nreturn np.array(out), np.nanmean(out)",
        "division of Python numbers by 0",
        "ZeroDivisionError: division by zero",
    ),
    (
        UNION + "x = np.zeros(len(matrix), dtype=matrix.dtype)\n"
        "for i in range(len(x)):\n    if u[i] > 0:\n        x[i] = tp[i] / u[i]\n"
        "return x, x[u > 0].mean()",
        "an array of whole numbers",
        "dtype int64",
    ),
    (
        UNION + "x = np.zeros_like(tp)\n"
        "for i in range(len(x)):\n    x[i] = tp[i] / u[i] if u[i] else float('nan')\n"
        "return x, np.nanmean(x)",
        "NaN into whole numbers",
        "NaN to integer",
    ),
    (
        UNION + "x = np.nan_to_num(tp / u)\nreturn x, np.nanmean(tp / u)",
        "absent as 0 in the array",
        "is 0, expected NaN",
    ),
    (
        EACH + "    out.append(tp / tp + fp + fn)\nreturn np.array(out), np.nanmean(out)",
        "brackets forgotten",
        "",
    ),
    (UNION + "x = tp / (u + 1e-7)\nreturn x, x.mean()", "absent as 0", ""),
    (
        UNION + "return (tp / u).tolist(), np.nanmean(tp / u)",
        None,
        "the values are right, but a list",
    ),
    ("x = np.zeros(len(matrix))\nreturn x.mean()", None, "and this came: 0"),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
