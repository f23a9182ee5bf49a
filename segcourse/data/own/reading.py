"""Pairs read into arrays: each decoded once, in its place, on a few threads."""

import numpy as np
import psutil

from segcourse.data.files.errors import DataError
from segcourse.data.files.pictures import in_parallel
from segcourse.data.own import masks, meaning, names, opened, photograph, sizes

_SHOWN = 4


class Reader:
    """Reads pairs by one encoding, at one size.

    Args:
        encoding: an `Encoding`.
        size: (height, width) or None.
        fit: one of `sizes.WAYS`.
        channels: 3 or 1.
    """

    def __init__(self, encoding, size=None, fit="resize", channels=3):
        self.encoding, self.size, self.fit, self.channels = encoding, size, fit, channels

    def one(self, pair):
        """Image uint8 [h, w, channels] and labels uint8 [h, w] of a pair, at its own size."""
        picture = opened.open_picture(pair.picture)
        turned = opened.upright(picture)
        image = photograph.to_array(turned, pair.picture, self.channels)
        stored = pair.mask.read(image.shape[:2], palette=self.encoding.coloured)
        if stored.format in masks.LOSSY:
            raise DataError(meaning.lossy(pair.mask.path))
        if stored.values.shape != image.shape[:2]:
            raise DataError(different(pair, image.shape, stored.values.shape, picture))
        return image, self.encoding.labels(stored, pair.mask.path)

    def arrays(self, pairs, what):
        """The arrays of some pairs, as `Split` takes them."""
        first = sizes.fitted(*self.one(pairs[0]), self.size, self.fit)
        shape, total = first[1].shape, len(pairs)
        _check_memory(total * (first[0].nbytes + first[1].nbytes), total, shape)
        images = np.empty((total, *first[0].shape), "uint8")
        labels = np.empty((total, *shape), "uint8")
        images[0], labels[0] = first

        def place(k):
            image, mask = sizes.fitted(*self.one(pairs[k]), self.size, self.fit)
            if mask.shape != shape:
                raise DataError(self._mixed(pairs))
            images[k], labels[k] = image, mask

        in_parallel(place, range(1, total), what)
        return {"image": images, "label": labels, "file": [pair.name for pair in pairs]}

    def _mixed(self, pairs):
        counts = {}
        for pair in pairs:
            shape = opened.size_of(pair.picture)
            counts[shape] = counts.get(shape, 0) + 1
        common = sorted(counts, key=counts.get, reverse=True)
        shown = ", ".join(
            f"{h}×{w} ({names.count(counts[h, w], 'picture')})" for h, w in common[:_SHOWN]
        )
        more = ", …" if len(common) > _SHOWN else ""
        return (
            f"The pictures differ in size: {shown}{more}. Load them at one: size=(height, width), "
            "with fit='resize' (stretched), 'crop' (the middle) or 'pad' (whole, void around); "
            'for a name `folder:PATH`, write {"size": [height, width]} into PATH/segcourse.json.'
        )


def different(pair, image, mask, picture=None):
    """In words that a mask has not its picture's size; `picture` is the one not yet turned."""
    words = (
        f"{pair.picture} and its mask {pair.mask.path} must be of one size. "
        f"Received: {image[0]}×{image[1]} and {mask[0]}×{mask[1]}"
    )
    if picture is not None and opened.orientation(picture) != 1 and picture.size == mask[::-1]:
        words += (
            ". The picture is stored turned (EXIF), and the mask was drawn on it unturned: turn "
            "the mask, or draw it anew on the picture as viewers show it"
        )
    return words


def _check_memory(needed, count, shape):
    free = psutil.virtual_memory().available
    if needed > free:
        raise DataError(
            f"{count} pictures of {shape[0]}×{shape[1]} need {needed / 2**30:.1f} GiB of memory, "
            f"and {free / 2**30:.1f} GiB are free. Load them smaller, size=(height, width), or "
            "fewer: split.take(n)."
        )
