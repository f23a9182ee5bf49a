"""Outcomes of the exercises on disk: one small JSON file, on this computer only.

It is `$SEGCOURSE_PROGRESS_FILE`, otherwise `.segcourse/progress.json` in the checkout, or in the
working directory where the package is installed without one. With `SEGCOURSE_QUIET=1`, as under
`pytest --nbval`, nothing is written. Keeping the record never makes a check fail.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from segcourse.atomic_write import atomic_write
from segcourse.exercises.judging.judge import Outcome
from segcourse.texts import _

__all__ = ["note", "path", "read"]

_warned = False


def path():
    """Where the record is."""
    if os.environ.get("SEGCOURSE_PROGRESS_FILE"):
        return Path(os.environ["SEGCOURSE_PROGRESS_FILE"])
    checkout = Path(__file__).resolve().parents[3]
    base = checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()
    return base / ".segcourse" / "progress.json"


def read():
    """The record, `{"4.1": {"outcome": "right", "when": "2026-01-31T12:00:00+00:00", ...}}`.

    `outcome` is the latest one; an exercise cell that stands untouched again later does not undo
    it. `attempts` counts the checks of an own answer. A missing or damaged file is an empty
    record.
    """
    try:
        found = json.loads(path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {id: entry for id, entry in found.items() if _is_entry(entry)}


def note(id, outcome):
    """Writes down the outcome of one check."""
    if os.environ.get("SEGCOURSE_QUIET") == "1":
        return
    try:
        record = read()
        if outcome is Outcome.UNTOUCHED and id in record:
            return
        attempts = record.get(id, {}).get("attempts", 0) + (outcome is not Outcome.UNTOUCHED)
        when = datetime.now(UTC).isoformat(timespec="seconds")
        record[id] = {"outcome": outcome.value, "when": when, "attempts": attempts}
        _write(record)
    except OSError as error:
        text = _("Your progress could not be written to {path} ({error}).")
        _warn(text.format(path=path(), error=error.strerror))


def _write(record):
    """All or nothing: a reader, or a second notebook, never sees half a file."""
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(target) as part:
        part.write_text(json.dumps(record, indent=1, sort_keys=True), encoding="utf-8")


def _is_entry(entry):
    return (
        isinstance(entry, dict)
        and entry.get("outcome") in [outcome.value for outcome in Outcome]
        and isinstance(entry.get("attempts"), int)
        and isinstance(entry.get("when"), str)
    )


def _warn(text):
    """Once a process, on stdout: any stderr in a graded cell would cost its points."""
    global _warned
    if not _warned:
        _warned = True
        print(text)
