"""Show which exercises are done.

Reads what check() recorded on this computer; nothing is sent anywhere.
"""

from segcourse.command.quiet import quiet_import


def arguments(parser):
    del parser  # it takes none


def main(options):
    """Print a line for each exercise, in the order of the course."""
    del options
    from segcourse.exercises.judging import record, registry

    outcomes = record.read()
    with quiet_import():
        exercises = registry.all_exercises()
    print(table(exercises, outcomes))
    right = sum(outcomes.get(e.id, {}).get("outcome") == "right" for e in exercises)
    print(f"{right} of {len(exercises)} right. Recorded in {record.path()}")
    return 0


def table(exercises, outcomes):
    """The lines of the table: id, title, outcome, day."""
    wide = max((len(exercise.title) for exercise in exercises), default=0)
    lines = []
    for exercise in exercises:
        entry = outcomes.get(exercise.id, {})
        outcome, day = entry.get("outcome", "not tried"), entry.get("when", "")[:10]
        lines.append(f"{exercise.id:>5}  {exercise.title:{wide}}  {outcome:9}  {day}".rstrip())
    return "\n".join(lines)
