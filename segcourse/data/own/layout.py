"""How a folder of pictures and masks is laid out: which mask belongs to which picture."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from segcourse.data.files.errors import DataError
from segcourse.data.own import names, pairing, settings
from segcourse.data.own.annotations import coco, labelme
from segcourse.data.own.pairing import Pair

SOURCES = ("auto", "pictures", "outlines")


@dataclass
class Layout:
    """What was found in a folder.

    Attributes:
        folder: its Path.
        kind: "mask pictures", "COCO's JSON" or "labelme's JSON".
        pairs: list of `Pair`, sorted by split and name.
        lone_pictures: pictures without a mask.
        lone_masks: masks, or entries of a JSON, without a picture.
        foreign: pictures of formats that are not read.
        drawn_names: classes of the outlines, by stored value from 1 on; None for mask pictures.
        notes: what is left out on purpose, in words.
    """

    folder: Path
    kind: str
    pairs: list
    lone_pictures: list = field(default_factory=list)
    lone_masks: list = field(default_factory=list)
    foreign: list = field(default_factory=list)
    drawn_names: list | None = None
    notes: list = field(default_factory=list)


def find(folder, masks="auto"):
    """The `Layout` of a folder.

    Args:
        folder: a Path.
        masks: "pictures", "outlines", or "auto": mask pictures where there are any.

    Raises:
        DataError: there is no such folder, nothing in it that belongs together, or two masks for
            one picture.
    """
    if masks not in SOURCES:
        raise ValueError(f"`masks` must be one of {', '.join(SOURCES)}. Received: masks={masks!r}")
    if not folder.is_dir():
        raise DataError(f"There is no folder {folder}.")
    files = _files(folder)
    pictures = [path for path in files if path.suffix.lower() in names.SUFFIXES]
    foreign = [path for path in files if path.suffix.lower() in names.FOREIGN]
    found = None
    jsons = [p for p in files if p.suffix.lower() == ".json" and p != folder / settings.NAME]
    if masks != "outlines":
        found = _mask_pictures(folder, pictures, files)
        if found is not None and masks == "auto" and _has_outlines(jsons):
            found.notes.append(
                f"the outlines in {names.listed(jsons, folder, 2)} are not read, as there are "
                "mask pictures; masks='outlines' reads them, 'pictures' leaves this unsaid"
            )
    if masks != "pictures" and (found is None or not found.pairs):
        found = _outlines(folder, pictures, jsons) or found
    if found is None or not found.pairs:
        raise DataError(_nothing(folder, pictures, found))
    found.foreign = foreign
    found.pairs.sort(key=lambda pair: (pair.split or "", pair.name))
    _check_twice(found.pairs)
    return found


def _files(folder):
    """All files, also behind links, without hidden ones, in order."""
    found, seen = [], set()
    for home, folders, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(home)
        if real in seen:  # a link that leads back
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(f for f in folders if f[0] != "." and f != "__MACOSX")
        found += [Path(home) / name for name in sorted(files) if name[0] != "."]
    return found


def _mask_pictures(folder, pictures, files):
    """The layout by names of folders and files; None where nothing is called a mask."""
    groups = {"mask": [], "picture": [], "other": [], None: []}
    for path in pictures:
        groups[names.place(path.relative_to(folder))[0]].append(path)
    stems = {path.stem.lower() for path in groups["mask"]}
    spare = [path for path in groups["mask"] if names.is_other_view(path.stem, stems)]
    groups["mask"] = [path for path in groups["mask"] if path not in set(spare)]
    groups["other"] += spare
    notes = []
    if groups["other"]:
        homes = sorted({path.parent.relative_to(folder).as_posix() for path in groups["other"]})
        not_read = names.count(len(groups["other"]), "picture")
        notes.append(f"{not_read} in {', '.join(homes)} not read: no class masks")
    if groups["mask"]:
        images = groups["picture"] or groups[None]
        if groups["picture"] and groups[None]:
            # Among train/ and train_masks/ a folder images/ is a picture's folder too.
            images = [*groups["picture"], *groups[None]]
        masks = groups["mask"]
    else:
        images, masks = pairing.flat([*groups["picture"], *groups[None]])
    if not masks:
        return None
    pairs, lone_pictures, lone_masks = pairing.match(folder, images, masks)
    found = Layout(folder, "mask pictures", pairs, lone_pictures, lone_masks, notes=notes)
    return pairing.by_lists(found, files)


def _has_outlines(jsons):
    """Whether the first JSON file is one of outlines; the others are not opened for that."""
    try:
        content = coco.load(jsons[0]) if jsons else None
    except DataError:
        return False  # whatever it is, nobody needs it
    return coco.is_coco(content) or labelme.is_labelme(content)


def _outlines(folder, pictures, jsons):
    """The layout by COCO's or labelme's JSON; None where there is neither."""
    contents = {}
    for path in jsons:
        content = coco.load(path)
        if labelme.is_labelme(content):
            return _labelme(folder, pictures, jsons)
        if coco.is_coco(content):
            contents[path] = content
    return _coco(folder, pictures, contents) if contents else None


def _coco(folder, pictures, contents):
    notes, outlines = [], {p: c for p, c in contents.items() if p.stem.startswith("instances")}
    if outlines and len(outlines) < len(contents):
        rest = [path for path in contents if path not in outlines]
        notes.append(f"{names.listed(rest, folder)} not read: outlines are in instances_….json")
        contents = outlines
    found, drawn_names, absent = coco.read(folder, contents, pictures)
    pairs = [Pair(split, _name(folder, path), path, drawn) for split, path, drawn in found]
    used = {pair.picture for pair in pairs}
    lone = [path for path in pictures if path not in used]
    return Layout(
        folder, "COCO's JSON", pairs, lone, [Path(folder, name) for name in absent],
        drawn_names=drawn_names, notes=notes,
    )  # fmt: skip


def _labelme(folder, pictures, jsons):
    by_stem = {}
    for path in pictures:
        by_stem.setdefault(names.composed(path.stem), []).append(path)
    named = {path: labelme.picture_of(path, by_stem) for path in jsons}
    there = {path: picture for path, picture in named.items() if picture is not None}
    drawn_names = labelme.labels(there)
    pairs = []
    for path, picture in there.items():
        split = names.place(picture.relative_to(folder))[1] if _within(picture, folder) else None
        outlines = labelme.outlines(path, drawn_names)
        pairs.append(Pair(split, _name(folder, picture), picture, outlines))
    used = set(there.values())
    return Layout(
        folder, "labelme's JSON", pairs, [path for path in pictures if path not in used],
        [path for path in jsons if path not in there], drawn_names=drawn_names,
    )  # fmt: skip


def _within(path, folder):
    return path.is_relative_to(folder)


def _name(folder, path):
    return path.relative_to(folder).as_posix() if _within(path, folder) else str(path)


def _check_twice(pairs):
    seen = {}
    for pair in pairs:
        if pair.picture in seen:
            raise DataError(
                f"{pair.picture} has two masks: {seen[pair.picture].mask.path} and "
                f"{pair.mask.path}. It may have one."
            )
        seen[pair.picture] = pair


def _nothing(folder, pictures, found):
    words = f"{folder} holds no pictures with masks. "
    if found is not None and found.lone_masks:
        masks = names.listed(found.lone_masks, folder, 3)
        others = names.listed(found.lone_pictures, folder, 3) or "none"
        spare = names.count(len(found.lone_masks), "mask")
        words += f"No name of {spare} ({masks}) is that of a picture ({others}). "
    return (
        f"{words}Put pictures into images/ and masks of the same names into masks/, with train/, "
        "val/ and test/ above or below if you like, or a JSON of COCO or labelme beside the "
        f"pictures. Received: {len(pictures)} pictures"
    )
