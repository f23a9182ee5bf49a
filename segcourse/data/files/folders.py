"""Where data lies on this machine."""

import contextlib
import os
import platform
import re
import shutil
import uuid
import warnings
from pathlib import Path

import psutil

from segcourse.data.files.errors import writing


def course_folder():
    """The `data/` folder of the checkout, a TFDS data_dir, or None in an installed package."""
    folder = Path(__file__).resolve().parents[3] / "data"
    return folder if (folder / "README.md").is_file() else None


def cache_folder():
    """Where copies are prepared and downloaded to: $SEGCOURSE_DATA_DIR or ~/.cache/segcourse."""
    named = os.environ.get("SEGCOURSE_DATA_DIR")
    return Path(named).expanduser() if named else Path.home() / ".cache" / "segcourse"


def manual_folder(name):
    """The folder `name` under $SEGCOURSE_MANUAL_DIR, or None where it is not there.

    Warns:
        UserWarning: where the variable is set and the folder is not there, with what is.
    """
    named = os.environ.get("SEGCOURSE_MANUAL_DIR")
    if not named:
        return None
    above = Path(named).expanduser()
    folder = above / name
    if folder.is_dir():
        return folder
    warnings.warn(f"SEGCOURSE_MANUAL_DIR={named}: {_instead(above, name)}", stacklevel=2)
    return None


def _instead(above, name):
    """What there is in place of the folder `name`, in words."""
    if not above.is_dir():
        return "there is no such folder. It must be the one that holds the data sets' folders."
    if above.name.lower() == name.lower():
        return f"it must be the folder that {name}/ lies in, {above.parent}."
    there = sorted(path.name for path in above.iterdir() if path.is_dir())
    for other in there:
        if other.lower() == name.lower():
            return f"it has a folder {other}, which must be called {name}."
    found = f"the folders {', '.join(there[:5])}" if there else "no folders"
    return f"it has no folder {name}; it has {found}{' and others' if len(there) > 5 else ''}."


@contextlib.contextmanager
def replacing(folder):
    """Gives an empty folder to fill; it takes the place of `folder` only if all went well.

    An interrupted or failed block leaves `folder` as it was, and nothing beside it. (What a
    process that was killed leaves, the next call sweeps.)
    """
    folder = Path(folder)
    # Names only: an interrupt between making a folder and its `try` would leave it behind.
    partial, old = _beside(folder, "partial"), _beside(folder, "old")
    with writing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        try:
            try:
                partial.mkdir()
                yield partial
                _swap(partial, folder, old)
            finally:
                _clear_up(partial, folder, old)
        finally:  # once more, for an interrupt that falls into the first
            _clear_up(partial, folder, old)


def _beside(folder, role):
    """A name beside `folder` that is not taken, and says which process of which machine has it."""
    owner = f"{_machine()}-{os.getpid()}"
    return folder.with_name(f".{folder.name}.{role}-{owner}-{uuid.uuid4().hex}")


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


def _swap(new, folder, old):
    """Puts `new` in the place of `folder`, which goes into `old` until the new one stands."""
    if folder.exists():
        old.mkdir()
        folder.rename(old / folder.name)
    new.rename(folder)


def _clear_up(partial, folder, old):
    """Removes what is left beside `folder`, which is put back if it was just moved away."""
    if (old / folder.name).exists() and not folder.exists():
        (old / folder.name).rename(folder)
    for left in (old, partial):
        shutil.rmtree(left, ignore_errors=True)
