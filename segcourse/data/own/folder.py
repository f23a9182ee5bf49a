"""One's own folder of pictures and masks as a Dataset."""

import warnings
from pathlib import Path

from segcourse.data.dataset import Dataset
from segcourse.data.files.errors import DataError
from segcourse.data.files.pictures import check_size
from segcourse.data.own import layout, meaning, names, settings, sizes, splits
from segcourse.data.own.reading import Reader
from segcourse.data.split import Split

MISSING = ("error", "leave out")


def from_folder(
    folder, classes=None, *, size=None, fit=None, void=None, channels=None,
    val=None, test=None, seed=None, missing=None, masks=None,
):  # fmt: skip
    """A Dataset of the pictures and masks in a folder.

    Read are pictures and masks in two folders (`images/` and `masks/`, `imgs/` and `labels/`,
    `JPEGImages/` and `SegmentationClass/`, …) or side by side (`a.jpg` and `a_mask.png`), with or
    without `train/`, `val/` and `test/` above or below them or lists in `ImageSets/`; COCO's JSON
    with polygons or run-length codes; labelme's JSON. EXIF's turning of pictures is applied.

    Masks hold ids (grey of 8 or 16 bits, or the indices of a palette), colours, or black and
    white. Of outlines, a later one lies over an earlier one; what none covers is the class
    "background", or void where `classes` has none of that name.

    Args:
        folder: its path. `segcourse.json` in it may hold any of these arguments; those given
            here come first. For each, None means that file's, else what stands below first.
        classes: names in the order of their ids; or a dict of id, or of colour as (red, green,
            blue) or "#rrggbb", to name. The name None, "void", "ignore" or "unlabelled" is void,
            wherever it stands. None takes a list in the folder (classes.txt, labelmap.txt,
            class_dict.csv, …), else the JSON's names, else calls the ids that are seen
            "class 0", "class 1", …; black and white is "background" and "foreground".
        size: (height, width) that all get, or None for pictures of one size.
        fit: how that is done: `"resize"` stretches; `"crop"` takes the middle unscaled, filled up
            with black and void where a picture is smaller; `"pad"` scales the whole picture into
            the size and fills up the rest.
        void: stored id or colour, or a list of these, that does not count. 255 is void anyway
            where masks hold ids and `classes` gives it no name.
        channels: 3, or 1 for grey.
        val, test: shares of the pictures, 0.2 and 0, where the folder names no splits; where it
            names train and no val, `val` of train is held back.
        seed: of that choice, 0; the choice depends on it and on the pictures' names alone.
        missing: `"error"`, or `"leave out"` pictures without masks and masks without pictures,
            with a warning that counts them.
        masks: `"auto"`, `"pictures"` or `"outlines"` (JSON); auto takes mask pictures where
            there are any.

    Returns:
        A `Dataset`. Arrays are uint8, images [n, h, w, channels] and labels [n, h, w] with void
        255. Pictures are decoded when a split's arrays are first used; masks earlier, only as far
        as `classes` does not say what they hold. `split[i]["file"]` is a picture's path in
        the folder.

    Raises:
        ValueError: a wrong argument.
        DataError: the folder is not there or not laid out so; a picture or mask lacks its partner,
            is damaged, or is not of its partner's size; a mask holds what is no class.

    Example:

    >>> import pathlib, tempfile, warnings
    >>> import numpy as np
    >>> from PIL import Image
    >>> from segcourse import data
    >>> with tempfile.TemporaryDirectory() as name:
    ...     for part in ("images", "masks"):
    ...         (pathlib.Path(name) / part).mkdir()
    ...         for k in range(5):
    ...             mask = Image.fromarray(np.eye(4, dtype="uint8"))
    ...             mask.save(pathlib.Path(name) / part / f"{k}.png")
    ...     own = data.from_folder(name, classes=("wall", "crack"))
    ...     print(len(own.train), len(own.val), own.train.images.shape, own.train.labels[0, 0])
    4 1 (4, 4, 4, 3) [1 0 0 0]
    """
    folder = Path(folder).expanduser()
    chosen = check_arguments(
        folder, classes=classes, size=size, fit=fit, void=void, channels=channels, val=val,
        test=test, seed=seed, missing=missing, masks=masks,
    )  # fmt: skip
    found = layout.find(folder, chosen["masks"])
    _say_what_is_left_out(found, chosen["missing"])
    encoding = meaning.find(chosen["classes"], chosen["void"], found.pairs, found.drawn_names)
    reader = Reader(encoding, chosen["size"], chosen["fit"], chosen["channels"])
    pairs, words = splits.assign(found.pairs, chosen["val"], chosen["test"], chosen["seed"])
    title = f"folder:{folder}"
    made = {
        name: Split(
            name, encoding.classes, len(some),
            lambda n, name=name, some=some: reader.arrays(some[:n], f"reading {name}"),
        )
        for name, some in pairs.items()
    }  # fmt: skip
    source = [f"{found.kind} in {folder}", words]
    if chosen["size"] is not None:
        source.append(sizes.WAYS[chosen["fit"]].format(*chosen["size"]))
    return Dataset(title, encoding.classes, made, "; ".join(source), "One's own pictures.")


def check_arguments(folder, **arguments):
    """All arguments of `from_folder` as it uses them, those of the folder's settings too."""
    given = {name: value for name, value in arguments.items() if value is not None}
    chosen = {**settings.DEFAULTS, **settings.read(folder), **given}
    if chosen["classes"] is None:
        chosen["classes"] = settings.classes(folder)[0]
    chosen["classes"] = meaning.check_classes(chosen["classes"])
    chosen["void"] = meaning.check_void(chosen["void"])
    chosen["size"] = check_size(chosen["size"])
    chosen["fit"] = sizes.check_fit(chosen["fit"])
    chosen["seed"] = splits.check_seed(chosen["seed"])
    for share in ("val", "test"):
        chosen[share] = splits.check_share(chosen[share], share)
    if chosen["val"] + chosen["test"] >= 1:
        raise ValueError(
            "`val` and `test` must leave something to train on. "
            f"Received: val={chosen['val']}, test={chosen['test']}"
        )
    if chosen["channels"] not in (1, 3):
        raise ValueError(f"`channels` must be 1 or 3. Received: channels={chosen['channels']!r}")
    if chosen["missing"] not in MISSING:
        raise ValueError(
            f"`missing` must be one of {', '.join(MISSING)}. Received: {chosen['missing']!r}"
        )
    return chosen


def _say_what_is_left_out(found, missing):
    """An error or a warning about files that have no partner; notes are always warnings."""
    lacks = [
        ("without a mask", "picture", found.lone_pictures),
        ("without a picture", "mask", found.lone_masks),
        ("of a format that is not read (convert it to PNG)", "picture", found.foreign),
    ]
    said = [
        f"{names.count(len(paths), what)} {why}: {names.listed(paths, found.folder)}"
        for why, what, paths in lacks
        if paths
    ]
    if said and missing == "error":
        raise DataError(
            f"{found.folder} holds {'; '.join(said)}. Put their partners there or take them "
            "away; missing='leave out' goes on without them."
        )
    notes = [*found.notes, *(f"left out: {one}" for one in said)]
    if notes:
        warnings.warn(f"{found.folder}: {'; '.join(notes)}.", stacklevel=3)


def load(name, size=None):
    """The data set of a name `folder:PATH`; see `segcourse.data.load`."""
    sized = {} if size is None else {"size": size}
    return from_folder(name.removeprefix("folder:"), **sized)
