"""Rand error: pairs of pixels that are wrongly joined or parted."""

import numpy as np
from scipy import ndimage

from segcourse.metrics.boundaries.binary_maps import binary_pair, check_foreground

# Neighbours share an edge, and lie in the same picture.
_EDGES = np.zeros((3, 3, 3), bool)
_EDGES[1] = [[0, 1, 0], [1, 1, 1], [0, 1, 0]]


def rand_error(labels, predictions, thresholds=0.5):
    """How badly the cells are told apart: the foreground-restricted Rand error of ISBI 2012.

    Cells are the connected components of class 1, where pixels touch by an edge. Take all pairs
    of pixels that lie in true cells of one picture. A pair is positive in the truth if both lie in
    the same true cell, and positive in the prediction if both lie in the same predicted cell;
    a pixel that is predicted as background makes no positive pair. The error is
    1 - 2·TP / (positive in the truth + positive in the prediction), 1 - F-score of the pairs,
    counted over all pictures together. Pixels of the true background do not count, so the
    width of the membranes matters little, and a gap of one pixel that joins two cells much.

    Example: two cells of 2 pixels. All four predicted as one piece: 6 pairs are joined, 2 of them
    rightly.

    >>> labels = [[1, 1, 0, 1, 1]]
    >>> rand_error(labels, [[1, 1, 1, 1, 1]])
    0.5
    >>> round(rand_error(labels, [[1, 1, 0, 1, 0]]), 4)
    0.3333

    Args:
        labels: integer array `[height, width]` or `[n, height, width]`: 1 foreground (cell), 0
            background (membrane).
        predictions: label maps of the same shape, or float probabilities of class 1.
        thresholds: a number, or several: the least error over them is given. A pixel is class 1
            where its probability is above. `CHALLENGE_THRESHOLDS` are those of the challenge,
            0.0 to 0.9. Label maps are taken as they are.

    Returns:
        The error, from 0 to 1.

    Raises:
        ValueError: for two shapes, labels other than 0 and 1, a picture without foreground,
            probabilities outside 0 to 1 or NaN, thresholds outside 0 to 1.

    Reference: the challenge's evaluation page, brainiac2.mit.edu/isbi_challenge/evaluation: "1 -
    the maximal F-score of the foreground-restricted Rand index". It ranked by this measure until
    2013, and later by a Rand score of thinned borders (Arganda-Carreras and others,
    "Crowdsourcing the creation of image segmentation algorithms for connectomics", 2015), which
    is another number. The U-Net paper, table 1, has 0.0382.
    """
    truth, maps = binary_pair(labels, predictions, thresholds)
    check_foreground(truth)
    counted = np.flatnonzero(truth)
    cells = ndimage.label(truth, _EDGES)[0].reshape(-1)[counted].astype(np.int64)
    return min(_error(cells, ndimage.label(one, _EDGES)[0].reshape(-1)[counted]) for one in maps)


def _error(cells, predicted):
    """The error from the number of the true and of the predicted cell of every pixel."""
    joint = cells * (int(predicted.max()) + 1) + predicted
    found = predicted > 0
    true_positive = _pairs(np.unique(joint[found], return_counts=True)[1])
    positive = _pairs(np.bincount(cells)) + _pairs(np.bincount(predicted[found]))
    return float(1 - 2 * true_positive / positive) if positive else 0.0


def _pairs(pixels):
    """How many pairs can be made within groups of so many pixels."""
    pixels = pixels.astype(np.int64)
    return int((pixels * (pixels - 1) // 2).sum())
