"""What is wrong with what masks hold: JPEG edges, black and white, ids from 1, rare classes."""

import warnings

import numpy as np

from segcourse.data.files.errors import DataError
from segcourse.data.own import encoding as encodings
from segcourse.data.own import masks, meaning
from segcourse.data.own.checking.findings import Finding
from segcourse.data.own.encoding import Encoding
from segcourse.data.own.names import count
from segcourse.data.split import VOID

_MOST_OF_IT = 0.95
_BLACK, _WHITE = 40, 215  # nearly so
_SOFT = 8  # so many greys between, and most pixels black or white: soft edges
_ONLY_JPEGS = "All masks are JPEGs: which of their values were drawn cannot be told."
_VALUES = "say which is which: classes={0: 'cat', 7: 'dog'}"
_DICT = "say what each means: classes={(255, 0, 0): 'cat', …}, or in segcourse.json"


def find_encoding(chosen, layout, looks):
    """(the `Encoding` or None, findings about finding it)."""
    read = [one for one in looks if one.mask_shape]
    clean = [one for one in read if one.format not in masks.LOSSY]
    by_pair = {one.pair.picture: one for one in read}
    if not read:
        return None, []
    if not layout.drawn_names and not isinstance(chosen["classes"], meaning.Table):
        counts = total(read)
        if (not clean or _is_soft(counts, read)) and _is_black_and_white(counts):
            found = [] if not clean else [_soft(clean)]
            names = chosen["classes"] or ("background", "foreground")
            if len(names) == 2:
                return Encoding({0: names[0], 255: names[1]}), found

    if not clean and chosen["classes"] is None:
        return None, [Finding("error", "values", _ONLY_JPEGS, f"{_VALUES}, or {_DICT}.")]

    def look(pair):
        one = by_pair[pair.picture]
        return meaning.as_ids(set(one.counts), one.coloured)

    pairs = [one.pair for one in clean or read]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            encoding = meaning.find(
                chosen["classes"], chosen["void"], pairs, layout.drawn_names, look
            )
        except DataError as error:
            mend = _DICT if any(one.coloured for one in clean) else _VALUES
            return None, [Finding("error", "values", str(error), mend)]
    found = [Finding("warning", "ids", str(one.message), _VALUES) for one in caught]
    return encoding, found


def judge(chosen, layout, looks, encoding, splits):
    """All findings about the values of masks.

    Args:
        chosen: the arguments of `from_folder`.
        layout: the `Layout`.
        looks: list of `Look`.
        encoding: the `Encoding`, or None.
        splits: dict of split name to list of `Pair`.
    """
    read = [one for one in looks if one.mask_shape]
    found = [*_jpegs(read)]
    if encoding is None:
        return found
    clean = [one for one in read if one.format not in masks.LOSSY]
    if layout.drawn_names is None:
        found += [*_unknown(clean, encoding), *_black_and_white(clean, chosen, encoding)]
        found += _from_one(clean, chosen)
    return [*found, *_shares(read, encoding, splits)]


def total(looks):
    """Dict of stored value to pixels, over all masks; greys in colours count as ids."""
    found = {}
    for one in looks:
        grey = one.coloured and all(masks.is_grey(value) for value in one.counts)
        for value, pixels in one.counts.items():
            value = value & 255 if grey else value
            found[value] = found.get(value, 0) + pixels
    return found


def _is_black_and_white(counts):
    """Whether nearly all pixels are nearly black or nearly white, and some are each."""
    pixels = sum(counts.values())
    black = sum(pixels for value, pixels in counts.items() if value <= _BLACK)
    white = sum(pixels for value, pixels in counts.items() if _WHITE <= value <= 255)
    return black and white and black + white >= 0.7 * pixels


def _is_soft(counts, looks):
    """Whether masks of black and white have greys between, as interpolation leaves."""
    ends = counts.get(0, 0) + counts.get(255, 0)
    between = sum(_BLACK < value < _WHITE for value in counts)
    # Saved as JPEG and then as PNG: many values beside both ends. Ids lie beside one, 255 alone.
    beside = min(sum(0 < v <= _BLACK for v in counts), sum(_WHITE <= v < 255 for v in counts))
    was_jpeg = beside > _SOFT // 2 and not between
    many = (between > _SOFT and max(counts) == 255) or was_jpeg
    if was_jpeg:
        ends = sum(pixels for value, pixels in counts.items() if not _BLACK < value < _WHITE)
    return many and ends >= 0.6 * sum(counts.values()) and not any(o.coloured for o in looks)


def _soft(looks):
    soft = tuple(one.pair.mask.path for one in looks if set(one.counts) - {0, 255})
    return Finding(
        "error", "soft", f"{count(len(soft), 'mask')} of black and white with greys at the edges: "
        "resized, or drawn with smoothing.",
        "export them without; `--write FOLDER` takes the nearer of black and white.", soft,
    )  # fmt: skip


def _jpegs(looks):
    files = tuple(one.pair.mask.path for one in looks if one.format in masks.LOSSY)
    if files:
        yield Finding(
            "error", "jpeg", f"{count(len(files), 'mask')} stored as JPEG, whatever the names say: "
            "values at the edges that nobody drew.",
            "export masks as PNG; `--write FOLDER` takes the nearest value of a class.", files,
        )  # fmt: skip


def _unknown(looks, encoding):
    bad, values = [], {}
    for one in looks:
        counts = stored_counts(one, encoding)
        unknown = encoding.unknown(counts)
        if unknown:
            bad.append(one.pair.mask.path)
        for value in unknown:
            values[value] = values.get(value, 0) + counts[value]
    if not bad:
        return
    common = sorted(values, key=values.get, reverse=True)
    shown = encodings.show(common, encoding.coloured)
    ids = {value for one in looks for value in stored_counts(one, encoding)}
    names = len(encoding.classes)
    hint = ""
    if not encoding.coloured and 0 not in ids and common == [names]:
        hint = f" Ids run from 1 to {names}, and should from 0."
    table = ", ".join(f"{k}: {name!r}" for k, name in enumerate(encoding.classes[:3], 1))
    yield Finding(
        "error", "from-one" if hint else "no-class",
        f"{count(len(bad), 'mask')} with values that are in no class: {shown}. Allowed: "
        f"{encoding.described()}.{hint}",
        f"classes={{{table}, …}}." if hint else "name them in `classes`, or as `void`.",
        tuple(bad),
    )  # fmt: skip


def _from_one(looks, chosen):
    seen = set(total(looks)) - {255, 65535}
    if chosen["classes"] is None and seen and min(seen) == 1:
        yield Finding(
            "warning", "from-one", f"Ids start at 1: {encodings.show(sorted(seen))}. They are read "
            "as the classes 0, 1, …, in this order.",
            "name them: classes={1: 'cat', 2: 'dog', …}.",
        )  # fmt: skip


def _black_and_white(looks, chosen, encoding):
    seen = set(total(looks))
    whites = max(seen, default=0)
    if set(encoding.table) in ({0, 255}, {0, 65535}) and seen == set(encoding.table):
        yield Finding(
            "note", "black-and-white", f"All masks hold only 0 and {whites}: black and white, read "
            f"as {encoding.classes[0]} and {encoding.classes[1]}.",
            "" if chosen["classes"] else "name the two: classes=('road', 'crack').",
        )  # fmt: skip
    elif seen == {0, 1, 255} and chosen["classes"] is None:
        white = tuple(one.pair.mask.path for one in looks if set(one.counts) == {0, 255})
        if white:
            yield Finding(
                "warning", "mixed-whites",
                f"{count(len(white), 'mask')} with 0 and 255, others with 0 "
                "and 1; 255 is read as void.",
                "if 255 is the object, say so: classes={0: 'background', 1: 'object', "
                "255: 'object'}.", white,
            )  # fmt: skip


def stored_counts(look, encoding):
    """A look's counts by the values that the encoding speaks of."""
    if encoding.coloured and not look.coloured:
        return {masks.pack((value,) * 3): pixels for value, pixels in look.counts.items()}
    if look.coloured and not encoding.coloured:
        return {
            value & 255 if masks.is_grey(value) else value: pixels
            for value, pixels in look.counts.items()
        }
    return look.counts


def class_counts(look, encoding):
    """Pixels of each class, and of void in the last place.

    Values of no class are left out; in a JPEG they count as the nearest that is in one.
    """
    counts = np.zeros(len(encoding.classes) + 1, "int64")
    values = stored_counts(look, encoding)
    if look.format in masks.LOSSY and values:
        kind = "uint32" if encoding.coloured else "int64"
        row = masks.Stored(np.array([list(values)], kind), encoding.coloured, look.format)
        numbers = dict(zip(values, encoding.nearest(row)[0].tolist(), strict=True))
    else:
        numbers = {value: encoding.number(value) for value in values}
    for value, pixels in values.items():
        number = numbers[value]
        if number is not None:
            counts[-1 if number == VOID else number] += pixels
    return counts


def _shares(looks, encoding, splits):
    rows = {one.pair.picture: class_counts(one, encoding) for one in looks}
    void = tuple(
        one.pair.mask.path
        for one in looks
        if rows[one.pair.picture][-1] and not rows[one.pair.picture][:-1].any()
    )
    if void:
        yield Finding(
            "error" if len(void) == len(looks) else "warning", "void",
            f"{count(len(void), 'mask')} void everywhere: nothing is learnt there.",
            "draw them, or take them away; `--write FOLDER` leaves them out.", void,
        )  # fmt: skip
    names = np.array(encoding.classes)
    everything = sum(rows.values())[:-1]
    never = names[everything == 0]
    if len(never):
        yield Finding(
            "warning", "never", f"Classes that no mask has: {', '.join(never)}.",
            "take them out of `classes`, or look whether ids are shifted by one.",
        )  # fmt: skip
    for split, pairs in splits.items():
        there = [rows[pair.picture] for pair in pairs if pair.picture in rows]
        lacking = names[(sum(there)[:-1] == 0) & (everything > 0)] if there else ()
        if len(lacking):
            yield Finding(
                "warning", "never-in-split", f"Classes that {split} has not: {', '.join(lacking)}.",
                "choose the splits otherwise, such as by another seed.",
            )  # fmt: skip
    if everything.sum() and everything.max() > _MOST_OF_IT * everything.sum():
        name, share = names[everything.argmax()], everything.max() / everything.sum()
        yield Finding(
            "warning", "one-class", f"{share:.1%} of all pixels are {name}: a network that says "
            "nothing else has that accuracy.",
            "look at the mean IoU, not at accuracy; crop around the other classes.",
        )  # fmt: skip
