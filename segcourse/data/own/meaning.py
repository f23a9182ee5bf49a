"""What the values of one's masks mean: as `classes` says, or as the masks themselves show."""

import itertools
import re
import warnings
from dataclasses import dataclass

from segcourse.data.files.errors import DataError
from segcourse.data.files.pictures import in_parallel
from segcourse.data.own import encoding, masks
from segcourse.data.own.encoding import Encoding

_WHITES = (255, 65535)
_MANY = 40  # more ids than that may be soft edges
_AFTER_ONE = (
    "Ids start at 0. If yours do not, say which is which: classes={1: 'cat', 2: 'dog'}; "
    "void=… names ids that do not count."
)
_INSTANCES = "A mask holds the class of each pixel; these look like numbers of objects."


@dataclass(frozen=True)
class Table:
    """`classes` as a dict: which stored values, ids or packed colours, are which class."""

    names: dict
    coloured: bool


def colour(value, argument="classes"):
    """(red, green, blue) or "#rrggbb" as a packed colour; None for what is no colour."""
    if isinstance(value, str):
        found = re.fullmatch(r"#([0-9a-fA-F]{6})", value) or re.fullmatch(
            r"\(?(\d+), ?(\d+), ?(\d+)\)?", value
        )
        if not found:
            return None
        texts = found.groups()
        value = tuple(map(int, texts)) if len(texts) == 3 else tuple(bytes.fromhex(found[1]))
    if not isinstance(value, (tuple, list)):
        return None
    if len(value) != 3 or not all(_whole(band) and 0 <= band <= 255 for band in value):
        raise ValueError(
            f"A colour in `{argument}` must be three whole numbers from 0 to 255, or '#rrggbb'. "
            f"Received: {value!r}"
        )
    return masks.pack(value)


def _whole(value):
    return hasattr(value, "__index__") and not isinstance(value, bool)


def check_classes(classes):
    """`classes` as None, a tuple of names, or a `Table`."""
    if classes is None:
        return None
    if isinstance(classes, dict):
        return _check_dict(classes)
    try:
        names = () if isinstance(classes, (str, bytes)) else tuple(classes)
    except TypeError:
        names = ()
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise ValueError(
            "`classes` must be names in the order of their ids, a dict of id or colour to name, "
            f"or None. Received: classes={classes!r}"
        )
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"`classes` must not name a class twice. Received: {twice!r} twice")
    return names


def _check_dict(classes):
    found, kinds = {}, set()
    for key, name in classes.items():
        packed = colour(key)
        number = int(key) if isinstance(key, str) and key.isdecimal() else key
        if packed is None and not (_whole(number) and 0 <= number <= 65535):
            raise ValueError(
                "`classes` must have ids from 0 to 65535, or colours such as (255, 0, 0) or "
                f"'#ff0000', as keys. Received: {key!r}"
            )
        if name is not None and not (isinstance(name, str) and name.strip()):
            raise ValueError(
                f"`classes` must have names, or None for void, as values. Received: {name!r}"
            )
        kinds.add(packed is not None)
        found[int(number) if packed is None else packed] = name
    if len(kinds) != 1:
        raise ValueError(
            "`classes` must have ids or colours as keys, and at least one. "
            f"Received: classes={classes!r}"
        )
    return Table(found, kinds.pop())


def check_void(void):
    """`void` as a list of ids or packed colours."""
    if void is None:
        return []
    values = void if isinstance(void, (list, set, frozenset, range)) else [void]
    found = []
    for value in values:
        packed = colour(value, "void")
        if packed is None and not (_whole(value) and 0 <= value <= 65535):
            raise ValueError(
                "`void` must be an id from 0 to 65535, a colour, or a list of these. "
                f"Received: void={void!r}"
            )
        found.append(int(value) if packed is None else packed)
    return found


def values_of(pair):
    """The values of one mask, and whether they are colours; colours all grey count as ids."""
    stored = pair.mask.read()
    if stored.format in masks.LOSSY:
        raise DataError(lossy(pair.mask.path))
    return as_ids(set(stored.counts()), stored.coloured)


def as_ids(values, coloured):
    """The values and False where they are ids or greys, the values and True for colours."""
    if coloured and all(masks.is_grey(value) for value in values):
        return {value & 255 for value in values}, False
    return values, coloured


def find(classes, void, pairs, drawn_names=None, look=values_of):
    """The `Encoding` of the masks of `pairs`.

    Args:
        classes: what `check_classes` gives.
        void: what `check_void` gives.
        pairs: all pairs; their masks are looked at only as far as `classes` leaves it open.
        drawn_names: names of the classes of outlines, by stored value from 1 on; None for masks
            in picture files.
        look: function of a pair that gives its mask's values as `values_of` does.

    Raises:
        DataError: the masks do not show what they mean.
    """
    if drawn_names is not None:
        if void:
            raise ValueError(
                "`void` must be None where masks are outlines: what none covers is background, or "
                f"void. Received: void={void!r}"
            )
        return _of_outlines(classes, drawn_names)
    if isinstance(classes, Table):
        # 255 is void wherever it is nothing else.
        spare = {} if classes.coloured else {255: None}
        table = {**spare, **classes.names, **dict.fromkeys(void)}
        return Encoding(table, classes.coloured, classes.names.values())
    if classes is None:
        return _from_all(pairs, void, look)
    return _from_names(classes, pairs, void, look)


def _of_outlines(classes, drawn_names):
    if isinstance(classes, Table):
        raise ValueError(
            "`classes` must be names where masks are outlines: they store no ids. "
            f"Received: {classes.names!r}"
        )
    covered = [name for name in drawn_names if not is_background(name)]
    names = classes or ("background", *(n for n in covered if not encoding.is_void(n)))
    background = next((name for name in names if is_background(name)), None)
    absent = [n for n in covered if n not in names and not encoding.is_void(n)]
    if absent:
        raise ValueError(
            f"`classes` must name every class of the outlines: {', '.join(covered)}. "
            f"Received without: {', '.join(absent)}"
        )
    table = {0: background}
    for place, name in enumerate(drawn_names, 1):
        table[place] = background if is_background(name) else name
    return Encoding(table, classes=names)


def is_background(name):
    """Whether a class of this name is what no outline covers."""
    return name is not None and name.strip(" _").lower() == "background"


def _from_names(names, pairs, void, look):
    """Names alone: the masks hold ids, or black and white."""
    seen, coloured = set(), False
    for pair in pairs:
        values, coloured = look(pair)
        seen |= values
        if coloured or not could_be_two_tone(seen):
            break
    if coloured:
        raise DataError(
            f"{pairs[0].mask.path}: the masks are in colours, such as "
            f"{encoding.show([v for v in seen if not masks.is_grey(v)], True)}. Say what each "
            "means: classes={(255, 0, 0): 'cat', …}"
        )
    whites = _two_tone(seen)
    if whites and not void:
        if len(names) != 2:
            raise DataError(
                f"All masks hold only 0 and {whites}: they are black and white, which is 2 "
                f"classes. Received: classes={names!r}"
            )
        return Encoding({0: names[0], whites: names[1]})
    table = {255: None, 65535: None, **dict(enumerate(names)), **dict.fromkeys(void)}
    return Encoding(table, classes=names, hint=_AFTER_ONE)


def _two_tone(seen):
    """The white of values that are black and white, both of them; 0 otherwise."""
    return next((white for white in _WHITES if seen == {0, white}), 0)


def could_be_two_tone(seen):
    """Whether values are black, white, or both."""
    return any(seen <= {0, white} for white in _WHITES)


def _from_all(pairs, void, look):
    """No names: every value that is seen is a class."""
    looked = in_parallel(look, pairs, "looking at masks")
    if any(coloured for _, coloured in looked):
        found = sorted(set(itertools.chain(*(values for values, coloured in looked if coloured))))
        where = next(p for p, (_, coloured) in zip(pairs, looked, strict=True) if coloured)
        raise DataError(
            f"{where.mask.path}: the masks are in colours: {encoding.show(found, True)}. Say what "
            "each means: classes={(255, 0, 0): 'cat', …}"
        )
    seen = set(itertools.chain(*(values for values, _ in looked)))
    whites = _two_tone(seen)
    if whites and not void:
        return Encoding({0: "background", whites: "foreground"})
    ids = sorted(seen - {255, 65535} - set(void))
    if not ids:
        raise DataError(f"All masks hold only {encoding.show(sorted(seen))}, which is void.")
    if len(ids) > encoding.MOST:
        raise DataError(
            f"The masks hold {len(ids)} different ids, from {ids[0]} to {ids[-1]}; classes may be "
            f"{encoding.MOST}. {_INSTANCES}"
        )
    if ids != list(range(ids[0], ids[0] + len(ids))) or ids[0] > 1 or len(ids) > _MANY:
        warnings.warn(
            f"The masks hold the ids {encoding.show(ids)}, each taken for a class; 255 is void. "
            "If that is not meant, say what they are: classes={0: 'cat', …}",
            stacklevel=4,
        )
    table = {255: None, 65535: None, **{v: f"class {v}" for v in ids}, **dict.fromkeys(void)}
    return Encoding(table, classes=[f"class {value}" for value in ids])


def lossy(path):
    """What is wrong with a mask that is a JPEG."""
    return (
        f"{path}: a mask must not be a JPEG: its edges hold values that nobody drew. Save masks "
        "as PNG; `python3 -m segcourse data check FOLDER --write NEW` mends masks in a few colours."
    )
