"""What can be done to a value so that it is a little wrong: an argument's, or a result's."""

import numbers

import numpy as np

__all__ = ["changes"]


FEW = 6  # keys that are looked at one by one


def changes(values):
    """The changes for values of these kinds and shapes: a dict from their names to functions.

    A function gets a value like one of these and gives a new one. Where it makes no sense (there is
    no second row to drop), it raises an exception, or gives the value as it was.
    """
    if not values:
        return {}
    found = {}
    for value in values:
        found |= _simple(value)
    of_one_length = len({len(value) for value in values if isinstance(value, tuple)}) == 1
    for kind, inner in ((tuple, _parts if of_one_length else _entries), (list, _entries)):
        found |= inner([value for value in values if isinstance(value, kind)])
    return found | _values([value for value in values if isinstance(value, dict)])


def _simple(value):
    """The changes that need no look at other values."""
    if isinstance(value, (bool, np.bool_)):
        return {"turned into its contrary": lambda v: not v}
    if isinstance(value, numbers.Number) or isinstance(value, np.ndarray) and value.ndim == 0:
        return NUMBER
    if isinstance(value, np.ndarray):
        whole = {"numbered without gaps": _numbered} if value.dtype.kind in "iu" else {}
        labels = VOID if value.dtype == np.uint8 else {}
        return {**ARRAY, **whole, **labels, **_along_axes(value.ndim)}
    if isinstance(value, (tuple, list)):
        return SEQUENCE
    return DICT if isinstance(value, dict) else {}


def _largest_made(a, new):
    return np.where(a == a.max(), np.asarray(new, a.dtype), a)


def _smallest_made(a, new):
    return np.where(a == a.min(), np.asarray(new, a.dtype), a)


def _with_entry(a, index, new):
    a = a.copy()
    a.flat[index] = new
    return a


def _numbered(a):
    return np.unique(a, return_inverse=True)[1].reshape(a.shape).astype(a.dtype)


NUMBER = {
    "1 more": lambda v: v + 1,
    "1 less": lambda v: v - 1,
    "without its sign": abs,
    "with the other sign": lambda v: -v,
    "at least 0": lambda v: max(v, 0),
    "at least 1": lambda v: max(v, 1),
    "at most 1": lambda v: min(v, 1),
    "at most 255": lambda v: min(v, 255),
    "cut to a whole number": int,
    "rounded to 2 digits": lambda v: round(v, 2),
    "twice as large": lambda v: v * 2,
    "0 for NaN": lambda v: 0.0 if np.isnan(v) else v,
    "NaN for 0": lambda v: float("nan") if v == 0 else v,
    "1 for NaN": lambda v: 1.0 if np.isnan(v) else v,
}
ARRAY = {
    "as int64": lambda a: a.astype("int64"),
    "as uint8": lambda a: a.astype("uint8"),
    "as bool": lambda a: a.astype("bool"),
    "clipped to 0 to 255": lambda a: np.clip(a, 0, 255),
    "clipped to 0 to 1": lambda a: np.clip(a, 0, 1),
    "not below 0": lambda a: np.maximum(a, np.asarray(0, a.dtype)),
    "without signs": np.abs,
    "rounded": lambda a: np.round(a),
    "rounded to 2 digits": lambda a: np.round(a, 2),
    "turned around": lambda a: a.reshape(-1)[::-1].reshape(a.shape),
    "sorted": lambda a: np.sort(a.reshape(-1)).reshape(a.shape),
    "rolled by one": lambda a: np.roll(a, 1),
    "read by columns": lambda a: a.reshape(-1, order="F").reshape(a.shape),
    "its first entry 0": lambda a: _with_entry(a, 0, 0),
    "its last entry 0": lambda a: _with_entry(a, -1, 0),
    "its first entry alone": lambda a: _with_entry(np.zeros_like(a), 0, a.flat[0]),
    "its first entry everywhere": lambda a: np.full_like(a, a.flat[0]),
    "its largest made the smallest": lambda a: _largest_made(a, a.min()),
    "its largest made 0": lambda a: _largest_made(a, 0),
    "its smallest made the largest": lambda a: _smallest_made(a, a.max()),
    "its smallest made 0": lambda a: _smallest_made(a, 0),
    "all values above 0 made 1": lambda a: np.where(a > 0, np.asarray(1, a.dtype), a),
    "0 for NaN": lambda a: np.where(np.isnan(a), np.asarray(0, a.dtype), a),
    "NaN for 0": lambda a: np.where(a == 0, np.asarray("nan", a.dtype), a),
    "all 0": np.zeros_like,
    "divided by its sum": lambda a: a / a.sum(),
}
VOID = {
    "0 for 255": lambda a: np.where(a == 255, np.asarray(0, a.dtype), a),
    "255 for 0": lambda a: np.where(a == 0, np.asarray(255, a.dtype), a),
}
SEQUENCE = {
    "reversed": lambda v: type(v)(v[::-1]),
    "sorted": lambda v: type(v)(sorted(v)),
    "its last left out": lambda v: v[:-1],
    "its first left out": lambda v: v[1:],
    "its first only": lambda v: v[:1],
    "its last only": lambda v: v[-1:],
    "its first two exchanged": lambda v: type(v)([v[1], v[0], *v[2:]]),
    "its last two exchanged": lambda v: type(v)([*v[:-2], v[-1], v[-2]]),
    "its first twice": lambda v: type(v)([v[0], *v]),
    "without repetitions": lambda v: type(v)(dict.fromkeys(v)),
}
DICT = {
    "its last key left out": lambda v: dict(list(v.items())[:-1]),
    "its first key left out": lambda v: dict(list(v.items())[1:]),
}


def _along_axes(ndim):
    found = {}
    for axis in range(ndim):
        found |= _along(axis, (slice(None),) * axis)
    for axis in range(ndim - 1):
        found[f"axes {axis} and {axis + 1} exchanged"] = lambda a, k=axis: a.swapaxes(k, k + 1)
    if ndim > 1:
        found["its main diagonal 0"] = lambda a: np.where(np.eye(*a.shape[:2]), 0, a)
    return found


def _along(axis, before):
    def dropped(part):
        def change(a):
            if a.shape[axis] < 2:
                raise ValueError("nothing would be left")
            return a[(*before, part)]

        return change

    def zeroed(index):
        def change(a):
            a = a.copy()
            a[(*before, index)] = 0
            return a

        return change

    def repeated(a):
        a = a.copy()
        a[(*before, -1)] = a[(*before, 0)]
        return a

    return {
        f"its first along axis {axis} dropped": dropped(slice(1, None)),
        f"its last along axis {axis} dropped": dropped(slice(None, -1)),
        f"its first along axis {axis} made 0": zeroed(0),
        f"its last along axis {axis} made 0": zeroed(-1),
        f"its last along axis {axis} like the first": repeated,
        f"flipped along axis {axis}": lambda a: np.flip(a, axis),
        f"its mean along axis {axis}": lambda a: (
            np.zeros_like(a) + a.mean(axis, keepdims=True).astype(a.dtype)
        ),
    }


def _parts(tuples):
    """Changes of one part of the tuples, which are of one length."""
    return {
        f"part {i + 1} {name}": _in_part(i, change)
        for i, parts in enumerate(zip(*tuples, strict=True))
        for name, change in changes(parts).items()
    }


def _in_part(index, change):
    return lambda v: (*v[:index], change(v[index]), *v[index + 1 :])


def _entries(sequences):
    """Changes of each entry, of all entries alike."""
    inner = changes([entry for value in sequences for entry in value])
    return {f"each entry {name}": _in_each(change) for name, change in inner.items()}


def _in_each(change):
    return lambda v: type(v)([change(entry) for entry in v])


def _values(dicts):
    """Changes of one key's value where all have the same few keys; otherwise of each value."""
    keys = {tuple(value) for value in dicts}
    if len(keys) != 1 or len(min(keys)) > FEW:
        inner = changes([item for value in dicts for item in value.values()])
        return {f"each value {name}": _in_values(change) for name, change in inner.items()}
    return {
        f"[{key!r}] {name}": lambda v, k=key, c=change: {**v, k: c(v[k])}
        for key in dicts[0]
        for name, change in changes([value[key] for value in dicts]).items()
    }


def _in_values(change):
    return lambda v: {key: change(item) for key, item in v.items()}
