"""Outcomes of the exercises on disk: one small JSON file, on this computer only.

It is `$SEGCOURSE_PROGRESS_FILE`, otherwise `.segcourse/progress.json` in the checkout, or in the
working directory where the package is installed without one. With `SEGCOURSE_QUIET=1`, as under
`pytest --nbval`, nothing is written. Keeping the record never makes a check fail. Nothing here
imports more than the standard library.

entries.py   what is kept of an exercise, and how an outcome is added
stored.py    the record as text, and what can be read of a damaged one
lock.py      one writer at a time
outcome.py   untouched, right, wrong
"""

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path

from segcourse.atomic_write import atomic_write
from segcourse.exercises.judging.record.entries import added
from segcourse.exercises.judging.record.lock import locked
from segcourse.exercises.judging.record.outcome import Outcome
from segcourse.exercises.judging.record.stored import DamagedError, parse, rescue, text_of
from segcourse.texts import _, ngettext

__all__ = ["Outcome", "mend", "note", "path", "read"]

_warned = False


def path():
    """Where the record is."""
    if os.environ.get("SEGCOURSE_PROGRESS_FILE"):
        return Path(os.environ["SEGCOURSE_PROGRESS_FILE"])
    checkout = Path(__file__).resolve().parents[4]
    base = checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()
    return base / ".segcourse" / "progress.json"


def read():
    """The record, `{"4.1": {"outcome": "right", "when": "2026-01-31T12:00:00+00:00", ...}}`.

    `outcome` is the latest one; an exercise cell that stands untouched again later does not undo
    it. `attempts` counts the checks of an own answer. What else an entry may have says
    `segcourse/exercises/judging/record/entries.py`. A missing file is an empty record; of a
    damaged one all that can be read is given.
    """
    try:
        data = path().read_bytes()
    except OSError:
        return {}
    try:
        return parse(data)
    except DamagedError:
        return rescue(data)


def note(id, outcome, met=None):
    """Writes down the outcome of one check.

    Args:
        id: of the exercise or question.
        outcome: an `Outcome`.
        met: str, the mistake or fault that was found, or None.
    """
    if os.environ.get("SEGCOURSE_QUIET") == "1":
        return
    try:
        with _held() as target:
            entries, said = _mended(target)
            _write(target, added(entries, id, outcome, met, datetime.now(UTC)))
        if said:
            print(said)
    except OSError as error:
        text = _("Your progress could not be written to {path} ({error}).")
        _warn(text.format(path=path(), error=error.strerror or error))


def mend():
    """Sets a damaged record aside and keeps what can be read of it.

    Returns:
        What to say to the reader, or None where the record is whole or cannot be written.
    """
    if not path().is_file():
        return None
    try:
        with _held() as target:
            entries, said = _mended(target)
            if said:
                _write(target, entries)
            return said
    except OSError:
        return None


@contextlib.contextmanager
def _held():
    """The record, of this process alone while the block lasts."""
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target.with_name(f".{target.name}.lock")):
        yield target


def _mended(target):
    """The entries, and a sentence where the file is damaged; a copy of it is then put aside."""
    try:
        data = target.read_bytes()
    except FileNotFoundError:
        return {}, None
    try:
        return parse(data), None
    except DamagedError:
        entries = rescue(data)
    aside = _aside(target, data)
    text = ngettext(
        "Your progress file was damaged. It was set aside as {name}; {count} entry could be read.",
        "Your progress file was damaged. It was set aside as {name}; {count} entries could be "
        "read.",
        len(entries),
    )
    return entries, text.format(name=aside.name, count=len(entries))


def _aside(target, data):
    """Keeps the damaged bytes beside the record, under the first name that is free.

    A copy: until the record is written anew, the damaged one stays where it is.
    """
    number = 1
    while True:
        aside = target.with_name(f"{target.stem}.damaged-{number}{target.suffix}")
        if not aside.exists():
            break
        if aside.read_bytes() == data:  # from a process that was killed right after this
            return aside
        number += 1
    with atomic_write(aside) as part:
        part.write_bytes(data)
    return aside


def _write(target, record):
    """All or nothing: a reader never sees half a file."""
    with atomic_write(target) as part:
        part.write_text(text_of(record), encoding="utf-8")


def _warn(text):
    """Once a process, on stdout: any stderr in a graded cell would cost its points."""
    global _warned
    if not _warned:
        _warned = True
        print(text)
