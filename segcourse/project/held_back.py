"""Which images are for training, for choosing and for the one look at the end."""

from dataclasses import dataclass

from segcourse.data.split import Split
from segcourse.texts import _

# Of the training images, those that are left for choosing where a set has no split for it.
_FIFTH = 5


@dataclass(frozen=True)
class Parts:
    """The three parts of a data set in the project.

    Attributes:
        train: `Split` to train on.
        val: `Split` to choose by.
        held_back: `Split` that is scored at the end, once.
        reason: a sentence that says which is which, and why.
    """

    train: Split
    val: Split
    held_back: Split
    reason: str


def divide(dataset):
    """The parts of a `segcourse.data` Dataset.

    Held back is the split `test` where the set has one, else `val`. Where `val` is held back, the
    last fifth of `train` is what one chooses by: a block of neighbours and not a random choice,
    since neighbours in a video are alike, and a choice among them would be too kind.

    Example:

    >>> import numpy as np
    >>> from segcourse.data import Dataset, Split
    >>> arrays = {"image": np.zeros((10, 4, 4, 3), "uint8"), "label": np.zeros((10, 4, 4), "uint8")}
    >>> def read(n):
    ...     return {key: values[:n] for key, values in arrays.items()}
    >>> splits = {name: Split(name, ("a", "b"), 10, read) for name in ("train", "val")}
    >>> parts = divide(Dataset("mine", ("a", "b"), splits, "memory", ""))
    >>> len(parts.train), len(parts.val), parts.held_back.name
    (8, 2, 'val')

    Raises:
        ValueError: for a set without `train`, without both `val` and `test`, or with one image to
            train on where it has to be divided; for what is no Dataset.
    """
    splits = _splits(dataset)
    if "train" not in splits:
        text = _(
            "`dataset` must have a split train of at least one image. "
            "Received: {name} with the splits: {there}"
        )
        raise ValueError(text.format(name=repr(dataset.name), there=_listed(splits)))
    if "test" not in splits and "val" not in splits:
        text = _(
            "`dataset` must have a split test or val, which is held back until the end. "
            "Received: {name} with the splits: {there}"
        )
        raise ValueError(text.format(name=repr(dataset.name), there=_listed(splits)))
    if "test" in splits and "val" in splits:
        reason = _("The split test is held back; choose by the split val.")
        return Parts(splits["train"], splits["val"], splits["test"], reason)
    held = splits["test"] if "test" in splits else splits["val"]
    train, chosen = _last_fifth(dataset, splits["train"])
    text = _(
        "The split {held} is held back, and there is none to choose by: val is the last fifth of "
        "train, {count} images in a row."
    )
    return Parts(train, chosen, held, text.format(held=held.name, count=len(chosen)))


def _splits(dataset):
    """The splits that hold an image, by name."""
    if not hasattr(dataset, "splits") or not hasattr(dataset, "split"):
        raise ValueError(
            "`dataset` must be a Dataset of segcourse.data, as data.load() gives it. "
            f"Received: {type(dataset).__name__}"
        )
    found = {name: dataset.split(name) for name in dataset.splits}
    return {name: split for name, split in found.items() if len(split)}


def _last_fifth(dataset, train):
    """What is left to train on, and the block at its end to choose by."""
    count = max(1, len(train) // _FIFTH)
    rest = len(train) - count
    if not rest:
        text = _(
            "`dataset` must have at least two images in its split train, since one is needed to "
            "choose by. Received: {name} with one"
        )
        raise ValueError(text.format(name=repr(dataset.name)))
    # Both by `skip`, which reads the whole split once.
    return _named(train.skip(0).take(rest), "train"), _named(train.skip(rest), "val")


def _named(split, name):
    split.name = name
    return split


def _listed(splits):
    return ", ".join(f"{name} {len(split)}" for name, split in splits.items()) or "none"
