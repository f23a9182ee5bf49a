"""Properties that an input or a result may have: where some answers fail and others do not."""

import itertools
import numbers

import numpy as np

__all__ = ["is_extreme", "properties"]

#: Properties with these words are those that answers fail at; the others are as good as any.
EXTREME = (
    "is 0", "is 1", "is empty", "is None", "1 long", " only", "nothing positive", "NaN",
    "has 0 entries", "has 1 entries", "has 0 keys", "is equal to",
)  # fmt: skip


def properties(arguments, result):
    """The names of all properties that a call and its result have.

    Args:
        arguments: pairs (name, value).
        result: what the reference gives.

    Returns:
        A set of texts such as `"labels is 1 long along axis 0"`.
    """
    found = {f"{name} {said}" for name, value in arguments for said in _of_value(value)}
    found |= {f"the result {said}" for said in _of_result(result)}
    plain = [(name, value) for name, value in arguments if _is_number(value)]
    for (one, a), (other, b) in itertools.combinations(plain, 2):
        found |= {f"{one} {said} {other}" for said in _true(_compared(a, b))}
    return found


def is_extreme(name):
    """Whether a property is one at the edge of what is allowed: nothing there, one row, a zero."""
    return any(words in name for words in EXTREME)


def _is_number(value):
    return isinstance(value, numbers.Number) and not isinstance(value, (bool, np.bool_))


def _of_value(value):
    if isinstance(value, (bool, np.bool_)):
        return {f"is {bool(value)}"}
    if isinstance(value, numbers.Number):
        return _true(_of_number(value))
    if isinstance(value, np.ndarray):
        return _true([*_of_shape(value), *_of_entries(value)])
    if isinstance(value, (tuple, list)):
        return _of_sequence(value)
    if isinstance(value, dict):
        return {f"has {_amount(len(value))} keys"}
    return {"is None"} if value is None else set()


def _true(pairs):
    return {said for said, is_so in pairs if is_so}


def _of_number(n):
    whole = isinstance(n, numbers.Integral)
    yield "is a whole number", whole
    yield "is a float", not whole
    yield "is 0", n == 0
    yield "is 1", n == 1
    yield "is negative", n < 0
    yield "is above 255", n > 255
    yield "is odd", whole and n % 2 == 1
    yield "is even", whole and n % 2 == 0
    yield "is between whole numbers", n % 1 != 0


def _of_shape(a):
    yield "is empty", a.size == 0
    yield "has more than 255 entries", a.size > 255
    yield f"is of kind {a.dtype.kind}", True
    for axis, size in enumerate(a.shape):
        yield f"is 1 long along axis {axis}", size == 1
        yield f"is odd along axis {axis}", size % 2 == 1
        yield f"is even along axis {axis}", size % 2 == 0
    if a.ndim > 1:
        yield "is higher than wide", a.shape[0] > a.shape[1]
        yield "is wider than high", a.shape[0] < a.shape[1]
        yield "is square", a.shape[0] == a.shape[1]


def _of_entries(a):
    if not a.size or a.dtype.kind not in "biuf":
        return
    distinct, counts = np.unique(a, return_counts=True)
    whole = a.dtype.kind in "iu"
    yield "holds a value above 255", a.max() > 255
    yield "holds 255", (a == 255).any()
    yield "holds 255 only", (a == 255).all()
    yield "holds no 255", not (a == 255).any()
    yield "holds nothing positive", not (a > 0).any()
    yield "holds something negative", (a < 0).any()
    yield "holds a 0", (a == 0).any()
    yield "holds no 0", not (a == 0).any()
    yield "holds NaN", a.dtype.kind == "f" and np.isnan(a).any()
    yield "holds one value only", len(distinct) == 1
    yield "has ties", (counts > 1).any()
    yield "has no ties", (counts == 1).all()
    yield "holds its largest twice", (a == a.max()).sum() > 1
    yield "holds a value more than 255 times", counts.max() > 255
    yield "has gaps between its numbers", whole and (np.diff(distinct.astype("int64")) > 1).any()
    for axis in range(a.ndim) if whole or a.dtype.kind == "b" else ():
        yield f"is not 0 at the end of axis {axis}", np.take(a, -1, axis).any()
        yield f"is not 0 at the beginning of axis {axis}", np.take(a, 0, axis).any()


def _of_sequence(value):
    found = {f"has {_amount(len(value))} entries"}
    if all(isinstance(v, (numbers.Number, str)) for v in value):
        found |= _true([("has an entry twice", len(set(value)) < len(value))])
    for item in value:
        found |= {f"has an entry that {said}" for said in _of_value(item)}
    return found


def _amount(number):
    return number if number < 2 else "several"


def _compared(a, b):
    yield "is less than", a < b
    yield "is equal to", a == b
    yield "is greater than", a > b
    if all(isinstance(number, numbers.Integral) for number in (a, b)) and b:
        yield "is a multiple of", a % b == 0
        yield "is no multiple of", a % b != 0


def _of_result(value):
    """Less than of an argument: only what an answer may stumble over while it computes."""
    if isinstance(value, (tuple, list)):
        parts = [f"[{i}] {said}" for i, item in enumerate(value) for said in _of_result(item)]
        return {f"has {_amount(len(value))} entries", *(parts if isinstance(value, tuple) else ())}
    if not isinstance(value, (np.ndarray, numbers.Number)):
        return set()
    a = np.asarray(value)
    if not a.size or a.dtype.kind not in "biuf":
        return {"is empty"}
    return _true(
        [
            ("holds NaN", a.dtype.kind == "f" and np.isnan(a).any()),
            ("is 0 everywhere", not a.any()),
            ("is 1 everywhere", (a == 1).all()),
            ("holds something negative", (a < 0).any()),
            ("holds a value above 255", (a > 255).any()),
        ]
    )
