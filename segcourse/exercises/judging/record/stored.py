"""A record as text: read whole, or what can still be read of a damaged one."""

import json
import re

from segcourse.exercises.judging.record.entries import entry_of

__all__ = ["DamagedError", "parse", "rescue", "text_of"]

#: An id with the bracket that opens its entry.
OPENING = re.compile(r'"([0-9A-Z]{1,3}\.[0-9a-z]{1,2})"\s*:\s*(?=\{)')


class DamagedError(ValueError):
    """The text is no record, or not all of it is."""


def parse(data):
    """The entries in the bytes of a record.

    Raises:
        DamagedError: it is not JSON, or one of its entries is none.

    Example:

    >>> parse(b'{"4.1": {"outcome": "right", "when": "2026-01-31", "attempts": 1}}')
    {'4.1': {'outcome': 'right', 'when': '2026-01-31', 'attempts': 1}}
    """
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DamagedError(f"it is not JSON ({str(error).splitlines()[0]})") from None
    if not isinstance(found, dict):
        raise DamagedError(f"it holds a {type(found).__name__}, not a dict")
    entries = {id: entry_of(entry) for id, entry in found.items()}
    odd = [id for id, entry in entries.items() if entry is None]
    if odd:
        raise DamagedError(f"what stands under {odd[0][:20]!r} is no outcome")
    return entries


def rescue(data):
    """The single entries that still stand whole in the bytes of a damaged record.

    Example:

    >>> rescue(b'{"4.1": {"outcome": "right", "when": "2026-01-31", "attempts": 1}, "4.2": {"out')
    {'4.1': {'outcome': 'right', 'when': '2026-01-31', 'attempts': 1}}
    """
    text = data.decode("utf-8", errors="replace")
    decoder, found = json.JSONDecoder(), {}
    for opening in OPENING.finditer(text):
        try:
            entry = entry_of(decoder.raw_decode(text, opening.end())[0])
        except (ValueError, RecursionError):
            continue
        if entry is not None:
            found[opening.group(1)] = entry
    return found


def text_of(record):
    """The record as it is written."""
    return json.dumps(record, indent=1, sort_keys=True)
