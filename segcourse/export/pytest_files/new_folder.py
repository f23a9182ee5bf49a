"""A folder that is there whole or not at all, and never in the place of another."""

import contextlib
import os
import shutil
import uuid
from pathlib import Path

from segcourse.texts import _


class NotEmpty(ValueError):
    """The folder holds something, or is none."""


@contextlib.contextmanager
def new_folder(path):
    """Gives a folder to fill; it is put at `path` if all went well.

    Args:
        path: nothing, or an empty folder. Folders above it are made.

    Raises:
        NotEmpty: something is there. Nothing was changed.

    Example:

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with new_folder(Path(place) / "tests") as part:
    ...         _ = (part / "a.txt").write_text("whole")
    ...     sorted(str(found.relative_to(place)) for found in Path(place).rglob("*"))
    ['tests', 'tests/a.txt']
    """
    path = Path(path)
    check_new(path)
    path.absolute().parent.mkdir(parents=True, exist_ok=True)
    part = path.absolute().with_name(f".{path.absolute().name}.{uuid.uuid4().hex}.part")
    try:
        part.mkdir()
        yield part
        check_new(path)
        if path.exists():
            path.rmdir()  # Windows puts nothing in the place of an empty folder
        os.rename(part, path)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def check_new(path):
    """Raise `NotEmpty` where something is at `path`, but an empty folder."""
    path = Path(path)
    if os.path.lexists(path) and not (path.is_dir() and not any(path.iterdir())):
        text = _("DIR must be a new or an empty folder. Received: {path}")
        raise NotEmpty(text.format(path=path))
