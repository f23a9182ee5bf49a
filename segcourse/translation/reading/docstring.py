"""The text of a function, paragraph by paragraph.

A message is a paragraph, or an entry below `Args:` with the name in front. The words `Args:`,
`Returns:`, `Raises:` and `Example:`, code, and what an example gives stay as they are.
"""

import re

from segcourse.text_columns import text_columns
from segcourse.translation.reading.message import is_prose

__all__ = ["translated"]

#: Below these each entry is a message, below the others each paragraph.
OF_ENTRIES = re.compile(r"(?:Args|Raises):")
HEAD = re.compile(r"(?:Args|Returns|Raises|Yields|Example|Examples|Reference|Note):\s*$")
COLUMNS = 92


def translated(text, say):
    """The text of a function with each message as `say` gives it.

    Args:
        text: str, without the indentation that all its lines share.
        say: function. say(message, kind) gives what takes its place; `kind` is "text".

    Returns:
        str. A message that `say` leaves as it is keeps its line breaks.

    Example:

    >>> print(translated("Add.\\n\\nArgs:\\n    a: int.", lambda text, kind: "…"))
    …
    <BLANKLINE>
    Args:
        …
    """
    lines, result, at, entries = text.split("\n"), [], 0, False
    while at < len(lines):
        end = _end(lines, at, entries)
        block = lines[at:end]
        said = " ".join(line.strip() for line in block)
        if HEAD.match(block[0]):
            entries = bool(OF_ENTRIES.match(block[0]))
        is_code = block[0].lstrip().startswith((">>>", "...")) or HEAD.match(block[0])
        if is_code or not is_prose(said):
            result += block
        else:
            new = say(said, "text")
            result += block if new == said else _wrapped(new, block, entries)
        at = end
    return "\n".join(result)


def _end(lines, at, entries):
    """Behind the block that begins at a line."""
    line = lines[at]
    if not line.strip() or HEAD.match(line):
        return at + 1
    end, indent = at + 1, _indent(line)
    is_code = line.lstrip().startswith(">>>")
    is_entry = entries and indent
    while end < len(lines) and lines[end].strip():
        if not is_code:
            other = lines[end].lstrip()
            if other.startswith(">>>") or (is_entry and _indent(lines[end]) <= indent):
                break
            if _indent(lines[end]) < indent:
                break
        end += 1
    return end


def _wrapped(text, block, entries):
    """Lines of a text, with the indentation that the lines of `block` have."""
    first = " " * _indent(block[0])
    later = " " * _indent(block[1]) if len(block) > 1 else first
    if len(block) == 1 and first and entries:
        later = first + "    "
    lines, line = [], first
    for word in text.split(" "):
        apart = "" if not line.strip() else " "
        if line.strip() and text_columns(line + apart + word) > COLUMNS:
            lines.append(line)
            line, apart = later, ""
        line += apart + word
    return [*lines, line]


def _indent(line):
    return len(line) - len(line.lstrip())
