"""When two lists of pairs agree, for exercise 7.5, in words that speak of pairs."""

import numbers
from collections import Counter
from collections.abc import Iterator

import numpy as np

from segcourse.exercises.judging.compare import describe, exact, plain
from segcourse.texts import N_, _, ngettext

#: What is said of a container that is no list, by its type.
NO_LISTS = (
    (Iterator, N_("a {kind} came, and it gives its pairs only once: put list(...) around it")),
    ((set, frozenset), N_("a {kind} came, and it has no order: return a list, in the order of i")),
    (dict, N_("a {kind} came: return a list of pairs (i, j)")),
)


def same_pairs(got, expected):
    """None, or in what `got` differs from the `expected` pairs.

    A list or tuple of pairs and an array [pairs, 2] are the same thing. An iterator is not looked
    into: it gives what it holds only once, and results are compared more than once.

    Example:

    >>> same_pairs(np.array([[0, 1]]), [(0, 1)])
    >>> same_pairs([(0, 1), (1, 1)], [(0, 1)])
    '2 pairs came, expected: 1. (1, 1) is no match'
    """
    asked = pairs_of(expected)
    if asked is None:  # one of the wrong answers
        return _as_they_are(got, expected)
    came = pairs_of(got)
    return _no_pairs(got) if came is None else _difference(came, asked)


def pairs_of(value):
    """The pairs that `value` holds, as a list of tuples of whole numbers, or None."""
    value = plain(value)
    if isinstance(value, np.ndarray) and value.ndim > 0:
        value = list(value)
    if not isinstance(value, list) or not all(map(_is_pair, value)):
        return None
    return [(int(i), int(j)) for i, j in value]


def _is_pair(item):
    if not isinstance(item, (list, np.ndarray)) or np.ndim(item) != 1 or len(item) != 2:
        return False
    return all(isinstance(n, numbers.Integral) and not isinstance(n, bool) for n in item)


def _as_they_are(got, expected):
    """None where two results are the same, whatever they are; for those that hold no pairs."""
    if isinstance(expected, (Iterator, set, frozenset)):
        return None if type(got) is type(expected) else _no_pairs(got)
    return exact(array=False)(got, expected)


def _no_pairs(got):
    for kinds, text in NO_LISTS:
        if isinstance(got, kinds):
            return _(text).format(kind=type(got).__name__)
    value = plain(got)
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.ndim == 2:
        value = list(value)
    if isinstance(value, list):
        place, item = next((k, item) for k, item in enumerate(value) if not _is_pair(item))
        text = _("[{place}] is {item}, which is no pair (i, j) of whole numbers")
        return text.format(place=place, item=describe(item))
    return _("it is {value}; a list of pairs (i, j) is expected").format(value=describe(got))


def _difference(came, asked):
    """None, or how many pairs came and the first one that is missing, too many or twice there."""
    if came == asked:
        return None
    if sorted(came) == sorted(asked):
        place = next(k for k, pair in enumerate(came) if pair != asked[k])
        text = _("the pairs are right, their order is not: [{place}] is {got}, expected {expected}")
        return text.format(place=place, got=came[place], expected=asked[place])
    first = (
        (_("{pair} is missing"), [pair for pair in asked if pair not in came]),
        (_("{pair} is no match"), [pair for pair in came if pair not in asked]),
        (_("{pair} came more than once"), [pair for pair, n in Counter(came).items() if n > 1]),
    )
    said = [text.format(pair=pairs[0]) for text, pairs in first if pairs]
    text = ngettext(
        "{count} pair came, expected: {asked}. {said}",
        "{count} pairs came, expected: {asked}. {said}",
        len(came),
    )
    return text.format(count=len(came), asked=len(asked), said=", ".join(said))
