"""COCO's JSON, as labelme, CVAT, Label Studio and Roboflow export it too."""

import json
from pathlib import PurePosixPath
from urllib.parse import unquote

from segcourse.data.files.errors import DataError
from segcourse.data.own import names
from segcourse.data.own.annotations.outlines import Outlines

_KEYS = ("images", "annotations", "categories")


def is_coco(content):
    """Whether the content of a JSON file is COCO's for outlines."""
    return isinstance(content, dict) and all(isinstance(content.get(key), list) for key in _KEYS)


def read(folder, files, pictures):
    """What COCO files say.

    Args:
        folder: the data set's folder, a Path.
        files: dict of JSON path to its content.
        pictures: paths of all pictures in the folder.

    Returns:
        list of (split or None, picture path, `Outlines`); the names of the classes, of which the
        place, counted from 1, is what the outlines store; names of pictures that are not there.

    Raises:
        DataError: it is not clear which file a listed picture is, or an entry is damaged.
    """
    classes, found, absent = [], [], []
    by_name = {}
    for path in pictures:
        by_name.setdefault(names.composed(path.name), []).append(path)
    for path, content in files.items():
        split = _split(path.relative_to(folder))
        places = _places(path, content["categories"], classes)
        shapes = _by_picture(path, content["annotations"], places)
        for entry in content["images"]:
            try:
                name, number = str(entry["file_name"]), entry["id"]
                shape = (int(entry["height"]), int(entry["width"])) if "height" in entry else None
            except (KeyError, TypeError, ValueError) as error:
                raise DataError(f"{path}: a picture's entry is damaged ({error!r}).") from error
            drawn = Outlines(path, shapes.pop(number, []), shape, name)
            picture = _find(name, path, folder, split, by_name)
            if picture is None:
                absent.append(name)
                continue
            found.append((split or names.place(picture.relative_to(folder))[1], picture, drawn))
        if shapes:
            raise DataError(
                f"{path}: annotations belong to pictures that it does not list, with the ids "
                f"{', '.join(map(str, list(shapes)[:5]))}."
            )
    return found, classes, absent


def _split(path):
    """The split that a JSON file's name or folder says."""
    for part in (path.stem, *reversed(path.parts[:-1])):
        split = names.split_of(part)
        if split:
            return split
    return None


def _places(path, categories, classes):
    """Dict of category id to place of its name in `classes`, which grows; places start at 1."""
    places = {}
    for category in sorted(categories, key=lambda one: one.get("id", 0)):
        try:
            number, name = category["id"], str(category["name"])
        except KeyError as error:
            raise DataError(f"{path}: a category lacks {error}.") from error
        if name not in classes:
            classes.append(name)
        places[number] = classes.index(name) + 1
    return places


def _by_picture(path, annotations, places):
    shapes = {}
    for one in annotations:
        try:
            picture, category = one["image_id"], one["category_id"]
        except KeyError as error:
            raise DataError(f"{path}: annotation {one.get('id')} lacks {error}.") from error
        if category not in places:
            raise DataError(
                f"{path}: category_id of annotation {one.get('id')} must be one of `categories`: "
                f"{', '.join(map(str, places))}. Received: {category!r}"
            )
        shapes.setdefault(picture, []).append((places[category], one.get("segmentation") or []))
    return shapes


def _find(name, path, folder, split, by_name):
    """The file of a picture: where the JSON says, else the only one of its name."""
    name = unquote(name.replace("\\", "/"))
    for home in (path.parent, folder):
        if (home / name).is_file():
            return home / name
    tail = PurePosixPath(names.composed(name)).parts
    there = by_name.get(tail[-1], []) if tail else []
    below = [
        p
        for p in there
        if len(tail) > 1 and PurePosixPath(names.composed(p)).parts[-len(tail) :] == tail
    ]
    of_split = [p for p in there if split and names.place(p.relative_to(folder))[1] == split]
    for choice in (below, of_split, there):
        if len(choice) == 1:
            return choice[0]
    if there:
        raise DataError(
            f"{path} lists {name}, and there are several of that name: {names.listed(there)}."
        )
    return None


def load(path):
    """The content of a JSON file, or a DataError that names it."""
    try:
        return json.loads(path.read_bytes())
    except (ValueError, OSError, RecursionError) as error:
        raise DataError(f"{path} cannot be read as JSON ({error}).") from error
