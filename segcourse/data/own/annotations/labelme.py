"""labelme's own JSON: a file a picture, with its outlines."""

import base64
from pathlib import PurePosixPath

import numpy as np

from segcourse.data.files.errors import DataError
from segcourse.data.own import names, opened
from segcourse.data.own.annotations import coco, polygons
from segcourse.data.own.annotations.outlines import Outlines


def is_labelme(content):
    """Whether the content of a JSON file is labelme's."""
    return isinstance(content, dict) and isinstance(content.get("shapes"), list)


def labels(paths):
    """All labels in the files, in alphabetical order."""
    found = set()
    for path in paths:
        found |= {shape[0] for shape in _shapes(path)}
    return sorted(found)


def picture_of(path, by_stem):
    """The picture's file: that of the JSON's `imagePath`, else the one of the JSON's name."""
    there = by_stem.get(names.composed(path.stem), [])
    beside = [one for one in there if one.parent == path.parent] or there
    if len(beside) == 1:
        return beside[0]
    named = PurePosixPath(str(coco.load(path).get("imagePath", "")).replace("\\", "/"))
    if named.name and (path.parent / named).is_file():
        return (path.parent / named).resolve()
    name = names.composed(named.name)
    same = by_stem.get(names.composed(named.stem), [])
    there = [one for one in same if names.composed(one.name) == name]
    return there[0] if len(there) == 1 else None


def outlines(path, classes):
    """The `Outlines` in a file; the file is read when they are, and again each time."""
    places = {name: place for place, name in enumerate(classes, 1)}

    def shapes():
        found = _shapes(path)
        unknown = sorted({name for name, _ in found} - set(places))
        if unknown:
            raise DataError(
                f"{path}: labels must be among {', '.join(classes)}. Received: {', '.join(unknown)}"
            )
        return [(places[name], outline) for name, outline in found]

    return Outlines(path, shapes, lambda: _size(path), path.stem)


def _size(path):
    """(height, width) of the picture that was drawn on; None where the JSON does not say."""
    content = coco.load(path)
    sides = content.get("imageHeight"), content.get("imageWidth")
    return sides if all(isinstance(one, int) and one > 0 for one in sides) else None


def _shapes(path):
    """List of (label, outline)."""
    content = coco.load(path)
    if not is_labelme(content):
        raise DataError(f"{path} is not labelme's JSON: it has no list `shapes`.")
    try:
        return [(str(s["label"]), _outline(s, path)) for s in content["shapes"]]
    except (KeyError, TypeError, IndexError) as error:
        raise DataError(f"{path}: a shape is damaged ({error!r}).") from error


def _outline(shape, path):
    kind, points = shape.get("shape_type") or "polygon", shape["points"]
    if kind == "polygon":
        return [points]
    if kind == "rectangle":
        corners = np.asarray(points, "float64")
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        return [[[left, top], [right, top], [right, bottom], [left, bottom]]]
    if kind == "circle":
        return lambda mask, value: _circle(mask, points, value)
    if kind == "mask":
        bits = opened.decode(base64.b64decode(shape["mask"]), path)
        return lambda mask, value: _piece(mask, np.asarray(bits) > 0, points[0], value)
    raise DataError(
        f"{path}: shapes must be polygons, rectangles, circles or masks. Received: {kind}"
    )


def _circle(mask, points, value):
    (x, y), edge = points[0], points[1]
    angle = np.linspace(0, 2 * np.pi, 721)[:-1]
    radius = np.hypot(edge[0] - x, edge[1] - y)
    circle = np.stack([x + radius * np.cos(angle), y + radius * np.sin(angle)], axis=1)
    polygons.fill(mask, circle, value)


def _piece(mask, inside, corner, value):
    left, top = (round(number) for number in corner)
    target = mask[max(top, 0) : top + inside.shape[0], max(left, 0) : left + inside.shape[1]]
    inside = inside[max(-top, 0) :, max(-left, 0) :]
    target[inside[: target.shape[0], : target.shape[1]]] = value
