"""Bars of what is right, tried and untouched, as SVG: no program and no network is needed."""

from html import escape

from segcourse.texts import _

__all__ = ["STYLE", "chart"]

WIDTH, LABELS, ROW, BAR = 840, 320, 24, 18
#: Blue, orange and grey stay apart for colour-blind readers; the numbers stand in the bars, too.
STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1a1a1a;--line:#c9ced4;--link:#0b57b0;
--right:#6db3f2;--tried:#f2a33a;--untouched:#dfe3e8;--on-untouched:#1a1a1a}
@media (prefers-color-scheme:dark){:root{--paper:#16191d;--ink:#e8eaed;--line:#4a5058;
--link:#8ab8f5;--right:#5aa3e6;--tried:#eb9c35;--untouched:#3a4048;--on-untouched:#e8eaed}}
svg{max-width:100%;height:auto;font:13px sans-serif}
svg text{fill:var(--ink)}svg .in{fill:#111;text-anchor:middle}
svg .in.untouched{fill:var(--on-untouched)}
rect.right{fill:var(--right)}rect.tried{fill:var(--tried)}rect.untouched{fill:var(--untouched)}
"""
NARROWEST = 16  # of a bar with a number in it


def chart(rows, title, description):
    """A picture with a row of three bars for each label.

    Args:
        rows: list of pairs (label, `Counts`).
        title: str, what it shows, in a few words.
        description: str, what is to be seen in it, for those who do not see it.

    Returns:
        The `<svg>`, as str. It needs the rules of `STYLE`.

    Example:

    >>> from segcourse.progress.summary import Counts
    >>> chart([("Week 1", Counts(3, 1, 3))], "Progress", "Week 1: 3 right.").count("<rect")
    6
    """
    height = ROW * (len(rows) + 1) + 8
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="chart-title chart-said"'
        f' width="{WIDTH}" height="{height}">',
        f'<title id="chart-title">{escape(title)}</title>',
        f'<desc id="chart-said">{escape(description)}</desc>',
        *_legend(),
    ]
    for number, (label, counts) in enumerate(rows, start=1):
        parts += _row(ROW * number + 8, label, counts)
    return "\n".join([*parts, "</svg>"])


def _states(counts):
    return ("right", counts.right), ("tried", counts.tried), ("untouched", counts.untouched)


def _legend():
    said = {"right": _("right"), "tried": _("tried, not right yet"), "untouched": _("untouched")}
    for number, (state, text) in enumerate(said.items()):
        x = LABELS + number * 160
        yield f'<rect class="{state}" x="{x}" y="2" width="{BAR}" height="{BAR}" rx="2"/>'
        yield f'<text x="{x + BAR + 6}" y="16">{escape(text)}</text>'


def _row(y, label, counts):
    short = label if len(label) <= 50 else label[:49] + "…"
    yield f'<text x="{LABELS - 8}" y="{y + 14}" text-anchor="end">{escape(short)}</text>'
    x, room = LABELS, WIDTH - LABELS - 4
    for state, number in _states(counts):
        width = room * number / counts.total if counts.total else 0
        if not number:
            continue
        yield (
            f'<rect class="{state}" x="{x:.1f}" y="{y}" width="{width - 2:.1f}" height="{BAR}"'
            f' rx="2"/>'
        )
        if width >= NARROWEST:
            middle = x + width / 2 - 1
            yield f'<text class="in {state}" x="{middle:.1f}" y="{y + 14}">{number}</text>'
        x += width
