"""Count the pixels two segments share: by runs, not by pixels.

A segment is coherent, so along a row its id repeats. A run is a stretch of pixels on which neither
map changes; a picture of 2 million pixels has some ten thousand runs. Finding where they start
is one comparison of each map with itself moved by a pixel; only the runs are looked up and counted.
"""

from dataclasses import dataclass

import numpy as np

# Pixels looked at in one go: they stay in the processor's cache, and so do their copies.
_CHUNK = 1 << 17
# Beyond one run in so many pixels, looking up every pixel is quicker than finding the runs.
_DENSE = 6
# Odd numbers that spread ids over a table; 1 keeps small ids apart as they are.
_FACTORS = (1, 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1)
_MOST_BITS = 18


@dataclass(frozen=True)
class Pairs:
    """Pixels shared by the segments at position `rows` and `columns`, by rising row and column."""

    rows: np.ndarray
    columns: np.ndarray
    pixels: np.ndarray


def count_pairs(true, pred, true_ids, pred_ids):
    """Count the pixels of every (true id, predicted id) pair that occurs.

    Example:

    >>> import numpy as np
    >>> true = np.array([[7, 7, 0], [7, 9, 9]])
    >>> pred = np.array([[5, 5, 5], [0, 0, 5]])
    >>> pairs = count_pairs(true, pred, np.array([0, 7, 9]), np.array([0, 5]))
    >>> pairs.rows.tolist(), pairs.columns.tolist(), pairs.pixels.tolist()
    ([0, 1, 1, 2, 2], [1, 0, 1, 0, 1], [1, 1, 2, 1, 1])

    Args:
        true: integer array of any shape.
        pred: integer array of the same shape.
        true_ids: int64 array of the ids in `true`, each once, in rising order, 0 or more.
        pred_ids: the same for `pred`.

    Returns:
        `Pairs` of three int64 arrays: positions in `true_ids` and `pred_ids`, and pixels.

    Raises:
        UnknownId: if a map holds a value that is not among its ids.
    """
    true, pred = true.reshape(-1), pred.reshape(-1)
    rows, columns = _Positions("true", true_ids), _Positions("pred", pred_ids)
    cells = len(true_ids) * len(pred_ids)
    tally = _Table(cells) if cells <= max(1 << 10, true.size >> 3) else _Lists()
    starts = np.empty(min(_CHUNK, true.size), bool)
    moved = np.empty_like(starts)
    for start in range(0, true.size, _CHUNK):
        one, other = true[start : start + _CHUNK], pred[start : start + _CHUNK]
        where = _run_starts(one, other, starts[: one.size], moved[: one.size])
        lengths = None
        if where is not None:
            lengths = np.diff(where, append=one.size)
            one, other = one[where], other[where]
        cell = rows.of(one)
        cell *= len(pred_ids)
        cell += columns.of(other)
        tally.add(cell, lengths)
    cell, pixels = tally.total()
    return Pairs(*np.divmod(cell, len(pred_ids)), pixels)


class _Table:
    """A count for every cell there can be."""

    def __init__(self, cells):
        self.counts = np.zeros(cells, np.int64)

    def add(self, cell, pixels):
        # bincount sums its weights in float64: exact far beyond the pixels of a chunk.
        counts = np.bincount(cell, pixels, minlength=len(self.counts))
        np.add(self.counts, counts, out=self.counts, casting="unsafe")

    def total(self):
        cell = np.flatnonzero(self.counts)
        return cell, self.counts[cell]


class _Lists:
    """Counts of the cells that occur, for segments too many for a table."""

    def __init__(self):
        self.cells, self.pixels = np.zeros(0, np.int64), np.zeros(0, np.int64)

    def add(self, cell, pixels):
        pixels = np.ones(len(cell), np.int64) if pixels is None else pixels
        cells = np.concatenate([self.cells, cell])
        self.cells, where = np.unique(cells, return_inverse=True)
        pixels = np.concatenate([self.pixels, pixels])
        self.pixels = np.bincount(where, pixels).astype(np.int64)

    def total(self):
        return self.cells, self.pixels


class UnknownId(ValueError):
    """A map holds `value`, which is not among its ids; `argument` says which map."""

    def __init__(self, argument, value):
        super().__init__(f"`{argument}` holds the id {value}, which is not among its ids")
        self.argument, self.value = argument, value


def _run_starts(one, other, starts, moved):
    """Where a new run begins in either map, or None where runs are too many to pay."""
    starts[0] = True
    np.not_equal(one[1:], one[:-1], out=starts[1:])
    np.not_equal(other[1:], other[:-1], out=moved[1:])
    starts[1:] |= moved[1:]
    if np.count_nonzero(starts) * _DENSE > one.size:
        return None
    return np.flatnonzero(starts)


class _Positions:
    """Looks up the position of an id among `ids`, in one step where a table allows it.

    The table is a perfect hash: one factor is sought that sends every id to a slot of its own.
    """

    def __init__(self, argument, ids):
        self.argument = argument
        self.ids = np.asarray(ids, np.int64)
        self.table = None
        smallest = max(8, int(2 * len(ids)).bit_length())
        for bits in range(smallest, _MOST_BITS + 1, 2):
            for factor in _FACTORS:
                self.factor, self.bits = np.uint32(factor), bits
                slots = self._slots(self.ids)
                if len(np.unique(slots)) == len(ids):
                    self._fill(slots)
                    return

    def of(self, values):
        """Positions of `values` among the ids, intp; an unknown value raises UnknownId."""
        if self.table is None:
            found = np.searchsorted(self.ids, values)
            found[found == len(self.ids)] = 0
        else:
            found = self.table[self._slots(values)]
        known = self.ids[found] == values
        if not known.all():
            raise UnknownId(self.argument, int(values[~known][0]))
        return found

    def _fill(self, slots):
        # Slots without an id lead to position 0: the comparison in `of` tells them apart.
        self.table = np.zeros(1 << self.bits, np.intp)
        self.table[slots] = np.arange(len(self.ids))

    def _slots(self, values):
        slots = values.astype(np.uint32)  # a copy; what does not fit is caught by the comparison
        if self.factor == 1:
            slots &= np.uint32((1 << self.bits) - 1)
        else:
            slots *= self.factor
            slots >>= np.uint32(32 - self.bits)
        return slots
