import json
from dataclasses import fields
from functools import partial

from segcourse import data, training
from segcourse.project.recipe_words import recipe_words


def test_the_default_recipe_has_no_words():
    assert recipe_words(training.Recipe()) == {}


def test_everything_is_json_and_no_path():
    loss = training.PixelwiseLogisticLoss() + 0.5 * training.DiceLoss()
    recipe = training.Recipe(
        loss=loss,
        augment=data.augment(crop=(80, 80), scale=(0.5, 2)),
        pixel_weights=partial(data.separation_weights, w0=0),
        checkpoint="/home/me/checkpoints",
        csv="/home/me/log.csv",
        minutes=1.5,
        epochs=99,
    )
    words = recipe_words(recipe)
    assert json.loads(json.dumps(words)) == words
    assert "/home/me" not in str(words) and "epochs" not in words and " at 0x" not in str(words)
    assert words["loss"] == "1 PixelwiseLogisticLoss + 0.5 DiceLoss"
    assert words["augment"] == "Augment(crop=(80, 80), flip=True, scale=(0.5, 2.0))"
    assert words["pixel_weights"] == "separation_weights(w0=0)"


def test_each_field_can_be_said():
    published = training.Recipe.published("deeplab-v2", epochs=3)
    words = recipe_words(published)
    assert json.loads(json.dumps(words)) == words
    assert set(words) <= {field.name for field in fields(training.Recipe)}
