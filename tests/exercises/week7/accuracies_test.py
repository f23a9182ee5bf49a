"""`accuracies` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from keras import ops

from segcourse.exercises.week7.accuracies import accuracies as exercise
from tests.exercises.week7.maps_and_matrices import maps

accuracies = exercise.right.build()


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
    assert accuracies(logits, labels) == pytest.approx(expected)


def test_accuracies_example():
    logits = ops.convert_to_numpy(ops.one_hot(np.array([[0, 0, 1, 1]]), 2))
    result = accuracies(logits, np.array([[0, 0, 0, 1]], "uint8"))
    assert result == pytest.approx((3 / 4, 5 / 6, 0.625))


# What students write: (body, the mistake it is recognised as, a part of what is said).
COUNT = """\
p = np.argmax(logits, axis=-1)
k = labels != 255
n = np.zeros((logits.shape[-1],) * 2, int)
for i, j in zip(labels[k], p[k]):
    n[i, j] += 1
t = n.sum(axis=1)
tp = n.diagonal()
per = tp / (t + n.sum(axis=0) - tp)
"""
FROM_LABELS = COUNT.replace("(logits.shape[-1],)", "(labels[k].max() + 1,)")
WRITTEN = [
    (
        "p = np.argmax(logits, -1)\na = (p == labels).mean()\nreturn a, a",
        None,
        "2 values .a tuple. came",
    ),
    (
        COUNT + "return tp.sum() / n.sum(), np.nanmean(tp / t), (t * per).sum() / t.sum()",
        "0 times NaN",
        "the frequency weighted IoU is NaN",
    ),
    (
        COUNT + "return tp.sum() / n.sum(), np.mean(tp / t), (t * per).sum() / t.sum()",
        "NaN for the absent class",
        "the mean accuracy is NaN",
    ),
    (
        FROM_LABELS + "return tp.sum() / n.sum(), np.nanmean(tp / t), np.nansum(t * per) / t.sum()",
        "number of classes from the labels",
        "IndexError",
    ),
    (
        COUNT
        + "a = np.nanmean(tp / t)\nreturn np.nansum(t * per) / t.sum(), a, tp.sum() / t.sum()",
        None,
        "",
    ),
    (
        COUNT
        + "a = np.nanmean(tp / t)\nreturn tp.sum() / t.sum(), np.nansum(t * per) / t.sum(), a",
        "frequency weighted IoU second",
        "",
    ),
    (
        COUNT + "a = np.nanmean(tp / t)\n"
        "return (p == labels).mean(), a, np.nansum(t * per) / labels.size",
        "divided by all pixels",
        "",
    ),
    (
        "p = logits.argmax(0)\nreturn ((p == labels)[labels != 255]).mean(), 0, 0",
        "argmax over the rows, compared",
        "ValueError",
    ),
    (
        "p = logits.argmax(1)\nreturn ((p == labels)[labels != 255]).mean(), 0, 0",
        "argmax over the columns, compared",
        "ValueError",
    ),
    (
        COUNT + "return tp.sum() / t.sum(), (tp / np.maximum(t, 1)).mean(), "
        "np.nansum(t * per) / t.sum()",
        "absent as 0 in the mean accuracy",
        "the mean accuracy",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
