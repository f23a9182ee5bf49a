"""When two results count as the same, and a phrase that says in what they differ.

Everything array-like is compared as a NumPy array, whichever backend it comes from. Tuples and
lists are the same thing; all widths of a dtype are, too (float32 and float64, uint8 and int64),
but not the kinds.
"""

import numbers

import numpy as np

KINDS = {"b": "bool", "i": "int", "u": "int", "f": "float", "c": "complex"}


def close(tolerance=1e-5):
    """A comparison of values within a relative and absolute `tolerance`; NaN agrees with NaN.

    Example:

    >>> close(1e-3)(0.5001, 0.5)
    >>> close(1e-3)([1, 2], (1, 3))
    '[1] is 2, expected 3'
    """

    def compare(got, expected):
        return difference(plain(got), plain(expected), tolerance)

    return compare


def exact():
    """A comparison of values that must agree to the last digit."""
    return close(0.0)


def plain(value):
    """Tensors and variables become NumPy arrays, in tuples, lists and dicts too; the rest stays."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, (str, bytes, np.ndarray, np.generic, numbers.Number, type(None))):
        return _wide(value)
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        import keras

        try:
            return _wide(keras.ops.convert_to_numpy(value))
        except Exception:  # a symbolic tensor has no values: it is compared as the object it is
            return value
    return value


def difference(got, expected, tolerance, where=""):
    """None, or in what `got` differs from `expected`; both `plain`."""
    if isinstance(expected, dict):
        return _dicts(got, expected, tolerance, where)
    if isinstance(expected, list):
        return _lists(got, expected, tolerance, where)
    if _is_array(expected):
        return _arrays(got, expected, tolerance, where)
    same = type(got) is type(expected) and got == expected
    return None if same else f"{where or 'it'} is {describe(got)}, expected {describe(expected)}"


def describe(value):
    """A value in a few words: itself when it is short, otherwise its shape and dtype."""
    value = plain(value)
    if isinstance(value, np.ndarray) and value.ndim > 0:
        if value.ndim < 2 and value.size <= 8:
            return "array(" + np.array2string(value, 10_000, 5, separator=", ") + ")"
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    if isinstance(value, (np.ndarray, np.generic, float)):
        return _number(value)
    if isinstance(value, list) and len(value) <= 8:
        end = ",)" if len(value) == 1 else ")"
        return "(" + ", ".join(describe(item) for item in value) + end
    if isinstance(value, (list, dict)) and len(value) > 8:
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {describe(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (str, int, type(None))):
        text = repr(value)
        return text if len(text) <= 60 else text[:57] + "..."
    name = getattr(value, "name", None)
    return f"a {type(value).__name__}" + (f" {name!r}" if isinstance(name, str) else "")


def _dicts(got, expected, tolerance, where):
    if not isinstance(got, dict):
        return f"{where or 'it'} is {describe(got)}, expected a dict"
    missing = [key for key in expected if key not in got]
    extra = [key for key in got if key not in expected]
    if missing or extra:
        said = [f"lacks the key {missing[0]!r}"] if missing else []
        said += [f"has a key {extra[0]!r} that is not asked for"] if extra else []
        return f"{where or 'the dict'} " + " and ".join(said)
    found = (
        difference(got[key], expected[key], tolerance, f"{where}[{key!r}]") for key in expected
    )
    return next((text for text in found if text), None)


def _lists(got, expected, tolerance, where):
    if isinstance(got, np.ndarray) and got.ndim > 0:
        got = list(got)
    if not isinstance(got, list):
        return f"{where or 'it'} is {describe(got)}, expected {len(expected)} values"
    if len(got) != len(expected):
        return f"{where or 'it'} has {len(got)} values, expected {len(expected)}"
    pairs = enumerate(zip(got, expected, strict=True))
    found = (difference(g, e, tolerance, f"{where}[{i}]") for i, (g, e) in pairs)
    return next((text for text in found if text), None)


def _arrays(got, expected, tolerance, where):
    it = where or "it"
    expected = np.asarray(expected)
    if isinstance(got, list):
        try:
            got = np.asarray(got)
        except ValueError:
            pass
    if not _is_array(got) or np.asarray(got).dtype.kind not in KINDS:
        return f"{it} is {describe(got)}, expected {describe(expected)}"
    got = np.asarray(got)
    if got.shape != expected.shape:
        return f"{it} has the shape {got.shape}, expected {expected.shape}"
    wanted, came = KINDS.get(expected.dtype.kind), KINDS[got.dtype.kind]
    # A lone whole number does for a float; every other mix of kinds is said, since the values may
    # agree.
    if wanted != came and not (expected.ndim == 0 and (wanted, came) == ("float", "int")):
        return f"{it} has the dtype {got.dtype}, expected {expected.dtype}"
    return _values(got, expected, tolerance, it)


def _values(got, expected, tolerance, it):
    if expected.dtype.kind == "b":
        wrong = got != expected
    else:
        if expected.dtype.kind in "iu":  # unsigned differences would wrap around
            got, expected = got.astype("int64"), expected.astype("int64")
        wrong = ~np.isclose(got, expected, rtol=tolerance, atol=tolerance, equal_nan=True)
    if not wrong.any():
        return None
    nan = np.isnan(got) & wrong if got.dtype.kind == "f" else np.zeros_like(wrong)
    first = tuple(int(i) for i in np.argwhere(nan if nan.any() else wrong)[0])
    index = f"[{', '.join(map(str, first))}]" if first else ""
    place = it if not index else index if it == "it" else it + index
    text = f"{place} is {_number(got[first])}, expected {_number(expected[first])}"
    many = wrong.size > 1 and not nan.any()
    return f"{wrong.sum()} of {wrong.size} values differ: {text}" if many else text


def _number(value):
    value = np.asarray(value)
    if value.dtype.kind == "f":
        return "NaN (not a number)" if np.isnan(value) else f"{value:.6g}"
    return str(value.item())


def _is_array(value):
    return isinstance(value, (np.ndarray, np.generic, numbers.Number))


def _wide(value):
    """bfloat16 and its like, which NumPy does not know, as float32; text and objects as a list."""
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    if kind == "V":
        return np.asarray(value).astype("float32")
    return plain(value.tolist()) if kind and kind in "USO" else value
