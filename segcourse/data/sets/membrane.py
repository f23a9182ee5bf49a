"""Membranes: electron microscopy in two classes, from a copy, a manual folder or the download."""

import numpy as np
import tensorflow_datasets as tfds

from segcourse.data.files import folders, labelled_files
from segcourse.data.files.git_folder import GitFolder

VERSION = "1.0.0"
CLASSES = ("membrane", "cell")
_SLICES = {"train": range(20), "val": range(20, 24), "test": range(24, 30)}
_STORED = (0, 255)  # membrane, cell
URL = "https://github.com/zhixuhao/unet"
COMMIT = "b45af4d458437d8281cc218a07fd4380818ece4a"
CITATION = (
    "I. Arganda-Carreras and others: Crowdsourcing the creation of image segmentation algorithms "
    "for connectomics. Frontiers in Neuroanatomy 9, 2015. Slices of A. Cardona and others: An "
    "integrated micro- and macroarchitectural analysis of the Drosophila brain by computer-"
    "assisted serial section electron microscopy. PLoS Biology 8(10), 2010, as labelled for the "
    "ISBI 2012 challenge. For non-commercial research."
)


class Membrane(labelled_files.FilesBuilder):
    """TFDS builder of `membrane`, from the manual folder or the pinned download."""

    VERSION = tfds.core.Version(VERSION)
    RELEASE_NOTES = {"1.0.0": "20, 4 and 6 slices of 512×512."}
    DESCRIPTION = "Slices of the ISBI 2012 challenge's training stack: 0 membrane, 1 cell."
    HOMEPAGE = URL
    CITATION = CITATION
    CHANNELS = 1

    def files(self):
        """The slices and label maps to read."""
        return _files()


def prepare(anew=False):
    """The folder of the TFDS copy; where there is none, or `anew`, it is written to the cache."""
    return labelled_files.prepare("membrane", VERSION, Membrane, _files, anew)


def load(size=None):
    """`membrane` as a Dataset; see `segcourse.data.load`."""
    return labelled_files.load("membrane", VERSION, CLASSES, CITATION, _files, size)


def _files():
    """Where the PNG files are: the manual folder first, then the download."""
    git = GitFolder("membrane", URL, COMMIT, "data/membrane/train", folders.cache_folder())
    return labelled_files.find(Files, git)


class Files(labelled_files.LabelledFiles):
    """The published layout: slices image/0.png to image/29.png, labels of the same name in label/.

    Neighbouring slices look alike, so the splits are runs of slices, not a random choice.
    """

    layout = "image/ and label/ with 0.png to 29.png: 0 to 19 train, 20 to 23 val, 24 to 29 test"
    channels = 1

    def has(self, split):
        """Whether any slice of a split is there."""
        return any(
            (self.folder / self.paths(split, name)[0]).exists() for name in self.names(split)
        )

    def names(self, split):
        """File names of a split: all of them, so that a missing slice is named when it is read."""
        return [f"{number}.png" for number in _SLICES[split]]

    def paths(self, split, name):
        """An image and its label map have the same name."""
        return f"image/{name}", f"label/{name}"

    def labels(self, stored, path):
        """Class ids: 0 membrane, 1 cell."""
        wrong = np.setdiff1d(stored, _STORED)
        if stored.dtype != np.uint8 or len(wrong):
            shown = ", ".join(map(str, wrong[:5])) or str(stored.dtype)
            self.refuse_labels(path, "0 (membrane) or 255 (cell)", shown)
        return (stored == _STORED[1]).astype("uint8")
