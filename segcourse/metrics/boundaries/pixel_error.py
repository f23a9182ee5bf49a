"""Pixel error: how many pixels are wrong, as the ISBI 2012 challenge counts them."""

import numpy as np

from segcourse.metrics.boundaries.binary_maps import binary_pair, check_choice

_MEASURES = ("share", "f_score")


def pixel_error(labels, predictions, thresholds=0.5, measure="share"):
    """How far a prediction in two classes is from the truth, pixel by pixel.

    The challenge gives two definitions in one line: "1 - the maximal F-score of pixel similarity,
    or squared Euclidean distance between the original and the result labels". They are not the
    same number. `"share"` is the distance: of 0 and 1 it is the number of wrong pixels, here
    divided by all pixels, so 1 - pixel accuracy. `"f_score"` is what the leader board showed:
    1 - 2·TP / (2·TP + FP + FN) with class 1 as the positive one, over all pictures together.
    True background counts only in the first, so the second is the larger where the foreground is
    small and the smaller where it is large.

    Example: of six pixels one is a miss (FN) and one a false alarm (FP), and TP = 3.

    >>> labels = [[1, 1, 1], [1, 0, 0]]
    >>> predictions = [[1, 1, 1], [0, 1, 0]]
    >>> round(pixel_error(labels, predictions), 4)
    0.3333
    >>> pixel_error(labels, predictions, measure="f_score")
    0.25
    >>> pixel_error([[1, 0]], [[0.4, 0.3]], thresholds=[0.2, 0.35, 0.5])
    0.0

    Args:
        labels: integer array `[height, width]` or `[n, height, width]`: 1 foreground (cell), 0
            background (membrane).
        predictions: label maps of the same shape, or float probabilities of class 1.
        thresholds: a number, or several: the least error over them is given. A pixel is class 1
            where its probability is above. `CHALLENGE_THRESHOLDS` are those of the challenge,
            0.0 to 0.9. Label maps are taken as they are.
        measure: `"share"` or `"f_score"`.

    Returns:
        The error, from 0 to 1.

    Raises:
        ValueError: for two shapes, labels other than 0 and 1, probabilities outside 0 to 1 or
            NaN, thresholds outside 0 to 1.

    Reference: the challenge's evaluation page, brainiac2.mit.edu/isbi_challenge/evaluation;
    Arganda-Carreras and others, "Crowdsourcing the creation of image segmentation algorithms for
    connectomics" (2015). The U-Net paper, table 1, has 0.0611.
    """
    check_choice("measure", measure, _MEASURES)
    truth, maps = binary_pair(labels, predictions, thresholds)
    of = _share if measure == "share" else _f_score
    return min(of(truth, predicted) for predicted in maps)


def _share(truth, predicted):
    return float(np.count_nonzero(truth != predicted) / truth.size)


def _f_score(truth, predicted):
    wrong = np.count_nonzero(truth != predicted)
    right = np.count_nonzero(truth & predicted)
    return float(wrong / (2 * right + wrong)) if wrong else 0.0
