"""One message: a paragraph or a sentence that is translated as a whole."""

import re
from dataclasses import dataclass

__all__ = ["Message", "is_prose"]

BADGE = r"\[!\[[^\]]*\]\([^)\s]*badge[^)\s]*\)\]\([^)\s]*\)"
#: What is the same in every language: badges, code, formulas, targets of links, tags, addresses.
FIXED = re.compile(
    rf"{BADGE}|``.*?``|`[^`]*`|\$\$?[^$]+\$\$?|\]\([^)\s]*\)|<[^<>\s][^<>]*>|https?://\S+"
)
WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Message:
    """A message and where it stands.

    Args:
        text: str, the message in English.
        where: str, for the translator: a cell or a file, and what it is there.
        plural: str, the form for several, or None.
    """

    text: str
    where: str
    plural: str | None = None


def is_prose(text):
    """Whether there are words to be translated, beside code, formulas and links.

    Example:

    >>> is_prose("Both have 2,560 weights."), is_prose("`a` = $b$")
    (True, False)
    """
    return bool(WORD.search(FIXED.sub(" ", text)))
