"""Show which exercises and questions are done.

Reads what check() recorded on this computer; nothing is sent anywhere.
"""

from segcourse.command.quiet import quiet_import


def arguments(parser):
    del parser  # it takes none


def main(options):
    """Print a line for each exercise and question, week by week."""
    del options
    from segcourse.exercises.asking import registry as asking
    from segcourse.exercises.judging import record, registry

    outcomes = record.read()
    with quiet_import():
        exercises, questions = registry.all_exercises(), asking.all_questions()
    print(table(_by_week(exercises, questions), outcomes))
    counts = ", ".join(
        f"{sum(_is_right(entry.id, outcomes) for entry in entries)} of {len(entries)} {what} right"
        for what, entries in (("exercises", exercises), ("questions", questions))
        if entries
    )
    print(f"{counts}. Recorded in {record.path()}")
    return 0


def _by_week(exercises, questions):
    """The exercises of a week, then its questions."""
    week = {}
    for entry in [*exercises, *questions]:
        week.setdefault(entry.id.partition(".")[0], []).append(entry)
    return [entry for entries in week.values() for entry in entries]


def _is_right(id, outcomes):
    return outcomes.get(id, {}).get("outcome") == "right"


def table(entries, outcomes):
    """The lines of the table, one an exercise or question: id, title, outcome, day."""
    wide = max((len(entry.title) for entry in entries), default=0)
    lines = []
    for entry in entries:
        found = outcomes.get(entry.id, {})
        outcome, day = found.get("outcome", "not tried"), found.get("when", "")[:10]
        lines.append(f"{entry.id:>5}  {entry.title:{wide}}  {outcome:9}  {day}".rstrip())
    return "\n".join(lines)
