"""From what masks store to class ids."""

import numpy as np

from segcourse.data.files.errors import DataError
from segcourse.data.own import masks
from segcourse.data.split import VOID

MOST = 254  # ids 0 to 253; 254 marks what is in no class, 255 is void
_NONE = 254
_VOID_NAMES = frozenset("void ignore ignored __ignore__ unlabelled unlabeled".split())
_SHOWN = 6


def is_void(name):
    """Whether a class of this name does not count."""
    return name is None or name.strip().lower() in _VOID_NAMES


class Encoding:
    """Which stored value is which class.

    Args:
        table: dict of stored value to name of its class; None, "void", "ignore" or "unlabelled"
            is void. Values are ids, or packed colours with `coloured`.
        coloured: whether the values are colours.
        classes: names in the order of their ids; None is the order of `table`.
        hint: what to do about another value, for errors.

    Attributes: `classes`, `coloured`, `table`.
    """

    def __init__(self, table, coloured=False, classes=None, hint=""):
        names = table.values() if classes is None else classes
        self.classes = tuple(dict.fromkeys(name for name in names if not is_void(name)))
        self.table, self.coloured, self.hint = dict(table), coloured, hint
        if not 1 <= len(self.classes) <= MOST:
            raise ValueError(
                f"`classes` must name 1 to {MOST} classes. Received: {len(self.classes)}"
            )
        ids = {name: place for place, name in enumerate(self.classes)}
        self._ids = {
            value: VOID if is_void(name) else ids[name] for value, name in self.table.items()
        }
        self._look_up = None

    def labels(self, stored, path):
        """Class ids and void, uint8 [h, w]; a DataError names values that are in no class."""
        values = self._values(stored, path)
        if values.size and (values.dtype.kind == "i" or values.dtype.itemsize > 1):
            limit = len(self._numbers())
            inside = (values >= 0) & (values < limit)
            if not inside.all():
                self._refuse(values[~inside], path)
        labels = self._numbers()[values]
        if (labels == _NONE).any():
            self._refuse(values[labels == _NONE], path)
        return labels

    def number(self, value):
        """The class id, or void, of one stored value; None where it is in no class."""
        return self._ids.get(value)

    def nearest(self, stored):
        """Class ids of the nearest stored values, for masks whose edges were blurred."""
        known = np.array(sorted(self._ids))
        if self.coloured or stored.coloured:
            values = stored.values if stored.coloured else stored.values * np.uint32(0x010101)
            if not self.coloured:
                known = known * 0x010101
            seen, places = np.unique(values, return_inverse=True)
            bands = [np.stack(masks.unpack(some.astype("int64")), -1) for some in (seen, known)]
            closest = np.array([((one - bands[1]) ** 2).sum(axis=1).argmin() for one in bands[0]])
        else:
            seen, places = np.unique(stored.values, return_inverse=True)
            closest = np.abs(seen[:, None].astype("int64") - known).argmin(axis=1)
        numbers = np.array([self._ids[value] for value in sorted(self._ids)], "uint8")
        return numbers[closest][places].reshape(stored.values.shape)

    def unknown(self, counts):
        """Those of the stored values that are in no class."""
        return sorted(value for value in counts if value not in self._ids)

    def _values(self, stored, path):
        if self.coloured:
            if stored.coloured:
                return stored.values
            return stored.values.astype("uint32") * np.uint32(0x010101)
        if not stored.coloured:
            return stored.values
        grey = masks.to_grey(stored.values)
        if grey is None:
            found = [v for v in stored.counts() if not masks.is_grey(v)]
            raise DataError(
                f"{path}: masks must hold ids. Received: colours {_colours(found)}. "
                "Name what each means: classes={(255, 0, 0): 'cat', …}"
            )
        return grey

    def _numbers(self):
        """The table as an array: at place v the class id of stored value v."""
        if self._look_up is None:
            size = 1 << 24 if self.coloured else max(256, *(v + 1 for v in self._ids))
            look_up = np.full(size, _NONE, "uint8")
            for value, number in self._ids.items():
                look_up[value] = number
            self._look_up = look_up
        return self._look_up

    def _refuse(self, wrong, path):
        values, counts = np.unique(wrong, return_counts=True)
        shown = [int(value) for value in values[np.argsort(-counts)]]
        raise DataError(
            f"{path}: {counts.sum():,} pixels are of no class. Allowed: {self.described()}. "
            f"Received: {show(shown, self.coloured)}. {self.hint}".strip()
        )

    def described(self):
        """The stored values and what they mean, in words."""
        pairs = [pair for pair in self.table.items() if not is_void(pair[1])]
        pairs += [(v, name) for v, name in self.table.items() if is_void(name) and v != 65535]
        text = ", ".join(
            f"{show([value], self.coloured)} {'void' if is_void(name) else name}"
            for value, name in pairs[:30]
        )
        return text + (", …" if len(pairs) > 30 else "")


def show(values, coloured=False):
    """A few stored values in words."""
    if coloured:
        return _colours(values)
    more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
    return ", ".join(map(str, values[:_SHOWN])) + more


def _colours(values):
    more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
    return ", ".join(str(masks.unpack(value)) for value in values[:_SHOWN]) + more
