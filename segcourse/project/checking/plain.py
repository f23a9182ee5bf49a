"""Texts of others made harmless: for a terminal, a table of cells, a page."""

import unicodedata

__all__ = ["plain"]

_MOST = 200


def plain(value, most=_MOST):
    """A text on one line, without what steers a terminal or turns the direction of writing.

    >>> plain("kim\\x1b[2J\\nminji")
    'kim�[2J�minji'
    """
    text = value if isinstance(value, str) else str(value)
    text = text[: most + 1]
    text = "".join("�" if unicodedata.category(letter)[0] in "CZ" and letter != " " else letter
                   for letter in text)  # fmt: skip
    return text if len(text) <= most else text[: most - 1] + "…"
