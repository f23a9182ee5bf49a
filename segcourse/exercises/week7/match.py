"""Exercise 7.5: Match true and predicted segments."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise
from segcourse.exercises.week7._pairs import pairs_of, same_pairs
from segcourse.texts import N_


def _iou_matrix(rng, shape, matches):
    """IoUs of segments: `matches` is a dict of places and values; all others are below a quarter.

    Returns the matrix, and the rows and the columns without a match.
    """
    matrix = np.round(rng.uniform(0.03, 0.24, shape), 2)
    matrix[rng.random(shape) < 0.3] = 0
    for place, value in matches.items():
        matrix[place] = value
    rows, columns = zip(*matches, strict=True)
    return matrix, np.setdiff1d(range(shape[0]), rows), np.setdiff1d(range(shape[1]), columns)


def _cases(rng):
    low, high = 126 / 251, float(np.round(rng.uniform(0.8, 0.95), 2))
    middle = float(np.round(rng.uniform(0.76, 0.79), 2))
    # The orders of the rows, of the columns and of the IoUs are three different ones.
    rows = np.sort(rng.permutation(5)[:3]).tolist()
    columns = np.sort(rng.permutation(6)[:3])[[0, 2, 1]].tolist()
    places = zip(rows, columns, strict=True)
    matches = dict(zip(places, (low, high, middle), strict=True))
    # One true segment split exactly in half; one left with nothing above ½.
    split, rows, columns = _iou_matrix(rng, (5, 6), matches)
    split[rows[0], columns[:2]] = 0.5
    split[rows[1], columns[2]] = round(float(rng.uniform(0.3, 0.45)), 2)
    # Two true segments covered by one prediction, each exactly half of it; 0.45 stays alone.
    same = int(rng.integers(1, 3))
    matches = {(int(rng.integers(same)), 3): low, (same, same): high}
    joined, rows, columns = _iou_matrix(rng, (6, 4), matches)
    joined[rows[:2], columns[0]] = 0.5
    joined[rows[2], columns[1]] = 0.45
    none = np.round(rng.uniform(0.05, 0.4, (2, 3)), 2)
    # True 0 has 100 pixels, true 1 has 31; a prediction covers 66 and 31, another one covers 34.
    # The best sum of IoUs gives the match away.
    traded = np.array([[66 / 131, 34 / 100], [31 / 97, 0]])[:, :: rng.choice([1, -1])]
    late = np.array([[0], [round(float(rng.uniform(0.71, 0.74)), 2)]])
    return [(split,), (joined,), (none,), (traded,), (late,)]


def _space(rng):
    """IoUs of two random ways to cut a row of a few pixels into segments, and void between them."""
    pixels = int(rng.integers(1, 30))
    share = rng.choice([0.1, 0.3, 0.6])
    true = np.cumsum(rng.random(pixels) < share)
    again = np.cumsum(rng.random(pixels) < share)
    predicted = np.where(rng.random(pixels) < rng.choice([0, 0.1, 1]), again, true)
    void = rng.random((2, pixels)) < rng.choice([0, 0.3])
    true, predicted = (_masks(rng, *ids) for ids in zip((true, predicted), void, strict=True))
    shared = true @ predicted.T
    return Case(shared / (true.sum(axis=1)[:, None] + predicted.sum(axis=1) - shared))


def _masks(rng, ids, void):
    """One row of 0 and 1 for each segment, in any order; at least one segment."""
    segments = rng.permutation(np.unique(ids[~void])) if not void.all() else ids[:1]
    return (ids == segments[:, None]).astype(int)


def _picture(case, got, expected):
    """The matrix with the pairs that match and the pairs that were returned."""
    from segcourse import plots  # not needed, and slow to import, until an answer is wrong

    (matrix,) = case.args
    groups = np.full(matrix.shape, -1)
    for value, pairs in ((1, pairs_of(expected)), (2, pairs_of(got) or [])):
        for i, j in set(pairs):
            if 0 <= i < matrix.shape[0] and 0 <= j < matrix.shape[1]:
                groups[i, j] = max(groups[i, j], 0) + value
    groups = np.where(groups > 0, groups - 1, groups)
    names = ("asked for", "yours", "both")
    title = "IoU: rows true, columns predicted"
    return plots.numbers(
        matrix,
        title=title,
        highlight=groups,
        names=names,
        fmt=".3f",  # 0.502 is above 0.5
    ).figure


match = Exercise(
    id="7.5",
    title=N_("Match true and predicted segments"),
    function="match",
    hints=(
        N_(
            "A pair matches when its IoU is above ½; strictly: 0.5 is not enough. Go through the "
            "rows and look for such an entry."
        ),
        N_(
            "You need no search for the best partner: no row and no column has two entries above "
            "½. Two loops and one `if` are enough."
        ),
        N_("np.argwhere(ious > 0.5) lists the positions, row by row."),
    ),
    cases=_cases,
    space=_space,
    compare=same_pairs,
    picture=_picture,
    points=2,
)


@match.reference
def match(ious):
    """Match the true and the predicted segments of one class.

    A true and a predicted segment match when their IoU is larger than 0.5.

    Args:
        ious: float array [true segments, predicted segments], at least one of
            each. Row i, column j: the IoU of true segment i and predicted
            segment j.

    Returns:
        List of pairs (i, j), one for each match, in the order of i.

    Example:

    >>> match(np.array([[0.0, 0.8], [0.5, 0.1]]))
    [(0, 1)]

    0.8 is a match, 0.5 is none.
    """
    pairs = []
    for i in range(ious.shape[0]):
        for j in range(ious.shape[1]):
            if ious[i, j] > 0.5:
                pairs.append((i, j))
    return pairs


@match.mistake(
    "≥ for >",
    "An IoU of exactly 0.5 is no match. With ≥, one true segment can match two predictions at "
    "once: use >.",
)
def match(ious):
    return [(i, j) for i in range(len(ious)) for j in range(ious.shape[1]) if ious[i, j] >= 0.5]


@match.mistake(
    "best prediction without a threshold",
    "You gave every true segment its best prediction, however bad. A pair matches only when its "
    "IoU is above 0.5; the other segments stay unmatched.",
)
def match(ious):
    return [(i, int(ious[i].argmax())) for i in range(len(ious))]


@match.mistake(
    "best true segment for each prediction",
    "You went through the predictions and took the best true segment for each. A pair needs an IoU "
    "above 0.5, and the pairs are ordered by the true segment.",
)
def match(ious):
    return [(int(ious[:, j].argmax()), j) for j in range(ious.shape[1])]


@match.mistake(
    "best prediction with ≥",
    "Your threshold lets 0.5 through: `>=` is no `>`. An IoU of exactly 0.5 is no match.",
)
def match(ious):
    best = ious.argmax(axis=1)
    return [(i, int(j)) for i, j in enumerate(best) if ious[i, j] >= 0.5]


@match.mistake(
    "predicted segment first",
    "Your pairs are (predicted, true). The true segment comes first: (row, column).",
)
def match(ious):
    return [(int(j), int(i)) for i, j in np.argwhere(ious > 0.5)]


@match.mistake(
    "order of the predictions",
    "The pairs are right, but ordered by the predicted segment. Order them by the true segment: "
    "go through the rows first.",
)
def match(ious):
    return [(int(i), int(j)) for j, i in np.argwhere(ious.T > 0.5)]


@match.mistake(
    "order of the IoU",
    "The pairs are right, but ordered by their IoU. Order them by the true segment, the row.",
)
def match(ious):
    pairs = [(int(i), int(j)) for i, j in np.argwhere(ious > 0.5)]
    return sorted(pairs, key=lambda pair: -ious[pair])


@match.mistake(
    "threshold 0.75",
    "Your threshold is 0.75. Panoptic quality asks for more than 0.5: that is the smallest "
    "threshold at which a match is unique.",
)
def match(ious):
    return [(int(i), int(j)) for i, j in np.argwhere(ious > 0.75)]


@match.mistake(
    "any overlap",
    "You matched every pair that overlaps at all, so one segment has many partners. The IoU must "
    "be above 0.5.",
)
def match(ious):
    return [(int(i), int(j)) for i, j in np.argwhere(ious > 0)]


@match.mistake(
    "np.where as it is",
    "np.where gives two arrays: all rows and all columns. Pairs are asked for: np.argwhere, or "
    "zip of the two.",
)
def match(ious):
    return np.where(ious > 0.5)


@match.mistake(
    "a mask",
    "You returned a mask of True and False. The positions of the True entries are asked for, as "
    "pairs (i, j).",
)
def match(ious):
    return ious > 0.5


@match.mistake(
    "the IoUs",
    "You returned the IoUs of the matches. Their positions are asked for, as pairs (i, j).",
)
def match(ious):
    return ious[ious > 0.5]


@match.mistake(
    "same number",
    "You compared true segment 0 with prediction 0, 1 with 1, and so on. The numbering of the "
    "predictions means nothing: every pair must be tried.",
)
def match(ious):
    return [(i, i) for i in range(min(ious.shape)) if ious[i, i] > 0.5]


@match.mistake(
    "only the best pair",
    "You returned one pair only. Every pair with an IoU above 0.5 is a match: do not leave the "
    "loop at the first.",
)
def match(ious):
    for i in range(ious.shape[0]):
        for j in range(ious.shape[1]):
            if ious[i, j] > 0.5:
                return [(i, j)]
    return []


@match.mistake(
    "counted from 1",
    "You count the segments from 1. Rows and columns of an array are counted from 0.",
)
def match(ious):
    return [(int(i) + 1, int(j) + 1) for i, j in np.argwhere(ious > 0.5)]


@match.mistake(
    "loops over a square",
    "Both of your loops run over the rows. There are ious.shape[1] predictions, and their number "
    "may differ from the number of true segments.",
)
def match(ious):
    pairs = []
    for i in range(len(ious)):
        for j in range(len(ious)):
            if ious[i, j] > 0.5:
                pairs.append((i, j))
    return pairs


@match.mistake(
    "first row only",
    "You returned after the first true segment: your `return` stands in the outer loop. Move it to "
    "the left, behind both loops.",
)
def match(ious):
    pairs = []
    for i in range(ious.shape[0]):
        for j in range(ious.shape[1]):
            if ious[i, j] > 0.5:
                pairs.append((i, j))
        return pairs


@match.mistake(
    "each prediction once, without a threshold",
    "You gave each true segment the best prediction that was still free, however bad. A pair "
    "matches only when its IoU is above 0.5, and then no other pair needs either of the two.",
)
def match(ious):
    pairs, free = [], list(range(ious.shape[1]))
    for i in range(ious.shape[0]):
        if free:
            j = max(free, key=lambda k: ious[i, k])
            free.remove(j)
            pairs.append((i, j))
    return pairs


@match.mistake(
    "best pair first, without a threshold",
    "You took the best pair, then the best one of what was left, down to pairs that hardly "
    "overlap. A pair matches only when its IoU is above 0.5.",
)
def match(ious):
    left, pairs = ious.copy(), []
    while left.max() > 0:
        i, j = np.unravel_index(left.argmax(), left.shape)
        pairs.append((int(i), int(j)))
        left[i] = left[:, j] = 0
    return sorted(pairs)


@match.mistake(
    "best sum",
    "You looked for the pairs whose IoUs have the largest sum. That may give a match away for two "
    "worse pairs. No search is needed: every pair above 0.5 is a match.",
)
def match(ious):
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(ious, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if ious[i, j] > 0.5]


@match.mistake(
    "best sum without a threshold",
    "You paired as many segments as you could, so that the sum of the IoUs is the largest. A pair "
    "matches only when its IoU is above 0.5; the other segments stay unmatched.",
)
def match(ious):
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(ious, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True)]


@match.mistake(
    "triples",
    "Your entries are triples: the IoU is in them, too. Pairs (i, j) are asked for.",
)
def match(ious):
    return [(int(i), int(j), float(ious[i, j])) for i, j in np.argwhere(ious > 0.5)]


@match.mistake(
    "the IoU in the place of j",
    "Your pairs hold the row and the IoU. The row and the column are asked for: (i, j).",
)
def match(ious):
    return [(int(i), float(ious[i, j])) for i, j in np.argwhere(ious > 0.5)]


@match.mistake(
    "one flat list",
    "You put all numbers into one flat list. Each match is a pair of its own: pairs.append((i, "
    "j)), with two pairs of brackets.",
)
def match(ious):
    return [int(n) for pair in np.argwhere(ious > 0.5) for n in pair]


@match.mistake(
    "a dict",
    "A dict {i: j} says the same in another form. A list of pairs is asked for: "
    "list(found.items()).",
)
def match(ious):
    return {int(i): int(j) for i, j in np.argwhere(ious > 0.5)}


@match.mistake(
    "a set",
    "The order of a set is not yours to choose. The matches are asked for in the order of i: "
    "collect them in a list, or return sorted(...) of the set.",
)
def match(ious):
    return {(int(i), int(j)) for i, j in np.argwhere(ious > 0.5)}


@match.mistake(
    "a zip",
    "A zip can be read once, and is empty afterwards. The cells below read the pairs twice: return "
    "list(zip(...)).",
)
def match(ious):
    return zip(*np.nonzero(ious > 0.5), strict=True)


@match.mistake(
    "a generator",
    "Round brackets around `... for ... in ...`, or a `yield`, make a generator. It can be read "
    "only once: use square brackets, or put list(...) around it.",
)
def match(ious):
    return ((int(i), int(j)) for i, j in np.argwhere(ious > 0.5))


@match.mistake(
    "only the predicted segments",
    "You returned the predicted segments alone. Which true segment belongs to which of them? "
    "Return pairs (i, j).",
)
def match(ious):
    return [int(j) for i, j in np.argwhere(ious > 0.5)]


@match.mistake(
    "only the true segments",
    "You returned the true segments alone. Which predicted segment belongs to which of them? "
    "Return pairs (i, j).",
)
def match(ious):
    return [int(i) for i, j in np.argwhere(ious > 0.5)]


@match.mistake(
    "a little above 0.5 left out",
    "A pair with an IoU a little above 0.5 is not in your list. The threshold is 0.5 and not more, "
    "and the IoU is compared as it is, not rounded.",
)
def match(ious):
    return [(int(i), int(j)) for i, j in np.argwhere(np.round(ious, 1) > 0.5)]


@match.mistake(
    "below 0.5",
    "You kept the pairs below 0.5. A pair is a match when its IoU is above it: use >.",
)
def match(ious):
    return [(int(i), int(j)) for i, j in np.argwhere(ious < 0.5)]


@match.also_right
def match(ious):
    return np.argwhere(ious > 0.5)


@match.also_right
def match(ious):
    return [(i, int(row.argmax())) for i, row in enumerate(ious) if row.max() > 0.5]


@match.also_right
def match(ious):
    return list(zip(*np.where(ious > 0.5), strict=True))


@match.also_right
def match(ious):
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(np.where(ious > 0.5, ious, 0), maximize=True)
    return [[i, j] for i, j in zip(rows, columns, strict=True) if ious[i, j] > 0.5]


@match.also_right
def match(ious):
    left, pairs = ious.copy(), []
    while left.max() > 0.5:
        i, j = np.unravel_index(left.argmax(), left.shape)
        pairs.append((i, j))
        left[i] = left[:, j] = 0
    return sorted(pairs)
