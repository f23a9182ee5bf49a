"""Names to datasets: the registry that `load` and `prepare` look in."""

import importlib
import os

from segcourse.data.pictures import check_size

# Name -> module with load(size) -> Dataset and prepare() -> Path; imported when it is asked for.
_MODULES = {
    "scenes": "segcourse.data.scenes",
    "camvid": "segcourse.data.camvid",
}
NAMES = tuple(_MODULES)


def load(name=None, size=None):
    """A dataset by its name.

    `scenes` comes with the course. `camvid` is read from a prepared copy, from
    `$SEGCOURSE_MANUAL_DIR/camvid`, or from a download that is pinned to one commit.

    Args:
        name: one of `NAMES`; None means `$SEGCOURSE_DATASET`, and `"scenes"` without it.
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
    return _module(name).load(size=check_size(size))


def prepare(name):
    """Draws or fetches a dataset and writes its TFDS copy.

    Args:
        name: one of `NAMES`.

    Returns:
        The folder of the copy. It replaces an older one only when it is whole.
    """
    return _module(name).prepare()


def _module(name):
    if name not in _MODULES:
        raise ValueError(f"`name` must be one of {', '.join(NAMES)}. Received: name={name!r}")
    return importlib.import_module(_MODULES[name])
