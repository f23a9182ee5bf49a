"""The page: slides, pictures, formulas, styles and reveal.js in one file that needs no network."""

from html import escape
from pathlib import Path

from segcourse.export.slides.deck import topics
from segcourse.export.slides.paging import pages
from segcourse.export.slides.pieces import render
from segcourse.texts import language

#: What the first lines of a page say, by which it is known again.
GENERATOR = '<meta name="generator" content="segcourse export slides">'
_HERE = Path(__file__).parent
_SETTINGS = """Reveal.initialize({
  width: 1280, height: 720, margin: 0, center: false, hash: true, slideNumber: "c/t",
  transition: "none", backgroundTransition: "none", pdfSeparateFragments: false,
  plugins: [RevealNotes]
});"""


def to_slides(notebook, title):
    """The page of slides (str) of a notebook.

    Args:
        notebook: of nbformat, with slide types in its metadata.
        title: of the page, for the browser.

    Raises:
        ValueError: no cell has a slide type, or one is unknown.
    """
    return f"""<!DOCTYPE html>
<html lang="{language() or "en"}">
<head>
<meta charset="utf-8">
{GENERATOR}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>
{_file("reveal/reveal.css")}
{_file("deck.css")}
{_colours()}
</style>
</head>
<body>
<div class="reveal"><div class="slides">
{_columns(notebook)}
</div></div>
<script>
/*
{_file("reveal/LICENSE")}
*/
{_script("reveal/reveal.js")}
</script>
<script>
{_script("reveal/notes.js")}
</script>
<script>
{_SETTINGS}
</script>
</body>
</html>
"""


def _columns(notebook):
    columns = []
    for topic in topics(notebook):
        for page in pages(topic):
            if page.column or not columns:
                columns.append([])
            columns[-1].append(_section(page))
    return "\n".join(f"<section>\n{''.join(column)}</section>" for column in columns)


def _section(page):
    title = _title(page)
    shown = "\n".join(piece.at(height) for piece, height in page.placed)
    notes = "\n".join(page.notes)
    aside = f'<aside class="notes">{notes}</aside>\n' if notes else ""
    name = "page" if page.placed else "page divider"
    return f'<section class="{name}">\n{title}\n{shown}\n{aside}</section>\n'


def _title(page):
    if not page.title:
        return ""
    html = render(page.title).strip().removeprefix("<p>").removesuffix("</p>")
    tag = "h1" if page.level == 1 and not page.again else "h2"
    return f"<{tag}{' class=again' if page.again else ''}>{html}</{tag}>"


def _file(name):
    return (_HERE / name).read_text(encoding="utf-8")


def _script(name):
    """A script that stands in a page: the end of one would end it there."""
    return _file(name).replace("</script", "<\\/script")


def _colours():
    from pygments.formatters import HtmlFormatter

    return HtmlFormatter(style="default").get_style_defs(".reveal pre")
