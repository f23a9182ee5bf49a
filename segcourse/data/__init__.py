"""Data of the course: pictures with label maps, and the pipeline that feeds them to a network."""

from segcourse.data.animals import Animals, animals
from segcourse.data.augmentation import Augment, augment
from segcourse.data.batches import Batches, pipeline
from segcourse.data.cells import CELL_CLASSES, cells
from segcourse.data.dataset import Dataset
from segcourse.data.errors import DataError
from segcourse.data.loading import NAMES, load, prepare
from segcourse.data.patches import patches
from segcourse.data.separation_weights import separation_weights
from segcourse.data.split import VOID, Split

__all__ = [
    "CELL_CLASSES",
    "NAMES",
    "VOID",
    "Animals",
    "Augment",
    "Batches",
    "DataError",
    "Dataset",
    "Split",
    "animals",
    "augment",
    "cells",
    "load",
    "patches",
    "pipeline",
    "prepare",
    "separation_weights",
]
