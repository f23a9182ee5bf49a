import numpy as np
import pytest

from segcourse import metrics
from segcourse.project import worst


def test_as_the_confusion_matrix_of_one_image_says():
    rng = np.random.default_rng(0)
    labels, guesses = rng.integers(0, 3, (2, 6, 5, 5))
    labels[:, 0] = 255
    indices, scores = worst(labels, guesses, count=99)
    for index, score in zip(indices, scores, strict=True):
        matrix = metrics.confusion_matrix(labels[index], guesses[index], 3)
        held = matrix.sum(axis=1) > 0
        assert score == pytest.approx(metrics.scores(matrix)["iou"][held].mean())
    assert sorted(indices) == list(range(6)) and (np.diff(scores) >= 0).all()


def test_an_image_of_void_has_no_score():
    labels = np.array([[[255]], [[0]]])
    indices, scores = worst(labels, labels * 0, count=2)
    assert indices.tolist() == [1] and scores.tolist() == [1.0]
    assert len(worst(labels[:1], labels[:1] * 0)[0]) == 0
