"""What the names of folders and files say: pictures or masks, and of which split."""

import re
import unicodedata
from pathlib import PurePath

SUFFIXES = frozenset(
    ".png .jpg .jpeg .jpe .jfif .bmp .gif .tif .tiff .webp .ppm .pgm .pbm .pnm .tga "
    ".jp2 .j2k .avif".split()
)
#: Pictures too, but of formats that have to be converted first.
FOREIGN = frozenset(
    ".heic .heif .dng .nef .cr2 .cr3 .arw .raw .psd .svg .dcm .nii .npy .npz .mat .exr .hdr "
    ".mha .nrrd .czi .nd2 .lif .xcf".split()
)
_SPLITS = {
    "train": "train", "training": "train", "trn": "train", "tr": "train",
    "val": "val", "valid": "val", "validation": "val", "dev": "val",
    "test": "test", "testing": "test", "tst": "test", "ts": "test",
}  # fmt: skip
_MASKS = (
    "masks? labels? labelmaps? labelids? annotations? annots? annos? anns? gts? gtfine "
    "groundtruths? segmentations? segmentationclass segmentationclassraw segmentationclasspng "
    "segs? segmaps? targets? truths? lbls?"
).split()
_PICTURES = (
    "images? imgs? jpegimages pngimages pictures? pics? photos? rgb inputs? frames? raw originals? "
    "leftimgbit"
).split()
_OTHERS = (
    "segmentationobject segmentationobjectpng instances? instancemasks? "
    "segmentationclassvisualization visuali[sz]ations? vis overlays? previews?"
).split()
_FORMATS = "(?:png|jpe?g|tiff?|bmp|set|data|dir|files)?"
#: Words that say it also in the middle of a longer name.
_PLAIN = {
    **dict.fromkeys("mask masks annotation annotations annot groundtruth".split(), "mask"),
    **dict.fromkeys("image images img imgs picture pictures".split(), "picture"),
}
# Long words first, so that "training" is not read as "train" with a rest.
_SPLIT = "|".join(sorted(_SPLITS, key=len, reverse=True))
_ROLES = {"mask": _MASKS, "picture": _PICTURES, "other": _OTHERS}
_PATTERNS = {
    role: re.compile(f"(?P<a>{_SPLIT})?(?:{'|'.join(words)}){_FORMATS}(?P<b>{_SPLIT})?")
    for role, words in _ROLES.items()
}
_ALONE = re.compile(f"(?P<a>{_SPLIT}){_FORMATS}")
_MASK_ENDS = (
    "mask masks label labels labelids gtfine_labelids gt seg segmentation annotation anno lab "
    "target truth groundtruth l"
).split()
_PICTURE_ENDS = "image img rgb sat leftimg8bit picture photo".split()
_FLAT_ENDS = [end for end in _MASK_ENDS if end != "l"]


def composed(path):
    """A path's text with each letter as one sign: files from a Mac have 한 in three pieces."""
    return unicodedata.normalize("NFC", str(path))


def role(part):
    """("mask", "picture", "other" or None, split or None) of the name of one folder.

    Example:

    >>> from segcourse.data.own.names import role
    >>> role("SegmentationClass"), role("trainannot"), role("valid"), role("holiday")
    (('mask', None), ('mask', 'train'), (None, 'val'), (None, None))
    """
    word = re.sub("[^a-z]", "", part.lower())
    for kind, pattern in _PATTERNS.items():
        found = pattern.fullmatch(word)
        if found:
            return kind, _SPLITS.get(found["a"] or found["b"])
    found = _ALONE.fullmatch(word)
    if found:
        return None, _SPLITS[found["a"]]
    return _of_words(re.findall("[a-z]+", part.lower()))


def _of_words(words):
    """Role and split of a longer name, such as `ISIC_Training_GroundTruth`, by its words."""
    kind = next((role for word in words[::-1] if (role := _PLAIN.get(word))), None)
    last = [role for role, pattern in _PATTERNS.items() if words and pattern.fullmatch(words[-1])]
    kind = last[0] if last else kind
    splits = {_SPLITS[word] for word in words if word in _SPLITS}
    return kind, splits.pop() if kind and len(splits) == 1 else None


def split_of(text):
    """The split that a file's name or a line's word names, such as `instances_train2017`."""
    found = {_SPLITS[word] for word in re.findall("[a-z]+", text.lower()) if word in _SPLITS}
    return found.pop() if len(found) == 1 else None


def place(path):
    """(role, split, other parts, stem) of a picture's path, relative to the folder."""
    path = PurePath(composed(path))
    kind, split, rest = None, None, []
    for part in path.parts[:-1]:
        one, of = role(part)
        kind, split = one or kind, of or split
        if one is None and of is None:
            rest.append(part)
    return kind, split, tuple(rest), path.stem


def without_ending(stem, kind):
    """A stem without what marks a mask (`a_mask`, `mask_a`) or a picture (`a_sat`)."""
    ends = _MASK_ENDS if kind == "mask" else _PICTURE_ENDS
    for end in sorted(ends, key=len, reverse=True):
        for pattern in (f"(.+?)[ ._-]{end}", f"{end}[ ._-](.+)"):
            found = re.fullmatch(pattern, stem, re.I)
            if found:
                return found[1]
    return stem


def is_other_view(stem, stems):
    """Whether a mask is Cityscapes' colours or objects of one that is there as `…_labelIds`."""
    found = re.fullmatch("(.+)_(?:color|instanceids)", stem.lower())
    return bool(found) and f"{found[1]}_labelids" in stems


def is_marked(stem):
    """Whether a file that lies among pictures is called a mask, as in `a_mask`."""
    return any(re.fullmatch(f".+[ ._-]{end}|{end}[ ._-].+", stem, re.I) for end in _FLAT_ENDS)


def count(number, word):
    """A number of things in words: "1 mask", "3 masks"."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def listed(paths, folder=None, most=5):
    """A few paths in words: "a.png, b.png and 3 more"."""
    shown = [str(p.relative_to(folder).as_posix()) if folder else str(p) for p in paths[:most]]
    more = f" and {len(paths) - most} more" if len(paths) > most else ""
    return ", ".join(shown) + more
