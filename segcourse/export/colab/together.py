"""Several files that change together."""

import contextlib
import os
import uuid

from segcourse.atomic_write import atomic_write


def write_together(texts):
    """Write all these files, or none of them.

    All new texts are written beside the old ones first; then they take their places, one after
    the other. What fails on the way puts the old ones back. Only a process that is killed between
    two of them leaves some new: the same call again finishes it.

    Args:
        texts: dict from `Path` to text. The files are there already; their rights are kept.

    Raises:
        OSError: a file that cannot be written.
    """
    sign = uuid.uuid4().hex
    parts = {path: path.with_name(f".{path.name}.{sign}.part") for path in texts}
    replaced = {}
    try:
        for path, text in texts.items():
            parts[path].write_text(text, encoding="utf-8", newline="")
            os.chmod(parts[path], path.stat().st_mode & 0o777)
        for path, part in parts.items():
            old = path.read_bytes()
            os.replace(part, path)
            replaced[path] = old
    except BaseException:
        for path, old in replaced.items():
            with atomic_write(path) as part:
                part.write_bytes(old)
        raise
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
