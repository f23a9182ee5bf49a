"""Progress as one HTML page that needs nothing beside it."""

from html import escape
from pathlib import Path

from segcourse.atomic_write import atomic_write
from segcourse.progress.chart import STYLE, chart
from segcourse.progress.stuck import rows, stuck
from segcourse.progress.summary import counts, minutes, mistakes, seconds, state
from segcourse.progress.words import TIME, met_words, stuck_sentence
from segcourse.texts import _, language, ngettext

__all__ = ["class_page", "is_ours", "own_page", "write"]

MARK = '<meta name="generator" content="segcourse progress">'
_STYLE = """
body{font:16px/1.5 sans-serif;margin:1.5em auto;padding:0 1em;max-width:60em;
background:var(--paper);color:var(--ink)}
table{border-collapse:collapse;font-size:14px}div.wide{overflow-x:auto}
th,td{text-align:left;padding:.25em .7em .25em 0;border-bottom:1px solid var(--line);
vertical-align:top}td.n,th.n{text-align:right;white-space:nowrap}
"""


def own_page(record, weeks):
    """The page of one reader, as str.

    Example:

    >>> from segcourse.progress.course import course
    >>> own_page({}, course()).count("<svg")
    1
    """
    bars = [(week.label, counts(record, week.entries)) for week in weeks]
    said = _("{week}: {right} right, {tried} tried, {untouched} untouched.")
    description = " ".join(
        said.format(week=label, right=c.right, tried=c.tried, untouched=c.untouched)
        for label, c in bars
    )
    title = _("Exercises and questions, week by week")
    parts = [chart(bars, title, description), *_own_tables(record, weeks)]
    return _page(_("Progress"), [*parts, f"<p>{escape(_(TIME))}</p>"])


def _own_tables(record, weeks):
    heads = ("", "", _("outcome"), _("attempts"), _("time"), _("what was wrong"))
    said = {"right": _("right"), "tried": _("tried"), "untouched": _("untouched")}
    for week in weeks:
        yield f"<h2>{escape(week.label)}</h2>"
        lines = []
        for entry in week.entries:
            kept = record.get(entry.id, {})
            outcome = said[state(record, entry.id)]
            met = met_words(mistakes(record, entry.id))
            spent = minutes(kept.get("seconds") or None)
            attempts = kept.get("attempts") or "-"
            lines.append((entry.id, _(entry.title), outcome, attempts, spent, met))
        total = minutes(seconds(record, week.entries))
        yield _table(heads, lines)
        yield f"<p>{escape(_('Time: {time}').format(time=total))}</p>"


def class_page(records, weeks):
    """The page of a class, as str: one picture and one table.

    Args:
        records: dict from a name to a record, one at least.
        weeks: of `course()`.

    Example:

    >>> from segcourse.progress.course import course
    >>> class_page({"kim": {}}, course()).count("<table")
    1
    """
    found = rows(weeks, list(records.values()))
    people = len(records)
    text = ngettext("{count} record: {names}", "{count} records: {names}", people)
    where = [stuck_sentence(row, people) for row in stuck(found)]
    shown = [row for row in found if row.counts.right or row.counts.tried]
    bars = [(f"{row.entry.id}  {_(row.entry.title)}", row.counts) for row in shown]
    description = " ".join(where) or _("Nobody is stuck.")
    rest = [row.entry.id for row in found if row not in shown]
    parts = [
        f"<p>{escape(text.format(count=people, names=', '.join(records)))}</p>",
        *(f"<p>{escape(sentence)}</p>" for sentence in where),
        chart(bars, _("How many people have each exercise right"), description),
    ]
    if rest:
        text = _("Untouched by all: {ids}").format(ids=", ".join(rest))
        parts.append(f"<p>{escape(text)}</p>")
    parts.append(_class_table(found))
    text = _("Attempts and time are medians.")
    return _page(_("Progress of a class"), [*parts, f"<p>{escape(text)} {escape(_(TIME))}</p>"])


def _class_table(found):
    heads = ("", "", _("right"), _("tried"), _("untouched"), _("attempts"), _("time"))
    lines = []
    for row in found:
        attempts = "-" if row.attempts is None else f"{row.attempts:g}"
        numbers = (row.counts.right, row.counts.tried, row.counts.untouched)
        spent = minutes(row.seconds or None)
        met = met_words(row.met, 3)
        lines.append((row.entry.id, _(row.entry.title), *numbers, attempts, spent, met))
    return _table((*heads, _("what was wrong (people)")), lines)


def _table(heads, lines):
    """Columns of numbers stand at their right: all but the first two and the last."""

    def line(cells, tag):
        last = len(cells) - 1
        kinds = ["" if number in (0, 1, last) else ' class="n"' for number in range(len(cells))]
        found = zip(cells, kinds, strict=True)
        return "".join(f"<{tag}{kind}>{escape(str(cell))}</{tag}>" for cell, kind in found)

    body = "\n".join(f"<tr>{line(cells, 'td')}</tr>" for cells in lines)
    head = f"<thead><tr>{line(heads, 'th')}</tr></thead>"
    return f'<div class="wide"><table>{head}\n<tbody>{body}</tbody></table></div>'


def _page(title, parts):
    body = "\n".join(parts)
    return f"""<!doctype html>
<html lang="{language() or "en"}"><head><meta charset="utf-8">{MARK}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title><style>{STYLE}{_STYLE}</style></head>
<body><h1>{escape(title)}</h1>
{body}
</body></html>
"""


def is_ours(path):
    """Whether the file at `path` is a page that was written here.

    Example:

    >>> is_ours(__file__)
    False
    """
    try:
        with open(path, "rb") as file:
            return MARK.encode() in file.read(300)
    except OSError:
        return False


def write(path, text):
    """Writes a page, whole or not at all; missing folders are made."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
