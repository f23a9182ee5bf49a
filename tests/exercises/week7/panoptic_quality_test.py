"""`panoptic_quality` against independent implementations, and the example of its text."""

import numpy as np
import pytest

from segcourse.exercises.week7.panoptic_quality import panoptic_quality as exercise

panoptic_quality = exercise.right.build()


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
    result = panoptic_quality(ious, true, predicted)
    assert result == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(5))
def test_panoptic_quality_is_the_formula_of_the_paper(seed, sklearn_metrics):
    rng = np.random.default_rng(seed)
    tp, fp, fn = (int(n) for n in rng.integers(1, 6, 3))
    ious = rng.uniform(0.5, 1, tp).tolist()
    pq, sq, rq = panoptic_quality(ious, tp + fn, tp + fp)
    assert pq == pytest.approx(sum(ious) / (tp + 0.5 * fp + 0.5 * fn))
    # RQ is the F1 score of the segments.
    found = [1] * (tp + fn) + [0] * fp
    said = [1] * tp + [0] * fn + [1] * fp
    assert rq == pytest.approx(sklearn_metrics.f1_score(found, said))
    assert pq == pytest.approx(sq * rq)


def test_panoptic_quality_of_an_absent_class():
    assert np.isnan(panoptic_quality([], 0, 0)).all()


# What students write: (body, the mistake it is recognised as, a part of what is said).
ABSENT = "tp = len(ious)\nif num_true + num_pred == 0:\n    return np.nan, np.nan, np.nan\n"
SQ = "s = np.mean(ious) if tp > 0 else 0\n"
RQ = "r = tp / (tp + .5 * (num_pred - tp) + .5 * (num_true - tp))\nreturn s * r, s, r"
WRITTEN = [
    (
        "tp = len(ious)\nsq = np.sum(ious) / tp\n"
        "rq = tp / (tp + .5 * (num_true - tp) + .5 * (num_pred - tp))\nreturn sq * rq, sq, rq",
        "np.mean without a guard",
        "PQ is NaN",
    ),
    (
        "tp = len(ious)\nif num_true + num_pred == 0:\n    return [np.nan] * 3\n"
        "r = tp / (num_true + num_pred - tp)\ns = sum(ious) / max(tp, 1)\nreturn [r * s, s, r]",
        "FP and FN not halved",
        "the PQ|PQ is",
    ),
    (
        ABSENT.replace("+ num_pred ==", "* num_pred ==") + SQ + RQ,
        "NaN where one side is empty",
        "num_true=[35], num_pred=0",
    ),
    (ABSENT.replace("+ num_pred ", "") + SQ + RQ, "NaN where nothing is true", "num_true=0"),
    (ABSENT.replace("num_true + ", "") + SQ + RQ, "NaN where nothing was predicted", "num_pred=0"),
    (
        ABSENT + SQ + "fp, fn = num_pred - tp, num_true - tp\n"
        "r = tp / tp + fp / 2 + fn / 2 if tp else 0\nreturn s * r, s, r",
        "brackets forgotten",
        "PQ is",
    ),
    (
        ABSENT + SQ + "fp, fn = num_pred - tp, num_true - tp\n"
        "r = tp / tp + fp / 2 + fn / 2\nreturn s * r, s, r",
        "brackets forgotten, tp of 0",
        "",
    ),
    (ABSENT.replace("np.nan", "None") + SQ + RQ, "None for NaN", "PQ is None, expected NaN"),
    (ABSENT + "s = np.mean(ious)\n" + RQ, "no match is NaN", "PQ is NaN"),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
