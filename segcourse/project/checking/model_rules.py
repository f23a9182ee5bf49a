"""A model file is looked at before Keras opens it.

Keras' safe mode refuses code inside a file. Older versions of it could be led around that, by a
description that names modules or files; so here it may name layers of Keras and of the course
only, and the weights may be numbers in the file itself only.
"""

import json
import re
import zipfile
import zlib

from segcourse.project.checking.plain import plain
from segcourse.texts import _

__all__ = ["fault"]

_CONFIG, _METADATA, _WEIGHTS = "config.json", "metadata.json", "model.weights.h5"
_LARGEST = {_CONFIG: 2**24, _METADATA: 2**16, _WEIGHTS: 2**30}
_ROOMS = "layers|models|initializers|regularizers|constraints|activations|optimizers|losses|metrics"
_MODULE = re.compile(
    rf"keras|keras\.(?:src\.)?(?:{_ROOMS}|ops|dtype_policies|mixed_precision|random)(?:\..*)?"
)
_OF_FUNCTIONS = re.compile(r"builtins|keras\.(?:src\.)?(?:activations|ops)(?:\..*)?")
_CODE = ("Lambda", "__lambda__")
# They load files, other frameworks or pickles, or name types of any module.
_FORBIDDEN = ("TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer", "StringLookup",
              "IntegerLookup", "TextVectorization", "__typespec__")  # fmt: skip
_MOST_OBJECTS, _DEEPEST = 20_000, 40
_MOST_WEIGHTS = 2**31
_BLOCK = 2**20


def fault(path, scratch):
    """Why a .keras file is not opened, a sentence; None if Keras may open it.

    Args:
        path: of the file.
        scratch: folder for its weights while they are looked at.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _archive(archive, scratch)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError,
            ValueError, RecursionError) as error:  # fmt: skip
        text = _("model.keras is damaged, or is not a .keras file: {reason}")
        return text.format(reason=plain(error, 80))


def _archive(archive, scratch):
    names = [entry.filename for entry in archive.infolist()]
    for name in (_CONFIG, _METADATA, _WEIGHTS):
        if names.count(name) != 1:
            return _("model.keras must hold {name} once").format(name=name)
    others = [name for name in names if name not in _LARGEST]
    if others:
        text = _("model.keras holds a file that no network of the course needs: {name}")
        return text.format(name=plain(others[0], 60))
    config = json.loads(_read(archive, _CONFIG))
    json.loads(_read(archive, _METADATA))
    return _objects(config) or _weights(archive, scratch / "weights.h5")


def _read(archive, name):
    with archive.open(name) as file:
        data = file.read(_LARGEST[name] + 1)
    if len(data) > _LARGEST[name]:
        raise ValueError(f"{name} is too large")
    return data


def _objects(config):
    """Goes through all objects of a description, however deep."""
    waiting = [config]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
            found = _object(value)
            if found:
                return found
    return None


def _object(value):
    name, module = value.get("class_name"), value.get("module")
    if name in _CODE:
        return _("model.keras holds a Lambda layer, which is code; code of others is not run")
    text = _(
        "model.keras asks for {name} of {module}; only layers of Keras and segcourse are loaded"
    )
    refused = text.format(name=plain(name, 60), module=plain(module, 60))
    if name in _FORBIDDEN:
        return refused
    if module is None or not isinstance(name, str):
        return refused if isinstance(module, str) and name is not None else None
    if str(value.get("registered_name")).startswith("segcourse>"):
        allowed = isinstance(module, str) and module.startswith("segcourse.")
    else:
        pattern = _OF_FUNCTIONS if name == "function" else _MODULE
        allowed = isinstance(module, str) and pattern.fullmatch(module)
    return None if allowed else refused


def _weights(archive, path):
    try:
        left = _LARGEST[_WEIGHTS]
        with archive.open(_WEIGHTS) as file, open(path, "wb") as out:
            while block := file.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    return _("the weights in model.keras are too large")
                out.write(block)
        return _numbers_only(path)
    finally:
        path.unlink(missing_ok=True)


def _numbers_only(path):
    """Weights are numbers that stand in this file: no links, no other file, no objects."""
    import h5py

    refused = _("the weights in model.keras are no plain numbers: {name}")
    seen = size = 0
    with h5py.File(path, "r") as file:
        waiting = [(file, 0)]
        while waiting:
            group, depth = waiting.pop()
            for name in group:
                seen += 1
                place = plain(f"{group.name}/{name}", 80)
                link = group.get(name, getlink=True)
                if not isinstance(link, h5py.HardLink) or seen > _MOST_OBJECTS or depth > _DEEPEST:
                    return refused.format(name=place)
                child = group[name]
                if isinstance(child, h5py.Group):
                    waiting.append((child, depth + 1))
                    continue
                size += child.nbytes if isinstance(child, h5py.Dataset) else 0
                if not _is_plain(child) or size > _MOST_WEIGHTS:
                    return refused.format(name=place)
    return None


def _is_plain(child):
    import h5py

    if not isinstance(child, h5py.Dataset) or child.external or child.is_virtual:
        return False
    return child.dtype.kind in "fiuV" and not child.dtype.hasobject
