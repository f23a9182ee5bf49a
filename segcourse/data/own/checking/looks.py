"""What one picture and its mask hold, in a few numbers."""

import hashlib
from dataclasses import dataclass, field, replace

import numpy as np

from segcourse.data.files.errors import DataError
from segcourse.data.own import opened, photograph

_DARK = 4096  # 16-bit pictures below it hold 12 bits and look black


@dataclass(frozen=True)
class Look:
    """What was seen of a pair.

    Attributes:
        pair: the `Pair`.
        problems: what could not be read, as sentences.
        shape, mask_shape: (height, width), or None where it could not be read.
        orientation: EXIF's, 1 for upright.
        dark: whether it is a 16-bit picture that uses few of its bits.
        digest: the same for pictures of the same pixels.
        counts: dict of stored mask value to number of pixels.
        coloured, format: those of `Stored`.
    """

    pair: object
    problems: tuple = ()
    shape: tuple | None = None
    orientation: int = 1
    dark: bool = False
    digest: bytes = b""
    mask_shape: tuple | None = None
    counts: dict = field(default_factory=dict)
    coloured: bool = False
    format: str = ""

    @property
    def whole(self):
        """Whether both files could be read and are of one size."""
        return not self.problems and self.shape == self.mask_shape


def look(pair, palette=False):
    """The `Look` of a pair; a file that cannot be read is a problem in it, not an error."""
    try:
        seen = _picture(pair)
    except DataError as error:
        seen = Look(pair, (str(error),))
    try:
        stored = pair.mask.read(seen.shape, palette)
    except DataError as error:
        return replace(seen, problems=(*seen.problems, str(error)))
    return replace(
        seen, mask_shape=stored.values.shape, counts=stored.counts(), coloured=stored.coloured,
        format=stored.format,
    )  # fmt: skip


def _picture(pair):
    picture = opened.open_picture(pair.picture)
    turned = opened.upright(picture)
    dark = picture.mode.startswith("I") and 0 < int(np.asarray(picture).max()) < _DARK
    array = np.ascontiguousarray(photograph.to_array(turned, pair.picture))
    digest = hashlib.sha1(array, usedforsecurity=False)
    digest.update(str(array.shape).encode())
    return Look(
        pair, shape=array.shape[:2], orientation=opened.orientation(picture), dark=dark,
        digest=digest.digest(),
    )  # fmt: skip
