"""The marks as a page."""

from html import escape

from segcourse.project.marking.columns import cells, heads
from segcourse.project.marking.rubric import ROWS

__all__ = ["html_table"]

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Marks</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body {{ font: 15px/1.4 sans-serif; margin: 2em; }}
table {{ border-collapse: collapse; }}
th, td {{ border: 1px solid #999; padding: .3em .6em; text-align: left; vertical-align: top; }}
th {{ background: #eee; position: sticky; top: 0; }}
td:first-child {{ font-weight: bold; }}
</style></head><body>
<h1>Marks of the final project</h1>
<table><caption>{caption}</caption>
<thead><tr>{head}</tr></thead>
<tbody>
{body}
</tbody></table>
<h2>The machine's rows</h2>
<ul>{rows}</ul>
</body></html>
"""
_CAPTION = (
    "Points of the machine; the others are a person's, by docs/final_project_rubric.md. "
    "“person” stands where the machine cannot say."
)


def html_table(rows):
    """The page (str); whatever stands in a hand-in, it is text there."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads())
    lines = ("".join(f"<td>{escape(one)}</td>" for one in cells(row)) for row in rows)
    body = "\n".join(f"<tr>{line}</tr>" for line in lines)
    titles = "".join(f"<li>{escape(row.id)}: {escape(row.title)}</li>" for row in ROWS)
    return _PAGE.format(caption=escape(_CAPTION), head=head, body=body, rows=titles)
