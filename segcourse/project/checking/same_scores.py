"""Whether two measurements of one model agree."""

from segcourse.checks.sizes import is_number, number_from_zero

__all__ = ["TOLERANCE", "differences"]

#: As far as two machines, or two versions of a package, may be apart.
TOLERANCE = 1e-4


def differences(one, other, tolerance=TOLERANCE):
    """The names of the scores that differ between two results of `score`.

    Example:

    >>> first = {"scores": {"mean_iou": 0.5, "pq_things": None}, "iou": {"cat": 0.25}}
    >>> other = {"scores": {"mean_iou": 0.5, "pq_things": 0.1}, "iou": {"cat": 0.25001}}
    >>> differences(first, other)
    {'pq_things': (None, 0.1)}

    Args:
        one: a result, or what a report holds of it.
        other: another one.
        tolerance: how far two numbers that count as the same may be apart.

    Returns:
        dict from the name of a score, "IoU NAME" for that of a class, to the two values. A score
        that is missing or no number counts as None.

    Raises:
        ValueError: for a tolerance below 0.
    """
    tolerance = number_from_zero("tolerance", tolerance)
    first, second = _flat(one), _flat(other)
    pairs = {key: (first.get(key), second.get(key)) for key in {**first, **second}}
    return {key: pair for key, pair in pairs.items() if not _same(*pair, tolerance)}


def _flat(result):
    """All numbers of a result by name; a report may come from anybody."""
    result = result if isinstance(result, dict) else {}
    scores, iou = result.get("scores"), result.get("iou")
    flat = dict(scores) if isinstance(scores, dict) else {}
    if isinstance(iou, dict):
        flat |= {f"IoU {name}": value for name, value in iou.items()}
    return {key: value if is_number(value) else None for key, value in flat.items()}


def _same(one, other, tolerance):
    if one is None or other is None:
        return one is other
    return abs(one - other) <= tolerance
