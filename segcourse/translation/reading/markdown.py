"""A Markdown text, paragraph by paragraph.

A message is a heading, a paragraph, an item of a list or a row of a table, without the marks in
front of it and without its line breaks. Code, display formulas, comments and what holds no word are
no messages.
"""

import re

from segcourse.translation.reading.message import is_prose

__all__ = ["translated"]

FENCE = re.compile(r"\s*(`{3,}|~{3,})")
HEADING = re.compile(r"(#{1,6} +)(.*)")
ITEM = re.compile(r"(\s*(?:[-*+]|\d+[.)]) +)(.*)")
QUOTE = re.compile(r"> ?")
RULE = re.compile(r"\|[\s:|-]+\|?$")
COMMENT = re.compile(r"\s*<!--")
TAG_ALONE = re.compile(r"\s*</?\w[^>]*>\s*$")
REFERENCE = re.compile(r"\[[^\]]+\]: ")


def translated(text, say):
    """The text with each message as `say` gives it.

    Args:
        text: str, Markdown.
        say: function. say(message, kind) gives what takes its place; `kind` is "heading", "item",
            "row" or "paragraph".

    Returns:
        str. What is no message stays to the letter.

    Example:

    >>> print(translated("# A\\n\\n- one\\n  more\\n- `b`", lambda text, kind: f"<{kind} {text}>"))
    # A
    <BLANKLINE>
    - <item one more>
    - `b`
    """
    lines, result, at, in_list = text.split("\n"), [], 0, False
    while at < len(lines):
        line = lines[at]
        end = _copied(lines, at, in_list)
        if end > at:
            result += lines[at:end]
            in_list = in_list and (not line.strip() or line.startswith(" "))
        elif QUOTE.match(line):
            end = _while(lines, at, QUOTE.match)
            inside = "\n".join(QUOTE.sub("", each, count=1) for each in lines[at:end])
            result += [f"> {each}".rstrip() for each in translated(inside, say).split("\n")]
        else:
            front, kind, end, said = _block(lines, at)
            in_list = kind == "item" or (in_list and line.startswith(" "))
            result.append(
                front + (say(said, kind) if is_prose(said) else _kept(lines, at, end, front))
            )
        at = end
    return "\n".join(result)


def _kept(lines, at, end, front):
    return "\n".join(lines[at:end])[len(front) :]


def _copied(lines, at, in_list):
    """Where the lines end that stay as they are, from `at` on; `at` itself if there are none."""
    line = lines[at]
    if fence := FENCE.match(line):
        ends = (n for n in range(at + 1, len(lines)) if lines[n].strip().startswith(fence[1]))
        return next(ends, len(lines) - 1) + 1
    if line.startswith("$$"):
        return _end_of_formula(lines, at)
    if COMMENT.match(line):
        return next((n for n in range(at, len(lines)) if "-->" in lines[n]), at) + 1
    alone = not line.strip() or RULE.match(line) or TAG_ALONE.match(line) or REFERENCE.match(line)
    is_code = line.startswith("    ") and not in_list
    return at + 1 if alone or is_code else at


def _end_of_formula(lines, at):
    """Behind a display formula that is alone in its lines; `at` where text goes on behind it."""
    for n in range(at, len(lines)):
        rest = lines[n][2:] if n == at else lines[n]
        if "$$" in rest:
            return n + 1 if rest.rstrip().endswith("$$") else at
    return at


def _block(lines, at):
    """The marks in front, the kind, the end, and the message of the block that begins here."""
    line = lines[at]
    if found := HEADING.fullmatch(line):
        return found[1], "heading", at + 1, found[2]
    if line.startswith("|"):
        return "", "row", at + 1, line
    found = ITEM.fullmatch(line)
    front = found[1] if found else re.match(r"\s*", line)[0]
    end = _while(lines, at + 1, lambda each: not _begins(each))
    return (
        front,
        "item" if found else "paragraph",
        end,
        _joined([line[len(front) :], *lines[at + 1 : end]]),
    )


def _begins(line):
    """Whether a line begins another block than the paragraph above it."""
    others = (FENCE, HEADING, ITEM, QUOTE, COMMENT)
    return not line.strip() or line.startswith(("|", "$$")) or any(o.match(line) for o in others)


def _joined(lines):
    """One line; a break that the author has made, by two spaces or `\\`, stays."""
    text = ""
    for line in lines:
        hard = line.endswith(("  ", "\\"))
        text += (line.lstrip() if hard else line.strip()) + ("\n" if hard else " ")
    return text.rstrip(" \n")


def _while(lines, at, condition):
    while at < len(lines) and condition(lines[at]):
        at += 1
    return at
