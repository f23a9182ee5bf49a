"""The table of the audit, for all exercises or for those that are named."""

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from segcourse.exercises.judging.registry import LETTERS  # noqa: E402
from tests.exercises.audit.report import details, put_into, table  # noqa: E402
from tests.exercises.audit.workshop import Workshop  # noqa: E402

PAGE = Path(__file__).parents[3] / "docs/exercises.md"


def main(arguments=None):
    """Prints the table; below it, for exercises that are named, what passes and must not."""
    parser = argparse.ArgumentParser(prog="python -m tests.exercises.audit")
    help = "weeks and exercises: week1, bonus, own_pictures, 4.2"
    parser.add_argument("wanted", nargs="*", help=help)
    parser.add_argument("--save", action="store_true", help="write the table to docs/exercises.md")
    options = parser.parse_args(arguments)
    if options.save and options.wanted:
        parser.error("--save writes the whole table: name no exercises with it")
    found = []
    with Workshop() as workshop:
        for id in _wanted(options.wanted, workshop.ids()):
            print(id, file=sys.stderr, flush=True)
            found.append(workshop.audit(id))
    print(table(found))
    if options.wanted:
        print(details(found))
    if options.save:
        text = put_into(PAGE.read_text(encoding="utf-8"), table(found))
        PAGE.write_text(text, encoding="utf-8")


def _wanted(names, ids):
    """Those of the ids that are named, alone or with their week; all of them without a name."""
    weeks = {id.partition(".")[0] for id in ids}
    folders = {LETTERS.get(week, f"week{week}"): week for week in weeks}
    chosen = {folders.get(name, name) for name in names}
    unknown = sorted(chosen - weeks - set(ids))
    if unknown:
        raise SystemExit(f"There is no exercise or week {unknown[0]!r}.")
    return [id for id in ids if not names or {id, id.partition(".")[0]} & chosen]


if __name__ == "__main__":
    main()
