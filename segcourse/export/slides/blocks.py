"""A text in Markdown as blocks: headings, paragraphs, lists, tables, formulas."""

import re
from dataclasses import dataclass

_HEADING = re.compile(r"(#{1,6}) +(.*)")
_ITEM = re.compile(r"(?:[-*+]|\d+[.)]) ")


@dataclass(frozen=True)
class Block:
    """A part of a text: its kind ("heading", "text", "item", "table", "formula", "code"), source.

    `level` is that of a heading.
    """

    kind: str
    source: str
    level: int = 0


def blocks(markdown):
    r"""List of `Block`; an item of a list is a block of its own.

    >>> [block.kind for block in blocks("# Title\n\nText.\n\n- one\n- two\n\n$$x$$")]
    ['heading', 'text', 'item', 'item', 'formula']
    """
    return [block for chunk in _chunks(markdown) for block in _of(chunk)]


def _chunks(markdown):
    """Parts between empty lines; a fence or a formula is one part whatever is in it."""
    chunk, until = [], None
    for line in markdown.splitlines():
        chunk.append(line)
        if until:
            if until in line:
                until = None
        elif line.lstrip().startswith("```"):
            until = "```"
        elif line.count("$$") % 2:
            until = "$$"
        elif not line.strip():
            yield chunk[:-1]
            chunk = []
    yield chunk


def _of(lines):
    lines = list(lines)
    while lines and (match := _HEADING.fullmatch(lines[0].strip())):
        yield Block("heading", match[2], len(match[1]))
        lines.pop(0)
    if not lines:
        return
    first = lines[0].lstrip()
    if first.startswith("|"):
        yield Block("table", "\n".join(lines))
    elif first.startswith("```"):
        yield Block("code", "\n".join(lines))
    elif first.startswith("$$"):
        yield Block("formula", "\n".join(lines))
    else:
        yield from _text(lines)


def _text(lines):
    """Paragraphs, and the items of lists among them."""
    part, kind = [], "text"
    for line in lines:
        if _ITEM.match(line):
            if part:
                yield Block(kind, "\n".join(part))
            part, kind = [line], "item"
        else:
            part.append(line)
    yield Block(kind, "\n".join(part))
