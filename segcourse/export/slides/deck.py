"""From a notebook to slides: what is shown of each cell, and on which slide it stands.

    slide, subslide   a new slide; so is a heading inside a text, of level 1 or 2 to the right of
                      the last one, of level 3 below it
    fragment, -       goes on with the slide, and where it is full with one below
    notes             for the speaker's window alone
    skip              left out

A text is shown by the first sentence of each paragraph (`lead`), the speaker has all of it. A
cell with a picture shows the picture alone, one that prints only what holds prints only that; a
question shows its choices. The speaker has their code.
"""

from dataclasses import dataclass, field
from html import escape

from segcourse.export.slides import pieces
from segcourse.export.slides.blocks import blocks
from segcourse.export.slides.lead import lead
from segcourse.notebook.html import with_alternative_texts
from segcourse.notebook.slide_types import SLIDE_TYPES
from segcourse.texts import _


@dataclass
class Topic:
    """What belongs under one title, before it is cut into slides.

    `column` is whether it begins to the right of the last one, `level` that of the heading.
    """

    column: bool
    title: str
    level: int = 0
    pieces: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def topics(notebook):
    """List of `Topic` of a notebook (of nbformat), in its order.

    Raises:
        ValueError: no cell has a slide type, or one is unknown.
    """
    found = []
    typed = [
        (_type(n, cell), cell) for n, cell in enumerate(with_alternative_texts(notebook).cells)
    ]
    if not any(kind for kind, _cell in typed):
        raise ValueError(_("the notebook has no slides: no cell has a slide type"))
    for kind, cell in typed:
        if kind == "skip":
            continue
        if kind in ("slide", "subslide") or not found:
            above = found[-1].title if found else ""
            found.append(Topic(kind == "slide" or not found, above))
        if kind == "notes":
            found[-1].notes.append(_whole(cell))
        elif cell.cell_type == "markdown":
            _add_text(found, cell.source, kind == "fragment")
        elif cell.cell_type == "code":
            shown, notes = _code(cell)
            found[-1].pieces += _pieces(shown, kind == "fragment")
            found[-1].notes += notes
    return [one for one in found if one.pieces or one.level]


def _type(number, cell):
    slideshow = cell.metadata.get("slideshow", {})
    kind = slideshow.get("slide_type") if isinstance(slideshow, dict) else slideshow
    if kind not in (None, "", *SLIDE_TYPES):
        text = _("cell {number}: slide_type must be one of {allowed}. Received: {kind}")
        allowed = ", ".join(SLIDE_TYPES)
        raise ValueError(text.format(number=number, allowed=allowed, kind=repr(kind)))
    return kind


def _pieces(shown, fragment):
    return [pieces.as_fragment(piece) for piece in shown] if fragment else shown


def _add_text(found, source, fragment):
    """Blocks of a text; a heading in it begins a topic, unless the cell has just begun one."""
    for block in blocks(source):
        topic = found[-1]
        if block.kind == "heading":
            if topic.level or topic.pieces:
                topic = Topic(block.level <= 2, "")
                found.append(topic)
            topic.title, topic.level = block.source, block.level
            continue
        shown, whole = _shown(block)
        topic.pieces += _pieces(shown, fragment)
        if whole:
            topic.notes.append(whole)


def _shown(block):
    """Pieces of a block, and what the speaker has of it, or None."""
    if block.kind == "table":
        return pieces.tables(block.source), None
    if block.kind == "formula":
        return [pieces.formula(block.source)], None
    if block.kind == "code":
        lines = "\n".join(block.source.splitlines()[1:]).removesuffix("```")
        return [pieces.code(escape(lines, quote=False), lines)], None
    first = lead(block.source)
    whole = pieces.render(block.source) if first != block.source else None
    return [pieces.item(first) if block.kind == "item" else pieces.text(first)], whole


def _code(cell):
    """Pieces of a code cell, and what the speaker has of it."""
    html = coloured(cell.source)
    if _is_question(cell) and (asked := "".join(o.get("text", "") for o in cell.outputs)).strip():
        return pieces.question(asked), [f"<pre>{html}</pre>"]
    outputs = [piece for output in cell.outputs for piece in _output(output)]
    if _speaks_for_itself(cell):
        return outputs, [f"<pre>{html}</pre>"]
    return [pieces.code(html, cell.source), *outputs], []


def _is_question(cell):
    return any(tag.startswith("question:") for tag in cell.metadata.get("tags", []))


def _speaks_for_itself(cell):
    """Whether what came of a cell says enough without the code."""
    if any(kind.startswith("image/") for o in cell.outputs for kind in o.get("data", {})):
        return True
    said = "".join(output.get("text", "") for output in cell.outputs).splitlines()
    return bool(said) and all(line.startswith("Holds: ") for line in said)


def _output(output):
    if output.output_type == "stream":
        return pieces.printed(output.text) if output.name == "stdout" else []
    data = output.get("data", {})
    for kind in ("image/png", "image/jpeg"):
        if kind in data:
            alt = output.metadata.get(kind, {}).get("alt", "")
            return [pieces.picture(data[kind], kind, alt)]
    if "text/markdown" in data:
        return [piece for block in blocks(data["text/markdown"]) for piece in _in_output(block)]
    if any("widget" in kind for kind in data):
        return []  # it lives in a kernel alone
    return pieces.printed(data.get("text/plain", ""))


def _in_output(block):
    return [pieces.text(f"**{block.source}**")] if block.kind == "heading" else _shown(block)[0]


def _whole(cell):
    if cell.cell_type == "markdown":
        return pieces.render(cell.source)
    return f"<pre>{coloured(cell.source)}</pre>"


def coloured(source):
    """HTML of Python, in spans with the classes of Pygments."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers.python import PythonLexer

    return highlight(source, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)).rstrip("\n")
