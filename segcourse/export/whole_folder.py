"""A folder that is there whole or not at all."""

import contextlib
import os
import shutil
import uuid
from pathlib import Path

__all__ = ["whole_folder"]


@contextlib.contextmanager
def whole_folder(target):
    """Gives a new folder to fill; what lies in it comes to `target` only if all went well.

    A failed or interrupted block leaves `target` as it was; only a process that is killed leaves
    `.NAME.….part`, beside `target`, or in it where it was there already.

    Args:
        target: path of a folder that is not there yet, or is empty. Its parent must be there.

    Raises:
        ValueError: for any other path.

    Example:

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as there:
    ...     target = pathlib.Path(there) / "new"
    ...     with whole_folder(target) as part:
    ...         _ = (part / "notes.txt").write_text("whole")
    ...     [path.name for path in target.iterdir()]
    ['notes.txt']
    """
    target = Path(target).absolute()
    _check(target)
    # An empty folder stays itself: it may be the working directory, or a disk of its own.
    there = target.is_dir()
    # Only a name: an interrupt between making the folder and the `try` would leave it for ever.
    part = (target if there else target.parent) / f".{target.name}.{uuid.uuid4().hex}.part"
    try:
        part.mkdir()
        yield part
        if there:
            _move_up(part, target)
        else:
            os.rename(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _check(target):
    """A ValueError unless something can be put there and nothing is overwritten."""
    if target.is_dir():
        found = next(target.iterdir(), None)
        if found is None:
            return
        came = f"{target}, which holds {found.name}"
    elif os.path.lexists(target):
        came = f"{target}, which is a file"
    elif target.parent.is_dir():
        return
    else:
        came = f"{target}, and there is no folder {target.parent}"
    raise ValueError(f"the folder to write to must be new or empty. Received: {came}")


def _move_up(part, target):
    """All that lies in `part` comes to `target`, or nothing."""
    moved = []
    try:
        for path in sorted(part.iterdir()):
            os.rename(path, target / path.name)
            moved.append(target / path.name)
    except BaseException:
        for path in moved:
            os.rename(path, part / path.name)
        raise
