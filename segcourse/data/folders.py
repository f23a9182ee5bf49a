"""Where data lies on this machine."""

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

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
        partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}.partial-", dir=folder.parent))
        try:
            yield partial
            partial.chmod(0o755)
            _swap(partial, folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def _sweep(folder):
    """Removes what a killed run left beside `folder`; a run of today may still be at work."""
    for left in folder.parent.glob(f".{folder.name}.partial-*"):
        if time.time() - left.stat().st_mtime > 24 * 3600:
            shutil.rmtree(left, ignore_errors=True)


def _swap(new, folder):
    """Puts `new` in the place of `folder`; the old one goes only once the new one stands."""
    if not folder.exists():
        new.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old-", dir=folder.parent))
    folder.rename(old / folder.name)
    try:
        new.rename(folder)
    except OSError:
        (old / folder.name).rename(folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
