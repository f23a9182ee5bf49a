"""A clean copy of one's own pictures: upright, masks as ids in grey PNG, splits as folders."""

import json
import os
import re
import shutil
from pathlib import Path, PurePosixPath

import numpy as np
from PIL import Image

from segcourse.data.files.errors import DataError
from segcourse.data.files.folders import replacing
from segcourse.data.files.pictures import in_parallel, resize_labels
from segcourse.data.own import masks, names, opened, settings
from segcourse.data.own.checking import files_judged, masks_judged

_TURNS = {  # EXIF's quarter turns, of an array
    5: lambda a: a.T,
    6: lambda a: np.rot90(a, -1),
    7: lambda a: np.rot90(a, 2).T,
    8: lambda a: np.rot90(a, 1),
}


def check_target(target, folder):
    """`target` as a Path that is new or empty and lies outside of `folder`."""
    target = Path(target).expanduser().absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ValueError(f"`write` must be a new folder. Received: {target}, which is there")
    if target.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"`write` must lie outside of {folder}. Received: {target}")
    home = next(parent for parent in target.parents if parent.exists())
    if not os.access(home, os.W_OK):
        raise DataError(f"Not allowed to write to {home}. Choose another folder for `write`.")
    return target


def write(report, target, chosen):
    """Writes the copy; returns sentences about what was kept, mended and left out.

    Args:
        report: a `Report`.
        target: what `check_target` gave.
        chosen: the arguments of `from_folder`, of which the copy keeps sizes and channels.
    """
    if report.encoding is None:
        raise DataError(
            f"No copy was written to {target}: what the masks hold is not clear. "
            f"{report.findings[0].what}"
        )
    plan, left_out = _plan(report)
    if not plan:
        raise DataError(f"No copy was written to {target}: no pair is whole.")
    with replacing(target) as partial:
        for split in {split for _, split, _ in plan}:
            for part in ("images", "masks"):
                (partial / split / part).mkdir(parents=True)
        mended = in_parallel(lambda one: _copy(report, partial, *one), plan, "writing")
        _write_settings(partial, report, chosen, {split for _, split, _ in plan})
    return _said(report, target, plan, mended, left_out)


def _plan(report):
    """List of (look, split, new stem), and a dict of reason to the pairs that are left out."""
    home = {pair.picture: split for split, pairs in report.splits.items() for pair in pairs}
    leaks = _leaks(report, home)
    plan, left_out, taken = [], {}, set()
    for one in report.looks:
        split = home[one.pair.picture]
        reason = _reason(report, one) or ("also in another split" if one in leaks else "")
        if reason:
            left_out.setdefault(reason, []).append(one.pair.picture)
            continue
        stem = base = _stem(one.pair.name)
        number = 1
        while (split, stem.lower()) in taken:
            number += 1
            stem = f"{base}-{number}"
        taken.add((split, stem.lower()))
        plan.append((one, split, stem))
    for reason, paths in (
        ("without a mask", report.layout.lone_pictures),
        ("without a picture", report.layout.lone_masks),
        ("of a format that is not read", report.layout.foreign),
    ):
        if paths:
            left_out[reason] = list(paths)
    return plan, left_out


class _Identities:
    """Looks by what they are, not by what they hold: they have dicts in them."""

    def __init__(self, looks):
        self._ids = {id(one) for one in looks}

    def __contains__(self, one):
        return id(one) in self._ids


def _leaks(report, home):
    """Looks of train, then of val, whose picture is in a later split too."""
    order = ("train", "val", "test")
    found = []
    for some in files_judged.duplicates(report.looks):
        last = max(order.index(home[one.pair.picture]) for one in some)
        found += [one for one in some if order.index(home[one.pair.picture]) < last]
    return _Identities(found)


def _reason(report, look):
    """Why a pair cannot be in the copy; "" where it can."""
    if look.problems:
        return "not readable"
    if look.shape != look.mask_shape and not (
        files_judged.is_unturned(look) or files_judged.same_proportions(look)
    ):
        return "mask of another size"
    counts = masks_judged.stored_counts(look, report.encoding)
    if report.encoding.unknown(counts) and not _blurred(report, look):
        return "with values of no class"
    if not masks_judged.class_counts(look, report.encoding)[:-1].any():
        return "void everywhere"
    return ""


def _blurred(report, look):
    """Whether values of no class come from blurred edges, so that the nearest is right."""
    soft = next((one for one in report.findings if one.kind == "soft"), None)
    return look.format in masks.LOSSY or (soft and look.pair.mask.path in soft.files)


def _stem(name):
    """A file name for the copy: the path's parts that say neither role nor split."""
    path = PurePosixPath(name)
    rest = [part for part in path.parts[:-1] if names.role(part) == (None, None)]
    return re.sub(r'[\\/:*?"<>|]', "_", "_".join([*rest, path.stem]).strip("/"))


def _copy(report, partial, look, split, stem):
    """Writes one pair; returns what was mended about it, such as ("mask", "turned …")."""
    mended = []
    picture = opened.open_picture(look.pair.picture)
    if look.orientation != 1:
        opened.upright(picture).save(partial / split / "images" / f"{stem}.png")
        mended.append(("picture", "turned upright"))
    else:
        suffix = look.pair.picture.suffix.lower()
        shutil.copyfile(look.pair.picture, partial / split / "images" / f"{stem}{suffix}")
    stored = look.pair.mask.read(look.shape, palette=report.encoding.coloured)
    if _blurred(report, look):
        labels = report.encoding.nearest(stored)
        mended.append(("mask", "with blurred edges, set to the nearest class"))
    else:
        labels = report.encoding.labels(stored, look.pair.mask.path)
    if look.shape != look.mask_shape:
        if files_judged.is_unturned(look):
            labels = np.ascontiguousarray(_TURNS[look.orientation](labels))
            mended.append(("mask", "turned as the picture is"))
        else:
            labels = resize_labels(labels, look.shape)
            mended.append(("mask", "resized to the size of the picture"))
    Image.fromarray(labels).save(partial / split / "masks" / f"{stem}.png")
    return mended


def _write_settings(partial, report, chosen, present):
    # A dict, so that nothing about the masks has to be guessed.
    kept = {"classes": {str(k): name for k, name in enumerate(report.encoding.classes)}}
    if chosen["size"] is not None:
        kept |= {"size": chosen["size"], "fit": chosen["fit"]}
    if chosen["channels"] == 1:
        kept["channels"] = 1
    if "val" not in present:
        kept["val"] = 0
    text = json.dumps(kept, indent=1, ensure_ascii=False)
    (partial / settings.NAME).write_text(text + "\n", "utf-8")


def _said(report, target, plan, mended, left_out):
    lines = [f"{len(plan)} of {names.count(len(report.looks), 'pair')} in {target}"]
    kinds = [kind for some in mended for kind in some]
    lines += [
        f"  {names.count(kinds.count(kind), kind[0])} {kind[1]}" for kind in dict.fromkeys(kinds)
    ]
    lines += [
        f"  left out, {reason}: {names.listed(paths, None, 3)}"
        for reason, paths in left_out.items()
    ]
    return lines
