"""Names to datasets: the registry that `load` and `prepare` look in."""

import importlib
import os
from pathlib import Path

from segcourse.data.catalogue import FOLDER, MODULES, NAMES, check_name, is_folder
from segcourse.data.files.errors import DataError
from segcourse.data.files.pictures import check_size

__all__ = ["NAMES", "load", "prepare"]


def load(name=None, size=None):
    """A dataset by its name.

    `scenes` comes with the course. `camvid` and `membrane` are read from a prepared copy, from
    the folder of their name in `$SEGCOURSE_MANUAL_DIR`, or from a download that is pinned to one
    commit. The images of `membrane` are grey: they have one channel.
    `oxford_iiit_pet` is a copy that TFDS's own builder wrote: prepared, in
    `$SEGCOURSE_MANUAL_DIR/oxford_iiit_pet`, in TFDS's own folder, or made now from a download.
    `folder:PATH` is a folder of pictures and masks of your own: `from_folder(PATH)`, which takes
    further arguments from `PATH/segcourse.json`.

    Args:
        name: one of `NAMES`, or `folder:PATH`; None means `$SEGCOURSE_DATASET`, and `"scenes"`
            without it.
        size: (height, width) to resize to, or None for the size it has. Images are resized
            bilinearly with antialiasing, labels by nearest neighbour; both on the half-pixel
            grid, so they stay aligned.

    Returns:
        A `Dataset`. Pictures are decoded when a split's arrays are first used.

    Raises:
        ValueError: no such name, or a wrong size.
        DataError: the data is missing, damaged, or cannot be fetched.

    Example:

    >>> from segcourse import data
    >>> scenes = data.load("scenes")
    >>> scenes.classes
    ('sky', 'grass', 'tree', 'cat', 'dog')
    >>> scenes.val.take(4).images.shape
    (4, 128, 128, 3)
    """
    if name is None:
        name = os.environ.get("SEGCOURSE_DATASET") or "scenes"
    size = check_size(size)
    if is_folder(name):
        return importlib.import_module("segcourse.data.own.folder").load(name, size)
    return _module(name).load(size=size)


def prepare(name, anew=False):
    """The TFDS copy of a dataset; it is drawn or fetched, and written, where there is none.

    Args:
        name: one of `NAMES`. A folder of your own, `folder:PATH`, is its own copy.
        anew: make it again where there is one. The new copy replaces the older one only when
            it is whole. `scenes` in a checkout is committed: this rewrites the files in data/.

    Returns:
        The folder of the copy.

    Raises:
        ValueError: no such name.
        DataError: the data is missing, damaged, cannot be fetched, or cannot be written.

    Example:

    >>> from segcourse import data
    >>> data.prepare("scenes").name
    '1.0.0'
    """
    if is_folder(name):
        folder = Path(name.removeprefix(FOLDER)).expanduser()
        if not folder.is_dir():
            raise DataError(f"There is no folder {folder}.")
        return folder
    return _module(name).prepare(anew=anew)


def _module(name):
    check_name(name)
    return importlib.import_module(MODULES[name])
