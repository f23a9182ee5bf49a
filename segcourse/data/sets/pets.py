"""Oxford-IIIT Pet: photographs of cats and dogs with trimaps, read by TFDS's own builder.

The published files could not be reached when this was written: it was tested on a small set of
the same layout, which went through the same builder.
"""

import os
from pathlib import Path

import numpy as np
import tensorflow as tf
import tensorflow_datasets as tfds
from tensorflow_datasets.core.download.download_manager import NonMatchingChecksumError

from segcourse.data.dataset import Dataset
from segcourse.data.files import folders, tfds_copy
from segcourse.data.files.errors import DataError
from segcourse.data.files.network import no_answer
from segcourse.data.files.pictures import resize_image, resize_labels
from segcourse.data.progress import bar
from segcourse.data.split import VOID, Split

NAME = "oxford_iiit_pet"
VERSION = "4.0.0"  # of TFDS's builder
CLASSES = ("cat", "dog", "background")
URL = "https://thor.robots.ox.ac.uk/~vgg/data/pets/annotations.tar.gz"
CITATION = (
    "O. M. Parkhi, A. Vedaldi, A. Zisserman, C. V. Jawahar: Cats and dogs. CVPR 2012. CC BY-SA 4.0."
)
_PET, _BACKGROUND, _BORDER = 1, 2, 3  # of a trimap
_HELD_BACK = 10  # every tenth of the published training pictures, the last ones, are `val`


def prepare(anew=False):
    """The folder of a TFDS copy; where there is none, or `anew`, TFDS makes it in the cache."""
    found = None if anew else _find()
    return found or _fetch()


def load(size=None):
    """`oxford_iiit_pet` as a Dataset; see `segcourse.data.load`.

    The photographs differ in size, so that arrays of more than one need a `size`. Published are a
    training and a test split. The last tenth of the training split, in the order that TFDS stores,
    which is shuffled, is `val`; `train` is the rest. `test` is the published one.

    An example, `split[i]`, holds:
        image: uint8 [h, w, 3]; label: uint8 [h, w], 0 cat, 1 dog, 2 background, 255 void: the
            border of the trimap.
        species: 0 cat, 1 dog; breed: its name; file: the name of the photograph.
    """
    copy = prepare()
    builder = tfds_copy.open_copy(copy)
    splits = {
        name: Split(
            name, CLASSES, len(places),
            lambda n, name=name, stored=stored, places=places: _read(
                builder, name, stored, places[:n], size
            ),
        )
        for name, (stored, places) in _places(tfds_copy.lengths(builder), copy).items()
    }  # fmt: skip
    return Dataset(NAME, CLASSES, splits, f"TFDS copy in {copy}", CITATION)


def _find():
    """The first copy there is: prepared, in the manual folder, or in TFDS's own folder."""
    copy = tfds_copy.find(NAME, VERSION)
    if copy is not None:
        return copy
    manual = folders.manual_folder(NAME)
    if manual is not None:
        for folder in (manual, manual / VERSION):
            if (folder / "dataset_info.json").is_file():
                return folder
        raise DataError(f"{manual} must hold {_wanted()}. Received: {_content(manual)}")
    home = Path(os.environ.get("TFDS_DATA_DIR") or "~/tensorflow_datasets").expanduser()
    folder = home / NAME / VERSION
    return folder if (folder / "dataset_info.json").is_file() else None


def _fetch():
    """Has TFDS download the files and write its copy, which ends up in the cache when whole."""
    error = no_answer(URL)
    if error is not None:
        raise DataError(_missing(f"no answer from {URL}: {error}")) from error
    try:
        return tfds_copy.prepare(tfds.builder_cls(NAME), NAME, VERSION, folders.cache_folder())
    except DataError:
        raise
    except OSError as error:  # what fetches them raises errors of this kind; a full disk is told
        if error.errno is not None:
            raise
        raise DataError(_missing(f"{type(error).__name__}: {error}")) from error
    except (tfds.download.DownloadError, NonMatchingChecksumError) as error:
        raise DataError(_missing(f"{type(error).__name__}: {error}")) from error


def _missing(reason):
    return (
        f"{NAME} is not on this machine and could not be fetched ({reason}). Put {_wanted()} to "
        f"$SEGCOURSE_MANUAL_DIR/{NAME}, or connect to the network and try again: about 0.8 GB."
    )


def _wanted():
    return f"the files of TFDS's {NAME}/{VERSION} (dataset_info.json, features.json, *.tfrecord-*)"


def _content(folder):
    names = sorted(path.name for path in folder.iterdir())
    return ", ".join(names[:5]) + (", …" if len(names) > 5 else "") or "an empty folder"


def _places(lengths, copy):
    """For each split: the split it is stored in, and its places there."""
    absent = [name for name in ("train", "test") if not lengths.get(name)]
    if absent:
        raise DataError(f"{copy} lacks the split {absent[0]}. It must hold {_wanted()}.")
    kept = lengths["train"] - lengths["train"] // _HELD_BACK
    found = {
        "train": ("train", range(kept)),
        "val": ("train", range(kept, lengths["train"])),
        "test": ("test", range(lengths["test"])),
    }
    return {name: pair for name, pair in found.items() if pair[1]}


def _read(builder, name, stored, places, size):
    """The arrays of some examples, each resized as soon as it is decoded: they are large."""
    config = tfds.ReadConfig(
        try_autocache=False, interleave_cycle_length=1, add_tfds_id=False, skip_prefetch=True
    )
    breeds = builder.info.features["label"]
    examples = []
    try:
        rows = builder.as_dataset(
            split=f"{stored}[{places.start}:{places.stop}]",
            shuffle_files=False,
            read_config=config,
        )
        rows = rows.prefetch(2).as_numpy_iterator()
        for row in bar(rows, f"reading {NAME}, {name}", total=len(places)):
            examples.append(_example(row, breeds, size))
            _check_sizes(examples)
    except (tf.errors.OpError, OSError) as error:
        raise _damaged(Path(builder.data_dir), stored, error) from error
    columns = {key: [one[key] for one in examples] for key in examples[0]}
    return {**columns, "image": np.stack(columns["image"]), "label": np.stack(columns["label"])}


def _example(row, breeds, size):
    file, species = row["file_name"].decode(), int(row["species"])
    image, label = row["image"], label_map(row["segmentation_mask"][..., 0], species, file)
    if image.shape[:2] != label.shape:
        raise DataError(
            f"{file}: photograph and trimap must be of one size. "
            f"Received: {image.shape[:2]} and {label.shape}"
        )
    if size is not None:
        image, label = resize_image(image, size), resize_labels(label, size)
    breed = breeds.int2str(int(row["label"]))
    return {"image": image, "label": label, "species": species, "breed": breed, "file": file}


def label_map(trimap, species, file="the trimap"):
    """Class ids from a trimap: the pet is a cat or a dog, and its border is void.

    Args:
        trimap: uint8 [h, w]: 1 pet, 2 background, 3 border.
        species: 0 for a cat, 1 for a dog.
        file: what it is called in an error.

    Returns:
        uint8 [h, w]: 0 cat, 1 dog, 2 background, 255 void.

    Raises:
        DataError: for another value in the trimap, or another species.

    Example:

    >>> from segcourse.data.sets.pets import label_map
    >>> label_map(np.array([[2, 3, 1]], "uint8"), species=1).tolist()
    [[2, 255, 1]]
    """
    if species not in (0, 1):
        raise DataError(f"{file}: `species` must be 0 or 1. Received: {species}")
    wrong = np.setdiff1d(trimap, (_PET, _BACKGROUND, _BORDER))
    if len(wrong):
        shown = ", ".join(map(str, wrong[:5]))
        raise DataError(f"{file}: the trimap must be 1, 2 and 3. Received: {shown}")
    ids = np.zeros(4, "uint8")
    ids[[_PET, _BACKGROUND, _BORDER]] = species, CLASSES.index("background"), VOID
    return ids[trimap]


def _check_sizes(examples):
    first, last = examples[0]["label"].shape, examples[-1]["label"].shape
    if first != last:
        raise DataError(
            f"The photographs differ in size: {first[0]}×{first[1]}, {last[0]}×{last[1]}, …. "
            "Load them at one size, such as size=(128, 128)."
        )


def _damaged(folder, stored, error):
    """The `DataError` for a copy that cannot be read: which of its files, and what to do."""
    bad = [path for path in sorted(folder.glob(f"{NAME}-{stored}.tfrecord-*")) if not _whole(path)]
    which = f"{bad[0]} is truncated or altered" if bad else f"{folder} lacks a file of {stored}"
    if folder.parents[1] == folders.cache_folder():
        advice = f"Make it anew with: python3 -m segcourse data {NAME} --anew"
    else:
        advice = "Put a whole copy of the file there."
    return DataError(f"{which} and is not used ({type(error).__name__}). {advice}")


def _whole(path):
    """Whether every record of a file agrees with its checksum, to the file's end."""
    try:
        for _ in tf.data.TFRecordDataset(str(path)):
            pass
    except tf.errors.OpError:
        return False
    return True


__all__ = ["CITATION", "CLASSES", "label_map", "load", "prepare"]
