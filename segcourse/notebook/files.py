"""Files that are there whole or not at all."""

from pathlib import Path

from segcourse.atomic_write import atomic_write


def write_atomically(path, text):
    """Write `text` (str) to `path`; a reader finds the old file or the new one, never a part."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
