"""Count the pixels two segments share: by runs, not by pixels.

A segment is coherent, so along a row its id repeats. A run is a stretch of pixels on which neither
map changes; a picture of 2 million pixels has some ten thousand runs. Finding where they start
is one comparison of each map with itself moved by a pixel; only the runs are looked up and counted.
"""

from dataclasses import dataclass

import numpy as np

# Pixels searched for runs in one go, a multiple of 8; the bytes that mark them stay in the cache.
_CHUNK = 1 << 18
# Beyond one run in so many pixels, looking up every pixel is quicker than gathering the runs; so
# many pixels are looked up in one go.
_DENSE = 6
_PIECE = 1 << 16
# Ids below this are their own place in a table; larger ones are sent to one of 2**18 slots at most.
_DIRECT = 1 << 16
_MOST_BITS = 18
_TRIES = 16
_GOLDEN = 0x9E3779B97F4A7C15
_ID_BITS = 24


@dataclass(frozen=True)
class Pairs:
    """Pixels shared by the segments at position `rows` and `columns`, by rising row and column."""

    rows: np.ndarray
    columns: np.ndarray
    pixels: np.ndarray


class UnknownId(ValueError):
    """A map holds `value`, which is not among its ids; `argument` says which map."""

    def __init__(self, argument, value):
        super().__init__(f"`{argument}` holds the id {value}, which is not among its ids")
        self.argument, self.value = argument, value


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
        true_ids: int64 array of the ids in `true`, each once, in rising order, from 0 to
            2**24 - 1.
        pred_ids: the same for `pred`.

    Returns:
        `Pairs` of three int64 arrays: positions in `true_ids` and `pred_ids`, and pixels.

    Raises:
        UnknownId: if a map holds a value that is not among its ids.
    """
    true, pred = true.reshape(-1), pred.reshape(-1)
    rows, columns = _Positions("true", true_ids), _Positions("pred", pred_ids)
    most = max(1 << 10, min(true.size >> 1, 4 * _PIECE))
    fits = len(true_ids) * len(pred_ids) <= most
    tally = (_Table if fits and rows.perfect and columns.perfect else _Lists)(rows, columns)
    marks = np.zeros((2, min(_CHUNK, -(-true.size // 8) * 8)), bool)
    for start in range(0, true.size, _CHUNK):
        one, other = true[start : start + _CHUNK], pred[start : start + _CHUNK]
        where = _run_starts(one, other, *marks)
        if where is not None:
            tally.add(one[where], other[where], np.diff(where, append=one.size))
            continue
        for piece in range(0, one.size, _PIECE):
            tally.add(one[piece : piece + _PIECE], other[piece : piece + _PIECE])
    return tally.pairs()


def _run_starts(one, other, starts, moved):
    """Where a new run begins in either map, or None where runs are too many to pay.

    `starts` and `moved` are bytes to work in, whole words of 8.
    """
    size = one.size
    starts[0] = True
    np.not_equal(one[1:], one[:-1], out=starts[1:size])
    np.not_equal(other[1:], other[:-1], out=moved[1:size])
    starts[size:] = moved[size:] = False
    words = starts.view(np.uint64)
    words |= moved.view(np.uint64)
    if np.count_nonzero(starts) * _DENSE > size:
        return None
    # Most words hold no start: look for bytes only in those that do.
    held = np.flatnonzero(words != 0)
    where = np.flatnonzero(words[held].view(bool))
    return (held[where >> 3] << 3) + (where & 7)


class _Table:
    """A count for every pair there can be."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.counts = np.zeros(len(rows.ids) * len(columns.ids), np.int64)

    def add(self, one, other, pixels=None):
        """Count the pairs of ids of `one` and `other`, each for so many pixels (1 without)."""
        cells = self.rows.of(one)
        cells *= len(self.columns.ids)
        cells += self.columns.of(other)
        # bincount sums its weights in float64: exact far beyond the pixels of a chunk.
        counts = np.bincount(cells, pixels, minlength=len(self.counts))
        np.add(self.counts, counts, out=self.counts, casting="unsafe")

    def pairs(self):
        """The pairs counted."""
        cells = np.flatnonzero(self.counts)
        return Pairs(*np.divmod(cells, len(self.columns.ids)), self.counts[cells])


class _Lists:
    """Counts of the pairs that occur, for segments too many for a table: sorted at the end."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.single, self.keys, self.pixels = [], [], []

    def add(self, one, other, pixels=None):
        """Count the pairs of ids of `one` and `other`, each for so many pixels (1 without)."""
        self.rows.check_range(one)
        self.columns.check_range(other)
        keys = one.astype(np.int64)
        keys <<= _ID_BITS
        keys |= other.astype(np.int64)
        if pixels is None:
            self.single.append(keys)
        else:
            self.keys.append(keys)
            self.pixels.append(pixels)

    def pairs(self):
        """The pairs counted."""
        if not self.keys:
            keys, pixels = self._sorted_single()
        else:
            if self.single:
                keys, pixels = self._sorted_single()
                self.keys.append(keys)
                self.pixels.append(pixels)
            keys, where = np.unique(np.concatenate(self.keys), return_inverse=True)
            pixels = np.bincount(where, np.concatenate(self.pixels)).astype(np.int64)
        # The keys rise, so a row's stand together: one of each is looked up.
        ids = keys >> _ID_BITS
        first, lengths = _stretches(ids)
        rows = np.repeat(self.rows.of(ids[first]), lengths)
        np.bitwise_and(keys, (1 << _ID_BITS) - 1, out=keys)
        return Pairs(rows, self.columns.of(keys), pixels)

    def _sorted_single(self):
        """Each key that was added for single pixels, and how often."""
        keys = np.concatenate(self.single)
        self.single.clear()
        keys.sort()
        first, lengths = _stretches(keys)
        return keys[first], lengths


def _stretches(values):
    """Where stretches of one value begin, and how long each is."""
    begins = np.empty(values.size, bool)
    begins[:1] = True
    np.not_equal(values[1:], values[:-1], out=begins[1:])
    first = np.flatnonzero(begins)
    lengths = np.empty_like(first)
    np.subtract(first[1:], first[:-1], out=lengths[:-1])
    lengths[-1:] = values.size - first[-1:]
    return first, lengths


class _Positions:
    """Looks up the position of an id among `ids`, in one step where a table allows it.

    Large ids get a perfect hash: a factor is sought that sends every id to a slot of its own. Of
    thousands of ids there is none; those that lost their slot to another are then searched for.
    """

    def __init__(self, argument, ids):
        self.argument = argument
        self.ids = np.asarray(ids, np.int32)
        self.perfect = False
        places = np.arange(len(ids))
        for way in self._ways():
            self.factor, self.bits = way
            slots = self._slots(self.ids)
            # Slots without an id lead to position 0: `of` tells them apart.
            table = np.zeros(1 << self.bits, np.int64)
            table[slots] = places
            self.table = table
            self.perfect = np.array_equal(table[slots], places)
            if self.perfect:
                return

    def _ways(self):
        """Factors and table sizes worth a try, the last of them with the most slots."""
        if self.ids[-1] < _DIRECT:
            yield 1, max(8, int(self.ids[-1]).bit_length())
            return
        # With fewer slots, a factor without a collision is too rare.
        smallest = max(8, 2 * len(self.ids).bit_length() - 2)
        if smallest > _MOST_BITS:
            yield _GOLDEN, _MOST_BITS
        for bits in range(smallest, _MOST_BITS + 1):
            for odd in range(1, 2 * _TRIES, 2):
                yield odd * _GOLDEN % (1 << 64), bits

    def of(self, values):
        """Positions of `values` among the ids, int64; an unknown value raises UnknownId."""
        found = self.table.take(self._slots(values), mode="clip")
        missed = np.flatnonzero(self.ids.take(found, mode="clip") != values)
        if missed.size:
            sought = values[missed]
            found[missed] = np.searchsorted(self.ids, sought)
            unknown = self.ids.take(found[missed], mode="clip") != sought
            if unknown.any():
                raise UnknownId(self.argument, int(sought[unknown][0]))
        return found

    def check_range(self, values):
        """Raise UnknownId for a value that no id can have."""
        for extreme in (values.min(), values.max()):
            if not 0 <= extreme < 1 << _ID_BITS:
                raise UnknownId(self.argument, int(extreme))

    def _slots(self, values):
        slots = values.astype(np.uint64)  # negative ones wrap, and are told apart in `of`
        if self.factor == 1:
            slots &= np.uint64((1 << self.bits) - 1)
        else:
            slots *= np.uint64(self.factor)
            slots >>= np.uint64(64 - self.bits)
        return slots.view(np.int64)
