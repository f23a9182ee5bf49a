"""When two results count as the same, and a phrase that says in what they differ.

Everything array-like is compared as a NumPy array, whichever backend it comes from. Tuples and
lists are the same thing; all widths of a dtype are, too (float32 and float64, uint8 and int64),
but not the kinds.
"""

import numbers

import numpy as np

from segcourse.texts import N_, _, ngettext

KINDS = {"b": "bool", "i": "int", "u": "int", "f": "float", "c": "complex"}
ASKED = {
    "bool": N_("True or False (bool) was expected, the {kind} {value} came"),
    "int": N_("a whole number (int) was expected, the {kind} {value} came"),
    "float": N_("a float was expected, the {kind} {value} came"),
}


class Tuple(list):
    """A tuple, made `plain`. It is compared as a list, and called a tuple in what is said."""


def close(tolerance=1e-5, parts=(), dtype=False, array=True):
    """A comparison of values within a relative and absolute `tolerance`; NaN agrees with NaN.

    Where an array is expected, a list or a tensor with the right values is told apart: the cells
    below go on with an array.

    Args:
        tolerance: a number.
        parts: what the values of a returned tuple are called, in their order.
        dtype: whether arrays must have the expected dtype to the letter, float32 and not float64.
            For exercises whose text names the dtype.
        array: whether a NumPy array must be one where one is expected. False where the cells below
            take a list or a tensor as well, and the text does not ask for an array.

    Example:

    >>> close(1e-3)(0.5001, 0.5)
    >>> close(1e-3)((1, 2), (1, 3))
    'part 2 of 2 is 2, expected 3'
    >>> close(1e-3, parts=("the height", "the width"))((1, 2), (1, 3))
    'the width is 2, expected 3'
    >>> close()([1, 2], np.array([1, 2]))
    'the values are right, but a list came: return a NumPy array, np.array(...)'
    """

    def compare(got, expected):
        found = values(got, expected)
        return found or (form(got, expected, dtype, "", parts) if array else None)

    def values(got, expected):
        return difference(plain(got), plain(expected), tolerance, parts=parts)

    compare.values = values  # for two wrong results, whatever form they have
    return compare


def exact(parts=(), dtype=False, array=True):
    """A comparison of values that must agree to the last digit; the rest as for `close`."""
    return close(0.0, parts, dtype, array)


def form(got, expected, dtype, where="", parts=()):
    """None, or in which form the right values came where another one is asked for."""
    if isinstance(expected, dict):
        pairs = [(got[key], expected[key], _at(where, f"[{key!r}]")) for key in expected]
    elif isinstance(expected, (tuple, list)):
        names = [_(part) for part in parts] or [_at(where, f"[{i}]") for i in range(len(expected))]
        pairs = list(zip(got, expected, names, strict=True))
    else:
        return _form_of_array(got, expected, dtype, where)
    found = (form(g, e, dtype, name) for g, e, name in pairs)
    return next((text for text in found if text), None)


def _form_of_array(got, expected, dtype, where):
    if not isinstance(expected, np.ndarray) or expected.ndim == 0:
        return None
    if isinstance(got, (list, tuple)):
        kind = _kind(Tuple(got) if isinstance(got, tuple) else got)
        text = _("the values are right, but a {kind} came: return a NumPy array, np.array(...)")
        return _came(text.format(kind=kind), where)
    if not isinstance(got, np.ndarray):
        text = _(
            "the values are right, but a tensor came: return a NumPy array, "
            "ops.convert_to_numpy(...)"
        )
        return _came(text, where)
    if dtype and got.dtype != expected.dtype:
        text = _("the values are right, but their dtype is {got}; {expected} is asked for")
        return _came(text.format(got=got.dtype, expected=expected.dtype), where)
    return None


def plain(value):
    """Tensors and variables become NumPy arrays, in tuples, lists and dicts too; the rest stays."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return (Tuple if isinstance(value, tuple) else list)(plain(item) for item in value)
    if isinstance(value, (str, bytes, np.ndarray, np.generic, numbers.Number, type(None))):
        return _wide(value)
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        import keras

        try:
            return _wide(keras.ops.convert_to_numpy(value))
        except Exception:  # a symbolic tensor has no values: it is compared as the object it is
            return value
    return value


def difference(got, expected, tolerance, where="", parts=()):
    """None, or in what `got` differs from `expected`; both `plain`."""
    if isinstance(expected, dict):
        return _dicts(got, expected, tolerance, where)
    if isinstance(expected, list):
        return _lists(got, expected, tolerance, where, parts)
    if _is_array(expected):
        return _arrays(got, expected, tolerance, where)
    same = type(got) is type(expected) and got == expected
    return None if same else _is(describe(got), describe(expected), where)


def describe(value):
    """A value in a few words: itself when it is short, otherwise its shape and dtype."""
    value = plain(value)
    if isinstance(value, np.ndarray) and value.ndim > 0:
        if value.ndim < 2 and value.size <= 8:
            shown = np.array2string(value, 10_000, 5, separator=", ")
            return f"array({' '.join(shown.split())})"
        text = _("an array of shape {shape} and dtype {dtype}")
        return text.format(shape=value.shape, dtype=value.dtype)
    if isinstance(value, (np.ndarray, np.generic, float)):
        return _number(value)
    if isinstance(value, list) and len(value) <= 8:
        items = ", ".join(describe(item) for item in value)
        if not isinstance(value, Tuple):
            return f"[{items}]"
        return f"({items},)" if len(value) == 1 else f"({items})"
    if isinstance(value, (list, dict)) and len(value) > 8:
        return _("a {kind} of {count}").format(kind=_kind(value), count=len(value))
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {describe(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (str, int, type(None))):
        text = repr(value)
        return text if len(text) <= 60 else text[:57] + "..."
    name = getattr(value, "name", None)
    kind = type(value).__name__ + (f" {name!r}" if isinstance(name, str) else "")
    return _("a {kind}").format(kind=kind)


def _dicts(got, expected, tolerance, where):
    if not isinstance(got, dict):
        text = _("a dict was expected, {value} came").format(value=describe(got))
        return _came(text, where)
    missing = [key for key in expected if key not in got]
    extra = [key for key in got if key not in expected]
    if missing or extra:
        lacks, has = _("the dict lacks the key {key}"), _("the dict has a key {key} too many")
        text = (lacks if missing else has).format(key=repr([*missing, *extra][0]))
        return _came(text, where)
    found = (
        difference(got[key], expected[key], tolerance, _at(where, f"[{key!r}]")) for key in expected
    )
    return next((text for text in found if text), None)


def _lists(got, expected, tolerance, where, parts=()):
    count = len(expected)
    parts = [_(part) for part in parts]
    if len(parts) == count:
        names = parts
    elif isinstance(expected, Tuple) and not where:
        text = _("part {number} of {count}")
        names = [text.format(number=i, count=count) for i in range(1, count + 1)]
    else:
        names = [_at(where, f"[{i}]") for i in range(count)]
    if isinstance(got, np.ndarray) and got.ndim > 0:
        if len(got) != count:
            return _came(_not_one_for_each(describe(got), count, parts), where)
        got = list(got)
    if not isinstance(got, list):
        return _came(_not_one_for_each(describe(got), count, parts), where)
    if len(got) != count:
        return _came(_not_so_many(got, count, parts), where)
    found = (
        difference(g, e, tolerance, name) for g, e, name in zip(got, expected, names, strict=True)
    )
    return next((text for text in found if text), None)


def _arrays(got, expected, tolerance, where):
    expected, came = np.asarray(expected), got
    if isinstance(got, list):
        if expected.ndim == 0:
            return _instead_of_one_number(got, where)
        try:
            got = np.asarray(got)
        except ValueError:
            pass
    if not _is_array(got) or np.asarray(got).dtype.kind not in KINDS:
        return _is(describe(got), describe(expected), where)
    got = np.asarray(got)
    if got.shape != expected.shape:
        return _shapes(came, got, expected, where)
    wanted, kind = KINDS.get(expected.dtype.kind), KINDS[got.dtype.kind]
    # A lone whole number does for a float; every other mix of kinds is said, since the values may
    # agree.
    if wanted != kind and not (expected.ndim == 0 and (wanted, kind) == ("float", "int")):
        if expected.ndim == 0 and wanted in ASKED:
            value = round(float(got), 4) if kind == "float" else got
            text = _(ASKED[wanted]).format(kind=kind, value=value)
            if (wanted, kind) == ("int", "float") and np.isfinite(got):
                whole = float(got) == expected
                right = _("the value is right, but it is the float {value}: use // or int()")
                asked = _(
                    "a whole number (int) was expected, the float {value} came: use // or int()"
                )
                text = (right if whole else asked).format(value=value)
            return _came(text, where)
        it = _("it has the dtype {got}, expected {expected}")
        text = _("{where} has the dtype {got}, expected {expected}") if where else it
        return text.format(where=where, got=got.dtype, expected=expected.dtype)
    return _values(got, expected, tolerance, where)


def _is(got, expected, where):
    """`the width is 2, expected 3`"""
    it = _("it is {got}, expected {expected}")
    text = _("{where} is {got}, expected {expected}") if where else it
    return text.format(where=where, got=got, expected=expected)


def _not_so_many(values, count, parts):
    """`2 values (a tuple) came, expected: 3`"""
    text = ngettext(
        "{came} value (a {kind}) came, expected: {count}",
        "{came} values (a {kind}) came, expected: {count}",
        len(values),
    )
    if len(parts) == count:
        text = ngettext(
            "{came} value (a {kind}) came, expected: {count} ({names})",
            "{came} values (a {kind}) came, expected: {count} ({names})",
            len(values),
        )
    names = ", ".join(parts)
    return text.format(came=len(values), kind=_kind(values), count=count, names=names)


def _not_one_for_each(came, count, parts):
    """`2 values are expected, and this came: 3`"""
    if len(parts) == count:
        text = _("{count} values are expected ({names}), and this came: {came}")
        return text.format(came=came, count=count, names=", ".join(parts))
    text = ngettext(
        "{count} value is expected, and this came: {came}",
        "{count} values are expected, and this came: {came}",
        count,
    )
    return text.format(came=came, count=count)


def _shapes(came, got, expected, where):
    if expected.ndim == 0:
        text = _("one number was expected, an array of shape {shape} came")
        return _came(text.format(shape=got.shape), where)
    if got.ndim == 0:
        text = _("an array of shape {shape} was expected, one number came: {number}")
        return _came(text.format(shape=expected.shape, number=_number(got)), where)
    if isinstance(came, Tuple):
        text = ngettext(
            "{count} value (a {kind}) came, an array of shape {shape} was expected",
            "{count} values (a {kind}) came, an array of shape {shape} was expected",
            len(came),
        )
        text = text.format(count=len(came), kind=_kind(came), shape=expected.shape)
        return _came(text, where)
    it = _("it has the shape {got}, expected {expected}")
    text = _("{where} has the shape {got}, expected {expected}") if where else it
    return text.format(where=where, got=got.shape, expected=expected.shape)


def _instead_of_one_number(came, where):
    text = ngettext(
        "one number was expected, {count} value (a {kind}) came",
        "one number was expected, {count} values (a {kind}) came",
        len(came),
    )
    if isinstance(came, Tuple) and not where:
        text = ngettext(
            "you returned {count} value (a {kind}); one number is expected",
            "you returned {count} values (a {kind}); one number is expected",
            len(came),
        )
    return _came(text.format(count=len(came), kind=_kind(came)), where)


def _kind(value):
    return "tuple" if isinstance(value, Tuple) else type(value).__name__


def _came(text, where):
    return _("{where}: {what}").format(where=where, what=text) if where else text


def _at(where, index):
    """`[0][1]` for a place in the result, `the new weight at [0][1]` for one in a named part."""
    plainly = not where or where.startswith("[") or "[" in where
    if plainly:
        return where + index
    return _("{where} at {index}").format(where=where, index=index)


def _values(got, expected, tolerance, where):
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
    place = _at(where, index) if index else where
    text = _is(_number(got[first]), _number(expected[first]), place)
    if wrong.size == 1 or nan.any():
        return text
    many = ngettext(
        "{wrong} of {all} values differs: {first}", "{wrong} of {all} values differ: {first}",
        int(wrong.sum()),
    )  # fmt: skip
    return many.format(wrong=int(wrong.sum()), all=wrong.size, first=text)


def _number(value):
    value = np.asarray(value)
    if value.dtype.kind == "f":
        return _("NaN (not a number)") if np.isnan(value) else f"{value:.6g}"
    return str(value.item())


def _is_array(value):
    return isinstance(value, (np.ndarray, np.generic, numbers.Number))


def _wide(value):
    """bfloat16 and its like, which NumPy does not know, as float32; text and objects as a list."""
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    if kind == "V":
        return np.asarray(value).astype("float32")
    return plain(value.tolist()) if kind and kind in "USO" else value
