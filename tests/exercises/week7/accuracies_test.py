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
WRITTEN = [
    (
        "p = np.argmax(logits, -1)\na = (p == labels).mean()\nreturn a, a",
        None,
        "2 values .a tuple. came",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
