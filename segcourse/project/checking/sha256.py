"""The SHA-256 of a file."""

import hashlib

__all__ = ["sha256"]


def sha256(path):
    """64 hexadecimal digits (str).

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder) / "empty"
    ...     file.touch()
    ...     sha256(file)[:8]
    'e3b0c442'
    """
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
