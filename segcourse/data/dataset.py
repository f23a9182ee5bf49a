"""A dataset: its splits, its classes and where it came from."""

from segcourse.data.split import VOID

SPLITS = ("train", "val", "test")


class Dataset:
    """What `load` gives: splits `train`, `val` and `test`, as far as they are there.

    Args:
        name: its name, such as `"scenes"`.
        classes: names of its classes; the id of a class is its place.
        splits: dict of split name to `Split`; a split that is absent is left out.
        source: where it was read from, in words a person can follow.
        citation: whom to cite.

    Attributes: the arguments, `num_classes`, `void` (255), and one `Split` for each split.

    Example:

    >>> from segcourse import data
    >>> scenes = data.load("scenes")
    >>> scenes.splits, len(scenes.train), scenes.num_classes
    (('train', 'val', 'test'), 512, 5)
    >>> data.Dataset("few", scenes.classes, {"train": scenes.train.take(3)}, "scenes", "")
    Dataset 'few': train 3 images; val, test absent; 5 classes (sky, grass, tree, cat, dog)
    """

    void = VOID

    def __init__(self, name, classes, splits, source, citation):
        self.name = name
        self.classes = tuple(classes)
        self._splits = dict(splits)
        self.source = str(source)
        self.citation = citation

    @property
    def num_classes(self):
        return len(self.classes)

    @property
    def splits(self):
        """Names of the splits that are there."""
        return tuple(self._splits)

    def split(self, name):
        """The split called `name`; a ValueError names those there are."""
        if name not in self._splits:
            raise ValueError(
                f"Split {name!r} of {self.name!r} is not there. Present: "
                f"{', '.join(self.splits) or 'none'}. Read from: {self.source}"
            )
        return self._splits[name]

    @property
    def train(self):
        return self.split("train")

    @property
    def val(self):
        return self.split("val")

    @property
    def test(self):
        return self.split("test")

    def __repr__(self):
        sizes = ", ".join(f"{name} {len(split)}" for name, split in self._splits.items())
        absent = [name for name in SPLITS if name not in self._splits]
        note = f"; {', '.join(absent)} absent" if absent else ""
        return (
            f"Dataset {self.name!r}: {sizes} images{note}; "
            f"{self.num_classes} classes ({', '.join(self.classes)})"
        )
