"""Where data lies on this machine."""

import contextlib
import os
import platform
import re
import shutil
import tempfile
from pathlib import Path

import psutil

from segcourse.data.errors import writing


def course_folder():
    """The `data/` folder of the checkout, a TFDS data_dir, or None in an installed package."""
    folder = Path(__file__).resolve().parents[2] / "data"
    return folder if (folder / "README.md").is_file() else None


def cache_folder():
    """Where copies are prepared and downloaded to: $SEGCOURSE_DATA_DIR or ~/.cache/segcourse."""
    named = os.environ.get("SEGCOURSE_DATA_DIR")
    return Path(named).expanduser() if named else Path.home() / ".cache" / "segcourse"


def manual_folder(name):
    """The folder `name` under $SEGCOURSE_MANUAL_DIR, or None where it is not there."""
    named = os.environ.get("SEGCOURSE_MANUAL_DIR")
    if not named:
        return None
    folder = Path(named).expanduser() / name
    return folder if folder.is_dir() else None


@contextlib.contextmanager
def replacing(folder):
    """Gives an empty folder to fill; it takes the place of `folder` only if all went well.

    An interrupted or failed block leaves `folder` as it was, and nothing beside it.
    """
    folder = Path(folder)
    with writing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        partial = _beside(folder, "partial")
        try:
            yield partial
            partial.chmod(0o755)
            _swap(partial, folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def _beside(folder, role):
    """A new folder beside `folder`, whose name says which process of which machine owns it."""
    prefix = f".{folder.name}.{role}-{_machine()}-{os.getpid()}-"
    return Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))


def _machine():
    """Homes are shared: a process number means something on its own machine only."""
    return re.sub(r"[^A-Za-z0-9.]", "_", platform.node()) or "here"


def _sweep(folder):
    """Clears up what processes that were killed left beside `folder`."""
    for role in ("old", "partial"):
        start = f".{folder.name}.{role}-{_machine()}-"
        for left in folder.parent.glob(f"{start}*"):
            owner = left.name.removeprefix(start).split("-")[0]
            if not owner.isdigit() or psutil.pid_exists(int(owner)):
                continue
            if role == "old" and not folder.exists() and (left / folder.name).is_dir():
                (left / folder.name).rename(folder)  # killed between the two renamings
            shutil.rmtree(left, ignore_errors=True)


def _swap(new, folder):
    """Puts `new` in the place of `folder`; the old one goes only once the new one stands."""
    if not folder.exists():
        new.rename(folder)
        return
    old = _beside(folder, "old")
    try:
        folder.rename(old / folder.name)
        new.rename(folder)
    finally:
        if not folder.exists():  # failed or interrupted in between
            (old / folder.name).rename(folder)
        shutil.rmtree(old, ignore_errors=True)
