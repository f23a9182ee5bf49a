"""Exercise 7.6: Panoptic quality."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.texts import N_


def _cases(rng):
    def ious(count):
        return [round(float(v), 3) for v in rng.uniform(0.55, 0.95, count)]

    tp = int(rng.integers(3, 6))
    odd = int(rng.choice([3, 5]))
    return [
        (ious(tp), tp + 2, tp + 1),  # more missed than invented
        (ious(tp + 1), tp + 2, tp + 1 + odd),  # more invented than missed
        (ious(tp), tp, tp),  # every segment has its match
        (ious(tp), 2 * tp + 1, tp + 1),  # TP + FP = FN
        (ious(tp), tp + 1, 2 * tp + 1),  # TP + FN = FP
        ([*ious(1), 1.0, 1.0], 300 + tp, 290),  # many segments, two IoUs alike
        ([], odd, odd + 1),  # nothing matched
        ([], odd, 0),  # nothing was predicted
        ([], 0, odd),  # nothing was there
        ([], 0, 0),  # the class is absent
    ]


def _space(rng):
    """Few segments and many, with and without matches, and often none on one side or on both."""
    tp = int(rng.choice([0, 0, 1, 2, 30]))
    fp, fn = (int(n) for n in rng.choice([0, 0, 1, 2, 7, 300], size=2))
    ious = rng.uniform(0.5001, 1, tp).round(int(rng.integers(1, 6)))
    ious = [*ious] if rng.random() < 0.2 else ious.tolist()  # floats of NumPy, and of Python
    return Case(ious, tp + fn, tp + fp)


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
    space=_space,
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

    Example:

    >>> panoptic_quality([0.8, 0.6], num_true=3, num_pred=4)
    (0.4, 0.7, 0.571)

    TP 2, FN 1, FP 2: SQ = 1.4 / 2, RQ = 2 / (2 + 1 + 0.5), PQ = 0.7 * 0.571.
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
    tp, fp, fn = len(ious), num_pred - len(ious), num_true - len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / (tp + fp + fn)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "unmatched segments ignored",
    "Your PQ is the mean IoU of the matches alone. Segments that were missed or invented must cost "
    "something: PQ = SQ · RQ.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp, fp, fn = len(ious), num_pred - len(ious), num_true - len(ious)
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
    tp, fp, fn = len(ious), num_pred - len(ious), num_true - len(ious)
    sq = sum(ious) / num_true if ious else 0.0
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
    tp, fp, fn = len(ious), num_pred - len(ious), num_true - len(ious)
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
    sq, rq = sum(ious) / max(tp, 1), tp / (num_true / 2 + num_pred / 2)
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
    sq, rq = sum(ious) / max(tp, 1), tp / (tp + num_pred / 2 + num_true / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "only the missed segments",
    "Your RQ is TP / num_true, the recall. Predictions that match nothing must cost something too: "
    "½ FP belongs in the denominator.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / num_true
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "only the invented segments",
    "Your RQ is TP / num_pred, the precision. True segments that were missed must cost something "
    "too: ½ FN belongs in the denominator.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / num_pred
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "only FN halved",
    "You halved the FN and not the FP. Both count half: then a class has the same RQ when true and "
    "predicted segments change sides.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp, fp, fn = len(ious), num_pred - len(ious), num_true - len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / (tp + fp + fn / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "only FP halved",
    "You halved the FP and not the FN. Both count half: then a class has the same RQ when true and "
    "predicted segments change sides.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp, fp, fn = len(ious), num_pred - len(ious), num_true - len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / (tp + fp / 2 + fn)
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
    "A class without any segment has 0 in the denominator. Return three NaN before you divide.",
)
def panoptic_quality(ious, num_true, num_pred):
    tp = len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / (tp + (num_pred - tp) / 2 + (num_true - tp) / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "PQ last",
    "Your values are in the wrong order. They are asked for as PQ, SQ, RQ.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / (num_true / 2 + num_pred / 2)
    return sq, rq, sq * rq


@panoptic_quality.mistake(
    "only PQ",
    "You returned PQ alone. Three values are asked for: return pq, sq, rq.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan
    return 2 * sum(ious) / (num_true + num_pred)


@panoptic_quality.mistake(
    "NaN where one side is empty",
    "You gave NaN to a class that has segments on one side only. It is there: all its segments "
    "were missed, or all were invented, and it gets three zeros. Only without any segment it "
    "gets NaN.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true == 0 or num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / (num_true / 2 + num_pred / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "NaN where nothing is true",
    "You gave NaN to a class without a true segment. If it was predicted, all its segments are FP: "
    "it gets three zeros. Only without any segment, true or predicted, it gets NaN.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / (num_true / 2 + num_pred / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "NaN where nothing was predicted",
    "You gave NaN to a class that was never predicted. If it has true segments, all of them were "
    "missed: it gets three zeros. Only without any segment it gets NaN.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / (num_true / 2 + num_pred / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "np.mean without a guard",
    "Look at the cases without a match first. np.mean of an empty list is NaN, and SQ shall be 0 "
    "there; without any segment RQ divides by 0, and three NaN are asked for.",
)
def panoptic_quality(ious, num_true, num_pred):
    tp, fp, fn = len(ious), num_pred - len(ious), num_true - len(ious)
    sq, rq = np.mean(ious), tp / (tp + fp / 2 + fn / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "brackets forgotten",
    "`tp / tp + fp / 2 + fn / 2` divides by tp alone and adds the rest. Put brackets around what "
    "stands in the denominator: tp / (tp + fp / 2 + fn / 2).",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    if tp == 0:
        return 0.0, 0.0, 0.0
    fp, fn = num_pred - tp, num_true - tp
    sq, rq = sum(ious) / tp, tp / tp + fp / 2 + fn / 2
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "brackets forgotten, tp of 0",
    "`tp / tp + fp / 2 + fn / 2` divides by tp alone: without a match that is 0 / 0. Put brackets "
    "around all that stands in the denominator: tp / (tp + fp / 2 + fn / 2).",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp, fp, fn = len(ious), num_pred - len(ious), num_true - len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / tp + fp / 2 + fn / 2
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "None for NaN",
    "You returned None for a class without any segment. NaN is asked for, np.nan: it is a number "
    "to NumPy, and np.nanmean leaves it out.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return None, None, None
    tp = len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / (num_true / 2 + num_pred / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "one NaN",
    "You returned one NaN for a class without any segment. Three values are asked for there, too: "
    "return np.nan, np.nan, np.nan.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan
    tp = len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / (num_true / 2 + num_pred / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "FP halved to a whole number",
    "`//` cuts the half off: 1 // 2 is 0. Half an FP is 0.5: use /.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp, fp, fn = len(ious), num_pred - len(ious), num_true - len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / (tp + fp // 2 + fn // 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "both halved to a whole number",
    "`(fp + fn) // 2` cuts the half off: 3 // 2 is 1. Use /.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp, fp, fn = len(ious), num_pred - len(ious), num_true - len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / (tp + (fp + fn) // 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "SQ over all predicted segments",
    "You divided the sum of the IoUs by the number of predicted segments. SQ tells how well the "
    "matches fit, so divide by their number; invented segments belong to RQ.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp, fp, fn = len(ious), num_pred - len(ious), num_true - len(ious)
    sq = sum(ious) / num_pred if ious else 0.0
    rq = tp / (tp + fp / 2 + fn / 2)
    return sq * rq, sq, rq


@panoptic_quality.mistake(
    "SQ and RQ swapped",
    "Your SQ and RQ are in the wrong order. They are asked for as PQ, SQ, RQ.",
)
def panoptic_quality(ious, num_true, num_pred):
    if num_true + num_pred == 0:
        return np.nan, np.nan, np.nan
    tp = len(ious)
    sq, rq = sum(ious) / max(tp, 1), tp / (num_true / 2 + num_pred / 2)
    return sq * rq, rq, sq


@panoptic_quality.also_right
def panoptic_quality(ious, num_true, num_pred):
    if num_true == 0 and num_pred == 0:
        return (float("nan"),) * 3
    rq = 2 * len(ious) / (num_true + num_pred)
    pq = 2 * float(np.sum(ious)) / (num_true + num_pred)
    sq = float(np.mean(ious)) if ious else 0.0
    return pq, sq, rq


@panoptic_quality.also_right
def panoptic_quality(ious, num_true, num_pred):
    tp = len(ious)
    fn, fp = num_true - tp, num_pred - tp
    if tp + fn + fp == 0:
        return [np.nan] * 3
    if tp == 0:
        return [0, 0, 0]
    sq = np.mean(ious)
    rq = tp / (tp + 0.5 * (fp + fn))
    return np.array([sq * rq, sq, rq])
