"""Masks matched to pictures by their names."""

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from segcourse.data.files.errors import DataError
from segcourse.data.own import names
from segcourse.data.own.masks import MaskFile

_JPEG = (".jpg", ".jpeg", ".jpe", ".jfif")


@dataclass(frozen=True)
class Pair:
    """A picture and its mask.

    Attributes:
        split: "train", "val", "test", or None where the folder does not say.
        name: the picture's path relative to the folder, with "/".
        picture: its Path.
        mask: a `MaskFile` or `Outlines`, with `path` and `read`.
    """

    split: str | None
    name: str
    picture: Path
    mask: object


def flat(pictures):
    """(pictures, masks) of files that lie together: `a_mask.png` by `a.jpg`, `a.png` by `a.jpg`."""
    bare = {(path.parent, names.composed(path.stem)) for path in pictures}
    bare |= {(home, names.without_ending(stem, "picture")) for home, stem in bare}
    masks = [
        path
        for path in pictures
        if names.is_marked(path.stem)
        and (path.parent, names.without_ending(names.composed(path.stem), "mask")) in bare
    ]
    if not masks:
        photographs = {
            (p.parent, names.composed(p.stem)) for p in pictures if p.suffix.lower() in _JPEG
        }
        masks = [
            path
            for path in pictures
            if path.suffix.lower() not in _JPEG
            and (path.parent, names.composed(path.stem)) in photographs
        ]
    chosen = set(masks)
    return [path for path in pictures if path not in chosen], masks


def match(folder, pictures, masks):
    """(pairs, pictures without a mask, masks without a picture).

    Looked for in turns: the same names in folders of the same kind; the same but for endings such
    as `_mask`; the same wherever they lie. A later turn takes only names that are there once.
    """
    described = {path: names.place(path.relative_to(folder)) for path in (*pictures, *masks)}
    pairs, pictures, masks = [], list(pictures), list(masks)
    for turn, key in enumerate(_KEYS):
        keys = {p: key("picture", *described[p][1:]) for p in pictures}
        keys |= {p: key("mask", *described[p][1:]) for p in masks}
        there, wanted = _by_key(pictures, keys), _by_key(masks, keys)
        if turn == 0:
            _check_once(wanted.values(), "masks for one picture", "the others' folder")
            of_masks = (paths for one, paths in there.items() if one in wanted)
            _check_once(of_masks, "pictures for one mask", "the others")
        for one, paths in wanted.items():
            if len(paths) == 1 and len(there.get(one, ())) == 1:
                pairs.append(_pair(folder, there[one][0], paths[0], described))
        used = {pair.picture for pair in pairs} | {pair.mask.path for pair in pairs}
        pictures = [path for path in pictures if path not in used]
        masks = [path for path in masks if path not in used]
        if not pictures or not masks:
            break
    return pairs, pictures, masks


def _exact(kind, split, rest, stem):
    return split, rest, stem


def _but_endings(kind, split, rest, stem):
    return split, rest, names.without_ending(stem, kind).lower()


def _but_folders(kind, split, rest, stem):
    return split, names.without_ending(stem, kind).lower()


def _anywhere(kind, split, rest, stem):
    return names.without_ending(stem, kind).lower()


_KEYS = (_exact, _but_endings, _but_folders, _anywhere)


def _by_key(paths, keys):
    found = {}
    for path in paths:
        found.setdefault(keys[path], []).append(path)
    return found


def _check_once(groups, what, others):
    for paths in groups:
        if len(paths) > 1:
            raise DataError(
                f"There are {len(paths)} {what}: {', '.join(map(str, paths))}. "
                f"Keep one, or name {others} otherwise."
            )


def _pair(folder, picture, mask, described):
    split = described[picture][1] or described[mask][1]
    return Pair(split, picture.relative_to(folder).as_posix(), picture, MaskFile(mask))


def by_lists(layout, files):
    """The layout with the splits of lists such as ImageSets/Segmentation/train.txt, if any."""
    lists = _lists(layout.folder, files)
    if not lists:
        return layout
    by_stem = _by_key(layout.pairs, {pair: _stem(pair.name) for pair in layout.pairs})
    chosen, absent = [], []
    for path, split in lists.items():
        for line in path.read_text("utf-8-sig").splitlines():
            words = line.split()
            if not words:
                continue
            found = by_stem.get(_stem(words[0])) or by_stem.get(Path(words[0]).name, [])
            if len(found) != 1:
                absent.append(f"{path.relative_to(layout.folder).as_posix()}: {words[0]}")
            else:
                chosen.append(replace(found[0], split=split))
    if absent:
        raise DataError(
            f"{names.count(len(absent), 'name')} in lists without a picture that has a mask, "
            f"or with several: {', '.join(absent[:5])}."
        )
    twice = [name for name, n in Counter(pair.name for pair in chosen).items() if n > 1]
    if twice:
        raise DataError(f"The lists name {', '.join(twice[:5])} twice; splits share nothing.")
    used = {pair.name for pair in chosen}
    spare = sum(pair.name not in used for pair in layout.pairs)
    spare_pictures = len(layout.lone_pictures)
    if spare or spare_pictures:
        layout.notes.append(
            f"{names.count(spare, 'picture')} with a mask and {spare_pictures} without one left "
            f"out: in none of the lists {', '.join(path.name for path in lists)}"
        )
    layout.pairs, layout.lone_pictures = chosen, []
    return layout


def _stem(text):
    name = Path(names.composed(text).replace("\\", "/")).name
    suffix = Path(name).suffix
    return name[: -len(suffix)] if suffix.lower() in names.SUFFIXES else name


def _lists(folder, files):
    """Dict of the path of a list to the split it names; None is for a list of all pictures."""
    homes = ("ImageSets/Segmentation", "ImageSets", "splits", "lists", ".")
    texts = [path for path in files if path.suffix.lower() == ".txt"]
    for home in homes:
        here = [path for path in texts if path.parent == folder / home]
        by_split = {path: names.split_of(path.stem) for path in here}
        by_split = {path: split for path, split in by_split.items() if split}
        if by_split:
            return by_split
        whole = [p for p in here if p.stem.lower() in ("trainval", "default", "all")]
        if whole and home != ".":
            return {whole[0]: None}
    return {}
