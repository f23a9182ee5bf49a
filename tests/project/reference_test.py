"""The reference project: what it takes, what it is trained with, and that others can load it."""

import os
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from segcourse.data import Split
from segcourse.models import small_vgg
from segcourse.project import reference
from segcourse.training import fit

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("shape", [(1, 1), (17, 31), (32, 64), (45, 60)])
def test_logits_have_the_size_of_the_images(shape):
    model = reference.network(4, weights=None)
    assert model(np.zeros((1, *shape, 3), "float32")).shape == (1, *shape, 4)


def test_it_begins_with_the_pretrained_encoder():
    given = small_vgg(include_top=False, weights="objects").get_layer("conv3_1").get_weights()[0]
    for weights, same in (("objects", True), (None, False)):
        model = reference.network(3, weights=weights)
        found = model.get_layer("conv3_1").get_weights()[0]
        assert np.array_equal(found, given) == same


def test_grey_images_get_a_random_encoder():
    model = reference.network(2, (None, None, 1))
    assert model(np.zeros((1, 20, 20, 1), "float32")).shape == (1, 20, 20, 2)


def test_the_seed_decides_the_weights():
    def last(seed):
        return reference.network(3, seed=seed).get_layer("logits").get_weights()[0]

    assert np.array_equal(last(1), last(1)) and not np.array_equal(last(1), last(2))


def test_the_recipe():
    recipe = reference.recipe(minutes=3, seed=4, crop=(8, 8), batch_size=2)
    assert (recipe.minutes, recipe.seed, recipe.batch_size) == (3, 4, 2)
    assert recipe.augment.crop == (8, 8)


def test_a_process_that_imports_the_training_alone_loads_it(tmp_path):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (2, 32, 32, 3)).astype("uint8")
    labels = rng.integers(0, 3, (2, 32, 32)).astype("uint8")
    model = reference.network(3)
    recipe = reference.recipe(minutes=None, crop=(32, 32), epochs=1, batch_size=2)
    fit(model, (images, labels), recipe=recipe)
    model.save(tmp_path / "model.keras")
    code = (
        "import sys, keras, numpy, segcourse.training\n"
        "model = keras.saving.load_model(sys.argv[1], safe_mode=True)\n"
        "assert 'segcourse.project' not in sys.modules\n"
        "numpy.save(sys.argv[2], model(numpy.load(sys.argv[3])))\n"
    )
    floats = images.astype("float32") / 255
    np.save(tmp_path / "images.npy", floats)
    paths = [str(tmp_path / name) for name in ("model.keras", "logits.npy", "images.npy")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code, *paths], env=environment, check=True, cwd=ROOT)
    expected = keras.ops.convert_to_numpy(model(floats))
    np.testing.assert_allclose(np.load(tmp_path / "logits.npy"), expected, atol=1e-4)


def test_the_recipe_for_streets_weighs_rare_classes_more():
    labels = np.array([[[0] * 9 + [1, 255]]], "uint8")
    train = Split("train", ("road", "pole"), 1, lambda n: {"label": labels[:n]})
    recipe = reference.street_recipe(train, minutes=3, seed=4)
    assert (recipe.minutes, recipe.seed) == (3, 4)
    np.testing.assert_allclose(recipe.loss.losses[0].class_weights, (0.5, 1.5))  # as 1/3 to 1
