"""The formats that models are exported to, and which of them a path means."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Format:
    """A format: Keras' name for it, the ending of its path, and whether that is a folder."""

    name: str
    ending: str
    folder: bool = False


SAVED_MODEL = Format("tf_saved_model", "", folder=True)
ONNX = Format("onnx", ".onnx")
LITERT = Format("litert", ".tflite")
FORMATS = {one.name: one for one in (SAVED_MODEL, ONNX, LITERT)}


def format_of(path, name=None):
    """Return the `Format` called `name`, or, if that is None, the one that the path's ending means.

    Example:
        >>> from segcourse.models.exporting.formats import format_of
        >>> format_of("models/cats.onnx").name, format_of("models/cats").name
        ('onnx', 'tf_saved_model')

    Raises:
        ValueError: if there is no such format, or the ending means another one or none.
    """
    if not isinstance(path, str | os.PathLike) or not Path(path).name:
        raise ValueError(f"`path` must be the path of a file or a folder. Received: path={path!r}")
    by_ending = {one.ending: one for one in FORMATS.values()}
    ending = Path(path).suffix.lower()
    meant = by_ending.get(ending)
    if name is None:
        if meant is None:
            raise ValueError(
                '`path` must end in ".onnx" or ".tflite", or have no ending for a folder with a '
                f"SavedModel, where no `format` is given. Received: path={str(path)!r}"
            )
        return meant
    if not isinstance(name, str) or name not in FORMATS:
        names = ", ".join(f'"{one}"' for one in FORMATS)
        raise ValueError(f"`format` must be one of {names}, or None. Received: format={name!r}")
    if ending and meant not in (None, FORMATS[name]):
        raise ValueError(
            f'`path` must not have the ending of another format than `format="{name}"`. '
            f"Received: path={str(path)!r}"
        )
    return FORMATS[name]
