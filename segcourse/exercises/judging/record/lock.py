"""One writer at a time: two notebooks may check at the same moment."""

import contextlib
import os
import time

__all__ = ["locked"]

SECONDS = 10  # that one waits for the other; a check takes milliseconds


@contextlib.contextmanager
def locked(path):
    """Holds `path`, an empty file that is made for it.

    The system lets go of it when the process ends, however it ends.

    Raises:
        TimeoutError: another process holds it for too long.
        OSError: the file cannot be made.

    Example:

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder, locked(pathlib.Path(folder) / "lock"):
    ...     pass
    """
    with open(path, "a+b") as file:
        limit = time.monotonic() + SECONDS
        while not _taken(file):
            if time.monotonic() > limit:
                raise TimeoutError(0, "another notebook holds it")
            time.sleep(0.01)
        try:
            yield
        finally:
            _let_go(file)


if os.name == "nt":
    import msvcrt

    def _taken(file):
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(file):
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _taken(file):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks: better one lost update than no record
            return True
        return True

    def _let_go(file):
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_UN)
