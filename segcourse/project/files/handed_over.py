"""A split in one file, for another process that shall see the very same images."""

import json

import numpy as np

from segcourse.data.split import Split

_ARRAYS = ("image", "label", "panoptic")


def write(split, dataset_name, path):
    """Write the images, the truth and the names of a split to an .npz file.

    Example:

    >>> import pathlib, tempfile
    >>> arrays = {"image": np.zeros((1, 2, 2, 3), "uint8"), "label": np.ones((1, 2, 2), "uint8")}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder) / "split.npz"
    ...     write(Split("test", ("a", "b"), 1, lambda n: arrays), "mine", path)
    ...     split, name = read(path)
    >>> split, name, int(split.labels.sum())
    (Split 'test': 1 image of 2×2, 2 classes, 'mine', 4)
    """
    first = split[0]
    segments = [one["segments_info"] for one in split] if "segments_info" in first else None
    about = {"split": split.name, "classes": split.classes, "dataset": dataset_name}
    arrays = {key: np.stack([one[key] for one in split]) for key in _ARRAYS if key in first}
    text = json.dumps({**about, "segments_info": segments}, default=int)
    np.savez(path, about=np.array(text), **arrays)


def read(path):
    """The split in such a file, and the name of its data set."""
    with np.load(path) as opened:  # refuses pickled objects
        arrays = {key: opened[key] for key in _ARRAYS if key in opened}
        about = json.loads(str(opened["about"]))
    if about["segments_info"] is not None:
        arrays["segments_info"] = about["segments_info"]
    length = len(arrays["label"])
    split = Split(
        about["split"],
        about["classes"],
        length,
        lambda n: {key: values[:n] for key, values in arrays.items()},
    )
    split.images  # noqa: B018 - decoded now
    return split, about["dataset"]
