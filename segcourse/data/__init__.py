"""Data of the course: pictures with label maps, and the pipeline that feeds them to a network.

Each name is loaded when it is first used: TensorFlow, which reads and augments the pictures, takes
seconds, and other rooms need no more of this one than a formula or a progress bar.
"""

from importlib import import_module

_HOMES = {
    "Animals": "segcourse.data.sets.animals",
    "Augment": "segcourse.data.batching.augmentation",
    "Batches": "segcourse.data.batching.batches",
    "CELL_CLASSES": "segcourse.data.sets.cells",
    "DataError": "segcourse.data.files.errors",
    "Dataset": "segcourse.data.dataset",
    "NAMES": "segcourse.data.catalogue",
    "OBJECT_CLASSES": "segcourse.data.drawing.object",
    "Split": "segcourse.data.split",
    "VOID": "segcourse.data.split",
    "animals": "segcourse.data.sets.animals",
    "augment": "segcourse.data.batching.augmentation",
    "cells": "segcourse.data.sets.cells",
    "check": "segcourse.data.own.checking.check",
    "from_folder": "segcourse.data.own.folder",
    "load": "segcourse.data.loading",
    "objects": "segcourse.data.sets.objects",
    "patches": "segcourse.data.batching.patches",
    "pipeline": "segcourse.data.batching.batches",
    "portrait": "segcourse.data.sets.portrait",
    "prepare": "segcourse.data.loading",
    "separation_weights": "segcourse.data.batching.separation_weights",
    "without_void": "segcourse.data.nearest_class",
}
__all__ = sorted(_HOMES)


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module 'segcourse.data' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__():
    return sorted({*globals(), *__all__})
