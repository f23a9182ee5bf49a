"""A folder and a zip, written whole or not at all."""

import contextlib
import os
import re
import shutil
import uuid
import zipfile
from pathlib import Path

from segcourse.texts import _

__all__ = ["check_name", "place"]

_NAME = re.compile(r"\w[\w.-]{0,59}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
# The same files give the same zip, whenever it is made.
_DATE = (1980, 1, 1, 0, 0, 0)


def check_name(name):
    """The name of a hand-in, if it can be a folder's on every system; else a ValueError.

    >>> check_name("kim_minji")
    'kim_minji'
    """
    fits = isinstance(name, str) and _NAME.fullmatch(name) and not name.endswith(".")
    if not fits or _RESERVED.fullmatch(name):
        text = _(
            "`name` must be 1 to 60 letters, digits, _, - or dots inside, and no spaces. "
            "Received: {name}"
        )
        raise ValueError(text.format(name=f"name={name!r}"))
    return name


def place(files, to, name):
    """Puts the folder `files` at `to/name`, and a zip of it beside it.

    Older ones of that name become `name-1`, `name-2`, … If anything goes wrong, all is as before.

    Args:
        files: folder with the files, on the same disk as `to`; it moves.
        to: folder of the hand-ins.
        name: of the new one.

    Returns:
        tuple of the paths of the folder, the zip, and the older folder's new name or None.
    """
    to = Path(to)
    folder, archive = to / name, to / f"{name}.zip"
    part = to / f".{name}.{uuid.uuid4().hex}.part"
    done = []  # moves (from, to), for the way back
    try:
        _zip(files, part, name)
        older = _free(to, name) if folder.exists() or archive.exists() else None
        for source, target in (
            (folder, to / f"{older}"), (archive, to / f"{older}.zip"),
            (Path(files), folder), (part, archive),
            # A repaired hand-in is pushed to where the first one was.
            (to / f"{older}" / ".git", folder / ".git"),
        ):  # fmt: skip
            if os.path.lexists(source):
                done.append((source, target))
                os.replace(source, target)
    except BaseException:
        for source, target in reversed(done):
            if os.path.lexists(target) and not os.path.lexists(source):
                os.replace(target, source)
        raise
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return folder, archive, older


def _zip(files, target, name):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(Path(files).iterdir()):
            entry = zipfile.ZipInfo(f"{name}/{path.name}", _DATE)
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            with open(path, "rb") as source, archive.open(entry, "w", force_zip64=True) as inside:
                shutil.copyfileobj(source, inside)


def _free(to, name):
    number = 1
    while (to / f"{name}-{number}").exists() or (to / f"{name}-{number}.zip").exists():
        number += 1
    return f"{name}-{number}"
