"""The known files of a hand-in, copied out of a folder or a zip; nothing else is touched."""

import contextlib
import os
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from segcourse.project.checking.files import LARGEST
from segcourse.project.checking.plain import plain

__all__ = ["opened"]

# A clone has some hundred files; a zip with very many is made to harm.
_MOST_ENTRIES = 5000
_MOST_ARCHIVE = 2**30
_BLOCK = 2**20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
           ValueError, UnicodeError)  # fmt: skip


def opened(source, target):
    """Copy the known files of `source` into the empty folder `target`.

    Links are not followed, what is no plain file is not opened, and no more is read than
    `LARGEST` allows. In a zip they may lie in a folder.

    Args:
        source: Path of a folder or a zip.
        target: Path of the folder for them.

    Returns:
        list of sentences about what was left out, and why.
    """
    if source.is_dir():
        return _from_folder(source, target)
    if source.stat().st_size > _MOST_ARCHIVE:
        return ["the zip is too large"]
    try:
        with zipfile.ZipFile(source) as archive:
            return _from_zip(archive, target)
    except _BROKEN as error:
        return [f"the zip is damaged: {plain(error)}"]


def _from_folder(source, target):
    remarks = []
    for name, most in LARGEST.items():
        path = source / name
        try:
            found = os.lstat(path)
        except OSError:
            continue
        if not stat.S_ISREG(found.st_mode) or getattr(found, "st_reparse_tag", 0):
            remarks.append(f"{name} is a link, or no plain file; it was not opened")
            continue
        try:
            with open(path, "rb", opener=_without_links) as file:
                remarks += _copy(file, target / name, most)
        except OSError as error:
            remarks.append(f"{name} cannot be read: {plain(error.strerror or error)}")
    return remarks


def _without_links(path, flags):
    """Opens a file that was plain a moment ago, and does not wait if it is a pipe now."""
    for name in ("O_NOFOLLOW", "O_NONBLOCK"):
        flags |= getattr(os, name, 0)
    return os.open(path, flags)


def _from_zip(archive, target):
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES:
        return [f"the zip has {len(entries):,} entries; at most {_MOST_ENTRIES:,} are read"]
    outside = [entry.filename for entry in entries if _leads_outside(entry.filename)]
    if outside:
        return [
            f"the zip has a path that leads outside: {plain(outside[0], 80)}; it was not opened"
        ]
    remarks = []
    for name, found in _wanted(entries).items():
        entry = found[0]
        if stat.S_ISLNK(entry.external_attr >> 16):
            remarks.append(f"{name} is a link; it was not opened")
            continue
        if len(found) > 1:
            remarks.append(f"the zip has {name} more than once; the first was read")
        if entry.file_size > LARGEST[name]:
            remarks.append(_too_large(name))
            continue
        try:
            with archive.open(entry) as file:
                remarks += _copy(file, target / name, LARGEST[name])
        except _BROKEN as error:
            remarks.append(f"{name} is damaged in the zip: {plain(error)}")
            (target / name).unlink(missing_ok=True)
    return remarks


def _leads_outside(name):
    parts = PurePosixPath(name).parts
    return name.startswith("/") or ".." in parts or "\\" in name or ":" in (parts or ("",))[0]


def _wanted(entries):
    """Entries by name of the folder inside the zip that has the most known files."""
    folders = {}
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path.name in LARGEST and not entry.is_dir():
            folders.setdefault(path.parent, {}).setdefault(path.name, []).append(entry)
    return max(folders.values(), key=len, default={})


def _copy(file, target, most):
    """Copies at most so many bytes; gives the remarks."""
    left = most
    with contextlib.ExitStack() as undo:
        undo.callback(Path(target).unlink, missing_ok=True)
        with open(target, "wb") as out:
            while block := file.read(min(_BLOCK, left + 1)):
                left -= len(block)
                if left < 0:
                    return [_too_large(target.name)]
                out.write(block)
        undo.pop_all()
    return []


def _too_large(name):
    return f"{name} is too large: more than {LARGEST[name] / 2**20:.0f} MB"
