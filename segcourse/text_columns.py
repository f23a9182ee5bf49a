"""How wide a text is where every letter has the same width."""

from unicodedata import east_asian_width

__all__ = ["text_columns"]


def text_columns(text):
    """The columns of a text in a terminal or a code cell: a letter of Hangul takes two.

    Example:

    >>> text_columns("sky 하늘")
    8
    """
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
