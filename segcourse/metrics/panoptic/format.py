"""COCO's panoptic format: one PNG an image, whose colours are segment ids, and one JSON file.

The JSON file `X.json` describes the pictures in the folder `X`. A pixel's id is
`R + 256 * G + 256**2 * B`; id 0 is void.
"""

import json
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

from segcourse.atomic_write import atomic_write
from segcourse.metrics.panoptic.check import (
    MOST_IDS,
    VOID_ID,
    check_categories,
    check_map,
    check_segments,
    prefix,
)


def ids_to_rgb(ids):
    """Write ids as colours.

    Example:

    >>> ids_to_rgb([[0, 258]]).tolist()
    [[[0, 0, 0], [2, 1, 0]]]

    Args:
        ids: integer array `[height, width]`, 0 to 2**24 - 1.

    Returns:
        uint8 array `[height, width, 3]`.

    Raises:
        ValueError: if `ids` is no such map.
    """
    ids = check_map("ids", ids)
    for extreme in (int(ids.min()), int(ids.max())):
        if not 0 <= extreme < MOST_IDS:
            raise ValueError(f"`ids` must be from 0 to {MOST_IDS - 1}. Received: id {extreme}")
    ids = ids.astype(np.uint32)
    return np.stack([ids & 255, ids >> 8 & 255, ids >> 16], axis=-1).astype(np.uint8)


def rgb_to_ids(rgb):
    """Read colours as ids.

    Example:

    >>> rgb_to_ids(ids_to_rgb([[0, 16777215]]))
    array([[       0, 16777215]], dtype=int32)

    Args:
        rgb: uint8 array `[height, width, 3]`.

    Returns:
        int32 array `[height, width]`.

    Raises:
        ValueError: if `rgb` is no such array.
    """
    rgb = np.asarray(rgb)
    if rgb.dtype != np.uint8 or rgb.ndim != 3 or rgb.shape[-1] != 3:
        raise ValueError(
            "`rgb` must be uint8 [height, width, 3]. "
            f"Received: shape={rgb.shape}, dtype={rgb.dtype}"
        )
    ids = rgb[..., 2].astype(np.int32)
    for channel in (1, 0):
        ids <<= 8
        ids |= rgb[..., channel]
    return ids


def write_panoptic(path, images, categories):
    """Write panoptic maps as `path` (JSON) and a folder of PNGs beside it.

    A PNG is named by its image: `000000000139.png` for 139, `street.png` for `"street"`. The JSON
    file is put in place last, in one step: without an error it is whole, after one it is as before.

    Example:

    >>> import tempfile
    >>> categories = {1: {"name": "sky", "isthing": 0}}
    >>> pair = np.array([[9, 9, 0]]), [{"id": 9, "category_id": 1, "iscrowd": 0}]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_panoptic(f"{folder}/val.json", {139: pair}, categories)
    ...     images = read_panoptic(f"{folder}/val.json")
    ...     ids, segments = images[139]
    >>> ids
    array([[9, 9, 0]], dtype=int32)
    >>> segments
    [{'id': 9, 'category_id': 1, 'iscrowd': 0, 'area': 2, 'bbox': [0, 0, 2, 1]}]

    Args:
        path: the JSON file; its folder must exist. The PNGs go to the folder of the same name
            without `.json`.
        images: dict of image id (integer or string) to pair (id map, segments_info), or an
            iterable of (image id, pair), which is read one by one. `area` and `bbox` are
            measured, whatever segments_info says.
        categories: dict `{id: {"name", "isthing"}}`.

    Raises:
        ValueError: for a path that does not end in .json, an image id that cannot name a file or
            comes twice, or a map and segments_info that do not belong together; names image and
            segment id.
    """
    path, folder = _paths(path)
    check_categories(categories)
    folder.mkdir(exist_ok=True)
    described, annotations = [], {}
    for image_id, pair in images.items() if hasattr(images, "items") else images:
        name = _file_name(image_id)
        if name in annotations:
            raise ValueError(f"`images` must hold an image once. Twice: {image_id!r} ({name})")
        ids, segments = check_segments("image", pair, categories, image_id)
        annotations[name] = {
            "image_id": image_id,
            "file_name": name,
            "segments_info": _measured(ids, segments, image_id),
        }
        height, width = ids.shape
        described.append({"id": image_id, "file_name": name, "height": height, "width": width})
        Image.fromarray(ids_to_rgb(ids)).save(folder / name)
    content = {
        "images": described,
        "annotations": [*annotations.values()],
        "categories": [{"id": number, **info} for number, info in categories.items()],
    }
    with atomic_write(path) as part:
        part.write_text(json.dumps(content, default=_plain), encoding="utf-8")


def read_panoptic(path, folder=None):
    """Open a COCO panoptic JSON file; its PNGs are read one by one, when they are asked for.

    Example:

    >>> import tempfile
    >>> pair = np.array([[9, 9, 0]]), [{"id": 9, "category_id": 1}]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_panoptic(f"{folder}/val.json", {139: pair}, {1: {"name": "sky", "isthing": 0}})
    ...     images = read_panoptic(f"{folder}/val.json")
    ...     list(images), images[139][0].tolist()
    ([139], [[9, 9, 0]])

    Args:
        path: the JSON file.
        folder: the folder of its PNGs; by default the one of the same name without `.json`.

    Returns:
        a `PanopticImages`.

    Raises:
        ValueError: if the file is not COCO's panoptic JSON, or describes an image twice.
    """
    return PanopticImages(path, folder)


class PanopticImages:
    """The panoptic maps a JSON file describes: `images[image_id]` is (id map, segments_info).

    Iterating gives the image ids, in the order of the file.

    Example:

    >>> import tempfile
    >>> pair = np.array([[9, 9, 0]]), [{"id": 9, "category_id": 1}]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_panoptic(f"{folder}/val.json", {139: pair}, {1: {"name": "sky", "isthing": 0}})
    ...     images = PanopticImages(f"{folder}/val.json")
    ...     list(images), images[139][0].tolist()
    ([139], [[9, 9, 0]])

    Attributes:
        categories: dict `{id: {"name", "isthing", ...}}`, or None where the file has none, as
            files of results need not.
    """

    def __init__(self, path, folder=None):
        path, beside = _paths(path)
        self._folder = beside if folder is None else Path(folder)
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            self.categories = _categories(content.get("categories"))
            annotations = content["annotations"]
            self._annotations = {annotation["image_id"]: annotation for annotation in annotations}
        except (UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(
                f"`path` must be a panoptic JSON file with annotations. Received: {path}, "
                f"{type(error).__name__}: {error}"
            ) from None
        if len(self._annotations) < len(annotations):
            listed = [annotation["image_id"] for annotation in annotations]
            twice = next(number for number in listed if listed.count(number) > 1)
            raise ValueError(f"`path` must describe an image once. In {path}, twice: {twice!r}")

    def __len__(self):
        return len(self._annotations)

    def __iter__(self):
        return iter(self._annotations)

    def __contains__(self, image_id):
        return image_id in self._annotations

    def __getitem__(self, image_id):
        annotation = self._annotations[image_id]
        if not isinstance(annotation.get("segments_info"), list):
            raise ValueError(f"{prefix(image_id)}the JSON file must hold a list segments_info")
        ids = _read_png(self._folder, annotation.get("file_name"), image_id)
        return ids, annotation["segments_info"]


def _paths(path):
    """The JSON file and the folder of its pictures."""
    path = Path(path)
    if path.suffix != ".json":
        raise ValueError(f"`path` must be a file that ends in .json. Received: {path}")
    return path, path.with_suffix("")


def _file_name(image_id):
    if isinstance(image_id, int | np.integer) and not isinstance(image_id, bool) and image_id >= 0:
        return f"{image_id:012d}.png"
    if isinstance(image_id, str) and image_id and not set(image_id) & set('/\\:*?"<>|\0'):
        return f"{image_id}.png"
    raise ValueError(
        "`images` must have image ids that can name a file: an integer, 0 or more, or a string "
        f"without a slash. Received: {image_id!r}"
    )


def _measured(ids, segments, image_id):
    """segments_info with areas and boxes as they are in the map."""
    listed, dense, areas = np.unique(ids, return_inverse=True, return_counts=True)
    areas = dict(zip(listed.tolist(), areas.tolist(), strict=True))
    boxes = dict(zip(areas, ndimage.find_objects(dense.reshape(ids.shape) + 1), strict=True))
    for number in areas.keys() - segments.keys() - {VOID_ID}:
        raise ValueError(
            f"{prefix(image_id)}in the map, but not in segments_info: segment id {number}"
        )
    for number in segments.keys() - areas.keys():
        raise ValueError(
            f"{prefix(image_id)}in segments_info, but not in the map: segment id {number}"
        )
    return [
        {
            "id": number,
            "category_id": category,
            "iscrowd": int(crowd),
            "area": areas[number],
            "bbox": [x.start, y.start, x.stop - x.start, y.stop - y.start],
        }
        for number, (category, crowd) in segments.items()
        for y, x in [boxes[number]]
    ]


def _categories(listed):
    if listed is None:
        return None
    categories = {
        entry["id"]: {key: value for key, value in entry.items() if key != "id"} for entry in listed
    }
    check_categories(categories)
    return categories


def _read_png(folder, name, image_id):
    if not isinstance(name, str) or Path(name).is_absolute() or ".." in Path(name).parts:
        raise ValueError(
            f"{prefix(image_id)}file_name must name a file in the folder. Received: {name!r}"
        )
    if not (folder / name).is_file():
        raise ValueError(f"{prefix(image_id)}there is no file {folder / name}")
    try:
        with Image.open(folder / name) as image:
            image.verify()  # the check sums: a flipped bit would be another segment
        with Image.open(folder / name) as image:
            if image.format == "PNG" and image.mode == "RGB":
                return rgb_to_ids(np.asarray(image))
            what = f"{image.format}, mode {image.mode}"
    except (OSError, SyntaxError) as error:  # what PIL raises for a damaged file
        raise ValueError(f"{prefix(image_id)}{folder / name} cannot be read: {error}") from None
    raise ValueError(
        f"{prefix(image_id)}{folder / name} must be a PNG of three channels (RGB). Received: {what}"
    )


def _plain(value):
    """Integers of NumPy, which JSON does not know, as Python's."""
    if isinstance(value, np.integer | np.bool_):
        return int(value)
    raise TypeError(f"JSON cannot hold {value!r}")
