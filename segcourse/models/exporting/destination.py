"""Where an export goes: beside the place first, then into it, and only over an older export."""

import contextlib
import os
import shutil
import uuid
from pathlib import Path

from segcourse.atomic_write import atomic_write

SAVED_MODEL_PARTS = {"saved_model.pb", "variables", "assets", "assets.extra", "fingerprint.pb"}


def free_place(path, form):
    """Return `path` as a `Path` that may be written, links followed.

    Raises:
        ValueError: if its folder is not there, or something lies there that is no export of the
            format and is not empty.
    """
    place = Path(path).resolve()
    if not place.parent.is_dir():
        raise ValueError(f"`path` must lie in a folder that is there. Received: path={str(path)!r}")
    if place.exists() and not (_is_saved_model if form.folder else _is_file_of(form))(place):
        kind = "a folder with a SavedModel" if form.folder else f"a {form.ending} file"
        raise ValueError(
            f"`path` must be free, or {kind}, which is replaced: nothing else is overwritten. "
            f"Received: path={str(path)!r}"
        )
    return place


@contextlib.contextmanager
def replaced(place, form):
    """Give the path of a new file or folder to write; it takes `place` only if all went well."""
    if not form.folder:
        with atomic_write(place) as part:
            yield part
        return
    part, old = (place.with_name(f".{place.name}.{uuid.uuid4().hex}.part") for _ in range(2))
    try:
        yield part
        _take_place(part, place, old)
    finally:
        for folder in (part, old):
            shutil.rmtree(folder, ignore_errors=True)


def _take_place(part, place, old):
    # No system call puts a folder in the place of one that is not empty.
    if place.exists():
        os.replace(place, old)
    try:
        os.replace(part, place)
    except BaseException:
        if old.exists():
            os.replace(old, place)
        raise


def _is_saved_model(place):
    if not place.is_dir():
        return False
    names = {one.name for one in place.iterdir()}
    return not names or ("saved_model.pb" in names and names <= SAVED_MODEL_PARTS)


def _is_file_of(form):
    """A function: whether a path is a file that starts like one of the format, or is empty."""

    def is_one(place):
        if not place.is_file():
            return False
        with place.open("rb") as file:
            start = file.read(8)
        if form.ending == ".tflite":
            return not start or start[4:8] == b"TFL3"
        # ONNX has no mark of its own: a file starts with its first field, a small version number.
        return not start or (start[:1] == b"\x08" and 0 < start[1] < 64)

    return is_one
