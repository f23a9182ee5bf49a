"""Data sets that are picture files: images, each with a label map in a file of its own."""

from pathlib import Path

import numpy as np
import tensorflow_datasets as tfds

from segcourse.data.dataset import SPLITS, Dataset
from segcourse.data.files import folders, tfds_copy
from segcourse.data.files.errors import DataError
from segcourse.data.files.pictures import decode, in_parallel, resize_image, resize_labels
from segcourse.data.progress import bar
from segcourse.data.split import Split

_KINDS = {1: "grey", 3: "RGB"}


class LabelledFiles:
    """The files of one data set in one folder; a subclass knows how they lie there.

    Args:
        folder: where they are.
        described: where that is, in words a person can follow.
        git: the `GitFolder` that was fetched to `folder`, which holds every file against git's
            own list before it is used; None for a folder that someone put there.
    """

    layout = ""  # what the folder must hold, in words
    channels = 3

    def __init__(self, folder, described, git=None):
        self.folder, self.described, self.git = Path(folder), described, git
        if not self.splits():
            raise DataError(
                f"{self.folder} holds none of the data set's splits. It must hold {self.layout}; "
                "a split may be absent."
            )

    @property
    def advice(self):
        """What to do about a damaged file."""
        if self.git is None:
            return (
                "Put a whole copy of the file there, or take the folder away to use the download."
            )
        return "It was fetched from the pinned commit: delete the folder to fetch it anew."

    def splits(self):
        """Names of the splits that are there."""
        return tuple(name for name in SPLITS if self.has(name))

    def has(self, split):
        """Whether a split is there."""
        raise NotImplementedError

    def names(self, split):
        """Names of the examples of a split, in order."""
        raise NotImplementedError

    def paths(self, split, name):
        """Paths of one example's image and label map, relative to the folder."""
        raise NotImplementedError

    def labels(self, stored, path):
        """The label map uint8 [h, w] of class ids and void, from what the file stores."""
        raise NotImplementedError

    def lengths(self):
        """How many examples each split has."""
        return {split: len(self.names(split)) for split in self.splits()}

    def items(self, split, count):
        """What `example` takes, for the first `count` examples of a split."""
        return [(split, name) for name in self.names(split)[:count]]

    def example(self, item):
        """Image, label map and name of one example."""
        return *self.read(*item), item[1]

    def read(self, split, name):
        """Image uint8 [h, w, channels] and labels uint8 [h, w] of one example, checked."""
        image_path, label_path = self.paths(split, name)
        image, label = self._decoded(image_path), self._decoded(label_path, labels=True)
        if image.ndim == 2 and self.channels == 1:
            image = image[..., None]
        right = image.ndim == 3 and image.shape[2] == self.channels and image.dtype == np.uint8
        if not right or label.shape != image.shape[:2]:
            raise DataError(
                f"{self.folder / image_path} must be {_KINDS[self.channels]}, uint8, and its label "
                f"map {label_path} of the same size. Received: image {image.shape} {image.dtype}, "
                f"labels {label.shape}"
            )
        return image, self.labels(label, label_path)

    def refuse_labels(self, path, allowed, received):
        """Raise the error of a label map that holds what it must not."""
        raise DataError(
            f"{self.folder / path}: labels must be {allowed}. Received: {received}. {self.advice}"
        )

    def _bytes(self, path):
        if self.git is not None:
            return self.git.verified(path)
        try:
            return (self.folder / path).read_bytes()
        except FileNotFoundError:
            raise DataError(f"{self.folder / path} is missing. {self.advice}") from None

    def _decoded(self, path, labels=False):
        data = self._bytes(path)
        try:
            return decode(data, str(self.folder / path), labels)
        except DataError as error:
            raise DataError(f"{error} {self.advice}") from error


class FilesBuilder(tfds.core.GeneratorBasedBuilder, skip_registration=True):
    """TFDS builder of a data set in files; a subclass says what it is and where they are."""

    pkg_dir_path = Path(__file__).parent
    DESCRIPTION = HOMEPAGE = CITATION = ""
    CHANNELS = 3

    def files(self):
        """The `LabelledFiles` to read."""
        raise NotImplementedError

    def _info(self):
        image = tfds.features.Image(shape=(None, None, self.CHANNELS), encoding_format="png")
        label = tfds.features.Image(shape=(None, None, 1), encoding_format="png")
        return self.dataset_info_from_configs(
            description=self.DESCRIPTION,
            features=tfds.features.FeaturesDict(
                {"image": image, "label": label, "file": tfds.features.Text()}
            ),
            supervised_keys=("image", "label"),
            homepage=self.HOMEPAGE,
            citation=self.CITATION,
            disable_shuffling=True,
        )

    def _split_generators(self, dl_manager):
        files = self.files()
        return {name: self._generate_examples(files, name) for name in files.splits()}

    def _generate_examples(self, files, split):
        names = bar(files.names(split), f"preparing {self.name}, {split}")
        for number, name in enumerate(names):
            image, label = files.read(split, name)
            # TFDS before 4.9.8 sorts by these keys, as texts.
            yield f"{number:06d}", {"image": image, "label": label[..., None], "file": name}


def find(kind, git):
    """The `kind` of `LabelledFiles` in the manual folder, else in the download `git`."""
    manual = folders.manual_folder(git.name)
    if manual is not None:
        return kind(manual, f"manual folder {manual}")
    folder = git.ready()
    return kind(folder, f"download of {git.url} at {git.commit[:8]} in {folder}", git)


def prepare(name, version, builder, files, anew=False):
    """The folder of the TFDS copy; where there is none, or `anew`, it is written to the cache."""
    copy = None if anew else tfds_copy.find(name, version)
    if copy is not None:
        return copy
    files()  # so that missing data is said before anything is written
    return tfds_copy.prepare(builder, name, version, folders.cache_folder())


def load(name, version, classes, citation, files, size=None):
    """A data set from its prepared copy, or from what `files()` finds, as a Dataset."""
    copy = tfds_copy.find(name, version)
    source = files() if copy is None else PreparedCopy(copy)

    def read(split, count):
        items = source.items(split, count)
        what = f"reading {name}, {split}"
        return _stack(in_parallel(lambda item: _resized(source.example(item), size), items, what))

    splits = {
        split: Split(split, classes, length, lambda count, split=split: read(split, count))
        for split, length in source.lengths().items()
    }
    return Dataset(name, classes, splits, source.described, citation)


class PreparedCopy:
    """What `prepare` wrote; it gives the same examples as the files it was made from."""

    def __init__(self, folder):
        self.builder = tfds_copy.open_copy(folder)
        self.described = f"prepared copy in {folder}"

    def lengths(self):
        """How many examples each split has."""
        return tfds_copy.lengths(self.builder)

    def items(self, split, count):
        """What `example` takes, for the first `count` examples of a split."""
        return tfds_copy.rows(self.builder, split, count)

    def example(self, row):
        """Image, label map and name of one example."""
        return row["image"], row["label"][..., 0], row["file"].decode()


def _resized(example, size):
    image, label, file = example
    if size is not None:
        image, label = resize_image(image, size), resize_labels(label, size)
    return {"image": image, "label": label, "file": file}


def _stack(examples):
    shapes = sorted({one["label"].shape for one in examples})
    if len(shapes) > 1:
        raise DataError(
            f"The pictures differ in size: {', '.join(f'{h}×{w}' for h, w in shapes)}. "
            "Load them at one size, such as size=(360, 480)."
        )
    return {
        "image": np.stack([one["image"] for one in examples]),
        "label": np.stack([one["label"] for one in examples]),
        "file": [one["file"] for one in examples],
    }
