"""The course's own pictures: cats and dogs in a landscape, with exact truth."""

import io
from pathlib import Path

import numpy as np
import tensorflow_datasets as tfds
from PIL import Image

from segcourse.data.dataset import Dataset
from segcourse.data.drawing import CATEGORIES, CLASSES, KEYPOINTS, SIZE, draw, truth
from segcourse.data.files import checksums, folders, tfds_copy
from segcourse.data.files.pictures import resize_image, resize_labels
from segcourse.data.progress import bar
from segcourse.data.split import Split

VERSION = "1.0.0"
# Whole ranges of seeds; nothing is shared between splits.
SEEDS = {"train": range(0, 512), "val": range(10_000, 10_128), "test": range(20_000, 20_128)}
JPEG_QUALITY = 90
CITATION = "Drawn by the course itself (segcourse.data.drawing); MIT license."


class Scenes(tfds.core.GeneratorBasedBuilder):
    """TFDS builder of `scenes`: 128×128 drawings, deterministic from their seed."""

    VERSION = tfds.core.Version(VERSION)
    RELEASE_NOTES = {"1.0.0": "First pictures."}
    pkg_dir_path = Path(__file__).parent

    def _info(self):
        points = len(KEYPOINTS)
        return self.dataset_info_from_configs(
            description="Cats and dogs in a landscape, drawn from a seed, with exact semantic, "
            "instance and panoptic truth, boxes and keypoints.",
            features=tfds.features.FeaturesDict(
                {
                    "image": tfds.features.Image(shape=(SIZE, SIZE, 3), encoding_format="jpeg"),
                    "label": tfds.features.Image(shape=(SIZE, SIZE, 1), encoding_format="png"),
                    "panoptic": tfds.features.Image(shape=(SIZE, SIZE, 1), encoding_format="png"),
                    "animals": tfds.features.Tensor(shape=(None,), dtype=np.int32),
                    "keypoints": tfds.features.Tensor(shape=(None, points, 3), dtype=np.int32),
                    "seed": np.int64,
                }
            ),
            supervised_keys=("image", "label"),
            citation=CITATION,
            license="MIT",
            disable_shuffling=True,  # stored in the order of seeds
        )

    def _split_generators(self, dl_manager):
        return {name: self._generate_examples(seeds) for name, seeds in SEEDS.items()}

    def _generate_examples(self, seeds):
        for seed in bar(seeds, "drawing scenes"):
            yield f"{seed:05d}", example(seed)


def example(seed):
    """The stored form of the scene of a seed: pictures encoded, the rest small arrays."""
    scene = draw(seed)
    animals = [c for i, c in sorted(scene.categories.items()) if i >= truth.THINGS_FROM]
    return {
        "image": _encoded(scene.image, "JPEG", quality=JPEG_QUALITY, subsampling=0),
        "label": _encoded(scene.label, "PNG", optimize=True),
        "panoptic": _encoded(scene.panoptic.astype("uint8"), "PNG", optimize=True),
        "animals": np.array(animals, np.int32),
        "keypoints": scene.keypoints,
        "seed": seed,
    }


def _encoded(array, kind, **settings):
    stream = io.BytesIO()
    Image.fromarray(array).save(stream, kind, **settings)
    return stream.getvalue()


def prepare(anew=False):
    """The folder of the copy; all splits are drawn where there is none.

    The copy in the course's data folder is a committed one: it is rewritten only if `anew`.
    """
    if not anew:
        found = tfds_copy.find("scenes", VERSION)
        return found or tfds_copy.prepare(Scenes, "scenes", VERSION, folders.cache_folder())
    course = folders.course_folder()
    copy = tfds_copy.prepare(Scenes, "scenes", VERSION, course or folders.cache_folder())
    if course is not None:
        checksums.renew(course / "README.md", "scenes")
    return copy


def load(size=None):
    """`scenes` as a Dataset; the prepared copy is drawn first where there is none.

    An example, `split[i]`, holds:
        image: uint8 [h, w, 3]; label: uint8 [h, w], class ids and void.
        panoptic: int32 [h, w], 0 void, 1 sky, 2 grass, 3 tree, from 4 on one id an animal.
        segments_info: list of dicts with COCO's id, category_id, iscrowd, area and bbox.
        instances: uint8 [h, w], 0 no animal, 1, 2, 3 the animals from far to near, 255 void.
        boxes: int32 [animals, 4], left, top, right, bottom; the last two are exclusive.
        box_classes: int32 [animals], class ids.
        keypoints: int32 [animals, points, 3], x, y and COCO's visibility; names in KEYPOINTS.
        seed: the int it is drawn from.
    """
    copy = prepare()
    builder = tfds_copy.open_copy(copy)
    splits = {
        name: Split(name, CLASSES, length, lambda n, name=name: _read(builder, name, n, size))
        for name, length in tfds_copy.lengths(builder).items()
    }
    return Dataset("scenes", CLASSES, splits, f"prepared copy in {copy}", CITATION)


def _read(builder, name, count, size):
    rows = tfds_copy.rows(builder, name, count)
    decoded = [_describe(row, size) for row in bar(rows, f"reading scenes, {name}")]
    arrays = {key: [one[key] for one in decoded] for key in decoded[0]}
    for key in ("image", "label", "panoptic", "instances"):
        arrays[key] = np.stack(arrays[key])
    return arrays


def _describe(row, size):
    """Everything known about one example, from what is stored."""
    image, label = row["image"], row["label"][..., 0]
    panoptic = row["panoptic"][..., 0].astype("int32")
    keypoints = row["keypoints"]
    if size is not None and tuple(size) != label.shape:
        scale = np.array([size[1] / label.shape[1], size[0] / label.shape[0]])
        image = resize_image(image, size)
        label, panoptic = resize_labels(label, size), resize_labels(panoptic, size)
        places = np.floor((keypoints[..., :2] + 0.5) * scale).astype("int32")
        keypoints = np.concatenate([places, keypoints[..., 2:]], axis=-1)
    categories = dict(enumerate([0, 1, 2, *row["animals"].tolist()], start=1))
    info = truth.segments(panoptic, categories)
    animals = [one for one in info if one["id"] >= truth.THINGS_FROM]
    kept = [one["id"] - truth.THINGS_FROM for one in animals]
    corners = [[x, y, x + w, y + h] for x, y, w, h in (one["bbox"] for one in animals)]
    return {
        "image": image,
        "label": label,
        "panoptic": panoptic,
        "segments_info": info,
        "instances": _instances(panoptic),
        "boxes": np.array(corners, "int32").reshape(-1, 4),
        "box_classes": np.array([one["category_id"] for one in animals], "int32"),
        "keypoints": keypoints[kept],
        "seed": int(row["seed"]),
    }


def _instances(panoptic):
    """uint8 [h, w]: 0 no animal, 1, 2, 3 the animals from far to near, 255 void."""
    numbers = np.clip(panoptic - truth.THINGS_FROM + 1, 0, None)
    return np.where(panoptic == 0, truth.VOID, numbers).astype("uint8")


__all__ = ["CATEGORIES", "CITATION", "CLASSES", "KEYPOINTS", "SEEDS", "Scenes", "load", "prepare"]
