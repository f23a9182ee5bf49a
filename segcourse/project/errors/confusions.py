"""Which class is taken for which."""

import numpy as np

from segcourse.checks.sizes import positive_integer
from segcourse.metrics import scores


def confusions(matrix, classes, count=5):
    """The most frequent mistakes: pairs of a true class and another one that was predicted.

    Example:

    >>> confusions([[8, 2, 0], [0, 5, 0], [3, 1, 0]], ("sky", "grass", "cat"), count=2)
    [('cat', 'sky', 0.75), ('cat', 'grass', 0.25)]

    Args:
        matrix: counts `[classes, classes]`, rows the true, columns the predicted class, as of
            `segcourse.metrics.confusion_matrix`.
        classes: names of the classes.
        count: how many pairs at most.

    Returns:
        list of (true class, predicted class, share of the true class's pixels, 0 to 1), the largest
        share first. Pairs that do not occur are left out.

    Raises:
        ValueError: for a matrix that is not square or holds no counts, for a number of names that
            is not its size, and for a count below 1.
    """
    scores(matrix)  # refuses what is no confusion matrix
    matrix, count = np.asarray(matrix), positive_integer("count", count)
    names = _names(classes, len(matrix))
    totals = matrix.sum(axis=1, keepdims=True)
    shares = np.divide(matrix, totals, out=np.zeros(matrix.shape), where=totals > 0)
    np.fill_diagonal(shares, 0)
    order = np.argsort(-shares, axis=None, kind="stable")[:count]
    pairs = zip(*np.unravel_index(order, shares.shape), strict=True)
    return [(names[t], names[p], float(shares[t, p])) for t, p in pairs if shares[t, p] > 0]


def _names(classes, size):
    names = classes if isinstance(classes, list | tuple) else ()
    if len(names) != size or not all(isinstance(name, str) for name in names):
        raise ValueError(
            f"`classes` must be the names of the {size} classes of `matrix`. "
            f"Received: classes={classes!r}"
        )
    return tuple(names)
