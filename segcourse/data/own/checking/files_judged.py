"""What is wrong with the files: partners, damage, sizes, twice the same picture."""

from segcourse.data.own.checking.findings import Finding
from segcourse.data.own.names import count
from segcourse.data.own.reading import different

_WRITE = "`--write FOLDER` leaves them out of its copy"


def judge(layout, looks, splits):
    """All findings about files.

    Args:
        layout: the `Layout`.
        looks: list of `Look`.
        splits: dict of split name to list of `Pair`.
    """
    found = [*_partners(layout), *_damaged(looks), *_sizes(looks), *_twice(looks, splits)]
    found += [Finding("note", "left-out", one[0].upper() + one[1:] + ".") for one in layout.notes]
    return found


def _partners(layout):
    if layout.lone_pictures:
        yield Finding(
            "error", "no-mask", f"{count(len(layout.lone_pictures), 'picture')} without a mask.",
            f"draw their masks or take them away; {_WRITE}, from_folder(missing='leave out') goes "
            "on without them.",
            tuple(layout.lone_pictures),
        )  # fmt: skip
    if layout.lone_masks:
        yield Finding(
            "error", "no-picture", f"{count(len(layout.lone_masks), 'mask')} without a picture.",
            f"put the pictures there, under the masks' names, or take them away; {_WRITE}.",
            tuple(layout.lone_masks),
        )  # fmt: skip
    if layout.foreign:
        yield Finding(
            "error", "format",
            f"{count(len(layout.foreign), 'file')} of a format that is not read.",
            "convert pictures to PNG or JPEG, masks to PNG.", tuple(layout.foreign),
        )  # fmt: skip


def _damaged(looks):
    damaged = [one for one in looks if one.problems]
    if damaged:
        reasons = [problem.rstrip(".") + "." for one in damaged for problem in one.problems]
        more = f" (and {len(reasons) - 3} more)" if len(reasons) > 3 else ""
        yield Finding(
            "error", "unreadable",
            f"{count(len(damaged), 'pair')} cannot be read: {' '.join(reasons[:3])}{more}",
            f"mend them as said, or take them away; {_WRITE}.",
            tuple(one.pair.picture for one in damaged),
        )  # fmt: skip


def _sizes(looks):
    readable = [one for one in looks if one.shape and one.mask_shape]
    unlike = [one for one in readable if one.shape != one.mask_shape]
    if unlike:
        first = unlike[0]
        said = different(first.pair, first.shape, first.mask_shape)
        unturned = [one for one in unlike if is_unturned(one)]
        also = (
            f" {len(unturned)} of them {'was' if len(unturned) == 1 else 'were'} drawn on a "
            "picture that viewers turn (EXIF)."
            if unturned
            else ""
        )
        yield Finding(
            "error", "size",
            f"{count(len(unlike), 'mask')} of another size than the picture: {said}.{also}",
            "export the masks at the pictures' size; `--write FOLDER` turns those that EXIF turns, "
            "resizes those of the same proportions, and leaves the others out.",
            _masks_or_pictures(unlike),
        )  # fmt: skip
    shapes = {}
    for one in readable:
        shapes[one.shape] = shapes.get(one.shape, 0) + 1
    if len(shapes) > 1:
        common = sorted(shapes, key=shapes.get, reverse=True)[:4]
        shown = ", ".join(f"{h}×{w} ({shapes[h, w]})" for h, w in common)
        shown += ", …" if len(shapes) > len(common) else ""
        yield Finding(
            "note", "mixed-sizes", f"The pictures have {len(shapes)} sizes: {shown}.",
            "load them at one: from_folder(size=(height, width), fit='resize', 'crop' or 'pad'), "
            "or so in segcourse.json.",
        )  # fmt: skip
    turned = [one for one in looks if one.orientation != 1]
    if turned:
        yield Finding(
            "note", "turned",
            f"{count(len(turned), 'picture')} stored turned (EXIF); read upright.",
            "look at their masks on the page of --html.", tuple(o.pair.picture for o in turned),
        )  # fmt: skip
    dark = [one for one in looks if one.dark]
    if dark:
        yield Finding(
            "warning", "dark",
            f"{count(len(dark), 'picture')} of 16 bits with values below 4096: read "
            "as almost black.", "stretch them to 0 to 65535, all by the same factor.",
            tuple(one.pair.picture for one in dark),
        )  # fmt: skip


def _masks_or_pictures(looks):
    """The masks' files; the pictures' where one file holds several masks."""
    masks = tuple(one.pair.mask.path for one in looks)
    once = len(set(masks)) == len(masks)
    return masks if once else tuple(one.pair.picture for one in looks)


def is_unturned(look):
    """Whether a mask was drawn on the picture as it is stored, which viewers turn by a quarter."""
    return look.orientation >= 5 and look.shape == look.mask_shape[::-1] != look.mask_shape


def same_proportions(look):
    """Whether a mask of another size has its picture's proportions, to a pixel."""
    (h, w), (mh, mw) = look.shape, look.mask_shape
    return abs(mh * w / h - mw) <= max(1, w / h)


def duplicates(looks):
    """Lists of looks at pictures of the same pixels."""
    same = {}
    for one in looks:
        if one.digest:
            same.setdefault(one.digest, []).append(one)
    return [some for some in same.values() if len(some) > 1]


def _twice(looks, splits):
    home = {pair.picture: name for name, pairs in splits.items() for pair in pairs}
    across, within = [], []
    for some in duplicates(looks):
        homes = {home.get(one.pair.picture) for one in some}
        (across if len(homes) > 1 else within).append(some)
    if across:
        yield Finding(
            "error", "leak",
            f"{count(len(across), 'picture')} in two splits, with the same pixels: "
            "the score on val or test is too good.",
            "take them out of train; `--write FOLDER` does.",
            tuple(one.pair.picture for some in across for one in some),
        )  # fmt: skip
    if within:
        yield Finding(
            "warning", "twice", f"{count(len(within), 'picture')} twice in one split.",
            "keep one of each.", tuple(one.pair.picture for some in within for one in some),
        )  # fmt: skip


__all__ = ["duplicates", "is_unturned", "judge", "same_proportions"]
