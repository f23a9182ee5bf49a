"""What a folder says about itself: `segcourse.json`, or a list of classes as tools write it."""

import csv
import json
import re

from segcourse.data.files.errors import DataError

NAME = "segcourse.json"
#: The arguments of `from_folder` that it may hold, and what they are where nobody says.
DEFAULTS = {
    "classes": None, "size": None, "fit": "resize", "void": None, "channels": 3, "val": 0.2,
    "test": 0.0, "seed": 0, "missing": "error", "masks": "auto",
}  # fmt: skip
#: Lists of names; a line may have a colour, as CVAT writes it: "cat:255,0,0::".
LISTS = ("classes.txt", "labelmap.txt", "labels.txt", "codes.txt", "label_colors.txt")
_TABLES = ("class_dict.csv", "classes.csv")
_LABELME_FIRST = ("__ignore__", "_background_")


def read(folder):
    """The arguments of `from_folder` in the folder's `segcourse.json`; {} where there is none.

    Raises:
        DataError: the file is no JSON, or has other keys.
    """
    path = folder / NAME
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise DataError(f"{path} is not JSON: {error}") from error
    wrong = (
        sorted(set(found) - set(DEFAULTS)) if isinstance(found, dict) else [type(found).__name__]
    )
    if wrong:
        raise DataError(
            f"{path} must be an object with some of the keys {', '.join(DEFAULTS)}. "
            f"Received: {', '.join(wrong)}"
        )
    return found


def classes(folder):
    """(classes, path) of a list of classes in the folder; (None, None) where there is none."""
    for name in LISTS:
        if (folder / name).is_file():
            return _listed(folder / name), folder / name
    for name in _TABLES:
        if (folder / name).is_file():
            return _table(folder / name), folder / name
    return None, None


def _text(path):
    try:
        return path.read_text("utf-8-sig")
    except ValueError as error:
        raise DataError(f"{path} must be text in UTF-8: {error}") from error


def _listed(path):
    lines = [line.strip() for line in _text(path).splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    pairs = [_line(line) for line in lines]
    colours = {colour: name for name, colour in pairs if colour}
    if colours and len(colours) == len(pairs):
        return colours
    names = [name for name, _ in pairs if name not in _LABELME_FIRST[:1]]
    names = ["background" if name == _LABELME_FIRST[1] else name for name in names]
    if not names or len(set(names)) < len(names):
        raise DataError(f"{path} must name each class once, a line each. Received: {names}")
    return names


def _line(line):
    """Name and colour of a line; the colour is None where it has none."""
    three = r"(\d{1,3})[ ,\t]+(\d{1,3})[ ,\t]+(\d{1,3})"
    after = re.fullmatch(rf"(.+?)[:,\t ]+{three}(:.*)?", line)
    if after:
        return after[1].strip(), tuple(int(after[k]) for k in (2, 3, 4))
    before = re.fullmatch(rf"{three}[\t ,]+(.+)", line)  # CamVid's label_colors.txt
    if before:
        return before[4].strip(), tuple(int(before[k]) for k in (1, 2, 3))
    return line.partition(":")[0].strip(), None


def _table(path):
    rows = list(csv.reader(_text(path).splitlines()))
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    if len(head) < 4 or head[1:4] != ["r", "g", "b"]:
        raise DataError(f"{path} must have the columns name, r, g, b. Received: {', '.join(head)}")
    try:
        return {tuple(int(cell) for cell in row[1:4]): row[0].strip() for row in rows[1:] if row}
    except ValueError as error:
        raise DataError(f"{path} must have whole numbers as colours: {error}") from error
