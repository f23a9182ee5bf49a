"""The table of the audit, for all exercises or for those that are named."""

import argparse
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from segcourse.exercises.judging.registry import all_exercises  # noqa: E402
from tests.exercises.audit.report import details, table  # noqa: E402
from tests.exercises.audit.workshop import Workshop  # noqa: E402


def main(arguments=None):
    """Prints the table; below it, for exercises that are named, what passes and must not."""
    parser = argparse.ArgumentParser(prog="python -m tests.exercises.audit")
    parser.add_argument("wanted", nargs="*", help="weeks and exercises: week1, bonus, 4.2")
    parser.add_argument("--save", action="store_true", help="write the table to docs/exercises.md")
    options = parser.parse_args(arguments)
    found = []
    with Workshop() as workshop:
        for exercise in _wanted(options.wanted):
            print(f"{exercise.id} {exercise.function}", file=sys.stderr, flush=True)
            found.append(workshop.audit(exercise.id))
    print(table(found))
    if options.wanted:
        print(details(found))


def _wanted(names):
    """The exercises of the weeks and ids that are named; all without any."""
    exercises = all_exercises()
    if not names:
        return exercises
    weeks = {"bonus" if name in ("bonus", "B") else name.removeprefix("week") for name in names}
    weeks = {"B" if week == "bonus" else week for week in weeks}
    chosen = [e for e in exercises if e.id in names or e.id.partition(".")[0] in weeks]
    if not chosen:
        raise SystemExit(f"There is no exercise or week like {', '.join(names)}.")
    return chosen


if __name__ == "__main__":
    main()
