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
    ious = overlaps_of(seed)
    rows, columns = linear_sum_assignment(np.where(ious > 0.5, ious, 0), maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    expected = [(i, j) for i, j in pairs if ious[i, j] > 0.5]
    assert len(expected) >= 3
    assert match(ious) == expected


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
LOOP = """\
out = []
for t, row in enumerate(ious):
    for p, v in enumerate(row):
        if v > .5:
"""
WRITTEN = [
    (
        LOOP.replace(">", ">=") + "            out.append([t, p])\nreturn out",
        "≥ for >",
        r"2 pairs came, expected: 1. \(1, 0\) is no match",
    ),
    (
        "return [(i, np.argmax(r)) for i, r in enumerate(ious)]",
        "best prediction without a threshold",
        "",
    ),
    (
        LOOP + "            out.append((t, p, v))\nreturn out",
        "triples",
        r"0, 1, 0.8., which is no",
    ),
    (LOOP + "            out += [t, p]\nreturn out", "one flat list", r"\[0\] is 0, which is no"),
    (LOOP + "            out.append((t, p))\n    return out", "first row only", ""),
    (LOOP + "            return [(t, p)]\nreturn []", "only the best pair", ""),
    (
        "return zip(*np.nonzero(ious > 0.5))",
        "a zip",
        "a zip came, and it gives its pairs only once",
    ),
    ("return ((i, j) for i, j in np.argwhere(ious > .5))", "a generator", "a generator came"),
    ("return map(tuple, np.argwhere(ious > .5))", None, r"a map came.* put list\(...\) around it"),
    ("return set(zip(*np.nonzero(ious > .5)))", "a set", "a set came, and it has no order"),
    ("return dict(zip(*np.nonzero(ious > .5)))", "a dict", "a dict came: return a list of pairs"),
    (
        "return np.argwhere(ious > .5).astype(float)",
        None,
        "which is no pair .i, j. of whole numbers",
    ),
    (
        "out, left = [], ious.copy()\nwhile left.any():\n"
        "    i, j = np.unravel_index(np.argmax(left), left.shape)\n"
        "    out.append((i, j))\n    left[i, :] = 0\n    left[:, j] = 0\nreturn sorted(out)",
        "best pair first, without a threshold",
        "is no match",
    ),
    (
        "from scipy.optimize import linear_sum_assignment\n"
        "return [(i, j) for i, j in zip(*linear_sum_assignment(-ious)) if ious[i, j] > 0.5]",
        "best sum",
        "is missing",
    ),
    ("return np.argwhere(ious > 0.55)", "a little above 0.5 left out", "is missing"),
    ("return np.argwhere(ious > 0.6)", "a little above 0.5 left out", "is missing"),
    ("return list(zip(*np.nonzero(ious > .5)))[::-1]", None, "the pairs are right, their order is"),
    ("return 2 * list(np.argwhere(ious > .5))", None, "came more than once"),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
