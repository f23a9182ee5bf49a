"""What stands on slides, each with the height it needs: nothing is measured, all is estimated.

Heights and widths are pixels of a slide of 1280 x 720. The estimates are those of `deck.css` with a
wide font, so that a slide has rather too much room than too little.
"""

import base64
import math
import re
import struct
from dataclasses import dataclass, replace
from html import escape
from textwrap import wrap

from segcourse.notebook.formulas import markdown_to_html
from segcourse.text_columns import text_columns

WIDTH, HEIGHT = 1184, 640  # what the margins of a slide leave
TEXT, TABLE, CODE = 26, 21, 18  # sizes of fonts
SMALLEST_CODE = 15
_LOCAL_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)\s]*\)")


@dataclass(frozen=True)
class Piece:
    """A part of a slide.

    Attributes:
        html: str; "{size}" in it stands for the size of the font or the height of the picture.
        height: what it needs.
        least: what it can be pressed to; pictures and code are made smaller, all else is not.
        most: what it grows to where there is room.
        fragment: whether it comes at the next key.
        last: whether its slide ends with it.
    """

    html: str
    height: float
    least: float
    most: float
    fragment: bool = False
    last: bool = False

    def at(self, height):
        """The HTML, for a height between `least` and `most`."""
        html = self.html
        if "{size}" in html:
            html = html.replace("{size}", f"{self._size(height):.4g}")
        name = "piece fragment" if self.fragment else "piece"
        return f'<div class="{name}">{html}</div>'

    def _size(self, height):
        return height - 12


@dataclass(frozen=True)
class Code(Piece):
    lines: int = 1
    widest: float = CODE

    def _size(self, height):
        return min(self.widest, (height - 26) / (1.3 * self.lines))


def as_fragment(piece):
    return replace(piece, fragment=True)


def text(markdown):
    """A paragraph."""
    height = _lines(markdown, TEXT) * 1.36 * TEXT + 14
    return _fixed(render(markdown), height)


def item(markdown):
    """An item of a list."""
    height = _lines(markdown, TEXT, 40) * 1.36 * TEXT + 8
    return _fixed(render(markdown), height)


def formula(markdown):
    rows = markdown.count(r"\\") + 1
    tall = 2 if re.search(r"\\(?:d?frac|sum|int|prod|begin)", markdown) else 1
    return _fixed(render(markdown), 24 + rows * tall * 1.5 * TEXT)


def tables(markdown, most=HEIGHT - 60):
    """A table; one that is too high becomes several, each with the head."""
    lines = markdown.splitlines()
    head, rows = lines[:2], lines[2:]
    pieces, part, used = [], [], _row(lines[0])
    for row in rows:
        if part and used + _row(row) > most:
            pieces.append(_fixed(render("\n".join(head + part)), used + 16))
            part, used = [], _row(lines[0])
        part.append(row)
        used += _row(row)
    pieces.append(_fixed(render("\n".join(head + part)), used + 16))
    return pieces


def _row(line):
    """A row's height: its longest cell, in a column as wide as its share of the text."""
    cells = [_plain(cell) for cell in line.strip().strip("|").split("|")]
    per_line = max(8, (WIDTH / (0.56 * TABLE) - 3 * len(cells)) / max(1, len(cells)))
    total = sum(len(cell) for cell in cells) + 3 * len(cells)
    if total <= WIDTH / (0.58 * TABLE):
        lines = 1
    else:
        lines = max(math.ceil(len(cell) / per_line) for cell in cells)
    return lines * 1.3 * TABLE + 10


def code(html, source, smallest=SMALLEST_CODE):
    """Lines of code or of printed text; `html` is the coloured form, or the escaped text."""
    lines = source.rstrip("\n").splitlines() or [""]
    columns = max(text_columns(line.expandtabs()) for line in lines)
    widest = min(CODE, (WIDTH - 34) / (0.605 * max(columns, 1)))
    height = 1.3 * widest * len(lines) + 26
    size = min(smallest, widest)
    return Code(
        f'<pre style="font-size:{{size}}px">{html}</pre>', height, 1.3 * size * len(lines) + 26,
        height, lines=len(lines), widest=widest,
    )  # fmt: skip


def printed(text, most=24):
    """What a cell printed, its long lines wrapped; in parts where there are many."""
    per_line = int((WIDTH - 34) / (0.605 * CODE))
    lines = [
        part
        for line in text.rstrip("\n").expandtabs().splitlines()
        for part in wrap(line, per_line, drop_whitespace=False, replace_whitespace=False) or [""]
    ]
    parts = ["\n".join(lines[i : i + most]) for i in range(0, len(lines), most)]
    return [code(f"<samp>{escape(part, quote=False)}</samp>", part) for part in parts]


def question(printed):
    """A question and its choices, alone on what is left of a slide: the next cell answers it."""
    lines = [line for line in printed.splitlines() if line.strip()]
    asked = [line for line in lines if not line.startswith(" ")]
    choices = [line.split(maxsplit=1) for line in lines if line.startswith(" ")]
    shown = [_fixed(f"<p><strong>{escape(asked[0])}</strong></p>", text(asked[0]).height + 10)]
    for choice in choices:
        html = "&emsp;".join(escape(part) for part in choice)
        shown.append(_fixed(f"<p>{html}</p>", item(" ".join(choice)).height + 8))
    return [*shown[:-1], replace(shown[-1], last=True)]


def picture(data, kind, alt):
    """A picture of a notebook (base64 text); `alt` is read out."""
    width, height = _size_of(data)
    scale = min(1.5, WIDTH / width)
    natural = height * min(1, WIDTH / width) + 12
    html = (
        f'<img alt="{escape(alt)}" src="data:{kind};base64,{"".join(data.split())}" '
        'style="height:{size}px">'
    )
    most = min(height * scale + 12, HEIGHT - 50)
    natural = min(natural, most)
    return Piece(html, natural, min(natural, max(0.72 * natural, 250)), most)


def _size_of(data):
    """Width and height of a PNG; of another picture those of a figure of usual size."""
    start = base64.b64decode("".join(data.split())[:64])
    if start[:8] == b"\x89PNG\r\n\x1a\n" and len(start) >= 24:
        width, height = struct.unpack(">II", start[16:24])
        return max(1, width), max(1, height)
    return 1000, 500


def render(markdown):
    """HTML of a text; a link to a file of the course, which is not beside the slides, is text."""
    return markdown_to_html(_LOCAL_LINK.sub(r"\1", markdown))


def _fixed(html, height):
    return Piece(html.replace("{size}", "{ size }"), height, height, height)


def _lines(markdown, size, indent=0):
    per_line = (WIDTH - indent) / (0.5 * size)
    return max(1, math.ceil(len(_plain(markdown)) / per_line * 1.03))


def _plain(markdown):
    """The text as it is read: without marks and addresses, each formula as long as it looks."""
    plain = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", markdown)
    plain = re.sub(r"\\[a-zA-Z]+", "x", plain)
    return re.sub(r"[*`$\\{}]|^(?:[-*+]|\d+[.)]) ", "", plain).strip()
