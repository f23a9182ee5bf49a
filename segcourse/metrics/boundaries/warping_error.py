"""Warping error: what is left to correct when borders may be moved but not cut or joined."""

import numpy as np
from scipy import ndimage

from segcourse.metrics.boundaries.binary_maps import binary_pair, check_choice, check_foreground

_COUNTED = ("splits and mergers", "all")
_CORNERS = np.ones((3, 3), bool)
# The neighbours of a pixel, in turn around it; those at even places share an edge with it.
_AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


def warping_error(labels, predictions, thresholds=0.5, counted="splits and mergers"):
    """How many pixels change which cells there are: the warping error of ISBI 2012.

    The truth is warped towards the prediction: pixels on which they differ are flipped one by
    one, as long as each flip leaves the topology as it is (a simple point: no cell is joined,
    parted, made or lost, and no hole). Pixels that differ then are the error, as a share of all
    pixels, and the mean over the pictures: a border at the wrong place costs nothing, a gap in
    a membrane a pixel or two. Of them the challenge counts the mergers, where making the pixel
    foreground would join cells, and the splits, where making it background would part one.

    Which flips come first decides where the warping ends, and no quick way to the best end is
    known: as in the challenge's own program the surest pixels go first (those whose probability
    is furthest from the threshold), and what is found is a minimum that no further flip lowers.

    A prediction without any foreground has no splits and no mergers, and an error of 0: read this
    error beside the Rand error.

    Example: a membrane that is one pixel to the right costs nothing, a gap in it one pixel.

    >>> labels = [[1, 0, 1, 1], [1, 0, 1, 1], [1, 0, 1, 1]]
    >>> warping_error(labels, [[1, 1, 0, 1], [1, 1, 0, 1], [1, 1, 0, 1]])
    0.0
    >>> round(warping_error(labels, [[1, 0, 1, 1], [1, 1, 1, 1], [1, 0, 1, 1]]) * 12, 6)
    1.0

    Args:
        labels: integer array `[height, width]` or `[n, height, width]`: 1 foreground (cell), 0
            background (membrane). What lies beyond the picture counts as background.
        predictions: label maps of the same shape, or float probabilities of class 1.
        thresholds: a number, or several: the least error over them is given. A pixel is class 1
            where its probability is above. `CHALLENGE_THRESHOLDS` are those of the challenge,
            0.0 to 0.9. Label maps are taken as they are.
        counted: `"splits and mergers"`, as in the challenge, or `"all"` pixels that differ in the
            end, as the paper defines it.

    Returns:
        The error, from 0 to 1.

    Raises:
        ValueError: for two shapes, labels other than 0 and 1, a picture without foreground,
            probabilities outside 0 to 1 or NaN, thresholds outside 0 to 1.

    Reference: Jain and others, "Boundary learning by optimization with topological constraints"
    (2010), section 3; the challenge's evaluation page, brainiac2.mit.edu/isbi_challenge/evaluation:
    "minimum splits and mergers warping error". The U-Net paper, table 1, has 0.000353.
    """
    check_choice("counted", counted, _COUNTED)
    truth, maps = binary_pair(labels, predictions, thresholds)
    check_foreground(truth)
    sureness = _sureness(predictions, thresholds, truth.shape)
    errors = []
    for predicted, sure in zip(maps, sureness, strict=True):
        wrong = 0
        for one, other, order in zip(truth, predicted, sure, strict=True):
            warped = warp(one, other, order)
            left = warped != other
            wrong += np.count_nonzero(left & changes_cells(warped) if counted != "all" else left)
        errors.append(float(wrong / truth.size))
    return min(errors)


def _sureness(predictions, thresholds, shape):
    """For each threshold how far every probability is from it; 0 for label maps."""
    predictions = np.asarray(predictions)
    if predictions.dtype.kind in "biu":
        return [np.zeros(shape)]
    predictions = predictions.astype("float64").reshape(shape)
    return [np.abs(predictions - threshold) for threshold in np.atleast_1d(thresholds)]


def warp(truth, target, sureness):
    """The map `truth` with pixels flipped towards `target` while the topology stays.

    Args:
        truth, target: bool arrays `[height, width]`.
        sureness: number for each pixel; those with the largest are tried first, in each of the
            rounds that are made until none can be flipped.

    Returns:
        bool array `[height, width]`.
    """
    width = truth.shape[1] + 2
    warped = np.pad(truth, 1)
    places = np.flatnonzero(np.pad(truth != target, 1))
    order = np.argsort(-np.pad(sureness, 1).reshape(-1)[places], kind="stable")
    # A list of ints: reading single pixels of an array is ten times as slow.
    pixels = warped.astype("uint8").reshape(-1).tolist()
    around = [row * width + column for row, column in _AROUND]
    waiting = places[order].tolist()
    while waiting:
        refused = []
        for place in waiting:
            code = 0
            for step in around:
                code = code * 2 + pixels[place + step]
            if _SIMPLE[code]:
                pixels[place] = 1 - pixels[place]
            else:
                refused.append(place)
        if len(refused) == len(waiting):
            break
        waiting = refused
    return np.array(pixels, bool).reshape(warped.shape)[1:-1, 1:-1]


def _is_simple(code):
    """Whether a pixel can be flipped in a neighbourhood, eight bits in the order of `_AROUND`.

    It can if, among its neighbours alone, there is one piece of foreground that touches it by an
    edge, and one of background that touches it at all (where pieces of foreground hang together
    by edges, those of background also by corners).
    """
    ring = [bool(code >> (7 - k) & 1) for k in range(8)]
    foreground = _pieces(ring)
    # A corner of the ring touches the pixel by no edge.
    foreground = [piece for piece in foreground if any(k % 2 == 0 for k in piece)]
    background = _pieces([not one for one in ring], corners=True)
    return len(foreground) == 1 and len(background) == 1


def _pieces(ring, corners=False):
    """The runs of places of the ring that are set; with `corners` edge-neighbours also touch."""
    steps = (1, 2) if corners else (1,)
    left, pieces = {k for k in range(8) if ring[k]}, []
    while left:
        piece, edge = set(), [left.pop()]
        while edge:
            k = edge.pop()
            piece.add(k)
            for step in steps:
                if step == 2 and k % 2:
                    continue  # two corners do not touch, two edge-neighbours do, at a corner
                near = {(k + step) % 8, (k - step) % 8} & left
                left -= near
                edge.extend(near)
        pieces.append(piece)
    return pieces


_SIMPLE = [_is_simple(code) for code in range(256)]


def changes_cells(foreground):
    """Where flipping a pixel would join cells or part one; bool as `foreground`.

    From the number of cells around a pixel of the background follows how many are joined. For one
    of the foreground it follows from two numbers: the change of cells minus holes can be counted
    in the neighbourhood (Euler: pixels - edges + squares), and how many holes are opened can be
    read off the pieces of background around it.
    """
    inside = np.pad(foreground, 1)
    cells = ndimage.label(inside)[0]
    outside = ndimage.label(~inside, _CORNERS)[0]
    joined = _distinct(_shifted(cells, _AROUND[::2]))
    near = _shifted(inside, _AROUND).astype("int64")
    edges = near[::2].sum(axis=0)
    squares = sum(near[k] * near[(k + 1) % 8] * near[(k + 2) % 8] for k in (0, 2, 4, 6))
    # Without the pixel: one pixel, its edges and its squares less; pieces of background joined.
    more_cells = (edges - squares - 1) + (1 - _distinct(_shifted(outside, _AROUND)))
    return np.where(foreground, more_cells > 0, joined > 1)


def _shifted(padded, steps):
    """For each step, what lies there, seen from every pixel of the picture without its frame."""
    height, width = padded.shape
    return np.stack([padded[1 + i : height - 1 + i, 1 + j : width - 1 + j] for i, j in steps])


def _distinct(numbers):
    """How many different numbers above 0 there are along the first axis."""
    numbers = np.sort(numbers, axis=0)
    first = np.concatenate([numbers[:1] > 0, (numbers[1:] != numbers[:-1]) & (numbers[1:] > 0)])
    return first.sum(axis=0)
