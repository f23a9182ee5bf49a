"""Week 7's references against independent implementations, and the examples of their texts."""

import re
import textwrap

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
from keras import ops
from scipy.optimize import linear_sum_assignment

from segcourse.exercises import week7
from segcourse.exercises.judge import judge

TINY = np.array([[3, 1, 0], [2, 4, 0], [0, 0, 0]])


@pytest.fixture
def sklearn_metrics():
    """Not among what the course itself needs: requirements-dev.txt has it."""
    return pytest.importorskip("sklearn.metrics")


def reference(name):
    return getattr(week7, name).right.build()


def maps(seed, classes, shape=(13, 17)):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, shape).astype("uint8")
    predictions = np.where(rng.random(shape) < 0.6, labels, rng.integers(0, classes, shape))
    labels[rng.random(shape) < 0.1] = 255
    return labels, predictions.astype("uint8")


def matrix_of(seed, classes):
    """Counts with an absent class, one that is never predicted, and one that is only predicted."""
    matrix = np.random.default_rng(seed).integers(0, 50, (classes, classes))
    matrix[0] = matrix[:, 0] = matrix[:, 1] = matrix[2] = 0
    return matrix


# 7.1


@pytest.mark.parametrize("classes", [2, 5, 40])
def test_confusion_agrees_with_scikit_learn(classes, sklearn_metrics):
    labels, predictions = maps(classes, classes)
    kept = labels != 255
    expected = sklearn_metrics.confusion_matrix(
        labels[kept], predictions[kept], labels=np.arange(classes)
    )
    np.testing.assert_array_equal(reference("confusion")(labels, predictions, classes), expected)


def test_confusion_leaves_void_out_and_keeps_absent_classes():
    labels = np.array([[0, 255], [1, 255]], "uint8")
    result = reference("confusion")(labels, np.array([[0, 0], [0, 1]], "uint8"), 3)
    assert result.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 0]]


def test_confusion_example():
    labels, predictions = np.array([[[0, 0, 1, 255]], [[0, 1, 1, 0]]], "uint8")
    assert reference("confusion")(labels, predictions, 2).tolist() == [[1, 1], [0, 1]]


# 7.2


@pytest.mark.parametrize("seed", range(5))
def test_iou_agrees_with_keras(seed, sklearn_metrics):
    matrix = matrix_of(seed, 6)
    true, predicted = (np.repeat(ids.ravel(), matrix.ravel()) for ids in np.indices(matrix.shape))
    per_class, mean = reference("iou")(matrix)
    keras_mean = keras.metrics.MeanIoU(num_classes=6)
    keras_mean.update_state(true, predicted)
    assert mean == pytest.approx(float(keras_mean.result()), rel=1e-5)
    assert np.isnan(per_class[0])
    scored = sklearn_metrics.jaccard_score(true, predicted, labels=range(1, 6), average=None)
    np.testing.assert_allclose(per_class[1:], scored)


def test_iou_counts_what_was_only_predicted_and_what_was_never_predicted():
    per_class, mean = reference("iou")(np.array([[4, 0, 1], [0, 0, 0], [2, 3, 0]]))
    assert per_class.tolist() == [pytest.approx(4 / 7), 0, 0]
    assert mean == pytest.approx(4 / 21)


def test_iou_example():
    per_class, mean = reference("iou")(TINY)
    np.testing.assert_allclose(per_class, [0.5, 4 / 7, np.nan])
    assert mean == pytest.approx(0.536, abs=5e-4)


# 7.3


@pytest.mark.parametrize("seed", range(4))
def test_accuracies_agree_with_scikit_learn(seed, sklearn_metrics):
    labels, predictions = maps(seed, 4)
    logits = np.random.default_rng(seed).normal(size=(*labels.shape, 5))
    np.put_along_axis(logits, predictions[..., None].astype(int), 9, axis=-1)
    kept = labels != 255
    true, predicted = labels[kept], predictions[kept]
    expected = (
        sklearn_metrics.accuracy_score(true, predicted),
        sklearn_metrics.balanced_accuracy_score(true, predicted),
        sklearn_metrics.jaccard_score(true, predicted, average="weighted"),
    )
    assert reference("accuracies")(logits, labels) == pytest.approx(expected)


def test_accuracies_example():
    logits = ops.convert_to_numpy(ops.one_hot(np.array([[0, 0, 1, 1]]), 2))
    result = reference("accuracies")(logits, np.array([[0, 0, 0, 1]], "uint8"))
    assert result == pytest.approx((3 / 4, 5 / 6, 0.625))


# 7.4


@pytest.mark.parametrize("seed", range(5))
def test_dice_agrees_with_the_f1_score(seed, sklearn_metrics):
    matrix = matrix_of(seed, 6)
    true, predicted = (np.repeat(ids.ravel(), matrix.ravel()) for ids in np.indices(matrix.shape))
    result = reference("dice")(matrix)
    assert np.isnan(result[0])
    f1 = sklearn_metrics.f1_score(true, predicted, labels=range(1, 6), average=None)
    np.testing.assert_allclose(result[1:], f1)


def test_dice_example():
    np.testing.assert_allclose(reference("dice")(TINY), [6 / 9, 8 / 11, np.nan])


# 7.5


def overlaps_of(seed):
    """IoUs of two random ways to cut a map into segments."""
    rng = np.random.default_rng(seed)
    true = np.cumsum(rng.random(400) < 0.04)
    predicted = np.where(rng.random(400) < 0.2, rng.integers(0, 9, 400), true)
    return np.array(
        [
            [np.sum((true == i) & (predicted == j)) / np.sum((true == i) | (predicted == j))]
            for i in range(true.max() + 1)
            for j in range(predicted.max() + 1)
        ]
    ).reshape(true.max() + 1, -1)


@pytest.mark.parametrize("seed", range(6))
def test_match_agrees_with_the_best_assignment(seed):
    iou = overlaps_of(seed)
    rows, columns = linear_sum_assignment(np.where(iou > 0.5, iou, 0), maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    expected = [(i, j) for i, j in pairs if iou[i, j] > 0.5]
    assert len(expected) >= 3
    assert reference("match")(iou) == expected


def test_match_example():
    assert reference("match")(np.array([[0.0, 0.8], [0.5, 0.1]])) == [(0, 1)]


@pytest.mark.parametrize(
    "mistake", ["≥ for >", "predicted segment first", "counted from 1", "only the best pair"]
)
def test_match_picture_shows_both_answers(mistake):
    wrong = next(answer for answer in week7.match.mistakes if answer.name == mistake)
    figure = week7.match.picture(*judge(week7.match, wrong.build(), seed=0).picture)
    legend = figure.axes[0].get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["asked for", "yours", "both"]
    plt.close(figure)


# 7.6

# TP, true, predicted → PQ, SQ, RQ, worked by hand.
BY_HAND = [
    ([0.8, 0.6], 3, 4, (0.4, 0.7, 4 / 7)),
    ([1.0], 1, 1, (1, 1, 1)),
    ([0.6], 1, 2, (0.4, 0.6, 2 / 3)),
    ([0.9, 0.9, 0.6], 3, 3, (0.8, 0.8, 1)),
    ([], 2, 0, (0, 0, 0)),
    ([], 0, 3, (0, 0, 0)),
]


@pytest.mark.parametrize(("ious", "true", "predicted", "expected"), BY_HAND)
def test_panoptic_quality_by_hand(ious, true, predicted, expected):
    result = reference("panoptic_quality")(ious, true, predicted)
    assert result == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(5))
def test_panoptic_quality_is_the_formula_of_the_paper(seed, sklearn_metrics):
    rng = np.random.default_rng(seed)
    tp, fp, fn = (int(n) for n in rng.integers(1, 6, 3))
    ious = rng.uniform(0.5, 1, tp).tolist()
    pq, sq, rq = reference("panoptic_quality")(ious, tp + fn, tp + fp)
    assert pq == pytest.approx(sum(ious) / (tp + 0.5 * fp + 0.5 * fn))
    # RQ is the F1 score of the segments.
    found = [1] * (tp + fn) + [0] * fp
    said = [1] * tp + [0] * fn + [1] * fp
    assert rq == pytest.approx(sklearn_metrics.f1_score(found, said))
    assert pq == pytest.approx(sq * rq)


def test_panoptic_quality_of_an_absent_class():
    assert np.isnan(reference("panoptic_quality")([], 0, 0)).all()


# What students write: (function, body, the mistake it is recognised as, a part of what is said).
# None: the answer has a message of its own kind, and no mistake is put into the student's mouth.

PARAMETERS = {
    "confusion": "labels, predictions, num_classes",
    "iou": "matrix",
    "accuracies": "logits, labels",
    "dice": "matrix",
    "match": "iou",
    "panoptic_quality": "ious, num_true, num_pred",
}
LOOP = """\
m = np.zeros((num_classes, num_classes), dtype=np.int64)
h, w = labels.shape
for y in range(h):
    for x in range(w):
"""
WRITTEN = [
    ("confusion", LOOP + "        m[labels[y, x], predictions[y, x]] += 1\nreturn m",
     "void as an index", "raised IndexError: index 255"),
    ("confusion", LOOP + "        if labels[y, x] < 255:\n"
     "            m[predictions[y, x], labels[y, x]] += 1\nreturn m",
     "predicted class in the rows", "values differ"),
    ("confusion", LOOP + "        if labels[y, x] == predictions[y, x]:\n"
     "            m[labels[y, x], labels[y, x]] += 1\nreturn m",
     "only right pixels counted", "values differ"),
    ("confusion", "return [[0]]", None, "has the shape"),
    ("iou", "tp = matrix.diagonal()\nreturn tp / matrix.sum(0), np.nanmean(tp / matrix.sum(0))",
     "precision", "the IoU per class"),
    ("iou", "tp = np.diag(matrix)\nu = np.sum(matrix, 0) + np.sum(matrix, 1) - tp\n"
     "x = tp / u\nx = np.nan_to_num(x)\nreturn x, sum(x) / len(x)", "absent as 0", ""),
    ("iou", "x = np.zeros(len(matrix))\nreturn x.mean()", None, "one value came"),
    ("accuracies", "p = np.argmax(logits, -1)\na = (p == labels).mean()\nreturn a, a", None,
     "2 values .a tuple. came"),
    ("dice", "tp = np.diag(matrix)\nfp = matrix.sum(0) - tp\nfn = matrix.sum(1) - tp\n"
     "return tp / (tp + fp + fn)", "IoU", ""),
    ("match", "out = []\nfor t, row in enumerate(iou):\n    for p, v in enumerate(row):\n"
     "        if v >= .5:\n            out.append([t, p])\nreturn out", "≥ for >",
     "5 values .a list. came, 3 values are expected"),
    ("match", "return [(i, np.argmax(r)) for i, r in enumerate(iou)]",
     "best prediction without a threshold", ""),
    ("panoptic_quality", "tp = len(ious)\nsq = np.sum(ious) / tp\n"
     "rq = tp / (tp + .5 * (num_true - tp) + .5 * (num_pred - tp))\nreturn sq * rq, sq, rq",
     None, "the class|PQ|ZeroDivisionError"),
    ("panoptic_quality", "tp = len(ious)\nif num_true + num_pred == 0:\n    return [np.nan] * 3\n"
     "r = tp / (num_true + num_pred - tp)\ns = sum(ious) / max(tp, 1)\nreturn [r * s, s, r]",
     "FP and FN not halved", "the PQ|PQ is"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "mistake", "said"), WRITTEN)
@pytest.mark.parametrize("seed", [0, 1])
def test_answers_as_students_write_them(name, body, mistake, said, seed, student):
    function = student(f"def {name}({PARAMETERS[name]}):\n" + textwrap.indent(body, "    "), name)
    exercise = getattr(week7, name)
    verdict = judge(exercise, function, seed)
    assert verdict.mistake == mistake, verdict.message
    first, second = verdict.message.splitlines()
    assert re.search(said, first), first
    messages = {m.name: m.message for m in exercise.mistakes}
    assert second == messages.get(mistake, f'hint("{exercise.id}") may help.')
