"""Exercise 7.6: Panoptic quality."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, close
from segcourse.texts import N_


def _cases(rng):
    def ious(count):
        return [round(float(v), 3) for v in rng.uniform(0.55, 0.95, count)]

    tp = int(rng.integers(3, 6))
    fp = int(rng.integers(1, 4))
    return [
        (ious(tp), tp + fp + 2, tp + fp),  # more missed than invented
        (ious(tp + 1), tp + 2, tp + fp + 4),  # more invented than missed
        ([], fp, fp + 1),  # nothing matched
        ([], 0, 0),  # the class is absent
    ]


panoptic_quality = Exercise(
    id="7.6",
    title=N_("Panoptic quality"),
    function="panoptic_quality",
    hints=(
        N_(
            "Each match is a TP. A true segment without a match is an FN, a predicted one without "
            "a match an FP. How many are there of each?"
        ),
        N_(
            "TP = len(ious), FN = num_true − TP, FP = num_pred − TP. SQ is the mean of the IoUs of "
            "the matches; RQ = TP / (TP + ½ FP + ½ FN); PQ = SQ · RQ."
        ),
        N_(
            "Treat two cases before the rest: no segments at all (three NaN), and no match (three "
            "zeros)."
        ),
    ),
    cases=_cases,
    compare=close(1e-6, parts=(N_("PQ"), N_("SQ"), N_("RQ"))),
    points=2,
)


@panoptic_quality.reference
def panoptic_quality(ious, num_true, num_pred):
    """PQ, SQ and RQ of one class.

    SQ is the mean IoU of the matches (0 if there are none), and
    RQ = TP / (TP + FP / 2 + FN / 2), and PQ = SQ * RQ.
    A class without any segment, true or predicted, gives three NaN.

    Args:
        ious: list of floats, the IoUs of the matched pairs.
        num_true: int, number of true segments, matched or not.
        num_pred: int, number of predicted segments, matched or not.

    Returns:
        Three floats: PQ, SQ, RQ.

    Example: ious = [0.8, 0.6], num_true = 3, num_pred = 4: TP 2, FN 1, FP 2.
        SQ = 1.4 / 2 = 0.7, RQ = 2 / (2 + 1 + 0.5) = 0.571, PQ = 0.4.
    """
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (tp + fp / 2 + fn / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "FP and FN not halved",
    "FP and FN count half each. In full, one segment that is missed by a little is punished twice, "
    "once as FN and once as FP.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (tp + fp + fn)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "unmatched segments ignored",
    "Your PQ is the mean IoU of the matches alone. Segments that were missed or invented must cost "
    "something: PQ = SQ · RQ.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / tp if tp else 0.0
    return sq, sq, tp / (tp + fp / 2 + fn / 2)


@panoptic_quality.mistake(
    "SQ over all true segments",
    "You divided the sum of the IoUs by the number of true segments. SQ tells how well the matches "
    "fit, so divide by their number; missed segments belong to RQ.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / num_true
    rq = tp / (tp + fp / 2 + fn / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "SQ over all segments",
    "You divided the sum of the IoUs by the number of all segments, matched or not. SQ is the mean "
    "over the matches; what has no match belongs to RQ.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / (tp + fp + fn)
    rq = tp / (tp + fp / 2 + fn / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "SQ as a sum",
    "Your SQ is the sum of the IoUs. It is their mean: divide by the number of matches.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    rq = tp / (num_true / 2 + num_pred / 2)
    return sum(ious) * rq, sum(ious), rq


@panoptic_quality.mistake(
    "mean of SQ and RQ",
    "You took the mean of SQ and RQ. PQ is their product.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (tp + fp / 2 + fn / 2)
    return (sq + rq) / 2, sq, rq


@panoptic_quality.mistake(
    "matches not subtracted",
    "num_true and num_pred hold the matched segments too. FN = num_true − TP and "
    "FP = num_pred − TP.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (tp + num_pred / 2 + num_true / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "only the missed segments",
    "Your RQ is TP / num_true, the recall. Predictions that match nothing must cost something too: "
    "½ FP belongs below the line.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / num_true
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "only the invented segments",
    "Your RQ is TP / num_pred, the precision. True segments that were missed must cost something "
    "too: ½ FN belongs below the line.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / num_pred
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "only FN halved",
    "You halved the FN and not the FP. Both count half: then a class has the same RQ when true and "
    "predicted segments change sides.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (tp + fp + fn / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "only FP halved",
    "You halved the FP and not the FN. Both count half: then a class has the same RQ when true and "
    "predicted segments change sides.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    fp, fn = num_pred - tp, num_true - tp
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (tp + fp / 2 + fn)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "divided by no match",
    "Without a match, len(ious) is 0, and nothing can be divided by it. There SQ, RQ and PQ are 0; "
    "a class without any segment gives three NaN.",
)
def panoptic_quality(ious, num_true, num_pred):
    tp = len(ious)
    sq = sum(ious) / tp
    rq = tp / (tp + (num_pred - tp) / 2 + (num_true - tp) / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "no match is NaN",
    "The mean of an empty list is NaN. A class with segments of which none matched is not absent: "
    "everything went wrong there, so its SQ and PQ are 0.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq = np.mean(ious)
    rq = tp / (num_true / 2 + num_pred / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "no match treated as absent",
    "You gave three NaN wherever no pair matched. A class that has segments is present: without a "
    "match it gets 0. Only a class without any segment gets NaN.",
)
def panoptic_quality(ious, num_true, num_pred):
    if not ious:
        return np.nan, np.nan, np.nan
    sq = np.mean(ious)
    rq = len(ious) / (num_true / 2 + num_pred / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "absent as 0",
    "You gave 0 to a class without any segment. Nothing was there and nothing was predicted: give "
    "NaN, so that the mean over the classes can leave it out.",
)
def panoptic_quality(ious, num_true, num_pred):
    tp = len(ious)
    if tp == 0:
        return 0.0, 0.0, 0.0
    sq = sum(ious) / tp
    rq = tp / (num_true / 2 + num_pred / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "absent divided by 0",
    "A class without any segment has 0 below the line. Return three NaN before you divide.",
)
def panoptic_quality(ious, num_true, num_pred):
    tp = len(ious)
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (tp + (num_pred - tp) / 2 + (num_true - tp) / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "PQ last",
    "Your values are in the wrong order. They are asked for as PQ, SQ, RQ.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq = sum(ious) / tp if tp else 0.0
    rq = tp / (num_true / 2 + num_pred / 2)
    return sq, rq, sq * rq


@panoptic_quality.mistake(
    "only PQ",
    "You returned PQ alone. Three values are asked for: return pq, sq, rq.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan
    return 2 * sum(ious) / (num_true + num_pred)


@panoptic_quality.also_right
def panoptic_quality(ious, num_true, num_pred):
    if num_true == 0 and num_pred == 0:
        return (float("nan"),) * 3
    rq = 2 * len(ious) / (num_true + num_pred)
    pq = 2 * float(np.sum(ious)) / (num_true + num_pred)
    sq = float(np.mean(ious)) if ious else 0.0
    return pq, sq, rq
