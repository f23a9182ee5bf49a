"""A lock beside a file, for two notebooks that change it at once."""

import contextlib
import os
import time
from pathlib import Path

_WAIT = 10.0  # seconds; nobody holds it for as long as one
_PAUSE = 0.02


@contextlib.contextmanager
def one_at_a_time(path):
    """Hold the lock of the file `path`; wait while another process holds it.

    A lock that is left behind by a process that was killed is taken over after ten seconds.

    Example:

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with one_at_a_time(Path(folder) / "looks.json"):
    ...         print([path.name for path in Path(folder).iterdir()])
    ['.looks.json.lock']
    """
    lock = Path(path).with_name(f".{Path(path).name}.lock")
    _take(lock)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _take(lock):
    end = time.monotonic() + _WAIT
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            return
        except (FileExistsError, PermissionError):  # Windows says the latter while it is removed
            if time.monotonic() > end:
                lock.unlink(missing_ok=True)
                end = time.monotonic() + _WAIT
            time.sleep(_PAUSE)
