import copy
import dataclasses
import json

import keras
import numpy as np
import pytest

from segcourse.data import augment
from segcourse.training import (
    DiceLoss,
    FocalLoss,
    LovaszSoftmaxLoss,
    PixelwiseLogisticLoss,
    Recipe,
)
from segcourse.training.recipes.caffe_sgd import CaffeSGD
from segcourse.training.recipes.loss import make_loss
from segcourse.training.recipes.optimizer import make_optimizer


@pytest.mark.parametrize(
    ("name", "learning_rate", "weight_decay"),
    [("fcn-alexnet", 1e-3, 5e-4), ("fcn-vgg16", 1e-4, 5e-4), ("fcn-googlenet", 5e-5, 2e-4)],
)
def test_published_fcn(name, learning_rate, weight_decay):
    recipe = Recipe.published(name, epochs=3)
    assert (recipe.learning_rate, recipe.weight_decay) == (learning_rate, weight_decay)
    assert (recipe.batch_size, recipe.momentum, recipe.bias_rate) == (20, 0.9, 2.0)
    assert recipe.epochs == 3
    optimizer = make_optimizer(recipe, 5)
    assert isinstance(optimizer, CaffeSGD)
    assert (optimizer.momentum, optimizer.penalty, optimizer.bias_rate) == (0.9, weight_decay, 2.0)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("unet", ("sgd", "constant", 0.99, 1, 0.0)),
        ("deeplab-v1", ("sgd", "step", 0.9, 20, 5e-4)),
        ("deeplab-v2", ("sgd", "polynomial", 0.9, 10, 5e-4)),
    ],
)
def test_published_others(name, fields):
    recipe = Recipe.published(name)
    found = (recipe.optimizer, recipe.schedule, recipe.momentum, recipe.batch_size)
    assert (*found, recipe.weight_decay) == fields
    assert recipe.learning_rate == 1e-3


@pytest.mark.parametrize(("name", "last"), [("v1", ["fc8"]), ("v2", [f"fc8_{n}" for n in "1234"])])
def test_the_last_layer_of_deeplab_goes_ten_times_as_fast(name, last):
    from segcourse import models

    recipe = Recipe.published(f"deeplab-{name}")
    assert recipe.layer_rates == (("fc8", 10.0),)
    tiny = models.VGGConfig(((3,),) * 5, (2,) * 5, dense=2)
    build = {"v1": models.deeplab_v1, "v2": models.deeplab_v2}[name]
    variables = build(3, tiny).trainable_variables
    optimizer = make_optimizer(recipe, 5)
    optimizer.build(variables)
    rated = zip(variables, optimizer.rates, strict=True)
    fast = [variable.path.split("/")[-2] for variable, rate in rated if rate == 10]
    assert sorted(set(fast)) == last
    assert set(optimizer.rates) == {1.0, 10.0}


def test_rates_of_layers_are_kept_as_pairs_and_taken_so():
    recipe = Recipe(optimizer="sgd", layer_rates={"fc8": 10, "fc7": 2})
    assert recipe.layer_rates == (("fc7", 2.0), ("fc8", 10.0))
    assert dataclasses.replace(recipe) == recipe
    assert hash(recipe) == hash(dataclasses.replace(recipe))


def test_the_warm_up_is_told_in_minutes_with_a_budget():
    assert Recipe(minutes=3, warmup=2, epochs=1).warmup == 2
    with pytest.raises(ValueError, match="`warmup` must be at most the 3 minutes"):
        Recipe(minutes=3, warmup=4)


def test_a_published_name_that_does_not_exist():
    with pytest.raises(ValueError, match="fcn-alexnet, .*, deeplab-v2. Received: 'fcn'"):
        Recipe.published("fcn")


def test_it_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Recipe().epochs = 3


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("optimizer", "lion"),
        ("learning_rate", 0),
        ("learning_rate", float("nan")),
        ("learning_rate", "1e-3"),
        ("schedule", "linear"),
        ("warmup", -1),
        ("warmup", 11),
        ("momentum", 1.0),
        ("weight_decay", -1e-4),
        ("bias_rate", 2.0),
        ("layer_rates", {"fc8": 10.0}),
        ("layer_rates", {"fc8": 0}),
        ("layer_rates", "fc8"),
        ("epochs", 0),
        ("epochs", 2.5),
        ("repeats", 0),
        ("repeats", 1.5),
        ("batch_size", 0),
        ("batch_size", True),
        ("augment", "flip"),
        ("augment", lambda images, labels: (images, labels)),
        ("pixel_weights", 3.0),
        ("precision", "float16"),
        ("seed", -1),
        ("checkpoint", 3),
        ("void", 1.5),
        ("void", -1),
        ("void", 300),
        ("minutes", 0),
        ("minutes", "5"),
        ("accumulate", 3),
        ("accumulate", "all"),
        ("ema", 1.0),
        ("loss", "hinge"),
        ("loss", None),
        ("loss", keras.losses.MeanSquaredError()),
        ("class_weights", (1.0, -1.0)),
        ("class_weights", ()),
        ("class_weights", (0, 0)),
        ("patience", 0),
        ("checkpoint_seconds", 0),
        ("checkpoint_steps", 1.5),
        ("csv", 3),
        ("tensorboard", 3),
    ],
)
def test_names_the_field_that_is_wrong(field, value):
    with pytest.raises(ValueError, match=f"`{field}` must .*Received: {field}="):
        Recipe(**{field: value})


def test_an_augment_is_refused_in_the_words_of_the_pipeline():
    from segcourse.data import pipeline

    images, labels = np.zeros((1, 4, 4, 3), "uint8"), np.zeros((1, 4, 4), "uint8")
    said = []
    for refuse in (lambda: Recipe(augment=abs), lambda: pipeline((images, labels), 1, augment=abs)):
        with pytest.raises(ValueError) as error:
            refuse()
        said.append(str(error.value))
    assert said[0] == said[1]


def test_pixels_that_an_augmentation_leaves_uncovered_are_void():
    from segcourse.data import augment

    with pytest.raises(ValueError, match="`void` must be 255 with `augment`.*void=7"):
        Recipe(augment=augment(crop=(8, 8)), void=7)
    assert Recipe(void=7).void == 7


def test_adamw_decays_weights_and_not_biases():
    kernel, bias = keras.Variable([1.0], name="kernel"), keras.Variable([1.0], name="bias")
    optimizer = make_optimizer(Recipe(learning_rate=0.1, weight_decay=0.5), 5)
    optimizer.apply([keras.ops.zeros(1), keras.ops.zeros(1)], [kernel, bias])
    assert float(keras.ops.convert_to_numpy(kernel)[0]) == pytest.approx(0.95)
    assert float(keras.ops.convert_to_numpy(bias)[0]) == 1.0


@pytest.mark.parametrize("weights", [{0: 1.0, 1: 5.0}, {1.0, 5.0}])
def test_class_weights_without_an_order_are_refused(weights):
    with pytest.raises(ValueError, match="`class_weights` must be a sequence, one weight for each"):
        Recipe(class_weights=weights)


@pytest.mark.parametrize("field", ["checkpoint", "csv", "tensorboard"])
def test_an_empty_path_is_no_path(field):
    with pytest.raises(ValueError, match=f"`{field}` must be a path or None"):
        Recipe(**{field: ""})


@pytest.mark.parametrize("name", [["unet"], None, 3, "u-net"])
def test_a_name_that_is_none(name):
    with pytest.raises(ValueError, match="`name` must be one of fcn-alexnet"):
        Recipe.published(name)


def test_a_recipe_equals_its_copy():
    recipe = Recipe(augment=augment(crop=(4, 4), seed=2))
    assert copy.deepcopy(recipe) == recipe == Recipe(augment=augment(crop=[4, 4], seed=2))
    assert hash(copy.deepcopy(recipe)) == hash(recipe)
    assert recipe != Recipe(augment=augment(crop=(4, 4), seed=3))


def test_losses_by_name_get_the_void_and_the_class_weights():
    for name, kind in (("dice", DiceLoss), ("focal", FocalLoss), ("lovasz", LovaszSoftmaxLoss)):
        made = make_loss(Recipe(loss=name, void=7, class_weights=(1, 2)))
        assert made == kind(void=7, class_weights=(1, 2))
    assert make_loss(Recipe()) == PixelwiseLogisticLoss()


def test_a_loss_has_its_own_void_and_class_weights():
    loss = PixelwiseLogisticLoss(void=7) + 0.5 * DiceLoss(void=7)
    recipe = Recipe(loss=loss, void=7)
    assert make_loss(recipe) is loss
    assert recipe == copy.deepcopy(recipe) != Recipe(loss=DiceLoss(void=7), void=7)
    assert hash(recipe) == hash(copy.deepcopy(recipe))
    with pytest.raises(ValueError, match="`loss` must have the recipe's void=255. Received: loss="):
        Recipe(loss=loss)
    with pytest.raises(ValueError, match="`class_weights` must be None with a loss"):
        Recipe(loss=loss, void=7, class_weights=(1, 2))


def test_checkpoints_tell_losses_apart():
    found = [
        json.dumps(Recipe(loss=loss).fingerprint()["loss"])
        for loss in ("cross_entropy", PixelwiseLogisticLoss(), "dice", DiceLoss(),
                     DiceLoss(smooth=1), DiceLoss() + FocalLoss(), 2 * DiceLoss() + FocalLoss())
    ]  # fmt: skip
    # Those of runs before there was a choice say nothing.
    assert found[0] == found[1] == "null"
    assert found[2] == found[3]
    assert len(set(found)) == 5
