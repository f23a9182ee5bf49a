"""report.json as it is read from others: every field there, of its kind, and of a sensible size."""

import json
import math

from segcourse.texts import _

__all__ = ["checked_report", "read_json"]

_MOST_TEXT = 200
_MOST_ENTRIES = 300
_LARGEST_SIDE = 4096


def read_json(path, most):
    """What a JSON file holds.

    Args:
        path: of the file.
        most: bytes that it may have.

    Raises:
        ValueError: it is missing, too large, or no JSON: with endless numbers, or nested too deep.
    """
    text = read_text(path, most)
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        line = str(error).splitlines()[0][:_MOST_TEXT]
        text = _("{file} is not JSON: {reason}")
        raise ValueError(text.format(file=path.name, reason=line)) from None


def read_text(path, most):
    """The text of a file of at most `most` bytes; a ValueError says what is wrong with it."""
    try:
        with open(path, "rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        text = _("{file} cannot be read: {reason}")
        raise ValueError(text.format(file=path.name, reason=error.strerror or error)) from None
    if len(data) > most:
        text = _("{file} is too large: more than {most:,} bytes")
        raise ValueError(text.format(file=path.name, most=most))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(_("{file} is not a text in UTF-8").format(file=path.name)) from None


def checked_report(path, most):
    """The report in a file, with its known fields alone.

    Args:
        path: of report.json.
        most: bytes that it may have.

    Returns:
        dict with the fields of `FIELDS`; texts have at most 200 characters, numbers are finite.

    Raises:
        ValueError: it is no report; the first field that is wrong is named.
    """
    found = read_json(path, most)
    if not isinstance(found, dict):
        raise ValueError(_("{file} is not a report: no object").format(file=path.name))
    report = {}
    for name, kind in FIELDS.items():
        try:
            report[name] = kind(found[name])
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            lacks = isinstance(error, KeyError) and error.args == (name,)
            text = _("{file}: {field} is missing") if lacks else _("{file}: {field} is wrong")
            raise ValueError(text.format(file=path.name, field=name)) from None
    return report


def _no_number(name):
    raise ValueError(f"{name} is no number")


def _text(value):
    if not isinstance(value, str) or len(value) > _MOST_TEXT:
        raise ValueError
    return value


def _number(value):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError
    if not math.isfinite(float(value)):
        raise ValueError
    return float(value)


def _maybe(kind):
    return lambda value: None if value is None else kind(value)


def _count(value):
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**62:
        raise ValueError
    return value


def _one(value):
    if _count(value) != 1:
        raise ValueError
    return value


def _table(kind):
    def read(value):
        if not isinstance(value, dict) or len(value) > _MOST_ENTRIES:
            raise ValueError
        return {_text(key): kind(inner) for key, inner in value.items()}

    return read


def _texts(value):
    if not isinstance(value, list) or len(value) > _MOST_ENTRIES:
        raise ValueError
    return [_text(inner) for inner in value]


def _size(value):
    """Height and width, or None where the report does not say."""
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError
    if not all(1 <= _count(side) <= _LARGEST_SIDE for side in value):
        raise ValueError
    return value


def _held_back(value):
    return {
        "split": _text(value["split"]),
        "images": _count(value["images"]),
        "size": _size(value.get("size")),
        "scores": _table(_maybe(_number))(value["scores"]),
        "iou": _table(_maybe(_number))(value["iou"]),
    }


#: Name of each field, and what makes it of what came, or raises.
FIELDS = {
    "schema": _one,
    "dataset": _text,
    "classes": _texts,
    "minutes": _number,
    "trained_seconds": _number,
    "name": _text,
    "parameters": _count,
    "held_back": _held_back,
    "val_mean_iou": _maybe(_number),
    "looks": _count,
    "model_sha256": _text,
    "true_segments": _text,
}
