"""The records in a folder of a class, and what else lies there."""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from segcourse.exercises.judging.record.stored import DamagedError, parse
from segcourse.texts import _

__all__ = ["ClassRecords", "NotARecord", "read_folder", "read_record"]

LARGEST = 1_000_000  # bytes; a record of the whole course has some twenty thousand
NAME = "progress.json"


class NotARecord(ValueError):
    """A file that is no record of progress; the text says why."""


@dataclass
class ClassRecords:
    """What a folder holds.

    Attributes:
        records: dict from a name to a record.
        left_out: list of pairs (name, why) of all the rest.
    """

    records: dict = field(default_factory=dict)
    left_out: list = field(default_factory=list)


def read_folder(folder, known, ignored=None):
    """The records of a class: `kim.json`, `kim/progress.json`, or a hand-in `kim.zip`, each.

    Nothing is written. Files and folders with a dot before their name are passed over.

    Args:
        folder: path of it.
        known: collection of the ids of the course; a record without one of them is none.
        ignored: path of a file that is passed over, or None.

    Returns:
        A `ClassRecords`. A record that is there twice is counted once.

    Raises:
        OSError: the folder cannot be read.
    """
    found = ClassRecords()
    for path in sorted(Path(folder).iterdir()):
        if path.name.startswith(".") or (ignored and path.resolve() == Path(ignored).resolve()):
            continue
        name = path.name if path.name.isprintable() else ascii(path.name)
        try:
            record = read_record(path, known)
        except NotARecord as error:
            found.left_out.append((name, str(error)))
            continue
        twin = next((other for other, kept in found.records.items() if kept == record), None)
        if twin is None:
            short = Path(name).stem
            found.records[name if short in found.records else short] = record
        else:
            text = _("the same record as in {name}, counted once")
            found.left_out.append((name, text.format(name=twin)))
    return found


def read_record(path, known):
    """The record in a file, in a folder, or in a hand-in's zip.

    Raises:
        NotARecord: there is none.
    """
    try:
        record = parse(_bytes(Path(path)))
    except OSError as error:
        text = _("it cannot be read ({error})")
        raise NotARecord(text.format(error=error.strerror or error)) from None
    except DamagedError as error:
        text = _("no whole progress record: {error}")
        raise NotARecord(text.format(error=error)) from None
    if not record.keys() & known:
        raise NotARecord(_("no outcome of an exercise of this course in it"))
    return record


def _bytes(path):
    if path.is_dir():
        path = path / NAME
        if not path.is_file():
            raise NotARecord(_("a folder without {name}").format(name=NAME))
    if path.suffix.lower() == ".zip":
        return _from_zip(path)
    if path.suffix.lower() != ".json":
        raise NotARecord(_("no progress record"))
    if not path.is_file():
        raise NotARecord(_("no file"))
    return _bounded(path.stat().st_size, path.read_bytes)


def _from_zip(path):
    try:
        with zipfile.ZipFile(path) as opened:
            for member in opened.infolist():
                if member.filename == NAME or member.filename.endswith("/" + NAME):
                    return _bounded(member.file_size, lambda: opened.read(member))  # noqa: B023
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise NotARecord(_("a damaged zip")) from None
    raise NotARecord(_("a zip without {name}").format(name=NAME))


def _bounded(size, read):
    if size > LARGEST:
        text = _("too large for a progress record ({size} bytes)")
        raise NotARecord(text.format(size=f"{size:,}"))
    return read()
