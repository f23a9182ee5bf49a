"""Progress as text, for a terminal."""

from segcourse.progress.stuck import rows, stuck
from segcourse.progress.summary import counts, minutes, mistakes, next_week, seconds, state
from segcourse.texts import N_, _, ngettext

__all__ = ["TIME", "class_lines", "met_words", "own_lines", "stuck_sentence", "times"]

#: What the numbers of minutes are.
TIME = N_(
    "Time runs from one check or question to the next; a pause of more than 30 minutes does not "
    "count, and reading before the first check is not seen."
)


def own_lines(record, weeks):
    """One reader's record: a table of the weeks, then what was looked at, as a list of lines.

    Example:

    >>> from segcourse.progress.course import course
    >>> own_lines({}, course()[:1])[2].split()
    ['Week', '1', '0', '0', '7', '0', '0', '4', '-']
    """
    lines = _week_table(record, weeks)
    seen = [[entry for entry in week.entries if entry.id in record] for week in weeks]
    wide = max((len(_(entry.title)) for entries in seen for entry in entries), default=0)
    for week, entries in zip(weeks, seen, strict=True):
        if entries:
            lines += ["", week.label, *_entry_lines(record, entries, wide)]
    spent = seconds(record, [entry for week in weeks for entry in week.entries])
    if spent is not None:
        lines += ["", _("Time in all: {time}.").format(time=minutes(spent)), _(TIME)]
    week = next_week(record, weeks)
    text = _("Next: {week}.").format(week=week.label) if week else _("All is right.")
    return [*lines, "", text]


def _week_table(record, weeks):
    wide = max(len(week.label) for week in weeks)
    numbers = "{:>7}{:>7}{:>11}"
    heads = numbers.format(_("right"), _("tried"), _("untouched"))
    empty, exercises, questions = " " * wide, _("exercises"), _("questions")
    lines = [f"{empty}{exercises:>25}{questions:>25}", f"{empty}{heads}{heads}{_('time'):>14}"]
    for week in weeks:
        cells = []
        for entries in (week.exercises, week.questions):
            found = counts(record, entries)
            cells.append(numbers.format(found.right, found.tried, found.untouched))
        spent = minutes(seconds(record, week.entries))
        lines.append(f"{week.label:{wide}}{cells[0]}{cells[1]}{spent:>14}")
    return lines


def _entry_lines(record, entries, wide):
    """A line an entry; columns without anything in them stay empty."""
    said = {"right": _("right"), "tried": _("tried"), "untouched": _("untouched")}
    for entry in entries:
        kept = record[entry.id]
        tried = times(kept["attempts"]) if kept["attempts"] else ""
        spent = minutes(kept["seconds"]) if kept.get("seconds") else ""
        day, outcome = kept["when"][:10], said[state(record, entry.id)]
        line = f"{entry.id:>5}  {_(entry.title):{wide}}  {outcome:9}  {day:10}"
        met = met_words(mistakes(record, entry.id))
        yield f"{line}  {tried:>11}{spent:>12}  {met}".rstrip()


def times(number):
    """A number of attempts in words.

    Example:

    >>> times(1), times(2)
    ('1 attempt', '2 attempts')
    """
    return ngettext("{count} attempt", "{count} attempts", number).format(count=f"{number:g}")


def met_words(met, most=None):
    """Mistakes with their numbers, where there is more than one of a kind.

    Example:

    >>> met_words([("off by one", 2), ("returned None", 1)])
    'off by one (2), returned None'
    """
    return ", ".join(f"{_(name)} ({n})" if n > 1 else _(name) for name, n in met[:most])


def class_lines(records, weeks):
    """A class: where it is stuck, then a table of all that somebody has looked at, as lines.

    Args:
        records: dict from a name to a record, one at least.
        weeks: of `course()`.

    Example:

    >>> from segcourse.progress.course import course
    >>> record = {"1.1": {"outcome": "wrong", "attempts": 3, "met": {"off by one": 3}}}
    >>> print(class_lines({"kim": record}, course())[0])
    1 record: kim
    """
    found = rows(weeks, list(records.values()))
    head = ngettext("{count} record: {names}", "{count} records: {names}", len(records))
    lines = [head.format(count=len(records), names=", ".join(records))]
    lines += [stuck_sentence(row, len(records)) for row in stuck(found)]
    return [*lines, "", *_class_table(found)]


def stuck_sentence(row, people):
    """Of one row where a class is stuck: how many people, and what they met most often."""
    text = _("Stuck at {id} {title}: {count} of {people} tried and are not right yet.")
    line = text.format(
        id=row.entry.id, title=_(row.entry.title), count=row.counts.tried, people=people
    )
    if not row.met:
        return line
    most = _("Most often: {met}.").format(met=met_words(row.met, 2))
    return f"{line} {most}"


def _class_table(found):
    shown = [row for row in found if row.counts.right or row.counts.tried]
    rest = [row.entry.id for row in found if row not in shown]
    wide = max((len(_(row.entry.title)) for row in shown), default=0)
    form = f"{{:>5}}  {{:{wide}}}{{:>7}}{{:>7}}{{:>11}}{{:>10}}{{:>13}}  {{}}"
    heads = (_("right"), _("tried"), _("untouched"), _("attempts"), _("time"), _("most often"))
    lines = [form.format("", "", *heads)]
    for row in shown:
        found = row.counts
        attempts = "-" if row.attempts is None else f"{row.attempts:g}"
        cells = (found.right, found.tried, found.untouched, attempts, minutes(row.seconds))
        met = met_words(row.met, 2)
        lines.append(form.format(row.entry.id, _(row.entry.title), *cells, met).rstrip())
    if rest:
        lines += ["", _("Untouched by all: {ids}").format(ids=", ".join(rest))]
    return [*lines, "", _("Attempts and time are medians."), _(TIME)]
