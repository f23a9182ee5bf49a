"""Four folders as people have them: checked, trained on, scored, saved, loaded and exported."""

import json
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
from PIL import Image

from segcourse import data, models
from segcourse.command import environment
from segcourse.training import Recipe, evaluate, fit

ROOT = Path(__file__).parents[2]
SIDE = 32
MANY = 10


def drawn(number, shape=(SIDE, SIDE)):
    """A dark picture with a bright box in it, and where the box is, as (top, left, size)."""
    rng = np.random.default_rng(number)
    size = int(rng.integers(10, 16))
    top, left = (int(rng.integers(0, side - size)) for side in shape)
    image = rng.integers(0, 60, (*shape, 3)).astype("uint8")
    image[top : top + size, left : left + size] += 180
    return image, (top, left, size)


def filled(shape, box, value):
    top, left, size = box
    mask = np.zeros(shape, "uint8")
    mask[top : top + size, left : left + size] = value
    return mask


def save(array, path, **settings):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(array).save(path, **settings)


def voc(folder):
    """VOC's folders and lists; masks with a palette, void around the boxes."""
    names = [f"2007_{number:06}" for number in range(MANY)]
    for number, name in enumerate(names):
        image, (top, left, size) = drawn(number)
        mask = filled(image.shape[:2], (top, left, size), 255)
        mask[top + 1 : top + size - 1, left + 1 : left + size - 1] = 1
        coloured = Image.fromarray(mask)
        coloured.putpalette([0, 0, 0, 128, 0, 0] + [255] * 762)
        save(image, folder / "JPEGImages" / f"{name}.jpg", quality=95)
        target = folder / "SegmentationClass" / f"{name}.png"
        target.parent.mkdir(exist_ok=True)
        coloured.save(target)
    lists = folder / "ImageSets" / "Segmentation"
    lists.mkdir(parents=True)
    (lists / "train.txt").write_text("\n".join(names[:-2]) + "\n")
    (lists / "val.txt").write_text("\n".join(names[-2:]) + "\n")
    return {"classes": ["background", "box"]}


def black_and_white(folder):
    for number in range(MANY):
        image, box = drawn(number)
        save(image, folder / "images" / f"{number}.png")
        save(filled(image.shape[:2], box, 255), folder / "masks" / f"{number}.png")
    return {"classes": ["background", "box"]}


def coco(folder):
    """Polygons in one JSON."""
    images, annotations = [], []
    for number in range(MANY):
        image, (top, left, size) = drawn(number)
        save(image, folder / "images" / f"{number}.png")
        one = {"id": number, "file_name": f"{number}.png", "height": SIDE, "width": SIDE}
        images.append(one)
        low, right = top + size, left + size
        outline = [left, top, right, top, right, low, left, low]
        annotations.append(
            {"id": number, "image_id": number, "category_id": 3, "segmentation": [outline]}
        )
    content = {"images": images, "annotations": annotations}
    content["categories"] = [{"id": 3, "name": "box"}]
    (folder / "annotations").mkdir()
    (folder / "annotations" / "instances.json").write_text(json.dumps(content))
    return {}


def mixed_sizes(folder):
    """Photos of two sizes, one of them stored on its side with a note of EXIF."""
    for number in range(MANY):
        shape = (40, 48) if number % 2 else (48, 36)
        image, box = drawn(number, shape)
        mask = filled(shape, box, 1)
        settings = {}
        if number == 0:
            image = np.rot90(image).copy()  # EXIF's 6 turns it back, by a quarter to the right
            exif = Image.Exif()
            exif[0x0112] = 6
            settings = {"exif": exif}
        save(image, folder / "images" / f"{number}.jpg", quality=95, **settings)
        save(mask, folder / "masks" / f"{number}.png")
    return {"classes": ["background", "box"], "size": [SIDE, SIDE], "fit": "pad"}


FOLDERS = {f.__name__: f for f in (voc, black_and_white, coco, mixed_sizes)}


def small_network():
    layers = [
        keras.layers.Conv2D(8, 3, padding="same", activation="elu"),
        keras.layers.Conv2D(2, 1),
    ]
    return keras.Sequential([keras.Input((None, None, 3)), *layers])


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """By kind of folder: its data set's name, the model, its file and its score."""
    found = {}
    for kind, make in FOLDERS.items():
        folder = tmp_path_factory.mktemp(kind)
        settings = make(folder)
        (folder / "segcourse.json").write_text(json.dumps(settings))
        report = data.check(folder)
        assert report.right, str(report)
        name = f"folder:{folder}"
        own = data.load(name)
        keras.utils.set_random_seed(1)
        model = small_network()
        recipe = Recipe(learning_rate=0.02, epochs=30, batch_size=4, seed=0)
        fit(model, own.train, None, recipe=recipe)
        path = tmp_path_factory.mktemp("models") / f"{kind}.keras"
        model.save(path)
        found[kind] = (name, own, model, path, evaluate(model, own.val)["pixel_accuracy"])
    return found


@pytest.mark.parametrize("kind", FOLDERS)
def test_the_boxes_are_learnt(kind, trained):
    _, own, _, _, score = trained[kind]
    assert own.classes == ("background", "box")
    assert {0, 1} <= set(np.unique(own.train.labels)) <= {0, 1, 255}
    assert score > 0.95


def test_a_new_process_loads_the_models_and_scores_the_same(trained):
    named = [str(part) for name, _, _, path, _ in trained.values() for part in (path, name)]
    command = [sys.executable, str(Path(__file__).with_name("load_and_score.py")), *named]
    variables = environment.variables(ROOT)
    found = subprocess.run(command, env=variables, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    scores = json.loads(found.stdout.splitlines()[-1])
    assert scores == pytest.approx([score for *_, score in trained.values()], abs=1e-6)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="TensorFlow's format")
@pytest.mark.parametrize("kind", FOLDERS)
def test_the_exported_model_gives_the_same(kind, trained, tmp_path):
    import tensorflow as tf

    _, own, model, _, _ = trained[kind]
    images = own.val.images[:1, :24].astype("float32") / 255
    exported = tf.saved_model.load(str(models.export(model, tmp_path / "box")))
    np.testing.assert_allclose(
        exported.serve(images).numpy(), model.predict(images, verbose=0), atol=1e-5
    )
