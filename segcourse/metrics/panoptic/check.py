"""Is this a panoptic map as COCO means it? Errors name the image and the id."""

from segcourse.checks.arrays import as_array
from segcourse.checks.sizes import is_integer

VOID_ID = 0
# An id is stored in three bytes of a PNG.
MOST_IDS = 1 << 24


def check_categories(categories):
    """Raise a ValueError unless `categories` is `{id: {"name", "isthing"}}`."""
    if not isinstance(categories, dict) or not categories:
        raise ValueError(
            "`categories` must be a dict {id: {'name': ..., 'isthing': 0 or 1}}. "
            f"Received: {_short(categories)}"
        )
    for number, category in categories.items():
        if not is_integer(number) or number < 0:
            raise ValueError(
                f"`categories` must have ids that are integers, 0 or more. Received: {number!r}"
            )
        if not isinstance(category, dict) or category.get("isthing") not in (0, 1):
            raise ValueError(
                f"`categories` must say 'isthing': 0 or 1 for every id. Received for id {number}: "
                f"{_short(category)}"
            )


def check_segments(argument, pair, categories, name=None):
    """The id map as an array, and its segments_info as `{id: (category id, iscrowd)}`.

    Whether the map and its segments_info name the same ids is not looked at here: that takes a
    count of the pixels.
    """
    start = prefix(name)
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise ValueError(
            f"{start}`{argument}` must be a pair (id map, segments_info). Received: {_short(pair)}"
        )
    ids = check_map(f"{argument}[0]", pair[0], name)
    segments = {}
    if isinstance(pair[1], dict) or not hasattr(pair[1], "__iter__"):
        raise ValueError(
            f"{start}`{argument}[1]` must be segments_info, a list of dicts with id and "
            f"category_id. Received: {_short(pair[1])}"
        )
    for segment in pair[1]:
        number, category, crowd = _check_segment(f"{start}`{argument}[1]`", segment)
        if number in segments:
            raise ValueError(f"{start}`{argument}[1]` must list a segment once. Twice: id {number}")
        if category not in categories:
            raise ValueError(
                f"{start}`{argument}[1]` must use the categories {_some(categories)}. "
                f"Received: category_id={category} for segment id {number}"
            )
        segments[number] = category, crowd
    return ids, segments


def check_map(argument, values, name=None):
    """`values` as an integer array `[height, width]` that holds at least one pixel."""
    start = prefix(name)
    values = as_array(f"{start}`{argument}`", values)
    if values.ndim != 2 or values.size == 0:
        hint = " A COCO picture in colour is read by `rgb_to_ids`." if values.ndim == 3 else ""
        raise ValueError(
            f"{start}`{argument}` must be a map [height, width] of at least one pixel.{hint} "
            f"Received: shape={values.shape}"
        )
    if values.dtype.kind not in "iu":
        raise ValueError(f"{start}`{argument}` must hold integers. Received: dtype={values.dtype}")
    return values


def check_same_shape(one, other, names, name=None):
    """Raise a ValueError unless two maps have the same shape."""
    if one.shape != other.shape:
        raise ValueError(
            f"{prefix(name)}`{names[0]}` and `{names[1]}` must have the same shape. "
            f"Received: {one.shape} and {other.shape}"
        )


def prefix(name):
    """How an error message begins: with the image, where it has a name."""
    return "" if name is None else f"Image {name!r}: "


def _check_segment(place, segment):
    try:
        number, category = segment["id"], segment["category_id"]
        crowd = segment.get("iscrowd", 0)
    except (TypeError, KeyError, AttributeError):
        raise ValueError(
            f"{place} must be dicts with id and category_id. Received: {_short(segment)}"
        ) from None
    if not is_integer(number) or not VOID_ID < number < MOST_IDS:
        hint = " 0 is void, no segment." if is_integer(number) and number == VOID_ID else ""
        raise ValueError(
            f"{place} must have ids from 1 to {MOST_IDS - 1}.{hint} Received: id={number!r}"
        )
    if not is_integer(category):
        raise ValueError(
            f"{place} must have integers as category_id. Received: category_id={category!r} for "
            f"segment id {number}"
        )
    if crowd not in (0, 1):
        raise ValueError(
            f"{place} must have iscrowd 0 or 1. Received: iscrowd={crowd!r} for segment id {number}"
        )
    return int(number), int(category), bool(crowd)


def _some(values, most=8):
    values = sorted(values)
    shown = ", ".join(str(value) for value in values[:most])
    return shown + (f" and {len(values) - most} more" if len(values) > most else "")


def _short(value, most=80):
    text = repr(value)
    return text if len(text) <= most else text[: most - 1] + "…"
