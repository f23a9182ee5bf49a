"""Files that are there whole or not at all."""

import contextlib
import os
import uuid
from pathlib import Path


@contextlib.contextmanager
def atomic_write(path):
    """Gives the path of a new file to write; it takes the place of `path` only if all went well.

    A reader of `path` finds the old file or the new one, never a part, also where two processes
    write at once: the last one wins. A failed or interrupted block leaves `path` as it was, and
    nothing beside it; only a process that is killed leaves `.NAME.….part`. The rights of an older
    file are kept. The folder must be there.

    Example:

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = pathlib.Path(folder) / "notes.txt"
    ...     with atomic_write(target) as part:
    ...         _ = part.write_text("whole")
    ...     [path.name for path in pathlib.Path(folder).iterdir()]
    ['notes.txt']
    """
    path = Path(path)
    # Only a name: an interrupt between making the file and the `try` would leave it for ever.
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
    try:
        yield part
        with contextlib.suppress(FileNotFoundError):
            os.chmod(part, path.stat().st_mode & 0o777)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
