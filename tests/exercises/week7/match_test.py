"""`match` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from segcourse.exercises.week7.match import match as exercise

match = exercise.right.build()


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
    assert match(iou) == expected


def test_match_example():
    assert match(np.array([[0.0, 0.8], [0.5, 0.1]])) == [(0, 1)]


@pytest.mark.parametrize(
    "mistake", ["≥ for >", "predicted segment first", "counted from 1", "only the best pair"]
)
def test_match_picture_shows_both_answers(mistake, drawn):
    figure = drawn(exercise, mistake)
    legend = figure.axes[0].get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["asked for", "yours", "both"]


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    (
        "out = []\nfor t, row in enumerate(iou):\n    for p, v in enumerate(row):\n"
        "        if v >= .5:\n            out.append([t, p])\nreturn out",
        "≥ for >",
        "5 values .a list. came, 3 values are expected",
    ),
    (
        "return [(i, np.argmax(r)) for i, r in enumerate(iou)]",
        "best prediction without a threshold",
        "",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
