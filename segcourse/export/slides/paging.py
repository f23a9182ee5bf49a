"""A topic cut into slides that are not too full."""

import math
from dataclasses import dataclass, replace

from segcourse.export.slides.pieces import HEIGHT

TITLE = 34  # size of the font
GAP = 8


@dataclass(frozen=True)
class Page:
    """One slide: title, whether it begins a column, whether it goes on, pieces, notes."""

    title: str
    level: int
    column: bool
    again: bool
    placed: list  # of (piece, height)
    notes: list


def pages(topic):
    """List of `Page` of a `Topic`; the notes are those of the first."""
    room = HEIGHT - title_height(topic.title, topic.level)
    parts, part = [], []
    for piece in topic.pieces:
        piece = _pressed(piece, room)
        if part and _least([*part, piece]) > room:
            parts.append(part)
            part = []
        part.append(piece)
        if piece.last:
            parts.append(part)
            part = []
    if part or not parts:
        parts.append(part)
    return [
        Page(
            topic.title, topic.level, topic.column and not number, bool(number) or not topic.level,
            _placed(part, room), topic.notes if not number else [],
        )
        for number, part in enumerate(_without_widows(parts))
    ]  # fmt: skip


def title_height(title, level):
    size = 48 if level == 1 else TITLE
    return math.ceil(len(title) * 0.58 * size / 1184) * 1.2 * size + 18


def _pressed(piece, room):
    """A piece that is higher than a whole slide is made to fit one."""
    if piece.least <= room:
        return piece
    return replace(piece, least=room, height=room, most=room)


def _least(part):
    return sum(piece.least for piece in part) + GAP * (len(part) - 1)


def _without_widows(parts):
    """A last slide with one short line takes the piece before it along, where there is room."""
    if len(parts) > 1 and len(parts[-1]) == 1 and len(parts[-2]) > 2:
        last, before = parts[-1][0], parts[-2][-1]
        if last.least < 90 and before.least < 160 and not before.last:
            parts = [*parts[:-2], parts[-2][:-1], [before, last]]
    return parts


def _placed(part, room):
    """Each piece with its height: first all that it needs, then all that it can use."""
    heights = [piece.least for piece in part]
    for wanted in ("height", "most"):
        spare = room - sum(heights) - GAP * (len(part) - 1)
        missing = [max(0, getattr(p, wanted) - h) for p, h in zip(part, heights, strict=True)]
        share = min(1, max(0, spare) / sum(missing)) if sum(missing) else 0
        heights = [h + share * m for h, m in zip(heights, missing, strict=True)]
    return list(zip(part, heights, strict=True))
