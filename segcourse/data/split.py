"""One split of a dataset: arrays in memory, decoded when they are first asked for."""

from segcourse.checks.sizes import integer_from_zero, is_integer, positive_integer

# The id of pixels that no metric and no loss counts; each set's own void is mapped to it.
VOID = 255


class Split:
    """Images and label maps of one split.

    Attributes:
        name: such as `"train"`.
        classes: names of the classes; the id of a class is its place.
        void: 255, the id of pixels that are ignored.
        images: uint8 [n, height, width, channels]; 3 channels, or 1 where they are grey.
        labels: uint8 [n, height, width], class ids and void.

    Args:
        name: its name.
        classes: names of its classes.
        length: how many examples it has.
        read: function of a count n that gives the first n examples as a dict of sequences of
            length n, with at least `"image"` and `"label"`. It is called when arrays are first
            asked for.

    Example:

    >>> import numpy as np
    >>> from segcourse.data import Split
    >>> arrays = {"image": np.zeros((3, 4, 5, 3), "uint8"), "label": np.zeros((3, 4, 5), "uint8")}
    >>> split = Split("train", ("sky", "grass"), 3, lambda n: {k: v[:n] for k, v in arrays.items()})
    >>> split
    Split 'train': 3 images, 2 classes
    >>> split.take(2).images.shape
    (2, 4, 5, 3)
    """

    void = VOID

    def __init__(self, name, classes, length, read):
        self.name = name
        self.classes = tuple(classes)
        self._length = int(length)
        self._read = read
        self._arrays = None

    def _load(self):
        if self._arrays is None:
            self._arrays = self._read(self._length)
        return self._arrays

    @property
    def images(self):
        return self._load()["image"]

    @property
    def labels(self):
        return self._load()["label"]

    def __len__(self):
        return self._length

    def __getitem__(self, index):
        """Everything known about example `index`, as a dict."""
        if not is_integer(index):
            raise TypeError(f"`index` must be an integer. Received: index={index!r}")
        if not -self._length <= index < self._length:
            raise IndexError(
                f"`index` must be below {self._length}, the length of split {self.name!r}. "
                f"Received: index={index}"
            )
        return {key: values[int(index)] for key, values in self._load().items()}

    def __iter__(self):
        return (self[i] for i in range(len(self)))

    def take(self, count):
        """The first `count` examples, all of them where there are fewer, as a Split."""
        count = min(positive_integer("count", count), self._length)
        if self._arrays is None:
            return Split(self.name, self.classes, count, self._read)
        return Split(
            self.name,
            self.classes,
            count,
            lambda n: {key: values[:n] for key, values in self._arrays.items()},
        )

    def skip(self, count):
        """All but the first `count` examples, as a Split; a ValueError where none is left."""
        count = integer_from_zero("count", count)
        if count >= self._length:
            raise ValueError(
                f"`count` must be below {self._length}, the length of split {self.name!r}. "
                f"Received: count={count}"
            )
        return Split(
            self.name,
            self.classes,
            self._length - count,
            lambda n: {key: values[count : count + n] for key, values in self._load().items()},
        )

    def __repr__(self):
        size = ""
        if self._arrays is not None:
            height, width = self.images.shape[1:3]
            size = f" of {height}×{width}"
        plural = "" if self._length == 1 else "s"
        return (
            f"Split {self.name!r}: {self._length} image{plural}{size}, {len(self.classes)} classes"
        )
