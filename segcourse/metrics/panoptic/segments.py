"""Count the pixels two segments share: by runs, not by pixels.

A segment is coherent, so along a row its id repeats. A run is a stretch of pixels on which neither
map changes; a picture of 2 million pixels has some ten thousand runs. Finding where they start
is one comparison of each map with itself moved by a pixel; only the runs are looked up and counted.

Where every pixel is drawn apart, each is a run and nearly each a pair of its own: those are sorted.
Segments match only where they share more than half of one. `count_matchable` therefore counts
groups of pairs first, and sorts what lies in a group that is large enough.
"""

from dataclasses import dataclass

import numpy as np

# Pixels searched for runs in one go, a multiple of 8; the bytes that mark them stay in the cache.
_CHUNK = 1 << 18
# Beyond one run in so many pixels, looking up every pixel is quicker than gathering the runs; so
# many pixels are looked up in one go.
_DENSE = 6
_PIECE = 1 << 16
# One pixel in so many is looked at first; odd, as widths and patterns often are even.
_SAMPLE = 255
# Ids below this are their own place in a table; larger ones are sent to one of 2**18 slots at most.
_DIRECT = 1 << 16
_MOST_BITS = 18
_TRIES = 16
_GOLDEN = 0x9E3779B97F4A7C15
_ID_BITS = 24
# The columns of a row are counted in so many groups (a power of 2) to see which may hold a match.
_GROUPS = 16


@dataclass(frozen=True)
class Pairs:
    """Pixels shared by the segments at position `rows` and `columns`, by rising row and column."""

    rows: np.ndarray
    columns: np.ndarray
    pixels: np.ndarray


@dataclass(frozen=True)
class Overlaps:
    """Areas by position, and pairs: all that may match, and all of the rows asked for."""

    true_areas: np.ndarray
    pred_areas: np.ndarray
    pairs: Pairs


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
    return _tally(true, pred, true_ids, pred_ids).pairs()


def count_matchable(true, pred, true_ids, pred_ids, whole):
    """Areas of all segments, and the pairs that matter to a match: far fewer than there are.

    The pairs hold every one that shares more than half of its true segment, and every one of the
    rows `whole`. Others may be among them; each is counted in full.

    Example:

    >>> import numpy as np
    >>> true = np.array([[7, 7, 0], [7, 9, 9]])
    >>> pred = np.array([[5, 5, 5], [0, 0, 5]])
    >>> found = count_matchable(true, pred, np.array([0, 7, 9]), np.array([0, 5]), [0])
    >>> found.true_areas.tolist(), found.pred_areas.tolist()
    ([1, 3, 2], [2, 4])

    Args:
        true, pred, true_ids, pred_ids: as for `count_pairs`.
        whole: positions in `true_ids` of segments of which every pair is wanted.

    Returns:
        `Overlaps`; its areas are int64 arrays, one entry for every id.

    Raises:
        UnknownId: if a map holds a value that is not among its ids.
    """
    return _tally(true, pred, true_ids, pred_ids).matchable(whole)


def _tally(true, pred, true_ids, pred_ids):
    """A `_Table` or `_Lists` to which all pixels were added."""
    true, pred = true.reshape(-1), pred.reshape(-1)
    rows, columns = _positions("true", true_ids), _positions("pred", pred_ids)
    most = max(1 << 10, min(true.size >> 1, 4 * _PIECE))
    fits = len(true_ids) * len(pred_ids) <= most
    table = fits and rows.perfect and columns.perfect
    tally = (_Table if table else _Lists)(rows, columns, true.size)
    try:
        for part in _parts(true, pred):
            tally.add(*part)
    except UnknownId:
        if not table:
            _raise_smallest(true, pred, rows, columns)
        raise
    return tally


def _parts(true, pred):
    """Yield ids of `true`, ids of `pred`, and how many pixels each stands for (None: one each)."""
    marks = np.zeros((2, min(_CHUNK, -(-true.size // 8) * 8)), bool)
    for start in range(0, true.size, _CHUNK):
        one, other = true[start : start + _CHUNK], pred[start : start + _CHUNK]
        where = _run_starts(one, other, *marks)
        if where is not None:
            yield one[where], other[where], np.diff(where, append=one.size)
            continue
        for piece in range(0, one.size, _PIECE):
            yield one[piece : piece + _PIECE], other[piece : piece + _PIECE], None


def _raise_smallest(true, pred, rows, columns):
    """Of several unknown values name one that no id can have, else the smallest of `true`."""
    for one, other, _ in _parts(true, pred):
        rows.check_range(one)
        columns.check_range(other)
    keys = np.unique(true.astype(np.int64) << _ID_BITS | pred.astype(np.int64))
    rows.of(keys >> _ID_BITS)
    columns.of(keys & ((1 << _ID_BITS) - 1))


def _run_starts(one, other, starts, moved):
    """Where a new run begins in either map, or None where runs are too many to pay.

    `starts` and `moved` are bytes to work in, whole words of 8.
    """
    size = one.size
    changes = np.count_nonzero(one[1::_SAMPLE] != one[:-1:_SAMPLE])
    if changes > 8 and 2 * changes * _SAMPLE > size:
        return None  # salt and pepper: a few of the pixels tell
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


class _Tally:
    """Counts of pairs, to be added to part by part, and asked for once."""

    def __init__(self, rows, columns, size):
        self.rows, self.columns, self.size = rows, columns, size

    def matchable(self, whole):
        """`Overlaps`; here all pairs are among them."""
        pairs = self.pairs()
        return Overlaps(
            _sums(pairs.rows, pairs.pixels, len(self.rows.ids)),
            _sums(pairs.columns, pairs.pixels, len(self.columns.ids)),
            pairs,
        )


class _Table(_Tally):
    """A count for every pair there can be."""

    def __init__(self, rows, columns, size):
        super().__init__(rows, columns, size)
        self.counts = np.zeros(len(rows.ids) * len(columns.ids), np.int64)

    def add(self, one, other, pixels=None):
        """Count the pairs of ids of `one` and `other`, each for so many pixels (1 without)."""
        cells = self.rows.of(one)
        cells *= len(self.columns.ids)
        cells += self.columns.of(other)
        self.counts += _sums(cells, pixels, len(self.counts))

    def pairs(self):
        """The pairs counted."""
        cells = np.flatnonzero(self.counts)
        return Pairs(*np.divmod(cells, len(self.columns.ids)), self.counts[cells])


class _Lists(_Tally):
    """Keys of the pairs that occur, for segments too many for a table: sorted at the end.

    A key is a row and a column in one number of 32 bits, where that has room: such numbers are
    sorted in half the time of larger ones.
    """

    def __init__(self, rows, columns, size):
        super().__init__(rows, columns, size)
        # At least as many bits as the groups need; the group is the highest of them.
        self.bits = max(len(columns.ids), _GROUPS).bit_length()
        self.coarse = self.bits - _GROUPS.bit_length() + 1
        narrow = len(rows.ids).bit_length() + self.bits < 32
        self.kind = np.int32 if narrow else np.int64
        self.memory, self.filled = np.empty(0, np.int64), 0
        self.runs = []

    def add(self, one, other, pixels=None):
        """Count the pairs of ids of `one` and `other`, each for so many pixels (1 without)."""
        rows = self.rows.of(one).astype(self.kind, copy=False)
        rows <<= self.bits
        columns = self.columns.of(other)
        if pixels is not None:
            self.runs.append((rows | columns, pixels))
            return
        if not self.filled:
            self.memory = np.empty(self.size, np.int64)
        before, self.filled = self.filled, self.filled + rows.size
        np.bitwise_or(rows, columns, out=self._single()[before:])

    def _single(self):
        """Keys of single pixels so far, in the last half of what may become the columns.

        New memory takes as long as the work. As columns are filled from the front, and a key
        stands no earlier than its column, no key is lost before it is read.
        """
        return self.memory.view(self.kind)[-self.size :][: self.filled]

    def pairs(self):
        """The pairs counted."""
        return self._pairs(self._single(), *self._all_runs())

    def matchable(self, whole):
        """`Overlaps`, without pairs of groups that hold too little of their row."""
        if not self._spares():
            return super().matchable(whole)
        single, (keys, pixels) = self._single(), self._all_runs()
        groups = _sums(keys >> self.coarse, pixels, _GROUPS * len(self.rows.ids))
        pred_areas = _sums(self._columns(keys), pixels, len(self.columns.ids))
        for part in _slices(single):
            groups += _sums(part >> self.coarse, None, len(groups))
            pred_areas += _sums(self._columns(part), None, len(pred_areas))
        likely, true_areas = _majorities(groups)
        likely.reshape(-1, _GROUPS)[whole] = True
        likely &= groups > 0
        wanted = [single[:0]]
        if likely.any():
            wanted += [part[likely.take(part >> self.coarse)] for part in _slices(single)]
        kept = likely[keys >> self.coarse]
        pairs = self._pairs(np.concatenate(wanted), keys[kept], pixels[kept])
        return Overlaps(true_areas, pred_areas, pairs)

    def _spares(self):
        """Whether groups leave out most pixels, and pay; the first slice tells."""
        count = _GROUPS * len(self.rows.ids)
        # Runs are few as they are; small segments have a majority by chance.
        if 8 * self.filled < self.size or 8 * count > self.size:
            return False
        part = self._single()[:_CHUNK]
        groups = _sums(part >> self.coarse, None, count)
        return 2 * groups[_majorities(groups)[0]].sum() < part.size

    def _columns(self, keys):
        return keys & ((1 << self.bits) - 1)

    def _all_runs(self):
        """Keys of the runs and the pixels of each."""
        runs = [*zip(*self.runs, strict=True)] or [[np.empty(0, self.kind)], [np.empty(0, int)]]
        return [np.concatenate(values) for values in runs]

    def _pairs(self, single, keys, pixels):
        """Pairs of keys for single pixels, which are sorted in place, and of keys of runs."""
        single.sort()
        first = _begins(single)
        if not keys.size:
            return Pairs(*self._positions(single, first), _lengths(first, single.size))
        keys = np.concatenate([single[first], keys])  # before `first` is overwritten
        pixels = np.concatenate([_lengths(first, single.size), pixels])
        order = np.argsort(keys)
        keys = keys[order]
        first = _begins(keys)
        return Pairs(*self._positions(keys, first), np.add.reduceat(pixels[order], first))

    def _positions(self, keys, where):
        """Rows and columns of the keys `where`; piece by piece, as there may be millions."""
        rows = np.empty(where.size, np.int64)
        mostly = where.size <= self.memory.size < 2 * where.size
        columns = self.memory[: where.size] if mostly else np.empty_like(rows)
        for start in range(0, where.size, _PIECE >> 1):
            some = slice(start, start + (_PIECE >> 1))
            here = keys.take(where[some], mode="clip")
            columns[some] = here & ((1 << self.bits) - 1)
            here >>= self.bits
            rows[some] = here
        return rows, columns


def _sums(places, pixels, count):
    """Pixels at each of `count` places (None: one pixel each), int64."""
    # bincount sums its weights in float64: exact up to 2**53 pixels.
    return np.bincount(places, pixels, minlength=count).astype(np.int64, copy=False)


def _majorities(groups):
    """Which groups hold more than half of their row, and the sum of every row."""
    sums = groups.reshape(-1, _GROUPS).sum(1)
    return 2 * groups > np.repeat(sums, _GROUPS), sums


def _slices(values):
    """Slices small enough for the cache."""
    return [values[start : start + _CHUNK] for start in range(0, values.size, _CHUNK)]


def _begins(values):
    """Where stretches of one value begin."""
    begins = np.empty(values.size, bool)
    begins[:1] = True
    np.not_equal(values[1:], values[:-1], out=begins[1:])
    return np.flatnonzero(begins)


def _lengths(first, size):
    """How long the stretches are of `size` values that begin at `first`, which is overwritten."""
    for start in range(0, first.size, _PIECE >> 2):
        here = first[start : start + (_PIECE >> 2)]
        after = first[start + 1 :][: here.size]
        here[: after.size] = after - here[: after.size]
    first[-1:] = size - first[-1:]
    return first


def _positions(argument, ids):
    """The quickest look-up for these ids."""
    return (_Direct if ids[-1] < _DIRECT else _Hashed)(argument, ids)


class _Positions:
    """Looks up positions among `ids`, a rising int64 array; `argument` says whose they are."""

    def __init__(self, argument, ids):
        self.argument, self.ids = argument, np.asarray(ids, np.int32)

    def check_range(self, values):
        """Raise UnknownId for a value that no id can have."""
        for extreme in (values.min(), values.max()):
            if not 0 <= extreme < 1 << _ID_BITS:
                raise UnknownId(self.argument, int(extreme))

    def raise_first(self, values, unknown):
        """Raise UnknownId for the first of `values` that is unknown, if there is one."""
        if unknown.any():
            raise UnknownId(self.argument, int(values[unknown][0]))


class _Direct(_Positions):
    """Small ids: each is its own place in a table."""

    perfect = True

    def __init__(self, argument, ids):
        super().__init__(argument, ids)
        self.table = np.full(int(self.ids[-1]) + 1, -1, np.int32)
        self.table[self.ids] = np.arange(len(ids))

    def of(self, values):
        """Positions of `values` among the ids, int32; an unknown value raises UnknownId."""
        outside = values.min() < 0 or values.max() >= len(self.table)
        # Clipped, a value outside finds a position of another id; it is sought out below.
        found = self.table.take(values.astype(np.intp, copy=False), mode="clip")
        if outside or found.min() < 0:
            self.raise_first(values, (found < 0) | (self.ids[found] != values))
        return found


class _Hashed(_Positions):
    """Large ids: a factor is sought that sends every id to a slot of its own.

    Of thousands of ids there is none; those that lost their slot to another are searched for.
    """

    def __init__(self, argument, ids):
        super().__init__(argument, ids)
        places = np.arange(len(ids), dtype=np.int32)
        for way in self._ways():
            self.factor, self.bits = way
            slots = self._slots(self.ids)
            # A slot without an id says the first one: no value that leads there is that id.
            table = np.full(2 << self.bits, self.ids[0], np.int32)
            table[slots] = places
            lost = np.flatnonzero(table[slots] != places)
            if not lost.size:
                break
        self.perfect = lost.size == 0
        # A position and, right behind it, its id: side by side, both come into the cache at once.
        table[slots + 1] = self.ids[table[slots]]
        self.table, self.owners = table, table[1:]
        self.lost, self.lost_ids = np.append(lost, 0), self.ids[lost]

    def _ways(self):
        """Factors and table sizes worth a try, the last of them with the most slots."""
        # With fewer slots, a factor without a collision is too rare.
        smallest = max(8, 2 * len(self.ids).bit_length() - 2)
        if smallest > _MOST_BITS:
            yield _GOLDEN, max(_MOST_BITS, min(len(self.ids).bit_length() + 3, _MOST_BITS + 2))
        for bits in range(smallest, _MOST_BITS + 1):
            for odd in range(1, 2 * _TRIES, 2):
                yield odd * _GOLDEN % (1 << 64), bits

    def of(self, values):
        """Positions of `values` among the ids, int32; an unknown value raises UnknownId."""
        slots = self._slots(values)
        found = self.table.take(slots, mode="clip")
        missed = np.flatnonzero(self.owners.take(slots, mode="clip") != values)
        if missed.size:
            found[missed] = self._search(values[missed])
        return found

    def _search(self, values):
        """Positions of ids that lost their slot; an unknown value raises UnknownId."""
        found = self.lost[np.searchsorted(self.lost_ids, values)]
        self.raise_first(values, self.ids[found] != values)
        return found

    def _slots(self, values):
        """Where the positions stand in the table: even numbers."""
        slots = values.astype(np.uint64)  # negative ones wrap, and are told apart in `of`
        slots *= np.uint64(self.factor)
        slots >>= np.uint64(63 - self.bits)
        slots &= np.uint64(0xFFFFFFFFFFFFFFFE)
        return slots.view(np.int64)
