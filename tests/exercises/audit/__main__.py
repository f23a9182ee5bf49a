"""The table of the audit, for all exercises or for those that are named."""

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from segcourse.exercises.judging.registry import all_exercises  # noqa: E402
from tests.exercises.audit.report import details, put_into, table  # noqa: E402
from tests.exercises.audit.workshop import Workshop  # noqa: E402

PAGE = Path(__file__).parents[3] / "docs/exercises.md"


def main(arguments=None):
    """Prints the table; below it, for exercises that are named, what passes and must not."""
    parser = argparse.ArgumentParser(prog="python -m tests.exercises.audit")
    parser.add_argument("wanted", nargs="*", help="weeks and exercises: week1, bonus, 4.2")
    parser.add_argument("--save", action="store_true", help="write the table to docs/exercises.md")
    options = parser.parse_args(arguments)
    if options.save and options.wanted:
        parser.error("--save writes the whole table: name no exercises with it")
    found = []
    with Workshop() as workshop:
        for exercise in _wanted(options.wanted):
            print(f"{exercise.id} {exercise.function}", file=sys.stderr, flush=True)
            found.append(workshop.audit(exercise.id))
    print(table(found))
    if options.wanted:
        print(details(found))
    if options.save:
        text = put_into(PAGE.read_text(encoding="utf-8"), table(found))
        PAGE.write_text(text, encoding="utf-8")


def _wanted(names):
    """The exercises of the weeks and ids that are named; all without any."""
    exercises = all_exercises()
    ids = {exercise.id for exercise in exercises}
    weeks = {id.partition(".")[0]: id.partition(".")[0] for id in ids}
    weeks |= {f"week{week}": week for week in weeks} | {"bonus": "B"}
    unknown = [name for name in names if name not in ids and name not in weeks]
    if unknown:
        raise SystemExit(f"There is no exercise or week {unknown[0]!r}.")
    chosen = {weeks.get(name, name) for name in names}
    return [e for e in exercises if not names or {e.id, e.id.partition(".")[0]} & chosen]


if __name__ == "__main__":
    main()
